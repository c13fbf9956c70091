"""IRIs made by a load."""

from __future__ import annotations

from kg.claims.minting import asserting_stance
from kg.rdf.vocabulary import CLAIM, STANCE


def test_a_stance_is_named_after_its_claim() -> None:
    assert asserting_stance(CLAIM + "c") == STANCE + "c-asserts"
    assert asserting_stance("http://a.example/c") == "http://a.example/c-asserts"
