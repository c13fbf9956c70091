"""Louvain's method beside that of networkx, and what it says of small networks."""

from __future__ import annotations

import random

import networkx
import pytest

from kg.networks.clusters import communities, louvain


def near(graph: networkx.Graph[int]) -> list[dict[int, float]]:
    return [{other: data["weight"] for other, data in sorted(graph[one].items())} for one in sorted(graph)]


def made(seed: int, count: int = 300, size: int = 30, inside: float = 0.85) -> networkx.Graph[int]:
    """Groups of things, most ties inside them; some things are tied to nothing."""
    chance = random.Random(seed)
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(count))
    for _ in range(count * 3):
        one = chance.randrange(count)
        group = one // size * size
        other = group + chance.randrange(size) if chance.random() < inside else chance.randrange(count)
        if one != other and other < count:
            graph.add_edge(one, other, weight=chance.choice((1, 1, 2, 5)))
    return graph


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("inside", [0.85, 0.4])
def test_modularity_is_that_of_networkx(seed: int, inside: float) -> None:
    graph = made(seed, inside=inside)
    found = louvain(near(graph))
    own = [{one for one in graph if found[one] == group} for group in set(found)]
    theirs = networkx.community.louvain_communities(graph, weight="weight", seed=1)
    measured, peer = (networkx.community.modularity(graph, parts) for parts in (own, theirs))
    assert measured >= 0.97 * peer
    assert measured > 0.15


def test_of_nothing_and_of_what_is_not_tied() -> None:
    assert louvain([]) == communities([]) == []
    assert communities([{}, {}, {}]) == [1, 2, 3]
    assert communities([{}, {2: 1.0}, {1: 1.0}]) == [2, 1, 1]


def test_the_largest_comes_first_then_that_with_the_first_thing() -> None:
    found = communities(near(made(1)))
    sizes = [found.count(number) for number in range(1, max(found) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    first = [found.index(number) for number in range(1, max(found) + 1)]
    assert all(a < b for a, b, m, n in zip(first, first[1:], sizes, sizes[1:], strict=False) if m == n)
