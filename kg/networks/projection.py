"""The relations that a perspective asserts, as a network in which every edge keeps its claims."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.networks.assembly import Edge, assemble
from kg.perspective.idle import idle
from kg.rdf.queries import named_query
from kg.rdf.rows import rows

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective


def relations(view: Perspective, *, also: Collection[str] = ()) -> networkx.MultiDiGraph[str]:
    """The network of things: nodes are IRIs with ``label``, ``type`` and ``iri``; edges have ``property``,
    ``label``, ``claims``, the IRIs of the claims that say so, empty where the reference says it, and
    ``weight``, their number.

    A place of which only the reference speaks, such as the capital of a state that plays no part, is left out,
    unless it is one of ``also``.

    There is one edge for each two things and property, under the property's IRI as its key. Nodes and edges
    stand in the order of their IRIs, so that whatever is computed from them is the same at every run.
    """
    left_out = idle(view) - set(also)
    found: dict[tuple[str, str, str], list[str]] = {}
    for start, relation, end, claim in rows(view.store, named_query("relations")):
        if start in left_out:
            continue
        claims = found.setdefault((start, relation, end), [])
        if claim:
            claims.append(claim)
    edges = (
        Edge(start, end, relation, frozenset(claims), relation)
        for (start, relation, end), claims in found.items()
    )
    return assemble(view, "relations", edges)
