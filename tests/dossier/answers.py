"""Answers of the dossier in a form that a test can write down."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.rdf.terms import curie
from kg.store.answers import Solutions


def rows(graph: KnowledgeGraph, query: str, **options: str) -> list[tuple[str, ...]]:
    """The answer as CURIEs and plain values, a dash for what is unbound."""
    found = graph.perspective(**options).query(query)  # type: ignore[arg-type] # names of options come from here
    assert isinstance(found, Solutions)
    names = found.variables
    return [tuple("-" if row[n] is None else curie(row[n].value) for n in names) for row in found]
