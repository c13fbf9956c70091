"""Which statements cannot both hold, by sorting: never every pair of them."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.perspective.one_valued import Fact

#: Those who hold a claim: the names in which each of them does.
Holders = frozenset[frozenset[str]]
_NOBODY: Holders = frozenset()


def suspects(facts: Iterable[Fact]) -> frozenset[str]:
    """The claims with a fact that is incompatible with that of another claim, whoever holds them."""
    found = _pairs(facts, lambda claim: _NOBODY, lambda a, b: True, lambda a, b: False, None)
    return frozenset(fact.claim for pair in found for fact in pair)


def clusters(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Facts of one key, parted so that no two in different parts are incompatible.

    Of control, stretches of days that overlap, one after the other; all others stay together.
    """
    cluster: list[Fact] = []
    ends = 0.0
    for fact in sorted(facts, key=lambda fact: (fact.high, _order(fact))):
        if cluster and fact.how == "control" and fact.high >= ends:
            yield cluster
            cluster = []
        ends = max(ends, fact.low) if cluster else fact.low
        cluster.append(fact)
    if cluster:
        yield cluster


def incompatible(
    facts: Iterable[Fact],
    holders: Mapping[str, Holders],
    is_declared: Callable[[str, str], bool],
    *,
    among: Collection[str] | None = None,
) -> list[tuple[Fact, Fact]]:
    """Pairs that cannot both hold, are held by different parties, and of which nobody said so.

    Each fact that has such a counterpart stands in one pair at least; not every pair is given. ``among``: only
    those of them in which one of these claims stands.
    """
    held = [fact for fact in facts if holders.get(fact.claim)]
    found = _pairs(held, holders.__getitem__, _apart, is_declared, among)
    return sorted(found, key=lambda pair: (pair[0].how, pair[0].claim, pair[1].claim, pair[0].key))


def _apart(some: Holders, others: Holders) -> bool:
    """Whether one of these speaks in no name in which one of those does."""
    return any(one.isdisjoint(other) for one in some for other in others)


def _pairs(
    facts: Iterable[Fact],
    holders_of: Callable[[str], Holders],
    are_apart: Callable[[Holders, Holders], bool],
    is_declared: Callable[[str, str], bool],
    among: Collection[str] | None,
) -> set[tuple[Fact, Fact]]:
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.key].append(fact)
    found: set[tuple[Fact, Fact]] = set()
    for group in groups.values():
        if len(group) > 1:
            found.update(_swept(group, holders_of, are_apart, is_declared, among))
            turned = _swept(list(map(_turned, group)), holders_of, are_apart, is_declared, among)
            found.update((_turned(later), _turned(earlier)) for earlier, later in turned)
    return {(min(pair, key=_order), max(pair, key=_order)) for pair in found}


def _swept(
    group: list[Fact],
    holders_of: Callable[[str], Holders],
    are_apart: Callable[[Holders, Holders], bool],
    is_declared: Callable[[str, str], bool],
    among: Collection[str] | None,
) -> Iterator[tuple[Fact, Fact]]:
    """For each fact that comes too low after another one: the highest such other, and itself."""
    pool: dict[tuple[Holders, frozenset[str]], list[tuple[float, str, Fact]]] = defaultdict(list)
    wanted: dict[tuple[Holders, frozenset[str]], None] = {}  # where one of those stands that are asked for
    waiting = sorted(group, key=lambda fact: (fact.last, _order(fact)), reverse=True)
    for later in sorted(group, key=lambda fact: (fact.first, _order(fact))):
        while waiting and waiting[-1].last <= later.first:
            fact = waiting.pop()
            key = holders_of(fact.claim), fact.values
            insort(pool[key], (-fact.low, fact.claim, fact), key=_place)
            if among is None or fact.claim in among:
                wanted[key] = None
        mine = holders_of(later.claim)
        is_wanted = among is None or later.claim in among
        for theirs, values in pool if is_wanted else wanted:
            known = pool[theirs, values]
            if (values and values & later.values) or not are_apart(theirs, mine):
                continue
            for _, claim, earlier in known:
                if earlier.low <= later.high:
                    break
                if claim != later.claim and not is_declared(claim, later.claim):
                    if is_wanted or (among and claim in among):
                        yield earlier, later
                    break


def _place(known: tuple[float, str, Fact]) -> tuple[float, str]:
    return known[:2]


def _turned(fact: Fact) -> Fact:
    """The fact with time and number reversed: what comes too high before another then comes too low after it."""
    return replace(fact, first=-fact.last, last=-fact.first, low=-fact.high, high=-fact.low)


def _order(fact: Fact) -> tuple[str, float, float, float, float, list[str]]:
    return fact.claim, fact.first, fact.last, fact.low, fact.high, sorted(fact.values)
