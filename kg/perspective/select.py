"""Which claims a perspective admits; the rules bear the numbers of docs/perspectives.md, their norm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kg.perspective.definition import Definition
from kg.perspective.ledger import ASSERTS, RETRACTS, STANCE_TYPES, Contested, Ledger

_HOLDING, _DENYING, _CONTESTING = (
    frozenset(map(STANCE_TYPES.index, names))
    for names in (
        ("asserts", "confirms", "revises"),
        ("denies", "disputes", "retracts"),
        ("denies", "disputes"),
    )
)
_MANY = 10_000  # from here on it is quicker to read all supersessions than to name the claims
_Stance = tuple[int, int, int]  # its type, the number of its voice, and its day, 0 when that is not known


def select(ledger: Ledger, definition: Definition, *, among: Iterable[int] | None = None) -> set[int]:
    """The numbers of the claims that are admitted, of all or of some.

    Cost: one query over the plain claims, of which nobody but their claimant speaks, and a look at the stances
    on each other claim of which one of the parties speaks.
    """
    return Selection(ledger, definition).of(None if among is None else set(among))


class Selection:
    """One question asked of claim after claim, or of day after day: who speaks for whom is looked up once."""

    def __init__(self, ledger: Ledger, definition: Definition) -> None:
        self._ledger = ledger
        self._asked = definition
        self._day = definition.as_of.toordinal() if definition.as_of else None
        # Rule 2, of each voice: all for whom it speaks; exactly, itself and whom it names.
        self._parties = [voice.exactly if definition.exactly else voice.parties for voice in ledger.voices]
        self._wanted = frozenset(definition.according_to)
        self._speaks = [not parties.isdisjoint(self._wanted) for parties in self._parties]

    def as_of(self, day: date | None, among: set[int]) -> set[int]:
        """Which of these are admitted when the same is asked as of a day, or of none."""
        self._day = day.toordinal() if day else None
        return self.of(among)

    def of(self, among: set[int] | None) -> set[int]:
        """The numbers of the claims that are admitted, of all or of some."""
        voices = self._own_voices if self._asked.according_to else None
        admitted = set[int]()
        if not self._asked.disputed:  # rule 7: a plain claim is contested by nobody
            admitted.update(self._ledger.plain(voices=voices, as_of=self._day, among=among))
        narrowed = (
            voices if among is None else None
        )  # what some claims say is quicker read than what voices do
        for claim in self._ledger.contested(voices=narrowed, as_of=self._day, among=among):
            stances = self._public(claim)
            held = self._is_held(stances) and self._fits_mode(stances)
            if held and not self._is_retracted(claim.id, stances):
                admitted.add(claim.id)
        admitted -= self._superseded(admitted)
        if self._asked.on:
            admitted -= self._ledger.not_holding(self._asked.on.toordinal(), among=among)
        return admitted

    def latest(self, among: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
        """Rule 3, of some claims: the day, 0 if not known, and the type of each stance that counts now.

        For each party by itself where there are several; of everybody where there is none. A claim on which none
        of them has taken a stance is left out. Of one day the order is not told.
        """
        some = list(among)
        voices = self._own_voices if self._asked.according_to else None
        plain = self._ledger.plain(voices=voices, as_of=self._day, among=some)
        found = {claim: [(0, STANCE_TYPES[ASSERTS])] for claim in plain}
        for claim in self._ledger.contested(as_of=self._day, among=some):
            if latest := self._counting(self._public(claim)):
                found[claim.id] = [(day, STANCE_TYPES[kind]) for kind, _, day in latest]
        return found

    def rejected(self) -> set[int]:
        """The claims that one of the parties denies or disputes by its latest stance; of nobody's, none."""
        if not self._asked.according_to:
            return set()
        return {
            claim.id
            for claim in self._ledger.contested(voices=self._own_voices, as_of=self._day)
            if any(kind in _CONTESTING for kind, _, _ in self._counting(self._public(claim)))
        }

    @property
    def _own_voices(self) -> list[int]:
        """The voices that speak for one of the parties."""
        return [number for number, speaks in enumerate(self._speaks) if speaks]

    def _counting(self, stances: Sequence[_Stance]) -> set[_Stance]:
        """Rule 3: the stances of the parties, or of everybody, that count now."""
        if not self._wanted:
            return {stance for stance in stances if stance[2] == stances[-1][2]}
        return {stance for party in self._wanted for stance in self._latest(stances, party)}

    def _is_public(self, day: int | None) -> bool:
        """Rule 1: public by the day asked for."""
        return self._day is None or (day is not None and day <= self._day)

    def _public(self, claim: Contested) -> list[_Stance]:
        """Rule 1: the stances that were public by the day asked for, in order of their days."""
        flat = iter(claim.stances)
        stances = zip(flat, flat, flat, strict=True)
        if self._day is None:
            return list(stances)
        return [stance for stance in stances if 0 < stance[2] <= self._day]

    def _is_held(self, stances: Sequence[_Stance]) -> bool:
        """Rule 4: one of the parties holds it - by its latest stance - or, when none is given, anyone does.

        On one day a denial or a retraction outweighs an assertion.
        """
        last = stances[-1][2] if stances else 0
        if not self._asked.according_to and all(s[0] in _HOLDING for s in stances if s[2] == last):
            return bool(stances)  # those who spoke last hold it
        for party in self._may_hold(stances):
            types = {kind for kind, _, _ in self._latest(stances, party)}
            if types & _HOLDING and not types & _DENYING:
                return True
        return False

    def _may_hold(self, stances: Sequence[_Stance]) -> frozenset[str]:
        """Those for whom somebody asserts it, of the parties asked for."""
        parties = [self._parties[voice] for kind, voice, _ in stances if kind in _HOLDING]
        found = frozenset[str]().union(*parties)
        return found & self._wanted if self._wanted else found

    def _latest(self, stances: Sequence[_Stance], party: str) -> list[_Stance]:
        """Rule 3: the party's stances of the last day on which it took one; several when they fell on one day."""
        own = [stance for stance in stances if party in self._parties[stance[1]]]
        return [stance for stance in own if stance[2] == own[-1][2]]

    def _is_retracted(self, claim: int, stances: Sequence[_Stance]) -> bool:
        """Rule 5: the latest stance of its claimant, or of the party that it spoke for, takes it back."""
        if all(kind != RETRACTS for kind, _, _ in stances):
            return False
        voices = self._ledger.voices
        for claimant in self._ledger.claimants(claim):
            own = [stance for stance in stances if claimant in voices[stance[1]].parties]
            if any(kind == RETRACTS and day == own[-1][2] for kind, _, day in own):
                return True
        return False

    def _superseded(self, claims: set[int]) -> set[int]:
        """Rule 6: those of the claims that another one supersedes, which is public and not retracted."""
        pairs = self._ledger.supersessions(among=None if len(claims) > _MANY else claims)
        pairs = [pair for pair in pairs if pair[1] in claims and self._is_public(pair[2])]
        newer = self._ledger.contested(among={number for number, _, _ in pairs})
        retracted = {claim.id for claim in newer if self._is_retracted(claim.id, self._public(claim))}
        return {older for number, older, _ in pairs if number not in retracted}

    def _fits_mode(self, stances: Sequence[_Stance]) -> bool:
        """Rule 7: only what nobody outside contests, or only what somebody does."""
        if not (self._asked.undisputed or self._asked.disputed):
            return True
        return self._is_contested(stances) == self._asked.disputed

    def _is_contested(self, stances: Sequence[_Stance]) -> bool:
        """Whether somebody who does not speak for the parties denies or disputes it, and still does.

        A state's denial ends when any who speaks for that state says otherwise on a later day.
        """
        voices = self._ledger.voices
        return any(
            kind in _CONTESTING
            and not self._speaks[voice]
            and not any(
                later > day and voices[other].principals & voices[voice].principals
                for _, other, later in stances
            )
            for kind, voice, day in stances
        )
