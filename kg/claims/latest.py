"""Which stance of a party counts now: rules R3 and R4 of docs/perspectives.md, on stances as values."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claims.model import Stance

#: Of several stances of one day, the one of the greatest weight counts: to take back outweighs to deny,
#: to deny to assert, to assert to evade.
_WEIGHTS = {
    "retracts": 3,
    "denies": 2,
    "disputes": 2,
    "asserts": 1,
    "confirms": 1,
    "revises": 1,
    "does-not-deny": 0,
    "declines-to-comment": 0,
}


def public_day(stance: Stance) -> str:
    """The last day on which it may have become public; before all others when that is not known."""
    return (stance.public_on.not_after if stance.public_on else None) or ""


def weight(kind: str) -> int:
    """How much a type of stance weighs against others of one day."""
    return _WEIGHTS[kind]


def order(stance: Stance) -> tuple[str, int, str]:
    """The key that puts the stance which counts last: by public day, weight and IRI."""
    return public_day(stance), _WEIGHTS[stance.type], stance.iri


def latest(stances: Iterable[Stance]) -> Stance:
    """The stance of one party that counts, of all that those who speak for it have taken on one claim.

    :raises ValueError: when there is none; that is a fault of ours.
    """
    return max(stances, key=order)
