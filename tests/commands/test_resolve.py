"""THING: what a user may write for it, and what is refused."""

from __future__ import annotations

import pytest

from tests.commands.door import kg

KIM = "https://w3id.org/foedus/id/kim-jong-un"


@pytest.mark.parametrize(
    "thing",
    [KIM, f"<{KIM}>", "id:kim-jong-un", "kim-jong-un", "Kim Jong Un", "kim jong-un", "김정은", "Ким Чен Ын"],
)
def test_many_ways_lead_to_one_thing(thing: str) -> None:
    assert kg("show", thing, "--format", "json").object["iri"] == KIM


def test_words_need_no_quotes() -> None:
    assert kg("show", "Kim", "Jong", "Un", "--format", "json").object["iri"] == KIM


def test_a_surname_that_only_one_bears_is_enough() -> None:
    assert kg("show", "Шойгу", "--format", "json").object["label"] == "Sergei Shoigu"


@pytest.mark.parametrize("verb", ["show", "claims", "timeline", "treaty"])
def test_a_name_that_two_bear_is_refused_with_the_candidates(verb: str) -> None:
    done = kg(verb, "Kim")
    assert (done.code, done.out) == (2, "")
    assert "id:kim-jong-gyu (Kim Jong Gyu), id:kim-jong-un (Kim Jong Un)" in done.err
    assert done.err.endswith("[ambiguous-name]\n")


@pytest.mark.parametrize(
    ("thing", "near"),
    [("Kim Jong Eun", "Kim Jong"), ("Gerasimof", "Valery Gerasimov"), ("id:kim-jong-unn", "Kim Jong")],
)
def test_an_unknown_name_brings_the_nearest(thing: str, near: str) -> None:
    done = kg("show", thing)
    assert done.code == 1
    assert "did you mean '" in done.err
    assert near in done.err
    assert done.err.endswith("[unknown-name]\n")


@pytest.mark.parametrize("option", ["--according-to", "--by"])
def test_an_unknown_party_is_asked_wrongly(option: str) -> None:
    done = kg("claims", option, "Noth Korea")
    assert done.code == 2
    assert done.err == "error: no party is named 'Noth Korea'; did you mean 'North Korea'? [unknown-party]\n"


def test_a_place_is_no_party() -> None:
    done = kg("claims", "--according-to", "Kursk Oblast")
    assert done.code == 2
    assert "[unknown-party]" in done.err
