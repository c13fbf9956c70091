"""Quads as text, graph by graph: the canonical N-Quads of a generation and where each graph lies in them."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad

from kg.rdf.trig import canonical
from kg.rdf.vocabulary import KG, RDF, RECORD_GRAPH

# The end of a line that no literal can hold: it would have to end in a quotation mark.
_IS_A_CLAIM = f" <{RDF}type> <{KG}Claim> <{RECORD_GRAPH}> .\n".encode()


class Text(NamedTuple):
    """The canonical N-Quads of some quads, and the offset and length in bytes of each graph."""

    content: bytes | mmap.mmap
    graphs: Mapping[str, tuple[int, int]]
    quads: int

    def of(self, graph: str) -> bytes:
        """The lines of one graph; of one that is not there, none."""
        offset, length = self.graphs.get(graph, (0, 0))
        return self.content[offset : offset + length]

    @property
    def claims(self) -> int:
        """How many claims the record has; a claim may say nothing that our terms can hold, and lack a graph."""
        return self.of(RECORD_GRAPH).count(_IS_A_CLAIM)


def write(quads: Iterable[Quad]) -> Text:
    """The canonical text of quads, all of which lie in named graphs."""
    parts: list[bytes] = []
    graphs: dict[str, tuple[int, int]] = {}
    offset = count = 0
    for graph, block in groupby(canonical(quads), key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            raise TypeError("a quad lies in no named graph")
        lines = [f"{quad} .\n" for quad in block]
        part = "".join(lines).encode()
        graphs[graph.value] = (offset, len(part))
        parts.append(part)
        offset += len(part)
        count += len(lines)
    return Text(b"".join(parts), graphs, count)


def read(content: bytes | mmap.mmap) -> Text:
    """Canonical text that was written before, with the place of each graph found again.

    :raises ValueError: for text that has a quad in no named graph.
    """
    graphs: dict[str, tuple[int, int]] = {}
    start = count = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1
        name = content[content.rfind(b" <", start, end) + 1 : end - 3]
        if not (name.startswith(b"<") and name.endswith(b">") and end):
            raise ValueError(f"line {count + 1} is no quad in a named graph")
        graph = name[1:-1].decode()
        offset, length = graphs.get(graph, (start, 0))
        if offset + length != start:
            raise ValueError(f"the graph '{graph}' lies in two places")
        graphs[graph] = (offset, length + end - start)
        start = end
        count += 1
    return Text(content, graphs, count)


def pieces(content: bytes | mmap.mmap, where: tuple[int, int], *, size: int = 1 << 24) -> Iterator[bytes]:
    """The lines that lie there, about ``size`` bytes at a time."""
    offset, length = where
    end = offset + length
    while offset < end:
        stop = min(end, content.find(b"\n", min(offset + size, end) - 1) + 1)
        yield content[offset:stop]
        offset = stop


def twice(graph: str, lines: bytes) -> tuple[bytes, bytes]:
    """The lines of a graph as they are, and in the default graph, where a store keeps equal ones once."""
    return lines, nameless(graph, lines)


def nameless(graph: str, lines: bytes) -> bytes:
    """The lines in the default graph. No literal holds their ending: in N-Quads line breaks are escaped."""
    return lines.replace(f" <{graph}> .\n".encode(), b" .\n")
