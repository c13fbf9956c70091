"""The dataset of a perspective as text: the merge of its graphs as default graph, and each by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Store

from kg.perspective.definition import Definition
from kg.perspective.inference import Closure
from kg.perspective.record import public_record
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, RECORD_GRAPH
from kg.store.embedded import build_memory
from kg.store.slices import nameless, pieces, twice
from kg.store.snapshot import COMMON_GRAPHS, Snapshot

_BATCH = 4096  # graphs that are looked up and held at a time


def materialise(
    snapshot: Snapshot, definition: Definition, claims: Collection[str], *, is_named: bool = True
) -> Store:
    """A store in memory with the dataset of a perspective that admits these claims."""
    return build_memory(
        parts(snapshot, definition, claims, is_named=is_named),
        graphs=(*COMMON_GRAPHS, *claims) if is_named else (),
    )


def parts(
    snapshot: Snapshot,
    definition: Definition,
    claims: Iterable[str],
    *,
    is_named: bool = True,
    has_common: bool = False,
) -> Iterator[bytes]:
    """Its N-Quads, some lines at a time; without the named graphs when nobody will ask for them.

    ``has_common``: what the common graphs say is there already.
    """
    closure = Closure.read(snapshot.lines(ONTOLOGY_GRAPH)) if definition.infer else None
    text = snapshot.text()
    for graph, where in snapshot.offsets(() if has_common else COMMON_GRAPHS).items():
        if graph == RECORD_GRAPH and definition.as_of:
            lines = public_record(text, definition.as_of, where=where)
        else:
            lines = pieces(text, where)
        yield from quads(graph, lines, closure, is_named=is_named)
    ordered = sorted(claims)
    for start in range(0, len(ordered), _BATCH):
        for claim, said in snapshot.slices(ordered[start : start + _BATCH]).items():
            yield from quads(claim, [said], closure, is_named=is_named)


def quads(
    graph: str, lines: Iterable[bytes], closure: Closure | None, *, is_named: bool = True
) -> Iterator[bytes]:
    """The lines of a graph as a perspective has them: rules 9, 10 and 13."""
    for some in lines:
        closed = (
            some + closure.of(graph, some) if closure else some
        )  # whatever is chosen was chosen by what was said
        yield from twice(graph, closed) if is_named else (nameless(graph, closed),)
