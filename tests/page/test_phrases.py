"""The page says the same in each of its languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from kg.errors import UsageError
from kg.page.map_texts import texts
from kg.page.phrases import languages, phrases, short_date, spoken_date
from kg.page.positions import MARKS
from kg.page.status import SIGNS, STATUSES
from kg.page.theme import theme
from kg.server.explorer.documents import texts as explorer


def shape(value: object) -> object:
    """What must agree between languages: keys, lengths, and the values that a text takes."""
    if isinstance(value, dict):
        return {key: shape(held) for key, held in value.items()}
    return len(value) if isinstance(value, list) else sorted(re.findall(r"\{(\w+)\}", str(value)))


def test_there_are_both_languages() -> None:
    assert languages() == ["en", "fr"]


def test_each_language_has_the_same_texts() -> None:
    assert shape(phrases("en")) == shape(phrases("fr"))


def test_every_code_has_its_words() -> None:
    words = phrases("fr")
    kinds, stances = words["kind"], words["stance"]
    assert isinstance(kinds, dict)
    assert isinstance(stances, dict)
    assert set(theme().order) == set(kinds)
    assert set(SIGNS) == set(stances)
    assert set(STATUSES) | set(MARKS) <= set(words)


def test_an_unknown_language_is_a_fault_of_the_user() -> None:
    with pytest.raises(UsageError, match=r"'tlh'.*en, fr"):
        phrases("tlh")
    assert phrases("fr-CA") is phrases("fr-CA")


@pytest.mark.parametrize(
    ("lexical", "long", "short"),
    [
        ("2025", "2025", "2025"),
        ("2025-03", "mars 2025", "mars 2025"),
        ("2024-10-08..2024-10-13", "8 octobre 2024 – 13 octobre 2024", "8–13 oct. 2024"),
        ("2025-01..2025-02", "janvier 2025 – février 2025", "janv.–févr. 2025"),
        ("2024-10-01", "1er octobre 2024", "1er oct. 2024"),
        ("from-2024-05-12", "12 mai 2024 ou après", "12 mai 2024 ou après"),
        ("something else", "something else", "something else"),
    ],
)
def test_dates_as_people_write_them(lexical: str, long: str, short: str) -> None:
    assert (spoken_date(lexical, "fr"), short_date(lexical, "fr")) == (long, short)


def said(value: object) -> list[str]:
    """Every text in it."""
    if isinstance(value, dict):
        return [text for held in value.values() for text in said(held)]
    return [str(value)] if isinstance(value, str) else []


@pytest.mark.parametrize("held", [phrases, texts, explorer], ids=["page", "networks", "explorer"])
def test_no_french_sign_begins_a_line(held: Callable[[str], Mapping[str, object]]) -> None:
    found = said(held("fr"))
    assert len(found) > 50
    assert [text for text in found if re.search(r" [:;?!»]|« |'", text)] == []
