"""When each party holds each claim: what :func:`select` answers on every day on which it may change its mind.

A perspective of a party and a day can then be looked up, and nobody need know the rules to do so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from pyoxigraph import NamedNode, Store

from kg.claims.model import Claim, Extent, Stance
from kg.dates import parse_extent
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.perspective.ledger import Ledger
from kg.perspective.materialise import materialise
from kg.perspective.near import add_things, store_near
from kg.perspective.select import Selection, select
from kg.perspective.view import Perspective
from kg.rdf.vocabulary import ID, REFERENCE_GRAPH

#: Stands for no day at all: what a perspective without ``as_of`` knows, of unknown days too.
TODAY = date.max

_STEPS = 4  # an office is of a body, that is part of another, that is part of a state

#: Days from which, and until which (not included), something is so; None: it does not end.
Spans = tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """When a claim is held by anyone and by each party (rules 1 to 6 and 8), and when contested (rule 7).

    ``rivals``: those who contest it, as the parties for whom they speak; what a party contests itself is
    not contested in its own perspective.
    """

    anyone: Spans = ()
    by: Mapping[str, Spans] = field(default_factory=dict)
    contested: Spans = ()  # when no party is asked for
    rivals: tuple[tuple[frozenset[str], Spans], ...] = ()

    def is_held(self, parties: Collection[str], day: date) -> bool:
        """Whether one of the parties - or, of none, anyone - holds it as known on a day."""
        return any(within(self.by.get(party, ()), day) for party in parties) or (
            not parties and within(self.anyone, day)
        )

    def is_contested(self, parties: Collection[str], day: date) -> bool:
        """Whether somebody who speaks for none of the parties contests it, of what is held."""
        if not parties:
            return within(self.contested, day)
        return any(within(spans, day) and spoken_for.isdisjoint(parties) for spoken_for, spans in self.rivals)


def within(spans: Spans, day: date) -> bool:
    """Whether the day lies in one of the spans.

    >>> within(((date(2024, 1, 1), date(2024, 3, 1)),), date(2024, 3, 1)), within(((date(2024, 1, 1), None),), TODAY)
    (False, True)
    """
    return any(first <= day and (last is None or day < last) for first, last in spans)


def public_day(extent: Extent | None) -> date:
    """The first day on which what was said then is surely public (rule 1); TODAY when that is not known."""
    return date.fromisoformat(extent.not_after) if extent and extent.not_after else TODAY


def events(claims: Sequence[Claim]) -> dict[str, set[date]]:
    """For each claim the days on which it, a stance on it or on what supersedes it became public."""
    days = {
        claim.iri: {
            public_day(claim.statement.published_on or claim.statement.stated_on),
            *(public_day(stance.public_on) for stance in claim.stances),
        }
        for claim in claims
    }
    own = {claim: set(found) for claim, found in days.items()}
    for claim in claims:
        for older in claim.supersedes:
            if older in days:
                days[older] |= own[claim.iri]
    return days


class OverTime:
    """A perspective before it is asked of a party, a day or a mode; ``view`` has all that anyone ever holds."""

    def __init__(self, view: Perspective) -> None:
        self._of = view
        self._dataset = view._dataset  # of the same room
        self._base = replace(view.definition, according_to=(), as_of=None, undisputed=False, disputed=False)

    @property
    def record(self) -> Store:
        """The store of the default perspective: it has the whole record, of what nobody holds too."""
        return self._dataset.snapshot.open_store()

    def parties_of(self, stance: Stance) -> frozenset[str]:
        """All for whom a stance speaks: rule 2."""
        behalf = stance.on_behalf_of.iri if stance.on_behalf_of else ""
        if self._base.exactly:
            return frozenset({stance.stance_of.iri, behalf} - {""})
        extent = stance.statement.stated_on or stance.statement.published_on
        when = parse_extent(extent.lexical) if extent else None
        return self._dataset.speakers.parties(stance.stance_of.iri, behalf, when)

    def ever(self, events: Mapping[str, Collection[date]]) -> dict[str, Spans]:
        """Each claim that anyone ever holds, with when that is so; ``events``: those of :func:`events`, of all."""
        return _Asked(self._dataset.ledger, self._base, events).spans(list(events))

    def held(
        self,
        events: Mapping[str, Collection[date]],
        taken: Mapping[str, Collection[str]],
        ever: Mapping[str, Spans] | None = None,
    ) -> dict[str, Held]:
        """For each claim that anyone ever holds when that is so, and when each of the parties does.

        ``events``: those of :func:`events`, of all claims of the record.
        ``taken``: each party with the claims on which somebody speaks for it: it holds no others.
        ``ever``: of what :meth:`ever` found only these claims are asked for; of all when not given.
        """
        asked = _Asked(self._dataset.ledger, self._base, events)
        anyone = self.ever(events) if ever is None else ever
        by: dict[str, dict[str, Spans]] = defaultdict(dict)
        for party, claims in taken.items():
            mine = [claim for claim in claims if claim in anyone]
            for claim, spans in asked.spans(mine, according_to=(party,)).items():
                by[claim][party] = spans
        disputed, rivals = asked.contests(anyone)
        return {
            claim: Held(spans, by[claim], disputed.get(claim, ()), tuple(rivals.get(claim, ())))
            for claim, spans in anyone.items()
        }

    def view(self, claims: Collection[str], *, near: bool = False) -> Perspective:
        """The perspective in which all of these claims are held.

        ``near``: with as much of the reference and of the record as these claims refer to, which is made
        quickly however large the store is.
        """
        dataset = (_Near if near else _Claims)(self._dataset, self._base, claims)
        return Perspective(dataset, resolve=self._of.resolve, lang=self._of.lang)


class _Asked:
    """Asks :func:`select` day by day, only of the claims to which something happened that day."""

    def __init__(self, ledger: Ledger, base: Definition, events: Mapping[str, Collection[date]]) -> None:
        self._ledger = ledger
        self._base = base
        self._events = events
        self._numbers = ledger.numbered(events)

    def spans(
        self, claims: Collection[str], *, according_to: Sequence[str] = (), disputed: bool = False
    ) -> dict[str, Spans]:
        """When these claims are admitted, of those that ever are."""
        asked = replace(self._base, according_to=tuple(sorted(according_to)), disputed=disputed)
        begun: dict[str, date] = {}
        found: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
        selection = Selection(self._ledger, asked)
        for day, changing in self._days(claims):
            admitted = self._admitted(selection, None if day == TODAY else day, changing)
            for claim in changing:
                if claim in admitted:
                    begun.setdefault(claim, day)
                elif claim in begun:
                    found[claim].append((begun.pop(claim), day))
        once = [claim for claim in claims if len(self._events[claim]) == 1]
        begun |= {claim: min(self._events[claim]) for claim in self._admitted(selection, None, once)}
        for claim, day in begun.items():
            found[claim].append((day, None))
        return {claim: tuple(spans) for claim, spans in found.items()}

    def contests(
        self, among: Collection[str]
    ) -> tuple[dict[str, Spans], dict[str, list[tuple[frozenset[str], Spans]]]]:
        """When each of the claims is contested for who asks of no party; and by whom, for who asks of some.

        Who contests it is asked of all parties but those for whom he speaks: rule 7 admits it to them then.
        """
        exact = self._base.exactly
        speaking = [voice.exactly if exact else voice.parties for voice in self._ledger.voices]
        everybody = frozenset[str]().union(*speaking)
        numbers: dict[frozenset[str], set[int]] = defaultdict(set)
        for number, parties in enumerate(speaking):
            numbers[parties] |= self._ledger.taken_by([number], types=("denies", "disputes"))
        contested = {
            parties: [claim for claim in self._ledger.names(claims) if claim in among]
            for parties, claims in sorted(numbers.items(), key=lambda pair: sorted(pair[0]))
            if claims
        }
        rivals: dict[str, list[tuple[frozenset[str], Spans]]] = defaultdict(list)
        for parties, claims in contested.items():
            if others := everybody - parties:
                found = self.spans(claims, according_to=tuple(others), disputed=True)
                for claim, spans in found.items():
                    rivals[claim].append((parties, spans))
        every = sorted({claim for claims in contested.values() for claim in claims})
        return self.spans(every, disputed=True), rivals

    def _days(self, claims: Iterable[str]) -> list[tuple[date, list[str]]]:
        """The days on which something happened to the claims to which something happened more than once."""
        days: dict[date, list[str]] = defaultdict(list)
        for claim in claims:
            if len(self._events[claim]) > 1:
                for day in {*self._events[claim], TODAY}:
                    days[day].append(claim)
        return sorted(days.items())

    def _admitted(self, selection: Selection, day: date | None, claims: Collection[str]) -> set[str]:
        if not claims:
            return set()
        numbered = {self._numbers[claim]: claim for claim in claims if claim in self._numbers}
        return {numbered[number] for number in selection.as_of(day, set(numbered))}


class _Claims(Dataset):
    """The dataset in which these claims are held, whoever holds them and whenever."""

    def __init__(self, of: Dataset, definition: Definition, claims: Collection[str]) -> None:
        super().__init__(of.snapshot, definition)
        self.ledger = of.ledger
        self.admitted = sorted(claims)

    def near(self, thing: str, *, spoken: bool = False) -> Dataset:
        return self

    @cached_property
    def store(self) -> Store:
        if self.definition.is_default and self.admitted == self.ledger.names(
            select(self.ledger, self.definition)
        ):
            return self.snapshot.open_store()
        return materialise(self.snapshot, self.definition, self.admitted)

    @property
    def unnamed(self) -> Store:  # what is kept is found by its definition, which does not tell these claims
        return self.store


class _Near(_Claims):
    """The same with no more than the claims refer to, and what that is a part of by the reference."""

    @cached_property
    def store(self) -> Store:
        made = store_near(self.snapshot, self.definition, "", self.admitted)
        known = set[str]()
        for _ in range(_STEPS):
            reference = made.quads_for_pattern(None, None, None, NamedNode(REFERENCE_GRAPH))
            named = {quad.object.value for quad in reference if isinstance(quad.object, NamedNode)}
            if not (new := {iri for iri in named - known if iri.startswith(ID)}):
                break
            known |= new
            add_things(made, self.snapshot, self.definition, new)
        return made
