"""An excerpt of a store that lies here, for who reads it from afar; see :mod:`kg.store.excerpt`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode, QuerySolution, Store

from kg.rdf.rows import solutions
from kg.rdf.vocabulary import ONTOLOGY_GRAPH
from kg.store import slices
from kg.store.embedded import build_memory
from kg.store.excerpt import Focus, excerpt
from kg.store.excerpt_asked import Asked
from kg.store.snapshot import Snapshot


def excerpt_here(snapshot: Snapshot, focus: Focus, *, most: int) -> bytes:
    """The canonical N-Quads of an excerpt of a generation, of so many quads at most without the ontology.

    :raises StoreError: remote-too-large, store-damaged.
    """
    source = Asked(lambda text: _rows(snapshot, text))
    found = excerpt(source, focus, most=most, name="this store")
    return bytes(slices.write([*found, *source.said_in([ONTOLOGY_GRAPH])]).content)


def _rows(snapshot: Snapshot, text: str) -> Iterator[QuerySolution]:
    """What the store of the default perspective answers, and what the claims do that it leaves out."""
    return chain(solutions(snapshot.open_store(), text), solutions(_left_out(snapshot), text))


def _left_out(snapshot: Snapshot) -> Store:
    """A store with the claims that nobody holds any more: few, and made once for each generation."""
    found = _OTHERS.get(snapshot)
    if found is None:
        told = snapshot.open_store()
        names = [name for (name,) in snapshot.ledger().execute("SELECT name FROM graph WHERE length > 0")]
        others = [name for name in names if not told.contains_named_graph(NamedNode(name))]
        found = _OTHERS[snapshot] = build_memory(snapshot.slices(others).values())
    return found


_OTHERS: WeakKeyDictionary[Snapshot, Store] = WeakKeyDictionary()
