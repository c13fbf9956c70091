"""kg treaty: life cycle, obligations, invocations, and the status on a day."""

from __future__ import annotations

import re
from typing import cast

import pytest

from kg.commands.json_shapes import CLAIM, VERB_SHAPES
from tests.commands.door import kg

Rows = list[dict[str, object]]


def treaty(*words: str) -> dict[str, object]:
    return kg("treaty", "csp-2024", *words, "--format", "json").object


def label(named: object) -> str:
    return cast("dict[str, str]", named)["label"] if named else ""


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-06-18", "not signed"),
        ("2024-06-19", "signed"),
        ("2024-11-08", "signed"),
        ("2024-11-10", "signed"),
        ("2024-11-11", "ratified"),
        ("2024-12-03", "ratified"),
        ("2024-12-04", "in force"),
        ("2025-04-28", "in force"),
    ],
)
def test_the_status_on_a_day(day: str, status: str) -> None:
    found = treaty("--on", day)
    assert (found["status"], found["status_on"]) == (status, day)


def test_the_keys_that_scripts_rely_on() -> None:
    found = treaty()
    assert set(found) == set(VERB_SHAPES["treaty"][1])
    assert [label(party) for party in cast("list[object]", found["parties"])] == ["North Korea", "Russia"]
    for act in cast("Rows", found["lifecycle"]):
        assert {"act", "party", "date"} <= set(act)
        assert act["claims"]
    invocations = cast("Rows", found["invocations"])
    assert len(invocations) >= 3
    assert all(set(claim) == set(CLAIM) for claim in invocations)


def test_each_party_has_its_status_and_the_claims_behind_it() -> None:
    found = {
        label(one["party"]): one for one in cast("Rows", treaty("--on", "2024-11-09")["status_by_party"])
    }
    assert {party: (one["status"], one["since"]) for party, one in found.items()} == {
        "North Korea": ("signed", "2024-06-19"),
        "Russia": ("ratified", "2024-11-09"),
    }
    for one in found.values():
        assert all(act["claims"] for act in cast("Rows", one["acts"]))
    otherwise = cast("Rows", found["Russia"]["dated_otherwise"])
    assert {(label(act["act"]), act["date"]) for act in otherwise} == {
        ("signature", "2024-11"),
        ("ratification", "2024-10-09"),
    }


POSITION_KEYS = {"party", "position", "by", "date", "claim", "text", "source", "paragraph"}


def test_who_claims_that_the_trigger_was_met() -> None:
    (casus,) = cast("Rows", treaty()["casus_foederis"])
    assert label(casus["type"]) == "defense"
    assert [label(trigger) for trigger in cast("list[object]", casus["trigger"])] == [
        "armed attack",
        "state of war",
    ]
    sides = {
        side: [
            (label(one["party"]), label(one["by"]), one["position"], one["date"])
            for one in cast("Rows", casus[side])
        ]
        for side in ("claimed_by", "rejected_by", "declined_by", "not_denied_by")
    }
    commission = "Central Military Commission of the Workers' Party of Korea"
    assert sides.pop("claimed_by") == [("North Korea", commission, "asserts", "2025-04-28")]
    assert not any(sides.values())
    objections = cast("Rows", casus["justification_rejected_by"])
    assert [(label(one["party"]), one["position"]) for one in objections] == [
        ("South Korea", "denies"),
        ("South Korea", "contradicts"),
    ]
    assert all(set(one) == POSITION_KEYS and one["source"] for one in objections)
    assert {label(one["party"]) for one in cast("Rows", casus["under_treaty"])} == {"Russia"}
    assert [set(claim) for claim in cast("Rows", casus["claims"])] == [set(CLAIM)]


def test_the_options_of_a_perspective_choose_who_is_heard() -> None:
    assert treaty("--as-of", "2025-04-27")["casus_foederis"] == []
    assert treaty("--according-to", "Russia")["casus_foederis"] == []
    assert "nobody in this perspective" in kg("treaty", "csp-2024", "--according-to", "Russia").out
    (casus,) = cast("Rows", treaty("--according-to", "North Korea")["casus_foederis"])
    assert casus["claimed_by"]
    assert casus["justification_rejected_by"]  # the stance of another party, on record


def test_it_says_when_nobody_rejects_it() -> None:
    lines = kg("treaty", "csp-2024").out.splitlines()
    start = lines.index("casus foederis: Obligation of North Korea to give assistance to Russia")
    assert " ".join(lines[start + 1].split()) == "trigger armed attack, state of war"
    assert " ".join(lines[start + 3].split()) == "rejected by nobody on record"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_text_fits_a_hundred_columns(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    out = kg("treaty", "csp-2024", "--lang", lang).out
    assert max(map(len, out.splitlines())) <= 100
    names = set(re.findall(r"(?:claim|source):\S+", kg("treaty", "csp-2024", "--lang", lang).out))
    assert len(names) >= 15
    assert not [name for name in names if name not in out]  # none is broken over two lines


def test_labels_are_in_the_language_asked_for() -> None:
    out = kg("treaty", "csp-2024", "--lang", "fr").out
    for word in (
        "échange des instruments",
        "Obligation de la Corée du Nord",
        "attaque armée",
        "a décidé que",
        "Russie",
    ):
        assert word in out
    for word in ("North Korea", "armed attack", "entry into force"):
        assert word not in out


def test_the_life_cycle_in_order_with_its_conflicts() -> None:
    acts = [
        (act["date"], label(act["act"]), label(act["party"])) for act in cast("Rows", treaty()["lifecycle"])
    ]
    dated = [act for act in acts if act[0]]
    assert [date for date, _, _ in dated] == sorted(str(date) for date, _, _ in dated)
    assert ("2024-06-19", "signature", "Russia") in acts
    assert {date for date, act, party in acts if (act, party) == ("ratification", "Russia")} == {
        "2024-10-09",
        "2024-11-09",
    }


def test_obligations_stand_in_the_article_that_a_claim_puts_them_in() -> None:
    placed: dict[tuple[object, str], set[str]] = {}
    for article in cast("Rows", treaty()["articles"]):
        for obligation in cast("Rows", article["obligations"]):
            claimants = {label(claim["claimant"]) for claim in cast("Rows", obligation["claims"])}
            placed.setdefault((article["number"], label(obligation["type"])), set()).update(claimants)
    assert "NHK" in placed[3, "consultation"]
    assert placed[4, "consultation"] == {"TASS"}
    assert "NHK" in placed[4, "defense"]
    assert "Korean Central News Agency" not in placed[4, "defense"]  # noted from it is Article 3 alone
    assert placed[None, "defense"] == {"Euronews"}


def test_an_obligation_says_who_owes_what_when() -> None:
    (article,) = [a for a in cast("Rows", treaty()["articles"]) if a["number"] == 4]
    duties = [o for o in cast("Rows", article["obligations"]) if label(o["type"]) == "defense"]
    assert {
        (label(o["obligor"][0]), label(o["obligee"][0]))  # type: ignore[index] # a list, by the shape
        for o in duties
    } == {("North Korea", "Russia"), ("Russia", "North Korea")}
    for duty in duties:
        assert [label(trigger) for trigger in cast("list[object]", duty["trigger"])] == [
            "armed attack",
            "state of war",
        ]
        assert duty["action"]
        assert "Article 51" in str(duty["limits"])


def test_the_list_of_treaties() -> None:
    rows = kg("treaty", "--format", "json").rows
    assert {str(row["iri"]).rpartition("/")[2] for row in rows} >= {"csp-2024", "treaty-2000"}
    assert kg("treaty").out.splitlines()[0].split() == ["treaty", "parties", "status", "articles", "id"]
    assert len(kg("treaty", "--limit", "1", "--format", "json").rows) == 1


def test_the_table_has_the_parts() -> None:
    out = kg("treaty", "csp-2024", "--on", "2024-11-10").out
    for part in ("status on 2024-11-10", "life cycle", "article 4: defense", "called upon or acted under"):
        assert part in out


def test_csv_has_the_obligations() -> None:
    lines = kg("treaty", "csp-2024", "--format", "csv").out.splitlines()
    assert lines[0].startswith("article,obligation,obligor,obligee,trigger,action")
    assert len(lines) > 8


def test_two_perspectives_differ() -> None:
    korea, russia = (treaty("--according-to", party) for party in ("North Korea", "Russia"))
    assert korea["invocations"] != russia["invocations"]
    assert treaty("--as-of", "2024-06-30")["status"] == "signed"


def test_what_is_no_treaty_is_told() -> None:
    done = kg("treaty", "Kim Jong Un")
    assert (done.code, done.out) == (1, "")
    assert (
        done.err == "error: 'Kim Jong Un' is no treaty here; 'kg treaty' lists the treaties [nothing-found]\n"
    )


def test_no_claim_is_made_to_say_what_another_says() -> None:
    found = treaty()
    signatories = {
        (label(claim["claimant"]), label(person))
        for act in cast("Rows", found["lifecycle"])
        if label(act["act"]) == "signature"
        for claim in cast("Rows", act["claims"])
        for person in cast("list[object]", act["performed_by"])
    }
    assert {claimant for claimant, _ in signatories} == {
        "Central Military Commission of the Workers' Party of Korea"
    }  # KCNA and trt.global say when it was signed, not by whom
    limited = {
        label(claim["claimant"])
        for article in cast("Rows", found["articles"])
        for duty in cast("Rows", article["obligations"])
        if duty["limits"]
        for claim in cast("Rows", duty["claims"])
    }
    assert limited
    assert "Euronews" not in limited  # the article names no limits


def test_who_acted_under_a_treaty_is_not_said_to_have_invoked_it() -> None:
    """On 26 April 2025 Russia said that the troops acted under the treaty; that Article 4 applied nobody had said."""
    table = kg("treaty", "csp-2024", "--as-of", "2025-04-26").out
    assert "called upon or acted under\n  2025-04-26  Valery Gerasimov for Russia: " in table
    assert "nobody in this perspective" in table
    assert "invo" not in table
