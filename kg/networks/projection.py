"""The relations that a perspective asserts, as a network in which every edge keeps its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.perspective.idle import idle
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective


def relations(view: Perspective, *, also: Collection[str] = ()) -> networkx.MultiDiGraph[str]:
    """The network of things: nodes are IRIs with ``label``, ``type`` and ``iri``; edges have ``property``,
    ``label`` and ``claims``, the IRIs of the claims that say so, empty where the reference says it.

    A place of which only the reference speaks, such as the capital of a state that plays no part, is left out,
    unless it is one of ``also``.

    There is one edge for each two things and property, under the property's IRI as its key. Nodes and edges
    stand in the order of their IRIs, so that whatever is computed from them is the same at every run.
    """
    import networkx

    left_out = idle(view) - set(also)
    found: dict[tuple[str, str, str], list[str]] = {}
    for start, relation, end, claim in rows(view.store, named_query("relations")):
        if start in left_out:
            continue
        claims = found.setdefault((start, relation, end), [])
        if claim:
            claims.append(claim)
    things = sorted({thing for start, _, end in found for thing in (start, end)})
    labels = view.labels({*things, *(relation for _, relation, _ in found)})
    types = _types(view)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in things:
        network.add_node(thing, label=labels[thing], type=types.get(thing, ""), iri=thing)
    for (start, relation, end), claims in sorted(found.items()):
        told = tuple(sorted(claims))
        network.add_edge(
            start, end, key=relation, property=curie(relation), label=labels[relation], claims=told
        )
    return network


def _types(view: Perspective) -> dict[str, str]:
    """The narrowest class of each thing, or the first of several, as a CURIE; the wider may follow from it."""
    above = Counter(lower for lower, _ in rows(view.store, named_query("class_ancestors")))
    found: dict[str, str] = {}
    for thing, kind in rows(view.store, named_query("thing_types")):
        if thing not in found or above[kind] > above[found[thing]]:
            found[thing] = kind
    return {thing: curie(kind) for thing, kind in found.items()}
