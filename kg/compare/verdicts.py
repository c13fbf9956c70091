"""The verdicts of a comparison: rules C3 to C8 of docs/perspectives.md, on positions that were found elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from kg.compare.model import (
    AGAINST,
    AGREE,
    APART,
    CHANGED,
    DIFFER,
    GAINED,
    KEPT,
    LOST,
    POSITIONS,
    SILENT,
)

_YES = frozenset({"holds", "says-the-same"})


class Stood(NamedTuple):
    """The verdict on something, and where each side stands on it."""

    verdict: str
    left: str
    right: str


def claim_verdict(left: str, right: str, *, is_change: bool) -> str:
    """Rules C3 and C6, of two parties on one claim; two that reject it are of one mind."""
    positions = {left, right}
    if is_change:
        return _change(left == "holds", right == "holds")
    if not positions & _YES:
        return AGREE if positions <= AGAINST else SILENT
    if positions & AGAINST:
        return DIFFER
    return AGREE if positions <= _YES else SILENT


def fact_verdict(left: str, right: str, *, is_change: bool) -> str:
    """Rules C4 and C6."""
    if is_change:
        return _change(left == "holds", right == "holds")
    if left == right == "holds":
        return AGREE
    return DIFFER if AGAINST & {left, right} else SILENT


def issue_verdict(stood: Sequence[Stood]) -> str:
    """Rule C5: one quarrel makes a quarrel; without one, one accord makes accord. Rule C8 for changes."""
    found = {one.verdict for one in stood}
    if found & {GAINED, LOST, KEPT}:
        changes = found - {KEPT}
        return CHANGED if len(changes) > 1 else next(iter(changes), KEPT)
    for verdict in (DIFFER, AGREE):
        if verdict in found:
            return verdict
    speaks: Collection[bool] = [
        any(one.left == "holds" for one in stood),
        any(one.right == "holds" for one in stood),
    ]
    return APART if all(speaks) else SILENT


def first_position(positions: Iterable[str]) -> str:
    """The one that counts most."""
    return min(positions, key=POSITIONS.index)


def _change(before: bool, after: bool) -> str:
    return KEPT if before and after else GAINED if after else LOST
