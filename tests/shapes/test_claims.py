"""Every key of a claim, a position, a dispute and an entry of a timeline tells its own field and no other."""

from __future__ import annotations

from dataclasses import replace

from kg.dates import DateExtent
from kg.disputes.model import Conflict, Dispute, Position, Side
from kg.shapes.claim import claim_json, position_json
from kg.shapes.dispute import dispute_json
from kg.shapes.entry import entry_json
from kg.shapes.text import Json, as_json
from kg.timeline import Entry
from tests.shapes.made import STANCES, claim, stance, thing, told


def position(name: str, type: str, number: int) -> dict[str, Json]:
    """A stance as it is told."""
    return {
        **told(f"{name}-party"),
        "stance": type,
        "by": told(f"{name}-speaker"),
        "on": f"2024-02-{number:02}",
        "source": told(f"{name}-source"),
        "paragraph": number * 100,
    }


def passage(name: str, number: int) -> dict[str, Json]:
    """A passage as it is told."""
    return {
        "source": told(f"{name}-source"),
        "url": f"https://{name}.example/",
        "paragraph": number,
        "start": number + 1,
        "end": number + 2,
        "locator": f"{name} page",
        "note": f"{name} note",
    }


EXPECTED: dict[str, Json] = {
    "claim": "iri:c",
    "text": "what c says",
    "claimant": told("c-claimant"),
    "on_behalf_of": told("c-party"),
    "stated_on": "2023-03",
    "precision": "month",
    "published_on": "2023-04-05",
    "date_resolved_from": "c yesterday",
    "stance": "asserts",
    "stance_of": told("c-party"),
    "source": told("c-source"),
    "paragraph": 10,
    "start": 11,
    "end": 12,
    "confirmed_by": [position("confirmer", "confirms", 1)],
    "denied_by": [position("denier", "denies", 2), position("disputer", "disputes", 3)],
    "not_denied_by": [position("evader", "does-not-deny", 4)],
    "declined_by": [position("decliner", "declines-to-comment", 5)],
    "stances": [
        position("confirmer", "confirms", 1),
        position("denier", "denies", 2),
        position("disputer", "disputes", 3),
        position("evader", "does-not-deny", 4),
        position("decliner", "declines-to-comment", 5),
    ],
    "epistemic_status": "c status",
    "quotation": "c quotation",
    "statement": {"iri": "iri:c-statement", "label": "c statement"},
    "medium": told("c-medium"),
    "addressees": [told("c-addressee")],
    "relayed_by": [told("c-relay-1"), told("c-relay-2")],
    "issues": [told("c-issue")],
    "contradicts": ["iri:c-contrary"],
    "supersedes": ["iri:c-older"],
    "evidence": [passage("c", 10), passage("c-second", 20)],
}


def test_a_claim() -> None:
    assert claim_json(claim()) == EXPECTED


def test_a_claim_with_the_stance_that_was_asked_for() -> None:
    asked = {"stance": "denies", "stance_of": told("denier-party")}
    assert claim_json(claim(), stance=STANCES[1]) == {**EXPECTED, **asked}


def test_a_claim_of_which_little_is_known() -> None:
    said = replace(claim().statement, stated_on=None, published_on=None, medium=None)
    bare = replace(claim(), statement=said, on_behalf_of=None, evidence=(), stances=())
    found = claim_json(bare)
    assert found["stance_of"] == told("c-claimant")
    for key in ("on_behalf_of", "stated_on", "precision", "published_on", "medium", "source", "paragraph"):
        assert found[key] is None, key
    for key in ("evidence", "stances", "confirmed_by", "denied_by"):
        assert found[key] == [], key
    undated = replace(STANCES[0], statement=said, evidence=(), on_behalf_of=None)
    assert position_json(undated) == {
        **told("confirmer-speaker"),
        "stance": "confirms",
        "by": told("confirmer-speaker"),
        "on": None,
        "source": None,
        "paragraph": None,
    }


def test_a_dispute() -> None:
    moved = (stance("first", "denies", 1, on="iri:elsewhere"), stance("then", "asserts", 2, on="iri:held"))
    held = Position(claim("held"), moved[1], moved)
    rejected = Position(claim("rejected"), STANCES[2], (STANCES[2],))
    evaded = Position(claim("evaded"), STANCES[3], (STANCES[3],))
    side = Side(thing("party"), held, (held, rejected, evaded))
    conflict = Conflict("date", ("iri:held", "iri:other"), "iri:event")
    found = dispute_json(Dispute(thing("issue"), "declared", "2024-02-02", (side,), (conflict,)))
    assert found == {
        "issue": told("issue"),
        "kind": "declared",
        "day": "2024-02-02",
        "sides": [
            {
                "party": told("party"),
                "position": "asserts",
                "date": "2024-02-02",
                "since": "2024-02-02",
                "holds": ["iri:held"],
                "rejects": ["iri:rejected"],
                "neither": ["iri:evaded"],
                "claims": [
                    claim_json(claim("held"), stance=moved[1]),
                    claim_json(claim("rejected"), stance=STANCES[2]),
                    claim_json(claim("evaded"), stance=STANCES[3]),
                ],
                "history": [
                    {"claim": "iri:elsewhere", **position("first", "denies", 1)},
                    {"claim": "iri:held", **position("then", "asserts", 2)},
                    {"claim": "iri:c", **position("disputer", "disputes", 3)},
                    {"claim": "iri:c", **position("evader", "does-not-deny", 4)},
                ],
            }
        ],
        "conflicts": [{"how": "date", "claims": ["iri:held", "iri:other"], "about": "iri:event"}],
    }


def test_who_stands_so_for_long_is_told_since_when() -> None:
    first, again = stance("first", "asserts", 1), stance("again", "asserts", 9)
    long = Position(claim(), again, (first, again))
    found = dispute_json(Dispute(thing("issue"), "declared", "", (Side(thing("party"), long, (long,)),), ()))
    assert found["day"] is None
    assert '"date": "2024-02-09",\n      "since": "2024-02-01"' in as_json(found)


def test_an_entry() -> None:
    entry = Entry(DateExtent("2024-05", "month", None, None), "act", "iri:e", "the act", (claim(),))
    expected: dict[str, Json] = {
        "date": "2024-05",
        "precision": "month",
        "kind": "act",
        "iri": "iri:e",
        "label": "the act",
        "claims": [EXPECTED],
    }
    assert entry_json(entry) == expected
    taken = replace(entry, stances=(STANCES[2],))
    assert entry_json(taken) == {**expected, "claims": [claim_json(claim(), stance=STANCES[2])]}
