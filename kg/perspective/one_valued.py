"""Statements that can have one value only, as single claims make them: who controls, how many, on what day."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from kg.dates import DateExtent, parse_extent
from kg.rdf.vocabulary import CODE, DATE, KG

#: Counts that can only grow as time goes on.
LOSSES = frozenset({"killed", "wounded", "killed-or-wounded"})
#: Acts of a party to a treaty that are done once, in one moment.
MOMENTS = frozenset({"signature", "ratification", "instrument-exchange", "entry-into-force", "termination"})
#: Two places on earth may write the same moment down under dates that are one day apart.
_DATE_LINE = 1
_KG = re.escape(KG.encode())
#: A line of N-Quads with a property of ours: its subject, the property, and the text of its value.
_LINE = re.compile(
    rb'^(\S+) <%b(\w+)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"\S*) <[^>]*> \.$' % _KG, re.MULTILINE
)
#: What a graph must hold to say anything of the kind.
_TELLING = tuple(b" <%b%b> " % (KG.encode(), name) for name in (b"controlledBy", b"estimate", b"actionType"))

_Said = Mapping[str, Mapping[str, set[str]]]  # subject -> local name of the property -> values


@dataclass(frozen=True, slots=True)
class Fact:
    """What one claim says of ``about``; two facts with one ``key`` are incompatible, as the numbers tell.

    They are when ``earlier.last <= later.first`` and ``earlier.low > later.high``, and their ``values``, if
    they have any, have nothing in common. How each kind fills this in is said where it is made.
    """

    how: str
    key: tuple[str, ...]
    about: str
    claim: str
    low: float
    high: float
    first: float = 0
    last: float = 0
    values: frozenset[str] = frozenset()

    def text(self) -> str:
        """All of it but the claim, as a text that :meth:`read` understands."""
        bounds = (self.low, self.high, self.first, self.last)
        return json.dumps([self.how, self.key, self.about, *bounds, sorted(self.values)])

    @classmethod
    def read(cls, claim: str, text: str) -> Fact:
        """What a claim says, from its text."""
        how, key, about, low, high, first, last, values = json.loads(text)
        return cls(how, tuple(key), about, claim, low, high, first, last, frozenset(values))


def is_telling(graph: bytes) -> bool:
    """Whether there may be such a statement among the lines of a claim's graph; quick."""
    return any(mark in graph for mark in _TELLING)


def facts_of(claim: str, graph: bytes, day: DateExtent | None) -> list[Fact]:
    """The statements with sharp bounds among the N-Quads of a claim's graph; ``day``: when it was stated."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, name, thing, node, text in _LINE.findall(graph):
        said[subject.decode().strip("<>")][name.decode()].add((thing or node or text).decode())
    return [*_controls(claim, said), *(_counts(claim, said, day) if day else ()), *_moments(claim, said)]


def _controls(claim: str, said: _Said) -> Iterator[Fact]:
    """Who controls a place: the days on which it surely does run from ``high`` to ``low``.

    Two such stretches overlap when each begins before the other ends, which is our order of numbers; on a
    day on which one ends and the other begins the place may have changed hands.
    """
    for told in said.values():
        holders, places = told.get("controlledBy"), told.get("place", ())
        if not holders or not places or not _is_actual(told):
            continue
        if stretch := _surely(_dates(told.get("holdsFrom", ())), _dates(told.get("holdsUntil", ()))):
            begins, ends = (day.toordinal() for day in stretch)
            for place in sorted(places):
                bounds = (ends, begins, ends - 1, begins)
                yield Fact("control", ("control", place), place, claim, *bounds, frozenset(holders))


def _surely(starts: list[DateExtent], ends: list[DateExtent]) -> tuple[date, date] | None:
    """The first and the last day on which a state surely holds; one bound alone tells of an exact day only."""
    first = [start.not_after for start in starts]
    last = [end.not_before for end in ends]
    if not first or not last:
        days = {day for extent in starts + ends for day in (extent.not_before, extent.not_after)}
        (day, *more) = days or {None}
        return None if day is None or more else (day, day)
    known = [day for day in first + last if day is not None]
    if len(known) < len(first + last) or max(known[: len(first)]) > min(known[len(first) :]):
        return None
    return max(known[: len(first)]), min(known[len(first) :])


def _counts(claim: str, said: _Said, day: DateExtent) -> Iterator[Fact]:
    """How many of one population met one fate in one event, by the day on which it was said."""
    for event, of_event in said.items():
        for estimate in sorted(of_event.get("estimate", ()) if _is_actual(of_event) else ()):
            told = said.get(estimate, {})
            fates, actors = told.get("category", set()), told.get("ofActor", set())
            if len(fates) != 1 or not actors:
                continue
            fate = min(fates).removeprefix(CODE)
            low, high = _bounds(told)
            key = ("count", event, fate, *sorted(actors))
            if fate in LOSSES:
                first, last = _ordinal(day.not_before, -math.inf), _ordinal(day.not_after, math.inf)
                yield Fact("count", key, event, claim, low, high, first, last)
            elif day.not_before is not None and day.not_before == day.not_after:
                yield Fact("count", (*key, day.lexical), event, claim, low, high)


def _bounds(told: Mapping[str, set[str]]) -> tuple[float, float]:
    """The least and the most that a claim allows for; its best figure alone is both, unless it is a rounded one."""
    lows, bests, highs = ([float(n) for n in told.get(name, ())] for name in ("low", "best", "high"))
    if not lows and not highs and not told.get("approximate", set()) & {"true", "1"}:
        lows = highs = bests
    return min(lows, default=-math.inf), max(highs, default=math.inf)


def _moments(claim: str, said: _Said) -> Iterator[Fact]:
    """On what day a party did an act once and for all; days that touch may be one moment."""
    for act, told in said.items():
        kinds = sorted({kind.removeprefix(CODE) for kind in told.get("actionType", ())} & MOMENTS)
        parties, days = sorted(told.get("actingParty", ())), _dates(told.get("occurredOn", ()))
        for kind, party, extent in product(kinds, parties, days):
            first = _ordinal(extent.not_before, -math.inf)
            last = _ordinal(extent.not_after, math.inf) + _DATE_LINE
            yield Fact("date", ("date", act, kind, party), act, claim, first, last)


def _dates(found: Iterable[str]) -> list[DateExtent]:
    return [parse_extent(day.removeprefix(DATE)) for day in sorted(found)]


def _is_actual(told: Mapping[str, set[str]]) -> bool:
    """Whether it is told as having happened, neither planned nor feared."""
    return not told.get("modality", set()) - {CODE + "actual"}


def _ordinal(day: date | None, unknown: float) -> float:
    return unknown if day is None else day.toordinal()
