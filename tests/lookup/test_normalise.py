"""Names made comparable: every script keeps its letters, and no name becomes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.normalise import fold, latin
from kg.lookup.skeleton import skeleton, skeletons

SAME_FOLD = [
    ("Choïgou", "CHOIGOU"),
    ("Kim Jong-un", "kim  jong un"),
    ("Guérassimov", "Guerassimov"),
    (unicodedata.normalize("NFD", "Corée"), "corée"),
    (unicodedata.normalize("NFD", "김정은"), "김정은"),
    ("O\u2019Neill", "O'Neill"),
    ("ＫＩＭ", "kim"),
    ("Łódź", "lodz"),
    ("Straße", "STRASSE"),
    ("Ёлкин", "елкин"),
    ("Володи\u0301мир", "Володимир"),
]
SAME_SKELETON = [
    ("Шойгу", "Shoigu", "Choïgou", "Schoigu", "Šojgu", "Shoygu", "Shojgu", "쇼이구"),
    ("김정은", "Kim Jong Un", "Kim Chŏng-ŭn", "Gim Jeong-eun", "Ким Чен Ын", "Kim Čen Yn"),
    ("Герасимов", "Gerasimov", "Guérassimov", "Gerassimow"),
    ("Путин", "Putin", "Poutine", "Путін"),
    ("Курск", "Kursk", "Koursk", "Курськ"),
    ("구병삼", "Koo Byoungsam", "Koo Byung-sam", "Ku Pyŏng-sam"),
]


@pytest.mark.parametrize(("one", "other"), SAME_FOLD)
def test_what_people_leave_out_folds_away(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("names", SAME_SKELETON, ids=[names[0] for names in SAME_SKELETON])
def test_romanisations_share_a_skeleton(names: tuple[str, ...]) -> None:
    assert len({skeleton(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Shoigu", "Lavrov"), ("김정은", "김정일"), ("Kyiv", "Moscow"), ("Kim", "Lee")]
)
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    "name", ["김정은", "金正恩", "ภาษาไทย", "हिन्दी", "العربية", "עברית", "Ελλάδα", "—", "★", "'"]
)
def test_no_script_becomes_nothing(name: str) -> None:
    assert fold(name)
    assert latin(name)
    assert skeleton(name)


@pytest.mark.parametrize(("one", "other"), [("हिन्दी", "हिनदी"), ("ภาษา", "ภษา"), ("がき", "かき")])
def test_marks_that_are_half_of_a_letter_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_is_settled_after_one_time_and_never_loses_a_name(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert bool(once) == bool(text.split())
    assert "\n" not in once


@given(st.text(max_size=40))
def test_every_text_has_a_skeleton(text: str) -> None:
    assert bool(skeleton(text)) == bool(text.split())
    assert all(skeletons(word) for word in latin(text).split())
