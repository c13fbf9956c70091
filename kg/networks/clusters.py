"""Louvain's method: which things of a weighted network hang together; every process gives the same answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

#: A gain of modularity that rounding may feign.
_LEAST_GAIN = 1e-12

#: Of each thing, by number, the things to which it is tied and the weight of the tie; never itself.
Near = Sequence[Mapping[int, float]]


def louvain(near: Near) -> list[int]:
    """The number of the group of each thing; groups are numbered in the order in which they are met.

    Things are visited in their order, not by chance: a thing joins the group of the neighbours with which it
    gains most modularity, the first of equals, and those of its neighbours that are in other groups are asked
    again; then each group becomes one thing, until nothing joins any more.
    """
    group, inside = list(range(len(near))), [0.0] * len(near)
    while True:
        joined = _numbered(_settle(near, inside))
        count = max(joined, default=-1) + 1
        group = [joined[place] for place in group]
        if count == len(near):
            return group
        near, inside = _merge(near, inside, joined, count)


def _settle(near: Near, inside: Sequence[float]) -> list[int]:
    """The group of each thing when none gains by joining another one."""
    strength = [sum(ties.values()) + 2 * own for ties, own in zip(near, inside, strict=True)]
    whole = sum(strength) or 1.0
    group, total = list(range(len(near))), strength.copy()
    todo, waits = deque(group), bytearray(b"\1" * len(near))
    while todo:
        thing = todo.popleft()
        waits[thing] = 0
        own, ties, share = group[thing], near[thing], strength[thing] / whole
        total[own] -= strength[thing]
        weights: dict[int, float] = {}
        for other, weight in ties.items():
            there = group[other]
            weights[there] = weights.get(there, 0.0) + weight
        best, most = own, weights.get(own, 0.0) - total[own] * share
        for there, weight in weights.items():
            if (gain := weight - total[there] * share) > most + _LEAST_GAIN:
                best, most = there, gain
        total[best] += strength[thing]
        if best != own:
            group[thing] = best
            for other in ties:
                if group[other] != best and not waits[other]:
                    waits[other] = 1
                    todo.append(other)
    return group


def _numbered(group: Sequence[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(one, len(numbers)) for one in group]


def _merge(
    near: Near, inside: Sequence[float], group: Sequence[int], count: int
) -> tuple[list[dict[int, float]], list[float]]:
    """The groups as things: the ties between them, and the weight of those inside each."""
    merged: list[dict[int, float]] = [{} for _ in range(count)]
    within = [0.0] * count
    for thing, ties in enumerate(near):
        here = group[thing]
        within[here] += inside[thing]
        for other, weight in ties.items():
            there = group[other]
            if there != here:
                merged[here][there] = merged[here].get(there, 0.0) + weight
            elif other > thing:
                within[here] += weight
    return merged, within


def communities(near: Near) -> list[int]:
    """The number of the community of each thing: from 1, the largest first, then the one with the first thing."""
    group = louvain(near)
    size = [0] * (max(group, default=-1) + 1)
    for one in group:
        size[one] += 1
    ranked = sorted(range(len(size)), key=lambda one: -size[one])  # they are numbered by their first things
    rank = {one: place for place, one in enumerate(ranked, 1)}
    return [rank[one] for one in group]
