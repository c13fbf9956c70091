"""kg show: names, offices and facts of a thing, each fact with those who claim it and those who deny it."""

from __future__ import annotations

from typing import cast

import pytest

from kg.commands.json_shapes import CLAIM, VERB_SHAPES
from tests.commands.door import kg

Rows = list[dict[str, object]]


def shown(*words: str) -> dict[str, object]:
    return kg("show", *words, "--format", "json").object


def offices(*words: str) -> set[str]:
    held = cast("list[dict[str, dict[str, str]]]", shown(*words)["offices"])
    return {office["office"]["label"] for office in held}


@pytest.mark.parametrize(
    "thing", ["Kim Jong Un", "csp-2024", "claim:euronews-p04-1", "source:euronews-2025-04-28", "North Korea"]
)
def test_the_keys_that_scripts_rely_on(thing: str) -> None:
    found = shown(thing)
    of_the_record = {"says"} if ":" not in thing else set()
    assert set(found) >= set(VERB_SHAPES["show"][1]) - of_the_record
    assert not of_the_record & set(found)
    claims = cast("Rows", found["claims"])
    assert claims
    assert all(set(claim) == set(CLAIM) for claim in claims)
    for fact in cast("Rows", found["facts"]):
        assert {"property", "value", "label", "inverse", "claims"} <= set(fact)


def test_names_come_in_every_language() -> None:
    names = {(name["lang"], name["text"]) for name in cast("Rows", shown("Kim Jong Un")["names"])}
    assert {("ko", "김정은"), ("ru", "Ким Чен Ын"), ("en", "Kim Jong Un"), ("fr", "Kim Jong-un")} <= names


def test_offices_are_those_of_the_day() -> None:
    assert offices("Shoigu", "--on", "2020-01-01") == {"Minister of Defence of Russia"}
    assert offices("Shoigu", "--on", "2025-03-21") == {"Secretary of the Security Council of Russia"}
    assert len(offices("Shoigu")) == 2


def test_an_office_shows_who_holds_it() -> None:
    held = cast("list[dict[str, dict[str, str]]]", shown("Minister of Defence of Russia")["offices"])
    assert "Sergei Shoigu" in {office["holder"]["label"] for office in held}


def test_a_fact_names_its_claimants_and_deniers() -> None:
    facts = cast("Rows", shown("Kursk Oblast")["facts"])
    claims = [claim for fact in facts for claim in cast("Rows", fact["claims"])]
    assert any(claim["denied_by"] for claim in claims)
    lines = kg("show", "Kursk Oblast", "--format", "csv").out.splitlines()
    assert lines[0] == "property,value,claimed by,denied by,value id,claims"
    assert any(",Ukraine," in line for line in lines[1:])


def test_a_claim_shows_what_it_says_and_every_stance() -> None:
    done = kg("show", "claim:nis-2024-10-18-deployment")
    for part in (
        "record",
        "says",
        "stances",
        "passages",
        "Kremlin",
        "does-not-deny",
    ):
        assert part in done.out


def test_a_source_shows_the_claims_that_it_carries() -> None:
    found = shown("source:euronews-2025-04-28")
    assert len(cast("Rows", found["claims"])) >= 35
    assert len(cast("Rows", shown("source:euronews-2025-04-28", "--limit", "3")["claims"])) == 3


def test_two_perspectives_differ() -> None:
    kyiv, moscow = (
        shown("Kursk Oblast", "--according-to", party)["facts"] for party in ("Ukraine", "Russia")
    )
    assert kyiv
    assert moscow
    assert kyiv != moscow


def test_nothing_before_anybody_spoke() -> None:
    assert shown("dprk-deployment", "--as-of", "2024-01-01")["claims"] == []
    assert shown("dprk-deployment")["claims"]


def test_limit_cuts_the_facts() -> None:
    assert len(cast("Rows", shown("North Korea", "--limit", "2")["facts"])) == 2


def test_what_is_not_on_record_is_told() -> None:
    done = kg("show", "claim:nowhere")
    assert done.code == 1
    assert done.err.endswith("[nothing-found]\n")


def test_the_source_shown_first_is_the_claimants_own() -> None:
    """The data set has the beginning only: the end of that office is what the encyclopaedia says."""
    offices = [line for line in kg("show", "Sergei Shoigu").out.splitlines() if "Minister of Defence" in line]
    assert len(offices) == 1
    assert "Wikipedia, English edition" in offices[0]
    assert "source:wikipedia-shoigu" in offices[0]


def test_who_only_disputes_is_not_said_to_deny() -> None:
    """On 25 April 2025 the last word of Russia was that of mere assertions."""
    asked = ("claims", "claim:nis-2024-10-18-deployment", "--as-of", "2025-04-25")
    assert "denied by North Korea; disputed by Russia" in kg(*asked).out
    assert '"North Korea, Russia (disputes)"' in kg(*asked, "--format", "csv").out
    shown = kg("show", "Kursk deployment", "--as-of", "2025-04-25", "--format", "csv").out
    assert "North Korea, Russia (disputes)" in shown


@pytest.mark.parametrize("words", [("Kim Jong Un",), ("North Korea", "--according-to", "Ukraine")])
def test_a_limit_gives_the_first_of_all_facts(words: tuple[str, ...]) -> None:
    every = kg("show", *words, "--format", "json").object
    first = kg("show", *words, "--format", "json", "--limit", "4").object
    facts = every["facts"]
    assert isinstance(facts, list)
    assert len(facts) > 4
    assert first["facts"] == facts[:4]


def test_a_limit_does_not_make_a_thing_unspoken_of() -> None:
    assert "no claim speaks of it" not in kg("show", "Kursk", "--limit", "1").out
    assert "no claim speaks of it" in kg("show", "Nauru", "--limit", "50").out
