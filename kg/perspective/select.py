"""Which claims a perspective admits; the rules bear the numbers of docs/perspectives.md, their norm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.perspective.definition import Definition
from kg.perspective.ledger import Contested, Ledger, Taken, Voice

_HOLDING = frozenset({"asserts", "confirms", "revises"})
_DENYING = frozenset({"denies", "disputes", "retracts"})
_CONTESTING = frozenset({"denies", "disputes"})


def select(ledger: Ledger, definition: Definition, *, among: Iterable[int] | None = None) -> set[int]:
    """The numbers of the claims that are admitted, of all or of some.

    Cost: a query over the plain claims, which nobody but their claimant speaks of, and for each other claim
    a look at its stances.
    """
    among = None if among is None else set(among)
    asked = _Asked(definition)
    voices = None
    if definition.according_to:
        voices = [number for number, voice in enumerate(ledger.voices) if asked.speaks(voice)]
    admitted = set[int]()
    if not definition.disputed:  # rule 7: a plain claim is contested by nobody
        admitted.update(ledger.plain(voices=voices, as_of=asked.day, among=among))
    supersessions = ledger.supersessions(among=among)
    newer = {pair[0] for pair in supersessions}
    retracted = set[int]()
    for claim in ledger.contested(among=None if among is None else among | newer):
        if asked.day is not None and (claim.public is None or claim.public > asked.day):
            continue
        stances = asked.public(claim.stances)
        if _is_retracted(claim, stances):
            retracted.add(claim.id)
        elif asked.holds(stances) and asked.fits_mode(stances):
            admitted.add(claim.id)
    superseded = {
        older
        for number, older, public in supersessions
        if number not in retracted and (asked.day is None or (public is not None and public <= asked.day))
    }
    admitted -= superseded
    if among is not None:
        admitted &= among
    if definition.on:
        admitted -= ledger.not_holding(definition.on.toordinal(), among=among)
    return admitted


class _Asked(NamedTuple):
    """The definition as the rules ask of it."""

    definition: Definition

    @property
    def day(self) -> int | None:
        return self.definition.as_of.toordinal() if self.definition.as_of else None

    def speaks(self, voice: Voice) -> bool:
        """Rule 2: whether it speaks for one of the parties."""
        return not self.parties_of(voice).isdisjoint(self.definition.according_to)

    def parties_of(self, voice: Voice) -> frozenset[str]:
        """All for whom it speaks; exactly: itself, and whom it names."""
        return voice.exactly if self.definition.exactly else voice.parties

    def public(self, stances: Sequence[Taken]) -> Sequence[Taken]:
        """Rule 1: what was public by the day asked for."""
        day = self.day
        if day is None:
            return stances
        return [taken for taken in stances if taken.public is not None and taken.public <= day]

    def holds(self, stances: Sequence[Taken]) -> bool:
        """Rule 4: one of the parties holds it - by its latest stance - or, when none is given, anyone does.

        On one day a denial or a retraction outweighs an assertion.
        """
        parties = frozenset(self.definition.according_to) or frozenset[str]().union(
            *(self.parties_of(taken.voice) for taken in stances)
        )
        for party in parties:
            types = {t.type for t in _latest([t for t in stances if party in self.parties_of(t.voice)])}
            if types & _HOLDING and not types & _DENYING:
                return True
        return False

    def fits_mode(self, stances: Sequence[Taken]) -> bool:
        """Rule 7: only what nobody outside contests, or only what somebody does."""
        if not (self.definition.undisputed or self.definition.disputed):
            return True
        return self.is_contested(stances) == self.definition.disputed

    def is_contested(self, stances: Sequence[Taken]) -> bool:
        """Whether somebody who does not speak for the parties denies or disputes it, and still does.

        A state's denial ends when any who speaks for that state says otherwise on a later day.
        """
        return any(
            taken.type in _CONTESTING
            and not self.speaks(taken.voice)
            and not any(
                later.day > taken.day and later.voice.principals & taken.voice.principals for later in stances
            )
            for taken in stances
        )


def _latest(stances: Sequence[Taken]) -> list[Taken]:
    """Rule 3: the stances of the last day on which there was one; several when they fell on one day."""
    last = max((taken.day for taken in stances), default=0)
    return [taken for taken in stances if taken.day == last]


def _is_retracted(claim: Contested, stances: Sequence[Taken]) -> bool:
    """Rule 5: the latest stance of its claimant, or of the party that it spoke for, takes it back."""
    if not any(taken.type == "retracts" for taken in stances):
        return False
    for claimant in claim.claimants:
        latest = _latest([taken for taken in stances if claimant in taken.voice.parties])
        if any(taken.type == "retracts" for taken in latest):
            return True
    return False
