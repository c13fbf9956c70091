"""What claims say, triple by triple, read from their text: so many claims need no dataset to be made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal

from kg.claims.labels import distance
from kg.perspective.definition import Definition
from kg.perspective.inference import Closure
from kg.rdf.rows import reading
from kg.rdf.vocabulary import ONTOLOGY_GRAPH
from kg.store.embedded import build_memory
from kg.store.snapshot import Snapshot

#: The kind of a triple whose value is a text that has a language.
TEXT = "text"

_AT_A_TIME = 4096  # graphs that are looked up and held together
_OF_IRIS = re.compile(rb"^<([^<>]*)> <([^<>]*)> <([^<>]*)> <([^<>]*)> \.$", re.MULTILINE)
_OTHER = re.compile(rb"^(?!<[^<>]*> <[^<>]*> <[^<>]*> <[^<>]*> \.$)[^\n]+\n", re.MULTILINE)


class Said(NamedTuple):
    """A triple that a claim says; ``kind`` is the datatype of a literal, ``TEXT``, or empty for an IRI."""

    subject: str
    prop: str
    value: str
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The IRIs in it."""
        return (self.subject, self.prop) if self.kind else (self.subject, self.prop, self.value)


def said(
    snapshot: Snapshot, definition: Definition, claims: Iterable[str], *, lang: str
) -> Iterator[tuple[str, Said]]:
    """The triples of each claim's graph, each with the claim; of a text in several languages the one to show.

    With what follows from each graph by itself, if the perspective has that. Cost: that of the graphs.
    """
    closure = Closure.read(snapshot.lines(ONTOLOGY_GRAPH)) if definition.infer else None
    wanted = list(claims)
    for start in range(0, len(wanted), _AT_A_TIME):
        graphs = snapshot.slices(wanted[start : start + _AT_A_TIME])
        if closure:
            graphs = {graph: lines + closure.of(graph, lines) for graph, lines in graphs.items()}
        yield from _triples(b"".join(graphs.values()), lang)


def _triples(nquads: bytes, lang: str) -> Iterator[tuple[str, Said]]:
    for subject, prop, value, graph in _OF_IRIS.findall(nquads):
        yield graph.decode(), Said(subject.decode(), prop.decode(), value.decode(), "")
    yield from _others(_OTHER.findall(nquads), lang)


def _others(lines: Iterable[bytes], lang: str) -> Iterator[tuple[str, Said]]:
    """Those with a literal or a blank node, as a store has them: it writes a number in one way only."""
    texts: dict[tuple[str, str, str], list[tuple[tuple[int, str], str]]] = defaultdict(list)
    with reading():
        for quad in build_memory(lines):
            subject, prop, value, graph = (
                getattr(term, "value", "")
                for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            )
            if isinstance(quad.object, Literal) and quad.object.language:
                texts[graph, subject, prop].append((distance(quad.object.language, lang), value))
            else:
                kind = quad.object.datatype.value if isinstance(quad.object, Literal) else ""
                yield graph, Said(subject, prop, value, kind)
    for (graph, subject, prop), found in texts.items():
        yield graph, Said(subject, prop, min(found)[1], TEXT)
