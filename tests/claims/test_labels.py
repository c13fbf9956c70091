"""Which label a reader sees."""

from __future__ import annotations

from itertools import permutations

import pytest
from pyoxigraph import Literal

from kg.claims.labels import choose_label, read_labels
from kg.graph import KnowledgeGraph
from kg.rdf.vocabulary import CODE, DATE, ID, KG
from tests.tiny import tiny

__all__ = ["tiny"]

LABELS = [
    Literal("Russie", language="fr"),
    Literal("Russia", language="en"),
    Literal("Росси́я", language="ru"),
    Literal("Reossia", language="ko-Latn"),
    Literal("plain"),
]


@pytest.mark.parametrize(
    ("lang", "best"),
    [
        ("fr", "Russie"),
        ("FR", "Russie"),
        ("ru", "Росси́я"),
        ("ko", "Reossia"),
        ("de", "Russia"),
        ("en", "Russia"),
    ],
)
def test_the_nearest_language_wins_in_any_order(lang: str, best: str) -> None:
    assert {choose_label(order, lang) for order in permutations(LABELS)} == {best}


def test_the_fallbacks_are_english_french_any() -> None:
    assert choose_label([LABELS[0], LABELS[2]], "de") == "Russie"
    assert choose_label([LABELS[2], LABELS[4]], "de") == "plain"
    assert choose_label([LABELS[2], LABELS[3]], "de") == "Reossia"


def test_labels_are_read_at_once(tiny: KnowledgeGraph) -> None:
    store = tiny.perspective().store
    things = [ID + "arland", KG + "sendingState", DATE + "2023-05", ID + "nobody-there", CODE + "denies"]
    labels = read_labels(store, things, lang="fr")
    assert set(labels) == set(things)
    assert labels[ID + "arland"] == "Arlande"
    assert labels[DATE + "2023-05"] == "2023-05"
    assert labels[ID + "nobody-there"] == "nobody there"
    assert read_labels(store, []) == {}
