"""The dataset of a perspective as text: the merge of its graphs as default graph, and each by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Store

from kg.perspective.definition import Definition
from kg.perspective.inference import Closure
from kg.perspective.record import public_record
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, RECORD_GRAPH
from kg.store.embedded import build_memory
from kg.store.slices import nameless, twice
from kg.store.snapshot import COMMON_GRAPHS, Snapshot

_BATCH = 4096  # graphs that are looked up and held at a time


def materialise(snapshot: Snapshot, definition: Definition, claims: Collection[str]) -> Store:
    """A store in memory with the dataset of a perspective that admits these claims."""
    return build_memory(parts(snapshot, definition, claims), graphs=(*COMMON_GRAPHS, *claims))


def parts(
    snapshot: Snapshot, definition: Definition, claims: Iterable[str], *, is_named: bool = True
) -> Iterator[bytes]:
    """Its N-Quads, some graphs at a time; without the named graphs when nobody will ask for them."""
    common = snapshot.slices(COMMON_GRAPHS)
    closure = Closure.read(common[ONTOLOGY_GRAPH]) if definition.infer else None
    yield from quads(common, definition, closure, is_named=is_named)
    del common
    ordered = sorted(claims)
    for start in range(0, len(ordered), _BATCH):
        yield from quads(
            snapshot.slices(ordered[start : start + _BATCH]), definition, closure, is_named=is_named
        )


def quads(
    graphs: Mapping[str, bytes], definition: Definition, closure: Closure | None, *, is_named: bool = True
) -> Iterator[bytes]:
    """The lines of these graphs as a perspective has them: rules 1, 9, 10 and 13."""
    for graph, text in graphs.items():
        lines = text
        if graph == RECORD_GRAPH and definition.as_of:
            lines = public_record(text, definition.as_of)
        if closure:  # when all that is chosen is chosen by what was said
            lines += closure.of(graph, lines)
        yield from twice(graph, lines) if is_named else (nameless(graph, lines),)
