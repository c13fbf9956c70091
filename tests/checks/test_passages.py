"""Passages against their text: ok, moved, changed, missing; the offsets count code points."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from kg.checks.passages import Passage, verify_passages

TEXT = "Prémier alinéa 김정은.\nSecond paragraph, of more words.\nThird one ends it."


def passage(text: str, start: int, end: int, name: str = "e") -> Passage:
    return Passage(name, 1, start, end, hashlib.sha256(text[start:end].encode()).hexdigest())


ALL = [passage(TEXT, 0, 19), passage(TEXT, 20, 52), passage(TEXT, 53, 71)]


def verdicts(text: str) -> list[tuple[str, int | None]]:
    return [(verdict.state, verdict.found_at) for verdict in verify_passages(text, ALL)]


def test_the_same_text_is_ok() -> None:
    assert verdicts(TEXT) == [("ok", None)] * 3


def test_offsets_count_code_points_not_bytes() -> None:
    (verdict,) = verify_passages(TEXT, ALL[1:2])
    assert verdict.text == "Second paragraph, of more words."


def test_what_stands_elsewhere_has_moved() -> None:
    assert verdicts("X. " + TEXT) == [("moved", 3), ("moved", 23), ("moved", 56)]
    assert verdicts(TEXT.replace("김정은", "Kim")) == [("changed", None), ("ok", None), ("ok", None)]
    assert verdicts(TEXT.replace("more", "many")) == [("ok", None), ("changed", None), ("ok", None)]
    assert verdicts(TEXT[:60]) == [("ok", None), ("ok", None), ("missing", None)]
    assert verdicts("") == [("missing", None)] * 3


def test_of_two_places_with_the_same_words_the_one_that_moved_along_is_taken() -> None:
    text = "Same. Between. Same."
    moved = verify_passages(f"Before. {text}", [passage(text, 6, 14), passage(text, 15, 20)])
    assert [verdict.found_at for verdict in moved] == [14, 23]


def test_without_offsets_there_is_no_text_to_compare() -> None:
    assert [v.state for v in verify_passages(TEXT, [Passage("e", None, None, None, "")])] == ["not-held"]


def test_a_large_text_is_searched_at_the_beginnings_of_words() -> None:
    large = "word " * 200_000 + TEXT
    assert verdicts(large) == [("moved", 1_000_000), ("moved", 1_000_020), ("moved", 1_000_053)]


@given(st.text(max_size=80), st.text(max_size=20), st.data())
def test_a_passage_pushed_by_an_insertion_is_found(text: str, inserted: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = data.draw(st.integers(0, start))
    (verdict,) = verify_passages(text[:at] + inserted + text[at:], [passage(text, start, end)])
    assert verdict.state in ("ok", "moved")
    assert verdict.text == text[start:end]
