"""What the cards and panels tell of a thing is what somebody says, with those who say it."""

from __future__ import annotations

import json
import re

import pytest

from kg.page.document import render
from kg.page.model import Knowledge
from kg.page.phrases import short_date, spoken_date
from kg.page.select import name, select
from kg.page.told import DatedBy, most_say
from kg.rdf.terms import expand


def iri(text: str) -> str:
    found = expand(text)
    assert found
    return found


@pytest.mark.parametrize(
    ("thing", "when", "disputed"),
    [
        ("id:kursk-incursion", "2024-08-06", True),
        ("id:csp-2024-ratification-russia", "2024-11-09", True),
        ("id:csp-2024-signature-russia", "2024-06-19", True),
        ("id:kim-shoigu-meeting-2025-03", "2025-03-21", False),
        ("id:recapture-gornal", "until-2025-04-26", False),
    ],
)
def test_a_card_bears_the_date_that_most_say(known: Knowledge, thing: str, when: str, disputed: bool) -> None:
    found = known.things[iri(thing)]
    assert (found.when, found.is_date_disputed) == (when, disputed)
    assert found.dated_by


def test_a_claim_supports_each_date_that_it_allows() -> None:
    told = {"2024": {"a"}, "2024-08-06": {"b"}, "2024-08-07": {"c"}, "2025": {"d"}}
    assert most_say(told) == DatedBy("2024-08-07", ("a", "c"), is_disputed=True)
    assert most_say({"2024": {"a", "b"}, "2024-08-06": {"c"}}) == DatedBy(
        "2024-08-06", ("a", "b", "c"), False
    )
    assert most_say({"until-2025-04-26": {"a", "b"}, "2012-11-09": {"c"}}).lexical == "2012-11-09"
    assert most_say({"2024-04-06": {"a"}, "2024": {"b"}, "2023": {"c", "d", "e"}}).lexical == "2023"


def test_a_disputed_date_lists_who_says_which(known: Knowledge) -> None:
    told = known.things[iri("id:kursk-incursion")].texts
    days = {fact.text: set(fact.claims) for fact in told if len(fact.claims) and "2024" in fact.text}
    slip = {"en": "6 April 2024", "fr": "6 avril 2024"}[known.lang]
    assert days[slip] == {iri("claim:forces-news-incursion-caption")}
    assert len(days[{"en": "6 August 2024", "fr": "6 août 2024"}[known.lang]]) == 4


def test_no_claim_ends_the_tenure_that_another_begins(known: Knowledge) -> None:
    held = {fact.text: set(fact.claims) for fact in known.things[iri("id:valery-gerasimov")].offices}
    assert len(held) == 3
    since = {"en": "9 November 2012 –", "fr": "9 novembre 2012 –"}[known.lang]
    (begun,) = [text for text in held if since in text.replace("\N{NO-BREAK SPACE}", " ")]
    assert held[begun] == {iri("claim:russia-cabinet-gerasimov")}
    assert "2025" not in begun


def test_no_date_is_raw(known: Knowledge) -> None:
    texts = [fact.text for thing in known.things.values() for fact in thing.offices]
    assert len(texts) >= 15
    assert not [text for text in texts if re.search(r"from-|until-|\d{4}-\d\d", text)]


def test_what_is_told_has_its_claims(known: Knowledge) -> None:
    numbers = {claim.iri for claim in known.claims}
    facts = [fact for thing in known.things.values() for fact in thing.texts]
    assert len(facts) >= 100
    assert all(set(fact.claims) <= numbers for fact in facts)
    assert sum(bool(fact.claims) for fact in facts) >= 100


def test_a_line_is_titled_as_on_the_picture_and_a_claim_names_its_claimant(known: Knowledge) -> None:
    held = re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', render(known), re.DOTALL)
    assert held
    told = json.loads(held[1])["page"]
    lines = select(known).lines
    assert [line["n"] for line in told["lines"]] == [name(line) for line in lines]
    assert any(line["n"] != told["labels"][told["relations"][line["r"][0]]["l"]] for line in told["lines"])
    claimants = [told["things"][claim["b"]]["l"] for claim in told["claims"]]
    assert claimants == [claim.claimant.label for claim in known.claims]


def test_a_bound_is_not_read_as_a_stretch_of_time() -> None:
    assert spoken_date("until-2025-04-26", "en") == "by 26 April 2025"
    assert short_date("until-2025-04-26", "en") == "by 26 Apr 2025"
    assert spoken_date("from-2025-04-26", "en") == "26 April 2025 or later"
