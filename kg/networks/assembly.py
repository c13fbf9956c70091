"""How the edges that a projection finds become a network: labels, classes, order, and what every edge has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge before its network is made: ``key`` tells it from others between the same two things.

    ``relation`` is the IRI of the property, code or class that says what the edge is; its label is the
    edge's, unless ``label`` is given. ``weight`` is the number of claims, unless it is given. ``more`` holds
    what edges of this network have besides.
    """

    start: str
    end: str
    key: str
    claims: frozenset[str]
    relation: str = ""
    label: str = ""
    weight: float | None = None
    more: Mapping[str, str | int] = field(default_factory=dict)


def assemble(
    view: Perspective,
    name: str,
    edges: Iterable[Edge],
    *,
    more: tuple[str, ...] = (),
    directed: bool = True,
    signed: bool = False,
) -> networkx.MultiDiGraph[str]:
    """The network of these edges, things and edges in the order of their IRIs.

    ``more`` names what its edges have besides ``property``, ``label``, ``weight`` and ``claims``. Where
    direction means nothing (not ``directed``), each edge begins at the end whose IRI comes first; where weights
    may be below zero, it is ``signed``.
    """
    import networkx

    found = sorted(edges, key=lambda edge: (edge.start, edge.end, edge.key))
    things = sorted({thing for edge in found for thing in (edge.start, edge.end)})
    labels = view.labels({*things, *(edge.relation for edge in found if edge.relation)})
    types = _narrowest_types(view) if found else {}
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        name=name, directed=directed, signed=signed, more=more
    )
    for thing in things:
        network.add_node(thing, label=labels[thing], type=types.get(thing, ""), iri=thing)
    for edge in found:
        network.add_edge(
            edge.start,
            edge.end,
            key=edge.key,
            property=curie(edge.relation) if edge.relation else "",
            label=edge.label or labels.get(edge.relation, ""),
            weight=len(edge.claims) if edge.weight is None else edge.weight,
            claims=tuple(sorted(edge.claims)),
            **edge.more,
        )
    return network


def _narrowest_types(view: Perspective) -> dict[str, str]:
    """The narrowest class of each thing, or the first of several, as a CURIE; the wider may follow from it."""
    above = Counter(lower for lower, _ in rows(view.store, named_query("class_ancestors")))
    found: dict[str, str] = {}
    for thing, kind in rows(view.store, named_query("thing_types")):
        if thing not in found or above[kind] > above[found[thing]]:
            found[thing] = kind
    return {thing: curie(kind) for thing, kind in found.items()}
