"""The shortest chains of relations between two things, whichever way each relation points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.rdf.vocabulary import KG

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Step:
    """One relation of a chain; ``inverse`` when the chain walks it from its end to its start."""

    start: str
    property: str
    end: str
    inverse: bool
    claims: tuple[str, ...]


def shortest_chains(
    network: networkx.MultiDiGraph[str], start: str, end: str, *, limit: int = 5
) -> list[list[Step]]:
    """The shortest chains, at most ``limit``; none when the things are not connected, or one is not there.

    In order of the IRIs. Of several relations between two neighbours the one with most claims counts.
    Cost: one breadth-first search, O(nodes + edges), and the length of what is returned.
    """
    import networkx

    if start not in network or end not in network:
        return []
    plain: networkx.Graph[str] = networkx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted({(min(edge[:2]), max(edge[:2])) for edge in network.edges}))
    return [list(_steps(network, route)) for route in islice(_routes(plain, start, end), limit)]


def _routes(plain: networkx.Graph[str], start: str, end: str) -> Iterator[list[str]]:
    """The shortest routes in the order of the IRIs, one after the other: all of them may be very many."""
    import networkx

    left: dict[str, int] = dict(networkx.single_source_shortest_path_length(plain, end))
    if start not in left:
        return
    open_routes = [[start]]
    while open_routes:
        route = open_routes.pop()
        here = route[-1]
        if here == end:
            yield route
        nearer = sorted((n for n in plain[here] if left[n] == left[here] - 1), reverse=True)
        open_routes.extend([*route, neighbour] for neighbour in nearer)


def _steps(network: networkx.MultiDiGraph[str], route: list[str]) -> Iterator[Step]:
    for here, there in pairwise(route):
        options = [Step(here, key, there, False, claims) for key, claims in _between(network, here, there)]
        options += [Step(here, key, there, True, claims) for key, claims in _between(network, there, here)]
        yield min(options, key=_rank)


def _rank(step: Step) -> tuple[int, bool, bool, str]:
    """Most claims first; what follows from a relation of ours, in the terms of others, comes after it."""
    return -len(step.claims), step.inverse, not step.property.startswith(KG), step.property


def _between(
    network: networkx.MultiDiGraph[str], start: str, end: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if network.has_edge(start, end):
        for key, data in network[start][end].items():
            yield key, data["claims"]
