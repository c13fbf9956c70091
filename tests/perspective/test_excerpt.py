"""An excerpt of a store answers what is asked around its things and parties as the whole store does."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.compare.sides import compare
from kg.disputes.find import disputes
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.perspective.excerpt_here import excerpt_here
from kg.perspective.posting import write_ledger
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CLAIM, ID, SOURCE, STATEMENT
from kg.shapes.record import recorded
from kg.store import slices
from kg.store.excerpt import Focus
from kg.store.offsets import write_offsets
from kg.store.snapshot import Snapshot
from kg.timeline import timeline
from kg.view import View
from tests.disputes.test_newest import made
from tests.perspective.dossiers import ACTORS, dossier, perspective
from tests.perspective.memory import InMemory

THINGS = (*ACTORS, "x", "y", "z", "t0", "t9", "o", "i0", "i1", "town", "raid", "act", "e0")
RECORDED = (CLAIM + "c0", CLAIM + "f1", STATEMENT + "c00", STATEMENT + "f1", SOURCE + "x")


class Part(InMemory):
    """A generation of an excerpt, as it is."""

    def __init__(self, content: bytes) -> None:
        self.generation = Path("part")
        self.written = slices.read(content)
        self._tables = sqlite3.connect(":memory:", isolation_level=None)
        write_offsets(self._tables, self.written.graphs)
        write_ledger(self._tables, self.written)


class Large(Snapshot):
    """A store that is too large to be copied: nothing of it is to be had but excerpts."""

    def __init__(self, whole: Snapshot) -> None:
        self._whole = whole
        self._parts: dict[Focus, Part] = {}

    @property
    def is_large(self) -> bool:
        return True

    def around(self, focus: Focus) -> Snapshot:
        if focus not in self._parts:
            self._parts[focus] = Part(excerpt_here(self._whole, focus, most=1_000_000))
        return self._parts[focus]


def both(snapshot: Snapshot, definition: Definition) -> tuple[View, View]:
    """The same perspective of the whole, and of what has to do with excerpts."""
    first, second = (
        View(Dataset(one, definition), resolve=lambda name: name) for one in (snapshot, Large(snapshot))
    )
    return first, second


def assert_same(snapshot: Snapshot, definition: Definition, thing: str) -> None:
    """All that is asked about a thing."""
    whole, part = both(snapshot, definition)
    asked = definition, thing
    assert part.show(thing) == whole.show(thing), asked
    assert list(part.claims(about=thing)) == list(whole.claims(about=thing)), asked
    assert list(timeline(part, about=thing)) == list(timeline(whole, about=thing)), asked
    assert part.treaties(thing) == whole.treaties(thing), asked
    if not definition.according_to:
        for limit in (None, 1):
            assert disputes(part, about=thing, limit=limit) == disputes(whole, about=thing, limit=limit), (
                asked
            )


def assert_same_of_party(snapshot: Snapshot, definition: Definition, party: str) -> None:
    """All that is asked of a party."""
    whole, part = both(snapshot, definition)
    asked = definition, party
    for stance in (None, "denies"):
        assert list(part.claims(by=party, stance=stance)) == list(whole.claims(by=party, stance=stance)), (
            asked
        )
    if definition.according_to:
        assert list(part.claims()) == list(whole.claims()), asked
        assert list(timeline(part)) == list(timeline(whole)), asked
    else:
        assert disputes(part, of=[party]) == disputes(whole, of=[party]), asked


def assert_same_comparison(snapshot: Snapshot, one: Definition, other: Definition) -> None:
    """What two parties are compared by."""
    wholes, parts = (
        [View(Dataset(store, definition), resolve=lambda name: name) for definition in (one, other)]
        for store in (snapshot, Large(snapshot))
    )
    assert compare(*parts) == compare(*wholes), (one, other)


@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_made_up_dossiers(seed: int) -> None:
    # Each draws anew; to try more, raise max_examples: 10,000 questions were asked when this was written.
    random = Random(seed)
    store = random.choice((made, lambda given: InMemory(parse_trig(dossier(given).encode(), name="a"))))(
        random
    )
    for _ in range(2):
        assert_same(store, perspective(random), ID + random.choice(THINGS))
        assert_same_of_party(store, perspective(random), ID + random.choice(ACTORS))
        one, other = perspective(random), perspective(random)
        if one.according_to and other.according_to:
            assert_same_comparison(store, one, other)
        definition, thing = perspective(random), random.choice(RECORDED)
        whole, part = both(store, definition)
        assert recorded(part, thing) == recorded(whole, thing), (definition, thing)


def test_nothing_else_of_a_large_store_is_answered() -> None:
    _, part = both(InMemory(parse_trig(dossier(Random(1)).encode(), name="a")), Definition())
    for ask in (part.claims, part.disputes, part.timeline, part.treaties, part.network, part.serialize):
        with pytest.raises(AttributeError):
            ask()
