"""Statements that can have one value only, as single claims make them: who controls, how many, on what day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.dates import DateExtent, parse_extent
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import Row, rows
from kg.rdf.vocabulary import CODE, DATE

#: Counts that can only grow as time goes on.
LOSSES = frozenset({"killed", "wounded", "killed-or-wounded"})
#: Acts of a party to a treaty that are done once, in one moment.
MOMENTS = frozenset({"signature", "ratification", "instrument-exchange", "entry-into-force", "termination"})
#: Two places on earth may write the same moment down under dates that are one day apart.
_DATE_LINE = 1


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


def read_facts(view: Perspective) -> list[Fact]:
    """The statements of a perspective that can have one value only, and sharp bounds."""
    return [
        *_controls(rows(view.store, named_query("control_facts"))),
        *_counts(rows(view.store, named_query("count_facts"))),
        *_moments(rows(view.store, named_query("act_dates"))),
    ]


def _controls(found: Iterable[Row]) -> Iterator[Fact]:
    """Who controls a place: the days on which it surely does run from ``high`` to ``low``.

    Two such stretches overlap when each begins before the other ends, which is our order of numbers; on a
    day on which one ends and the other begins the place may have changed hands.
    """
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in found:
        told[row[0], row[1], row[2]].append(row)
    for (claim, _, place), said in told.items():
        stretch = _surely(_dates(row[4] for row in said), _dates(row[5] for row in said))
        if stretch and _is_actual(row[6] for row in said):
            begins, ends = (day.toordinal() for day in stretch)
            holders = frozenset(row[3] for row in said)
            yield Fact("control", ("control", place), place, claim, ends, begins, ends - 1, begins, holders)


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


def _counts(found: Iterable[Row]) -> Iterator[Fact]:
    """How many of one population met one fate in one event, by the day on which it was said."""
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in found:
        told[row[0], row[1], row[2]].append(row)
    for (claim, event, _), said in told.items():
        fates = {row[3].removeprefix(CODE) for row in said}
        days = _dates({row[10] or row[11] for row in said})
        low, high = _bounds(said)
        if len(fates) > 1 or len(days) != 1 or not _is_actual(row[9] for row in said):
            continue
        (fate,), (day,) = fates, days
        key = ("count", event, fate, *sorted({row[4] for row in said}))
        if fate in LOSSES:
            first, last = _ordinal(day.not_before, -math.inf), _ordinal(day.not_after, math.inf)
            yield Fact("count", key, event, claim, low, high, first, last)
        elif day.not_before is not None and day.not_before == day.not_after:
            yield Fact("count", (*key, day.lexical), event, claim, low, high)


def _bounds(said: Iterable[Row]) -> tuple[float, float]:
    """The least and the most that a claim allows for; its best figure alone is both, unless it is a rounded one."""
    lows, bests, highs, rounded = ({row[n] for row in said} - {""} for n in (5, 6, 7, 8))
    if not lows and not highs and not rounded & {"true", "1"}:
        lows = highs = bests
    low = min(map(float, lows), default=-math.inf)
    return low, max(map(float, highs), default=math.inf)


def _moments(found: Iterable[Row]) -> Iterator[Fact]:
    """On what day a party did an act once and for all; days that touch may be one moment."""
    for claim, act, kind, party, day in found:
        extent = parse_extent(day.removeprefix(DATE))
        if kind.removeprefix(CODE) in MOMENTS:
            first = _ordinal(extent.not_before, -math.inf)
            last = _ordinal(extent.not_after, math.inf) + _DATE_LINE
            yield Fact("date", ("date", act, kind, party), act, claim, first, last)


def _dates(found: Iterable[str]) -> list[DateExtent]:
    return [parse_extent(day.removeprefix(DATE)) for day in sorted({*found} - {""})]


def _is_actual(modalities: Iterable[str]) -> bool:
    """Whether it is told as having happened, neither planned nor feared."""
    return not {*modalities} - {"", CODE + "actual"}


def _ordinal(day: date | None, unknown: float) -> float:
    return unknown if day is None else day.toordinal()
