"""Measures against values worked out by hand, on the smallest networks and on chance ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations, pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.networks import measures
from kg.networks.apart import distance
from kg.networks.measures import MEASURES, Score


def made(
    *edges: str, alone: str = "", directed: bool = True, signed: bool = False
) -> networkx.MultiDiGraph[str]:
    """A network of one claim for each edge: ``ab`` goes from a to b."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(directed=directed, signed=signed)
    network.add_nodes_from(alone)
    for number, edge in enumerate(edges):
        network.add_edge(edge[0], edge[1], key=str(number), weight=1, claims=(f"claim-{number}",))
    return network


def values(scores: Iterable[Score]) -> dict[str, float]:
    return {score.thing: score.value for score in scores}


@pytest.mark.parametrize("name", MEASURES)
def test_of_nothing_there_is_nothing(name: str) -> None:
    assert MEASURES[name](made()) == []


def test_of_one_thing() -> None:
    found = {name: values(measure(made(alone="a"))) for name, measure in MEASURES.items()}
    nought = {name: {"a": 0} for name in ("degree", "betweenness", "closeness", "eigenvector")}
    assert found == {**nought, "pagerank": {"a": 1}, "brokers": {}, "communities": {"a": 1}}


def test_a_thing_is_not_tied_to_itself() -> None:
    assert values(measures.degree(made("aa", "ab"))) == {"a": 1, "b": 1}
    assert values(measures.pagerank(made("aa", alone="b"))) == {"a": 0.5, "b": 0.5}


def test_degree_counts_things_and_not_edges() -> None:
    scores = measures.degree(made("ab", "ab", "ba", "ac", alone="d"))
    assert scores == [Score(1, "a", 2), Score(2, "b", 1), Score(2, "c", 1), Score(4, "d", 0)]


def test_betweenness_of_a_chain_and_of_a_square() -> None:
    # chain a-b-c-d: b lies between a,c and a,d: 2 of 3 pairs
    assert values(measures.betweenness(made("ab", "bc", "cd"))) == {
        "a": 0,
        "b": pytest.approx(2 / 3),
        "c": pytest.approx(2 / 3),
        "d": 0,
    }
    # square: between a and c there are two ways, one by b: half of 1 of 3 pairs
    square = values(measures.betweenness(made("ab", "bc", "cd", "da")))
    assert square == dict.fromkeys("abcd", pytest.approx(1 / 6))
    assert values(measures.betweenness(made("ab"))) == {"a": 0, "b": 0}


def test_closeness_of_a_chain_and_in_parts() -> None:
    # chain: a has 1 + 2 = 3 steps to 2 others, b 2 steps
    assert values(measures.closeness(made("ab", "bc"))) == {
        "b": 1,
        "a": pytest.approx(2 / 3),
        "c": pytest.approx(2 / 3),
    }
    # parts a-b and c-d: 1 of 3 others is reached, in 1 step; e reaches nobody
    parts = values(measures.closeness(made("ab", "cd", alone="e")))
    assert parts == {**dict.fromkeys("abcd", 0.25), "e": 0}


def test_eigenvector_of_a_star_and_in_parts() -> None:
    # star of three rays: x = (1/sqrt 2, 1/sqrt 6 ...), eigenvalue sqrt 3
    star = values(measures.eigenvector(made("ab", "ca", "ad")))
    assert star["a"] == pytest.approx(1 / math.sqrt(2), abs=1e-6)
    assert star["b"] == star["c"] == star["d"] == pytest.approx(1 / math.sqrt(6), abs=1e-6)
    # of two parts of one size the one with the first IRI counts
    parts = values(measures.eigenvector(made("cd", "ba")))
    assert parts == {**dict.fromkeys("ab", pytest.approx(1 / math.sqrt(2), abs=1e-6)), "c": 0, "d": 0}


def test_an_eigenvector_that_does_not_settle_is_told() -> None:
    chain = [chr(200 + n) for n in range(200)]  # from about 150 on; each more costs all steps more
    network = made(*(one + other for one, other in pairwise(chain)))
    with pytest.raises(UsageError, match="not-converged"):
        measures.eigenvector(network)


def test_pagerank_runs_along_the_edges() -> None:
    # a -> b, and b leads nowhere: p(a) = p / 2, p(b) = 1 - p(a), with the balance worked out by hand
    found = values(measures.pagerank(made("ab")))
    p_a = (0.15 / 2 + 0.85 / 2) / (1 + 0.85 / 2)
    assert found == {"b": pytest.approx(1 - p_a), "a": pytest.approx(p_a)}
    # where direction means nothing it runs both ways
    assert values(measures.pagerank(made("ab", directed=False))) == {"a": 0.5, "b": 0.5}


def test_pagerank_is_weighted_by_claims() -> None:
    # a says three things of b and one of c
    found = values(measures.pagerank(made("ab", "ab", "ab", "ac", "ba", "ca")))
    assert found["b"] == pytest.approx(0.05 + 0.85 * found["a"] * 3 / 4)
    assert found["c"] == pytest.approx(0.05 + 0.85 * found["a"] / 4)
    assert math.fsum(found.values()) == pytest.approx(1)


def test_a_broker_has_ties_to_things_that_are_not_tied() -> None:
    # star: a = 3 * (1/3)^2 = 1/3, a ray = 1; triangle: 2 * (1/2 + 1/4)^2 = 9/8
    assert values(measures.brokers(made("ab", "ac", "ad", alone="e"))) == {
        "a": pytest.approx(1 / 3),
        **dict.fromkeys("bcd", 1),
    }
    assert values(measures.brokers(made("ab", "bc", "ca"))) == dict.fromkeys("abc", 9 / 8)
    assert measures.brokers(made("ab", "ac"))[0] == Score(1, "a", 0.5)


def test_communities_are_what_hangs_together() -> None:
    # two triangles joined by one tie; the larger group first, then the one with the first IRI
    network = made("ab", "bc", "ca", "de", "ef", "fd", "cd", alone="g")
    assert values(measures.communities(network)) == {
        **dict.fromkeys("abc", 1),
        **dict.fromkeys("def", 2),
        "g": 3,
    }
    assert values(measures.communities(made(alone="ba"))) == {"a": 1, "b": 2}


def test_where_edges_have_signs_only_those_above_zero_tie() -> None:
    network = made("ab", "cd", signed=True, directed=False)
    network.edges["c", "d", "1"]["weight"] = -0.5
    assert values(measures.degree(network)) == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert distance(network, "c", "d") is None


def test_a_distance_counts_ties() -> None:
    network = made("ab", "cb", "cd", alone="e")
    assert [distance(network, "a", end) for end in "abcdex"] == [0, 1, 2, 3, None, None]


@st.composite
def networks(draw: st.DrawFn) -> networkx.MultiDiGraph[str]:
    pairs = [one + other for one, other in combinations("abcdefgh", 2)]
    edges = draw(st.lists(st.sampled_from([*pairs, *(pair[::-1] for pair in pairs)]), max_size=20))
    return made(*edges, alone=draw(st.sampled_from(["", "a", "xyz"])))


@given(networks())
def test_laws_of_measures(network: networkx.MultiDiGraph[str]) -> None:
    again = made(alone="".join(reversed(list(network))))
    for start, end, key in reversed(list(network.edges(keys=True))):
        again.add_edge(start, end, key, **network.edges[start, end, key])
    for name, measure in MEASURES.items():
        scores = measure(network)
        assert scores == measure(again), name  # the order in which it was made does not matter
        things = [score.thing for score in scores]
        assert len(things) == len(set(things))
        assert set(things) <= set(network)
        ranks = [score.rank for score in scores]
        assert ranks == sorted(ranks)
    if network:
        assert math.fsum(values(measures.pagerank(network)).values()) == pytest.approx(1, abs=1e-6)
    constraint = networkx.constraint(measures.ties(network))
    assert values(measures.brokers(network)) == {
        thing: pytest.approx(value) for thing, value in constraint.items() if not math.isnan(value)
    }
