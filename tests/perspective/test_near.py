"""What a look-up reads near a thing answers it as the whole dataset does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.dates import parse_day
from kg.graph import KnowledgeGraph, open
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.timeline import timeline
from kg.view import View
from tests.perspective.dossiers import ACTORS, DAYS, dossier
from tests.perspective.memory import InMemory
from tests.tiny import tiny

__all__ = ["tiny"]


class Whole(Dataset):
    """A dataset that is made as a whole for every look-up."""

    def near(self, thing: str, *, spoken: bool = False) -> Dataset:
        return self


def both(graph: KnowledgeGraph | InMemory, definition: Definition) -> tuple[View, View]:
    """The same perspective twice, and only the second reads the whole for a look-up."""
    snapshot = graph if isinstance(graph, InMemory) else graph._snapshot
    first, second = (
        View(dataset(snapshot, definition), resolve=lambda name: name) for dataset in (Dataset, Whole)
    )
    return first, second


def things(graph: KnowledgeGraph) -> list[str]:
    """All that anything is said of, and a claim or two."""
    store = graph.perspective().store
    found = {
        term.value for quad in store for term in (quad.subject, quad.object) if isinstance(term, NamedNode)
    }
    return sorted(thing for thing in found if thing.startswith(ID))


def assert_same(graph: KnowledgeGraph | InMemory, definition: Definition, asked: Iterable[str]) -> None:
    near, whole = both(graph, definition)
    for thing in asked:
        assert near.show(thing) == whole.show(thing), (definition, thing)
        assert list(near.claims(about=thing)) == list(whole.claims(about=thing)), (definition, thing)
        assert list(timeline(near, about=thing)) == list(timeline(whole, about=thing)), (definition, thing)


TINY = [
    Definition(),
    Definition(as_of=date(2023, 5, 30)),
    Definition((ID + "arland",)),
    Definition((ID + "arland",), date(2023, 5, 31)),
    Definition((ID + "arland",), exactly=True),
    Definition((ID + "borland", ID + "herald"), undisputed=True),
    Definition(disputed=True),
    Definition(on=date(2023, 6, 1)),
    Definition((ID + "arland",), infer=True),
]


def test_of_every_thing_of_the_tiny_dossier(tiny: KnowledgeGraph) -> None:
    asked = things(tiny)
    assert len(asked) > 40
    for definition in TINY:
        assert_same(tiny, definition, asked)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return open()


SHIPPED = [
    Definition((ID + "russia",), parse_day("2025-04-25")),
    Definition((ID + "north-korea",), parse_day("2025-04-28")),
    Definition(as_of=parse_day("2024-11")),
    Definition(on=parse_day("2025-03-21"), undisputed=True),
]


@pytest.mark.parametrize("definition", SHIPPED, ids=str)
def test_of_the_things_of_the_shipped_dossier(shipped: KnowledgeGraph, definition: Definition) -> None:
    asked = [thing for thing in things(shipped) if thing.count("/") == 5]
    assert len(asked) > 100
    assert_same(shipped, definition, asked[::5])


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_made_up_dossiers(random: Random) -> None:
    made = InMemory(parse_trig(dossier(random).encode(), name="a.trig"))
    asked = [ID + name for name in (*ACTORS, "x", "y", "z", "t0", "o")]
    every = list(product(("a", "b", "c"), (None, *DAYS)))
    for actor, day in random.sample(every, 5):  # to try more, raise max_examples: each dossier draws anew
        assert_same(made, Definition((ID + actor,), day), asked)


def test_the_first_claims_are_the_first_of_all(tiny: KnowledgeGraph, tmp_path: Path) -> None:
    for definition in (Definition(), *TINY):
        near, whole = both(tiny, definition)
        every = list(whole.claims())
        for limit in (1, 2, 5, 100):
            assert list(near.claims(limit=limit)) == every[:limit], definition


@pytest.mark.parametrize("stance", [None, "denies", "confirms"])
@pytest.mark.parametrize("party", [None, "arland", "borland", "voss"])
def test_the_claims_of_a_party_are_those_of_all(
    tiny: KnowledgeGraph, party: str | None, stance: str | None
) -> None:
    by = party and ID + party
    for definition in (Definition(), *TINY):
        near, whole = both(tiny, definition)
        expected = [claim for claim in whole.claims() if whole._is_taken(claim, by, stance)]
        assert list(near.claims(by=by, stance=stance)) == expected, definition


@pytest.mark.parametrize(
    ("about", "by", "stance"),
    [
        (None, "borland", None),
        (None, "arland", None),
        (None, "arland", "denies"),
        (None, None, "confirms"),
        ("arland", None, None),
        ("arland", "borland", None),
    ],
)
def test_the_first_of_some_claims_are_the_first_of_these(
    tiny: KnowledgeGraph, about: str | None, by: str | None, stance: str | None
) -> None:
    thing, party = (name and ID + name for name in (about, by))
    counted = 0
    for definition in (Definition(), *TINY):
        near, whole = both(tiny, definition)
        every = list(whole.claims(about=thing, by=party, stance=stance))
        counted += len(every)
        for limit in (1, 2, 5, 100):
            first = near.claims(about=thing, by=party, stance=stance, limit=limit)
            assert list(first) == every[:limit], (definition, limit)
    assert counted > 2
