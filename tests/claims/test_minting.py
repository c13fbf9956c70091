"""IRIs made of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.minting import asserting_stance, date_iri, mint, slug
from kg.rdf.queries import iri
from kg.rdf.vocabulary import CLAIM, ID, STANCE


@given(st.text(min_size=1))
def test_a_slug_is_stable_and_safe(text: str) -> None:
    try:
        made = slug(text)
    except ValueError:
        assert not any(letter.isalnum() for letter in text)
        return
    assert slug(made) == made
    assert iri(mint("thing", text)) == f"<{ID}{made}>"


def test_words_that_say_nothing_make_no_iri() -> None:
    with pytest.raises(ValueError, match="no IRI can be made"):
        slug("!?", " ")
    with pytest.raises(ValueError, match="no IRIs are minted"):
        mint("country", "Russia")


def test_kinds_have_their_own_room() -> None:
    assert mint("claim", "Seed", "p 4") == CLAIM + "seed-p-4"
    assert asserting_stance(CLAIM + "c") == STANCE + "c-asserts"
    assert asserting_stance("http://a.example/c") == "http://a.example/c-asserts"
    assert date_iri("2025").endswith("/date/2025")
