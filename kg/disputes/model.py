"""A dispute as a value: the question, who stands where on it, since when, and what cannot both hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.claims.latest import public_day
from kg.claims.model import Claim, Extent, Named, Stance

HOLDING = frozenset({"asserts", "confirms", "revises"})
CONTESTING = frozenset({"denies", "disputes"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on a claim: ``stance`` counts; ``history`` has every stance it took, in order."""

    claim: Claim
    stance: Stance
    history: tuple[Stance, ...]

    @property
    def type(self) -> str:
        """The stance type that counts: asserts, denies, does-not-deny ..."""
        return self.stance.type

    @property
    def since(self) -> Extent | None:
        """The day from which it has stood there without a break."""
        return _unbroken(self.history)[0].public_on

    @property
    def earlier(self) -> tuple[Stance, ...]:
        """Where it stood before: one stance for each time that it moved."""
        current = _unbroken(self.history)[0]
        before = [stance for stance in _daily(self.history) if public_day(stance) < public_day(current)]
        return tuple(stance for n, stance in enumerate(before) if n == 0 or before[n - 1].type != stance.type)


@dataclass(frozen=True, slots=True)
class Side:
    """One party in a dispute; ``positions`` has those on the conflicting claims first, then by date.

    ``position`` is the one that counts: the latest on a conflicting claim, or else on any claim of the issue.
    """

    party: Named
    position: Position
    positions: tuple[Position, ...]

    @property
    def holds(self) -> tuple[Claim, ...]:
        """What it asserts, confirms or revises."""
        return tuple(p.claim for p in self.positions if p.type in HOLDING)

    @property
    def rejects(self) -> tuple[Claim, ...]:
        """What it denies or disputes."""
        return tuple(p.claim for p in self.positions if p.type in CONTESTING)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot both hold. ``how``: denial, contradiction, control, count or date.

    ``claims`` are the IRIs of one claim that is denied, or of two; ``about`` is the place, the event or the
    act that is told in two ways, when nobody declared the conflict.
    """

    how: str
    claims: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """An issue on which parties conflict; ``kind`` is declared or incompatible.

    ``day`` is the latest public day of a stance in the conflict (ISO), empty when that is not known.
    """

    issue: Named
    kind: str
    day: str
    sides: tuple[Side, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def claims(self) -> frozenset[str]:
        """The IRIs of the claims that conflict."""
        return frozenset(claim for conflict in self.conflicts for claim in conflict.claims)


def _daily(history: Sequence[Stance]) -> list[Stance]:
    """Of each public day the stance that counts, in order."""
    return list({public_day(stance): stance for stance in history}.values())


def _unbroken(history: Sequence[Stance]) -> list[Stance]:
    """The last stances that are of one type, one for each day."""
    run: list[Stance] = []
    for stance in reversed(_daily(history)):
        if run and stance.type != run[0].type:
            break
        run.insert(0, stance)
    return run
