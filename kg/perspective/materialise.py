"""From the claims that are admitted to a dataset: their RDF merge as default graph, and each by its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Store

from kg.perspective.inference import Closure
from kg.perspective.record import public_record
from kg.perspective.select import Selection
from kg.perspective.voices import date_extent
from kg.rdf.vocabulary import KG, ONTOLOGY_GRAPH, RECORD_GRAPH
from kg.store.embedded import build_memory
from kg.store.slices import merged
from kg.store.snapshot import COMMON_GRAPHS, Snapshot

_FROM = f" <{KG}holdsFrom> ".encode()
_UNTIL = f" <{KG}holdsUntil> ".encode()


def materialise(
    snapshot: Snapshot, selection: Selection, *, on: date | None = None, infer: bool = False
) -> Store:
    """A store in memory with the dataset of a perspective; see docs/perspectives.md."""
    slices = {graph: snapshot.lines(graph) for graph in COMMON_GRAPHS}
    slices[RECORD_GRAPH] = public_record(slices[RECORD_GRAPH], selection.hidden)
    for claim in sorted(selection.admitted):
        lines = snapshot.lines(claim)
        if on is None or holds_on(lines, on):
            slices[claim] = lines
    if infer:  # rule 13, when all that is chosen is chosen by what was said
        closure = Closure.read(slices[ONTOLOGY_GRAPH])
        slices = {graph: lines + closure.of(graph, lines) for graph, lines in slices.items()}
    empty = [graph for graph, lines in slices.items() if not lines]  # a claim that only says what it is about
    return build_memory(merged(slices.items()), graphs=empty)


def holds_on(lines: bytes, day: date) -> bool:
    """Rule 8: no state of affairs in this graph has surely ended by that day, or has surely not begun."""
    for iri in _objects(lines, _FROM):
        first = date_extent(iri).not_before
        if first is not None and day < first:
            return False
    for iri in _objects(lines, _UNTIL):
        last = date_extent(iri).not_after
        if last is not None and day > last:
            return False
    return True


def _objects(lines: bytes, predicate: bytes) -> Iterator[str]:
    """The IRIs that follow a property, in N-Quads."""
    if predicate not in lines:
        return
    for line in lines.split(b"\n"):
        subject, found, rest = line.partition(predicate)
        if found and b" " not in subject and rest.startswith(b"<"):
            yield rest[1 : rest.index(b">")].decode()
