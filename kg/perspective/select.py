"""Which claims a perspective admits; the rules bear the numbers of docs/perspectives.md, their norm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pyoxigraph import Store

from kg.dates import DateExtent
from kg.perspective.definition import Definition
from kg.perspective.voices import Voices, date_extent
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import CODE

_HOLDING = frozenset({"asserts", "confirms", "revises"})
_DENYING = frozenset({"denies", "disputes", "retracts"})
_CONTESTING = frozenset({"denies", "disputes"})


class Selection(NamedTuple):
    """The claims that are admitted, and what of the record was not yet public."""

    admitted: frozenset[str]
    hidden: frozenset[str]


class _Spoken(NamedTuple):
    """When a public statement was made, and when it became public."""

    on: DateExtent | None
    published: DateExtent | None

    @property
    def public_on(self) -> date | None:
        """Its first day as public knowledge: the last day of its date, as far as that is known."""
        extent = self.published or self.on
        return extent.not_after if extent else None


class _Position(NamedTuple):
    """A stance with what the rules ask of it."""

    stance: str
    claim: str
    type: str
    parties: frozenset[str]
    principals: frozenset[str]
    day: date  # date.min when it is not known: then it is the latest of nothing


class _Claim(NamedTuple):
    iri: str
    claimants: frozenset[str]  # the claimant, and the party that it named
    statement: str


def select(store: Store, definition: Definition) -> Selection:
    """Choose among all claims of a store whose record is complete."""
    voices = Voices.read(store)
    spoken = {
        statement: _Spoken(date_extent(on) if on else None, date_extent(published) if published else None)
        for statement, on, published in rows(store, named_query("statement_dates"))
    }
    claims = _claims(store)
    stances = rows(store, named_query("stances"))
    hidden = _hidden(spoken, claims, stances, definition.as_of)
    positions: dict[str, list[_Position]] = defaultdict(list)
    for row in stances:
        if row[0] not in hidden:
            positions[row[1]].append(_position(row, spoken, voices))

    public = [claim for claim in claims if claim.iri not in hidden]
    retracted = {claim.iri for claim in public if _is_retracted(claim, positions[claim.iri])}
    superseded = {
        older
        for newer, older in rows(store, named_query("supersessions"))
        if newer not in hidden and newer not in retracted
    }
    parties = frozenset(definition.according_to)
    admitted = frozenset(
        claim.iri
        for claim in public
        if claim.iri not in retracted
        and claim.iri not in superseded
        and _is_held(positions[claim.iri], parties)
        and _fits_mode(positions[claim.iri], parties, definition)
    )
    return Selection(admitted, hidden)


def _hidden(
    spoken: Mapping[str, _Spoken],
    claims: Iterable[_Claim],
    stances: Iterable[Sequence[str]],
    day: date | None,
) -> frozenset[str]:
    """Rule 1: what was not public by the day asked for, whose date counts from its last day."""
    if day is None:
        return frozenset()

    def is_secret(statement: str) -> bool:
        public_on = spoken[statement].public_on if statement in spoken else None
        return public_on is None or public_on > day

    hidden = {statement for statement in spoken if is_secret(statement)}
    hidden |= {claim.iri for claim in claims if is_secret(claim.statement)}
    hidden |= {row[0] for row in stances if is_secret(row[5])}
    return frozenset(hidden)


def _latest(positions: Sequence[_Position]) -> list[_Position]:
    """Rule 3: the positions of the last day on which there was one; several when they fell on one day."""
    last = max((position.day for position in positions), default=date.min)
    return [position for position in positions if position.day == last]


def _is_held(positions: Sequence[_Position], parties: frozenset[str]) -> bool:
    """Rule 4: one of the parties holds it - by its latest stance - or, when none is given, anyone does.

    On one day a denial or a retraction outweighs an assertion.
    """
    asked = parties or frozenset[str]().union(*(position.parties for position in positions))
    for party in asked:
        types = {position.type for position in _latest([p for p in positions if party in p.parties])}
        if types & _HOLDING and not types & _DENYING:
            return True
    return False


def _is_retracted(claim: _Claim, positions: Sequence[_Position]) -> bool:
    """Rule 5: the latest stance of its claimant, or of the party that it spoke for, takes it back."""
    for claimant in claim.claimants:
        latest = _latest([position for position in positions if claimant in position.parties])
        if any(position.type == "retracts" for position in latest):
            return True
    return False


def _fits_mode(positions: Sequence[_Position], parties: frozenset[str], definition: Definition) -> bool:
    """Rule 7: only what nobody outside contests, or only what somebody does."""
    if not (definition.undisputed or definition.disputed):
        return True
    return _is_contested(positions, parties) == definition.disputed


def _is_contested(positions: Sequence[_Position], parties: frozenset[str]) -> bool:
    """Whether somebody who does not speak for the parties denies or disputes it, and still does.

    A state's denial ends when any who speaks for that state says otherwise on a later day.
    """
    return any(
        position.type in _CONTESTING
        and not position.parties & parties
        and not any(
            later.day > position.day and later.principals & position.principals for later in positions
        )
        for position in positions
    )


def _claims(store: Store) -> list[_Claim]:
    found = {
        claim: _Claim(claim, frozenset({claimant, party} - {""}), statement)
        for claim, claimant, party, statement in rows(store, named_query("claimants"))
    }
    return list(found.values())


def _position(row: Sequence[str], spoken: Mapping[str, _Spoken], voices: Voices) -> _Position:
    stance, claim, kind, actor, party, statement = row
    when = spoken.get(statement, _Spoken(None, None))
    said = when.on or when.published
    return _Position(
        stance,
        claim,
        kind.removeprefix(CODE),
        voices.parties(actor, party, said),
        voices.principals(actor, party, said),
        when.public_on or date.min,
    )
