"""Datasets of the suites on their way into a server and out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from tests.conformance.manifests import Dataset, iri_of
from tests.conformance.results import GRAPHS, SUFFIXES
from tests.conformance.server import Server

_ALL = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def quads_of(dataset: Dataset) -> Iterator[ox.Quad]:
    """The quads of a dataset of files."""
    for file in dataset.default:
        yield from _parsed(file, ox.DefaultGraph())
    for graph, file in dataset.named:
        yield from _parsed(file, ox.NamedNode(graph))


def insert(dataset: Dataset) -> str:
    """An update after which a server holds just this dataset."""
    return "DROP ALL ;\nINSERT DATA {\n" + "".join(_lines(quads_of(dataset))) + "}"


def held_by(server: Server) -> list[ox.Quad]:
    """All quads that a server holds."""
    answer = server.query(_ALL, accept="application/sparql-results+json")
    assert answer.status == 200, answer.body
    rows = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    return [ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in rows]


def _parsed(file: Path, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    format = GRAPHS[SUFFIXES[file.suffix]]
    for quad in ox.parse(path=file, format=format, base_iri=iri_of(file), rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        triple = str(quad.triple)
        is_bare = isinstance(quad.graph_name, ox.DefaultGraph)
        yield f"{triple} .\n" if is_bare else f"GRAPH {quad.graph_name} {{ {triple} }}\n"
