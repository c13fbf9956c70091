"""Measures on a network: who is central, who brokers, who belongs together. networkx counts where it is quick.

But for PageRank, which runs along the edges, a measure sees *ties*: two things are tied if an edge joins
them, whichever way it points and however many there are; a thing is not tied to itself. Where edges have
signs (agreement), only those above zero tie. Nothing is measured of an empty network: the answer is empty.
Scores come the best first, and equal ones by IRI; they are rounded to 9 digits, so that things in the same
place of a network score the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.networks import clusters

if TYPE_CHECKING:
    import networkx

    Network = networkx.MultiDiGraph[str]
    Ties = networkx.Graph[str]

_DIGITS = 9
_DAMPING = 0.85
_STEPS = 10_000
_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True)
class Score:
    """What a measure gives to a thing; ``rank`` is 1 for the best, and equal for equal values."""

    rank: int
    thing: str
    value: float


def ties(network: Network) -> Ties:
    """Who is tied to whom: a simple network without direction, its nodes in the order of their IRIs.

    ``weight`` of a tie is the number of claims behind all edges between the two, each once, and at least 1:
    what the reference says has no claim. Where edges have signs it is their sum, and only those above 0 tie.
    """
    import networkx

    told: dict[tuple[str, str], set[str]] = {}
    strength: dict[tuple[str, str], float] = {}
    for start, end, data in network.edges(data=True):
        if start != end:
            pair = (min(start, end), max(start, end))
            told.setdefault(pair, set()).update(data["claims"])
            strength[pair] = strength.get(pair, 0) + data["weight"]
    plain: Ties = networkx.Graph()
    plain.add_nodes_from(sorted(network))
    for pair, claims in sorted(told.items()):
        if not network.graph.get("signed"):
            plain.add_edge(*pair, weight=max(1, len(claims)))
        elif strength[pair] > 0:
            plain.add_edge(*pair, weight=strength[pair])
    return plain


def degree(network: Network) -> list[Score]:
    """To how many things a thing is tied.

    Formula: d(v) = number of u tied to v. Direction: none. Weights: none. Unit: things, 0 to n - 1.
    Cost: O(n + m), for n things and m edges.

    Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1(3),
    1978, 215-239, doi:10.1016/0378-8733(78)90021-7.
    """
    return _ranked(dict(ties(network).degree))


def betweenness(network: Network) -> list[Score]:
    """On what share of the shortest chains between others a thing lies.

    Formula: b(v) = sum over pairs s, t other than v of p(s, t, v) / p(s, t), where p(s, t) is the number of
    shortest chains of ties from s to t and p(s, t, v) of those through v; divided by the (n - 1)(n - 2) / 2
    pairs. Pairs that nothing connects add nothing. Direction: none. Weights: none, each tie is one step.
    Unit: a share, 0 to 1; 0 where there are fewer than three things. Cost: O(n m).

    Source: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40(1), 1977,
    35-41, doi:10.2307/3033543; computed as in U. Brandes, "A faster algorithm for betweenness centrality",
    Journal of Mathematical Sociology 25(2), 2001, 163-177, doi:10.1080/0022250X.2001.9990249.
    """
    import networkx

    return _ranked(networkx.betweenness_centrality(ties(network), normalized=True))


def closeness(network: Network) -> list[Score]:
    """How near a thing is to all others.

    Formula: c(v) = (r / (n - 1)) * (r / D), where r is the number of other things that ties connect with v,
    and D the sum of their distances from v in steps; 0 where r is 0. The first factor lowers what lies in a
    small part of a network in several parts. Direction: none. Weights: none. Unit: 1 / steps, 0 to 1.
    Cost: O(n m).

    Source: L. C. Freeman, as for ``degree``; for several parts S. Wasserman and K. Faust, Social Network
    Analysis, Cambridge University Press 1994, doi:10.1017/CBO9780511815478.
    """
    import networkx

    return _ranked(networkx.closeness_centrality(ties(network), wf_improved=True))


def eigenvector(network: Network) -> list[Score]:
    """How well a thing is tied to what is itself well tied.

    Formula: the vector x > 0 of length 1 with A x = l x, where A is the matrix of ties (1 or 0) and l its
    greatest eigenvalue. Where ties leave the network in several parts, that of the largest part (of equal
    ones the part with the first IRI), and 0 for all else; 0 for all where there are no ties. Direction:
    none. Weights: none. Unit: none; only the order and the ratios tell. Cost: O(m) for each step of the
    iteration.

    Source: P. Bonacich, "Factoring and weighting approaches to status scores and clique identification",
    Journal of Mathematical Sociology 2(1), 1972, 113-120, doi:10.1080/0022250X.1972.9989806.

    :raises UsageError: not-converged, when the iteration does not settle, as in a very long chain.
    """
    import networkx

    things, numbered = _numbered(ties(network))
    if not numbered.number_of_edges():
        return _ranked(dict.fromkeys(things, 0.0))
    part = min(networkx.connected_components(numbered), key=lambda part: (-len(part), min(part)))
    try:
        found = networkx.eigenvector_centrality(
            numbered.subgraph(part).copy(), max_iter=_STEPS, tol=_TOLERANCE
        )
    except networkx.PowerIterationFailedConvergence as cause:
        raise UsageError(
            f"the eigenvector centrality of these {len(part)} things does not settle",
            mend="take another measure, or fewer things",
            rule="not-converged",
        ) from cause
    return _ranked({thing: found.get(number, 0.0) for number, thing in enumerate(things)})


def pagerank(network: Network) -> list[Score]:
    """How often one comes by a thing who follows the edges at random, and now and then begins anew.

    Formula: p(v) = (1 - a) / n + a * (sum over u of p(u) * w(u, v) / w(u) + d / n), with a = 0.85, w(u, v)
    the weight from u to v, w(u) the sum of those from u, and d the sum of p over things without an edge
    away from them. Direction: along the edges, so what is pointed at gains; both ways where direction means
    nothing. Weights: the number of claims behind the edges from u to v, each once, and at least 1; where
    edges have signs, those above 0. Unit: a share; all add up to 1. Cost: O(m) for each step.

    Source: S. Brin and L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer
    Networks and ISDN Systems 30(1-7), 1998, 107-117, doi:10.1016/S0169-7552(98)00110-X. networkx computes
    it with numpy only, which we do not ask for; here the same iteration stands in Python.
    """
    things, away = sorted(network), _away(network)
    share = 1 / len(things) if things else 0.0
    found = dict.fromkeys(things, share)
    for _ in range(_STEPS):
        last, lost = found, math.fsum(found[thing] for thing in things if not away[thing])
        found = dict.fromkeys(things, (1 - _DAMPING + _DAMPING * lost) * share)
        for start, ends in away.items():
            for end, part in ends.items():
                found[end] += _DAMPING * last[start] * part
        if math.fsum(abs(found[thing] - last[thing]) for thing in things) < _TOLERANCE:
            break
    return _ranked(found)


def _away(network: Network) -> dict[str, dict[str, float]]:
    """Of each thing, where its edges lead, and with what share of the weight."""
    away: dict[str, dict[str, float]] = {thing: {} for thing in sorted(network)}
    if network.graph.get("directed", True):
        told: dict[tuple[str, str], set[str]] = {}
        for start, end, data in network.edges(data=True):
            if start != end:
                told.setdefault((start, end), set()).update(data["claims"])
        for (start, end), claims in sorted(told.items()):
            away[start][end] = max(1, len(claims))
    else:
        for start, end, data in ties(network).edges(data=True):
            away[start][end] = away[end][start] = data["weight"]
    for ends in away.values():
        whole = math.fsum(ends.values())
        ends.update({end: weight / whole for end, weight in ends.items()})
    return away


def brokers(network: Network) -> list[Score]:
    """Who stands between things that are not tied to one another: Burt's constraint, the least first.

    Formula: c(v) = sum over u tied to v of (q(v, u) + sum over w other than v, u of q(v, w) q(w, u))^2, with
    q(v, u) = 1 / d(v) if u is tied to v, else 0, and d(v) the number of v's ties. A broker has a low value:
    it has many ties, to things that are not tied to one another; who has one tie only has 1. It is not
    defined for a thing without ties, which is left out. Direction: none. Weights: none. Unit: none, above 0;
    it can pass 1 in small closed groups. Cost: the sum over ties of the smaller of the two numbers of ties.

    Source: R. S. Burt, "Structural holes and good ideas", American Journal of Sociology 110(2), 2004,
    349-399, doi:10.1086/421787. It is networkx.constraint without weights, which is too slow for hubs.
    """
    plain = ties(network)
    near = {thing: frozenset(plain[thing]) for thing in plain if plain.degree(thing)}
    found = {}
    for thing, others in near.items():
        through = (math.fsum(1 / len(near[one]) for one in others & near[other]) for other in others)
        found[thing] = math.fsum((1 + shared) ** 2 for shared in through) / len(others) ** 2
    return _ranked(found, best=min)


def communities(network: Network) -> list[Score]:
    """Who belongs together: the number of the community of each thing, the largest first.

    Formula: a partition with high modularity, Q = sum over communities c of L(c) / W - (D(c) / (2 W))^2, with
    W the weight of all ties, L(c) of those inside c, and D(c) the sum of the weights of the ties of things in
    c, ties inside counted twice. Louvain's method, things visited in the order of their IRIs: the same network
    gives the same answer, another order may give another one, nearly as good. Things without ties are
    communities by themselves.
    Direction: none. Weights: the number of claims behind a tie, at least 1; where edges have signs, those
    above 0. Unit: numbers from 1, by size, then by the first IRI. Cost: close to O(m).

    Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre, "Fast unfolding of communities in
    large networks", Journal of Statistical Mechanics 2008, P10008, doi:10.1088/1742-5468/2008/10/P10008;
    modularity: M. E. J. Newman and M. Girvan, "Finding and evaluating community structure in networks",
    Physical Review E 69, 2004, 026113, doi:10.1103/PhysRevE.69.026113.
    """
    plain = ties(network)
    place = {thing: number for number, thing in enumerate(plain)}
    near = [{place[other]: data["weight"] for other, data in plain[thing].items()} for thing in plain]
    found = dict(zip(plain, clusters.communities(near), strict=True))
    return [Score(found[thing], thing, found[thing]) for thing in sorted(found, key=lambda t: (found[t], t))]


#: The measures by name; of the last one the value is a number that names a community.
MEASURES: Mapping[str, Callable[[Network], list[Score]]] = {
    "degree": degree,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "brokers": brokers,
    "communities": communities,
}


def _numbered(plain: Ties) -> tuple[list[str], networkx.Graph[int]]:
    """The things, and their ties by their places in that list.

    networkx walks sets of nodes; of numbers every process has one order, of texts each has its own.
    """
    import networkx

    place = {thing: number for number, thing in enumerate(plain)}
    numbered: networkx.Graph[int] = networkx.Graph()
    numbered.add_nodes_from(place.values())
    for one, other, data in plain.edges(data=True):
        numbered.add_edge(place[one], place[other], weight=data["weight"])
    return list(place), numbered


def _ranked(values: Mapping[str, float], *, best: Callable[[float, float], float] = max) -> list[Score]:
    """Scores, the best first, then by IRI; equal values have equal ranks, and the next rank counts them."""
    sign = -1 if best is max else 1
    rounded = {thing: round(value, _DIGITS) for thing, value in values.items()}
    ordered = sorted(rounded, key=lambda thing: (sign * rounded[thing], thing))
    scores: list[Score] = []
    for place, thing in enumerate(ordered, 1):
        same = scores[-1].rank if scores and scores[-1].value == rounded[thing] else place
        scores.append(Score(same, thing, rounded[thing]))
    return scores
