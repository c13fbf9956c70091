"""Every key of a thing, a hit, a term and a comparison tells its own field and no other."""

from __future__ import annotations

from datetime import date

from kg.compare.model import ClaimRow, Comparison, Counts, FactRow, IssueRow, Side, Standing
from kg.lookup.search import Match
from kg.perspective.facts import Fact, ThingName
from kg.perspective.offices import OfficeHeld
from kg.rdf.vocabulary import KG, OWL, RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL
from kg.shapes.claim import claim_json, position_json
from kg.shapes.comparison import comparison_json
from kg.shapes.found import match_json
from kg.shapes.record import Recorded, Said, recorded_json
from kg.shapes.term import DEFINITION, Term, term_json
from kg.shapes.text import Json, as_json
from kg.shapes.thing import Told, told_json
from tests.shapes.made import STANCES, claim, thing, told

LABELS = {f"iri:{name}": f"the {name}" for name in ("it", "kind", "p", "q", "value", "other")}
NAMES = (ThingName("Name", "en", "alias"),)


def test_a_thing() -> None:
    held = OfficeHeld(
        "iri:tenure", thing("holder"), thing("office"), "2024-05", "until-2025", (claim("held"),)
    )
    to_it = Fact("iri:p", "the p", "iri:other", "the other", False, True, (claim("fact"),))
    of_it = Fact("iri:q", "the q", "12", "twelve", True, False, ())
    found = Told(
        "iri:it", ("iri:kind",), NAMES, (held,), (to_it, of_it), (claim("one"), claim("two")), LABELS
    )
    assert told_json(found) == {
        **told("it"),
        "types": [told("kind")],
        "names": [{"text": "Name", "lang": "en", "kind": "alias"}],
        "offices": [
            {
                "tenure": "iri:tenure",
                "holder": told("holder"),
                "office": told("office"),
                "from": "2024-05",
                "until": "by 2025",
                "claims": [claim_json(claim("held"))],
            }
        ],
        "facts": [
            {
                "property": told("p"),
                "value": told("other"),
                "label": "the other",
                "inverse": True,
                "claims": [claim_json(claim("fact"))],
            },
            {"property": told("q"), "value": "twelve", "label": "twelve", "inverse": False, "claims": []},
        ],
        "claims": [claim_json(claim("one")), claim_json(claim("two"))],
    }


def test_a_thing_of_the_record() -> None:
    facts = (Said("iri:it", "iri:p", "iri:value", False), Said("iri:it", "iri:q", "a text", True))
    says = (Said("iri:other", "iri:p", "iri:value", False),)
    found = Recorded("iri:it", ("iri:kind",), NAMES, facts, says, (claim(),), LABELS)
    nothing: dict[str, Json] = {"inverse": False, "claims": []}
    assert recorded_json(found) == {
        **told("it"),
        "types": [told("kind")],
        "names": [{"text": "Name", "lang": "en", "kind": "alias"}],
        "offices": [],
        "facts": [
            {"property": told("p"), "value": told("value"), "label": "the value", **nothing},
            {"property": told("q"), "value": "a text", "label": "a text", **nothing},
        ],
        "claims": [claim_json(claim())],
        "says": [
            {
                "subject": told("other"),
                "property": told("p"),
                "value": told("value"),
                "label": "the value",
                **nothing,
            }
        ],
    }


def test_what_steers_a_terminal_is_escaped_and_other_letters_are_not() -> None:
    assert (
        as_json("é\x7f\x9b\u2028\u202a\u202e\u2066\u2069Ж")
        == '"é\\u007f\\u009b\\u2028\\u202a\\u202e\\u2066\\u2069Ж"\n'
    )


def test_a_hit() -> None:
    hit = Match("iri:it", "the it", ("iri:kind",), 0.5, "It", "fr", "alias in fr", "iri:claimed")
    assert match_json(hit) == {
        "iri": "iri:it",
        "label": "the it",
        "types": ["iri:kind"],
        "score": 0.5,
        "matched": "It",
        "lang": "fr",
        "why": "alias in fr",
        "claim": "iri:claimed",
    }


def test_a_term() -> None:
    said = {
        RDF_TYPE: [(OWL + "Class", "")],
        SKOS_PREF_LABEL: [("preferred", "en")],
        RDFS_LABEL: [("label", "en"), ("nom", "fr")],
        DEFINITION: [("what it is", "en")],
    }
    term = Term(KG + "Raid", said)
    expected = {"iri": KG + "Raid", "kind": "class", "label": "nom", "definition": "what it is"}
    assert term_json(term, "fr") == expected
    assert term_json(term, "ko") == {**expected, "label": "label"}


def _side(position: str, holds: str, rejects: str) -> dict[str, Json]:
    return {
        "position": position,
        "claims": [claim_json(claim(holds))],
        "rejects": [claim_json(claim(rejects))],
    }


COMPARED: dict[str, Json] = {
    "left": {"parties": [told("one")], "as_of": "2024-01-02", "on": None},
    "right": {"parties": [], "as_of": None, "on": "2025-03-04"},
    "change": True,
    "counts": {"issues": {"apart": 1}, "claims": {"differ": 2}, "facts": {"agree": 3}},
    "issues": [
        {
            "issue": told("issue"),
            "text": "what is asked",
            "verdict": "apart",
            "left": _side("holds", "l", "lr"),
            "right": _side("denies", "r", "rr"),
        }
    ],
    "claims": [
        {
            "claim": "iri:row",
            "text": "what row says",
            "verdict": "differ",
            "issues": [told("row-issue")],
            "left": {"position": "holds", "by": position_json(STANCES[0]), "through": ["iri:by"]},
            "right": {"position": "silent", "by": None, "through": []},
            "changed_by": [position_json(STANCES[1])],
            "superseded_by": ["iri:next"],
        }
    ],
    "facts": [
        {
            "subject": told("subject"),
            "property": told("property"),
            "value": told("value"),
            "label": "the value",
            "verdict": "agree",
            "left": ["iri:left"],
            "right": ["iri:right"],
            "left_position": "holds",
            "right_position": "left-out",
        }
    ],
}


def test_a_comparison() -> None:
    claims = {name: claim(name) for name in ("l", "r", "lr", "rr", "row", "next")}
    issue = IssueRow(
        issue=thing("issue"),
        text="what is asked",
        verdict="apart",
        left=(claims["l"],),
        right=(claims["r"],),
        left_rejects=(claims["lr"],),
        right_rejects=(claims["rr"],),
        left_position="holds",
        right_position="denies",
    )
    left, right = Standing("holds", STANCES[0], ("iri:by",)), Standing("silent")
    row = ClaimRow(claims["row"], "differ", left, right, (STANCES[1],), (claims["next"],))
    fact = FactRow(
        subject=thing("subject"),
        property=thing("property"),
        value="iri:value",
        label="the value",
        is_literal=False,
        verdict="agree",
        left=("iri:left",),
        right=("iri:right",),
        left_position="holds",
        right_position="left-out",
    )
    side, other = Side((thing("one"),), date(2024, 1, 2), None), Side((), None, date(2025, 3, 4))
    counts = Counts({"apart": 1}, {"agree": 3}, {("differ", "holds", "silent"): 2})
    found = comparison_json(Comparison(side, other, True, (issue,), (row,), (fact,), counts))
    assert found == COMPARED
    none = comparison_json(Comparison(side, other, True, (issue,), (row,), (fact,), counts), limit=0)
    assert [none[part] for part in ("issues", "claims", "facts")] == [[], [], []]
    assert none["counts"] == found["counts"]
