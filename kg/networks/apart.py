"""How far apart two things were, as known on each of several days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import parse_extent
from kg.networks.measures import ties
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import DATE

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective

#: How often a distance is measured.
PACES = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Distance:
    """How many steps apart two things were as known on a day; None where nothing connected them.

    The day is None where none was asked for.
    """

    day: date | None
    steps: int | None


def distance(network: networkx.MultiDiGraph[str], start: str, end: str) -> int | None:
    """How many ties the shortest chain from one thing to another has.

    None where no chain connects them, or one of them is not in the network; 0 from a thing to itself.
    Ties are those of :func:`kg.networks.measures.ties`. Direction: none. Weights: none. Unit: steps.
    Cost: O(n + m), a breadth-first search.
    """
    import networkx

    plain = ties(network)
    if start not in plain or end not in plain or not networkx.has_path(plain, start, end):
        return None
    return int(networkx.shortest_path_length(plain, start, end))


def distances(
    network_of: Callable[[date], networkx.MultiDiGraph[str]],
    start: str,
    end: str,
    *,
    days: Sequence[date],
    changes: Sequence[date],
) -> list[Distance]:
    """The distance of two things on each of these days, in their order.

    ``network_of`` gives the network as known on a day; ``changes`` are the days, in order, on which what is
    known may change (:func:`public_days`): it is asked for once between two of them. Cost: one network and
    one search for each stretch between two changes in which there is a day that is asked for.
    """
    known: dict[int, int | None] = {}
    found = []
    for day in days:
        stretch = bisect_right(changes, day)
        if stretch not in known:
            known[stretch] = distance(network_of(day), start, end)
        found.append(Distance(day, known[stretch]))
    return found


def public_days(view: Perspective) -> list[date]:
    """The days on which something on record became public, in order: rule R1 of docs/perspectives.md."""
    dates = {published or on for _, on, published in rows(view.store, named_query("statement_dates"))} - {""}
    ends = {parse_extent(day.removeprefix(DATE)).not_after for day in dates}
    return sorted(day for day in ends if day is not None)


def paces(first: date, last: date, every: str) -> list[date]:
    """The last day of each day, week (Sunday), month or year from the first day on, and the last day itself.

    >>> [day.isoformat() for day in paces(date(2025, 2, 10), date(2025, 4, 28), "month")]
    ['2025-02-28', '2025-03-31', '2025-04-28']
    """
    return sorted({min(day, last) for day in _paces(first, last, every)})


def _paces(first: date, last: date, every: str) -> Iterator[date]:
    day = _end(first, every)
    while day < last:
        yield day
        day = _end(day + timedelta(days=1), every)
    if first <= last:
        yield day


def _end(day: date, every: str) -> date:
    """The last day of the week, month or year of a day."""
    match every:
        case "week":
            return day + timedelta(days=6 - day.weekday())
        case "month":
            return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case "year":
            return day.replace(month=12, day=31)
        case _:
            return day
