"""Who speaks for whom, on which day: rule 2 of docs/perspectives.md, and the only place that decides it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kg.dates import DateExtent, parse_extent
from kg.rdf.vocabulary import DATE


class _Office(NamedTuple):
    """The body whose office a person holds, between two days at the most; ``None`` is not known."""

    body: str
    first: date | None
    last: date | None


class Voices:
    """Persons, their offices, the bodies of these, and whose organs the bodies are."""

    def __init__(
        self,
        organs: Iterable[tuple[str, str]],
        offices: Iterable[tuple[str, str, str, str]],
        lone: Iterable[str],
    ) -> None:
        silent = frozenset(lone)  # they may be below a state, and do not speak for it, nor do theirs
        self._superiors: Mapping[str, list[str]] = _grouped(pair for pair in organs if pair[0] not in silent)
        self._offices: dict[str, list[_Office]] = defaultdict(list)
        for person, body, since, until in offices:
            first = date_extent(since).not_before if since else None
            last = date_extent(until).not_after if until else None
            self._offices[person].append(_Office(body, first, last))

    def parties(self, actor: str, on_behalf_of: str = "", when: DateExtent | None = None) -> frozenset[str]:
        """All for whom the actor speaks in a statement of that date: itself, its bodies, their superiors."""
        return frozenset({actor}).union(*map(self._upwards, self._starts(actor, on_behalf_of, when)))

    def principals(
        self, actor: str, on_behalf_of: str = "", when: DateExtent | None = None
    ) -> frozenset[str]:
        """The topmost of these: the states, or the bodies and persons that stand alone."""
        starts = self._starts(actor, on_behalf_of, when)
        if len(starts) > 1:  # a person in office, or one who speaks for another, is not alone
            starts = starts - {actor}
        above = frozenset[str]().union(*map(self._upwards, starts))
        return frozenset(party for party in above if not self._superiors.get(party)) or above

    def _starts(self, actor: str, on_behalf_of: str, when: DateExtent | None) -> frozenset[str]:
        bodies = {office.body for office in self._offices.get(actor, ()) if _holds(office, when)}
        return frozenset({actor, *bodies} | ({on_behalf_of} if on_behalf_of else set()))

    def _upwards(self, party: str) -> frozenset[str]:
        found = [party]
        for one in found:
            found += [superior for superior in self._superiors.get(one, ()) if superior not in found]
        return frozenset(found)


def date_extent(iri: str) -> DateExtent:
    """The days of a ``date:`` IRI.

    :raises DataError: bad-date.
    """
    return parse_extent(iri.removeprefix(DATE))


def _holds(office: _Office, when: DateExtent | None) -> bool:
    """Whether the office may be held on a day of that date; what is not known speaks for it."""
    if when is None:
        return True
    has_begun = office.first is None or when.not_after is None or office.first <= when.not_after
    has_ended = office.last is not None and when.not_before is not None and office.last < when.not_before
    return has_begun and not has_ended


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        grouped[one].append(other)
    return grouped
