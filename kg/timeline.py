"""A perspective in order of time: events, treaty acts, states of affairs, and what was said in public.

What there is and when is read from the text of the claims and the record; the claims themselves only where an
entry that is given tells of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.claims.codec import read_claims
from kg.claims.model import Claim, Stance
from kg.dates import DateExtent
from kg.perspective.dated import happenings, spoken, statement_days
from kg.perspective.select import select
from kg.perspective.view import Perspective
from kg.perspective.voices import date_extent


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a date, and the claims that tell of it.

    ``kind`` is event, act (of a party to a treaty), state (from its beginning) or statement; the claims
    of a statement are those that it makes or takes a stance on, and ``stances`` has that stance beside each.
    """

    extent: DateExtent
    kind: str
    iri: str
    label: str
    claims: tuple[Claim, ...]
    stances: tuple[Stance, ...] = ()

    @property
    def date(self) -> str:
        """The date as it is known: 2025, 2025-03, 2025-03-21, or an interval."""
        return self.extent.lexical

    @property
    def precision(self) -> str:
        """How exact the date is: year, month, day or interval."""
        return self.extent.precision


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first entries of a timeline, and how many there are in all."""

    entries: tuple[Entry, ...]
    total: int


class _Dated(NamedTuple):
    """An entry before its claims are read: what it is ordered by, and these."""

    order: tuple[date, date, str, bool, str, str]
    extent: DateExtent
    kind: str
    iri: str
    claims: frozenset[str]


def timeline(
    view: Perspective,
    *,
    about: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """The entries that may fall between two days, by first day, last day and IRI; with ``limit`` the first of them.

    A date of which one bound only is known ("2024-10-18 or later") is taken to be near that bound.

    ``about`` keeps those that tell of a thing, and what it said itself or through others.

    :raises NotFoundError: unknown-name.
    :raises UsageError: ambiguous-name.
    """
    return list(first_entries(view, about=about, since=since, until=until, limit=limit).entries)


def first_entries(
    view: Perspective,
    *,
    about: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Timeline:
    """The same with the number of all; of what is not given no claim is read.

    :raises NotFoundError: unknown-name.
    :raises UsageError: ambiguous-name.
    """
    speaker = "" if about is None else view.resolve(about)
    parties = () if speaker else view.definition.according_to
    view = view.around([speaker] if speaker else (), speakers=[speaker] if speaker else (), parties=parties)
    reading = _Reading(view, speaker)
    found = [one for one in reading.dated() if _may_fall_between(one.extent, since, until)]
    return Timeline(tuple(reading.entries(sorted(found)[:limit])), len(found))


class _Reading:
    """What is told of a thing and what it said itself, or all of it where there is no thing."""

    def __init__(self, view: Perspective, speaker: str) -> None:
        parties = view.definition.according_to
        view = view.around([speaker], speakers=[speaker]) if speaker else view.around(parties=parties)
        self._view = view
        self._speaker = speaker
        ledger, definition = view.ledger, view.definition
        if not speaker:
            self._chosen = self._everything = select(ledger, definition)
        else:
            own = (number for number, voice in enumerate(ledger.voices) if speaker in voice.exactly)
            self._chosen = select(ledger, definition, among=ledger.mentioning([speaker]))
            self._everything = self._chosen | select(ledger, definition, among=ledger.taken_by(own))
        self._about = frozenset(ledger.names(self._chosen))

    def dated(self) -> Iterator[_Dated]:
        """All that has a date."""
        told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for happening in happenings(self._view, self._chosen):
            told[happening.thing, happening.day, happening.kind].add(happening.claim)
        for (thing, day, kind), claims in told.items():
            extent = date_extent(day)
            order = (*extent.sort_key(), thing, False, day, kind)
            yield _Dated(order, extent, kind, thing, frozenset(claims))
        said: dict[str, set[str]] = defaultdict(set)
        for stance in spoken(self._view, self._everything):
            if self._counts(stance.claim, stance.names):
                said[stance.statement].add(stance.claim)
        for statement, extent in statement_days(self._view, said.keys()).items():
            order = (*extent.sort_key(), statement, True, "", "")
            yield _Dated(order, extent, "statement", statement, frozenset(said[statement]))

    def _counts(self, claim: str, names: Collection[str]) -> bool:
        """Whether a stance on a claim that is admitted, taken in these names, is told."""
        return claim in self._about or self._speaker in names

    def entries(self, found: Sequence[_Dated]) -> Iterator[Entry]:
        """The entries with their claims, which are read together."""
        view = self._view
        numbers = view.ledger.numbered({claim for one in found for claim in one.claims})
        part = view.with_claims(numbers.values())
        read = read_claims(part.store, claims=sorted(numbers), lang=view.lang)
        claims = {claim.iri: claim for claim in read}
        place = {claim: number for number, claim in enumerate(claims)}
        things = {one.iri for one in found if one.kind != "statement"}
        part.know(things)
        labels = part.labels(things)
        for one in found:
            if one.kind == "statement":
                tellers = [claims[claim] for claim in sorted(one.claims, key=place.__getitem__)]
                told, stances = zip(*self._taken(one.iri, tellers), strict=True)
                yield Entry(one.extent, one.kind, one.iri, stances[0].statement.label, told, stances)
            else:
                tellers = [claims[claim] for claim in sorted(one.claims)]
                yield Entry(one.extent, one.kind, one.iri, labels[one.iri], tuple(tellers))

    def _taken(self, statement: str, claims: Iterable[Claim]) -> Iterator[tuple[Claim, Stance]]:
        """Each claim of which a statement speaks, with each stance that it takes on it."""
        for claim in claims:
            for stance in claim.stances:
                behalf = stance.on_behalf_of.iri if stance.on_behalf_of else ""
                if stance.statement.iri == statement and self._counts(
                    claim.iri, (stance.stance_of.iri, behalf)
                ):
                    yield claim, stance


def _may_fall_between(extent: DateExtent, since: date | None, until: date | None) -> bool:
    """Whether a date may lie in the span; where one bound is not known the other stands for both."""
    first, last = extent.not_before or extent.not_after, extent.not_after or extent.not_before
    is_over = since is not None and last is not None and last < since
    is_to_come = until is not None and first is not None and first > until
    return not is_over and not is_to_come
