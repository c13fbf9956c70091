"""Quads as text, graph by graph: the canonical N-Quads of a generation and where each graph lies in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad

from kg.rdf.trig import canonical
from kg.rdf.vocabulary import KG, RDF, RECORD_GRAPH

# The end of a line that no literal can hold: it would have to end in a quotation mark.
_IS_A_CLAIM = f" <{RDF}type> <{KG}Claim> <{RECORD_GRAPH}> .\n".encode()


class Text(NamedTuple):
    """The canonical N-Quads of some quads, and the offset and length in bytes of each graph."""

    content: bytes
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


def write_offsets(graphs: Mapping[str, tuple[int, int]]) -> str:
    """One line for each graph: its name, offset and length."""
    return "".join(f"{graph}\t{offset}\t{length}\n" for graph, (offset, length) in graphs.items())


def read_offsets(text: str, *, size: int) -> dict[str, tuple[int, int]]:
    """What :func:`write_offsets` wrote of a text of this size.

    :raises ValueError: when the graphs do not share out the text without gaps.
    """
    rows = (line.split("\t") for line in text.split("\n") if line)
    found = {graph: (int(offset), int(length)) for graph, offset, length in rows}
    end = 0
    for offset, length in found.values():
        if offset != end or length < 0:
            raise ValueError(f"a graph begins at {offset} and not at {end}")
        end += length
    if end != size:
        raise ValueError(f"the graphs end at {end} and the text at {size}")
    return found


def read_slice(descriptor: int, where: tuple[int, int]) -> bytes:
    """The lines that lie there in an open file."""
    offset, length = where
    if sys.platform == "win32":
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, length)
    return os.pread(descriptor, length, offset)


def merged(slices: Iterable[tuple[str, bytes]]) -> bytes:
    """Every line twice: as it is, and in the default graph, where a store keeps equal ones once."""
    return b"".join(part for graph, lines in slices for part in (lines, _nameless(graph, lines)))


def _nameless(graph: str, lines: bytes) -> bytes:
    """The lines without their graph. No literal holds the ending: in N-Quads line breaks are escaped."""
    return lines.replace(f" <{graph}> .\n".encode(), b" .\n")
