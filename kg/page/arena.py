"""The order of the cards between the two rims: short lines first, then time downwards, then few crossings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Columns = tuple[tuple[str, ...], ...]

#: What is paid, in pixels of line: for each column that a line must pass, for a loop inside one column,
#: for a pair of neighbours against the order of time, for each crossing, for a column taller than the rest.
PASSED, LOOP, TIME, CROSSING, TALLER = 45.0, 90.0, 30.0, 28.0, 2.0
SWEEPS = 3
FEW, MANY = 45, 100


@dataclass(frozen=True, slots=True)
class Board:
    """What does not move: heights and dates of the cards, the ends on the rims, the ties."""

    heights: Mapping[str, float]
    dates: Mapping[str, str]
    rims: Mapping[str, tuple[int, float]]  # card on a rim -> column, y
    ties: Sequence[tuple[str, str, float]]
    gap: float
    height: float


Price = Callable[[Board, Columns], float]


def arrange(board: Board, cards: Sequence[str], *, columns: int) -> Columns:
    """The cards in columns, left to right and top to bottom; the same input gives the same order."""
    placed = _first(board, cards, columns)
    for price in _prices(len(cards)):
        best = price(board, placed)
        for _ in range(SWEEPS):
            before = best
            for card in cards:
                placed, best = _reinsert(board, placed, card, best, price)
            if best >= before - 1e-6:
                break
    return placed


def _prices(cards: int) -> tuple[Price, ...]:
    """What is made small, one after the other; the more cards, the less can be tried in a second."""
    if cards <= FEW:
        return _cost, _full_cost
    return (_cost,) if cards <= MANY else ()


def positions(board: Board, placed: Columns) -> dict[str, tuple[int, float]]:
    """Each card's column (1 is the first of the arena) and the y of its centre."""
    found = dict(board.rims)
    for number, column in enumerate(placed, start=1):
        free = board.height - sum(board.heights[card] for card in column)
        gap = min(max(board.gap, free / (len(column) + 1)), 3 * board.gap)
        y = (free - gap * (len(column) - 1)) / 2
        for card in column:
            found[card] = (number, y + board.heights[card] / 2)
            y += board.heights[card] + gap
    return found


def _first(board: Board, cards: Sequence[str], columns: int) -> Columns:
    """By pull to the left or the right rim, then by date."""
    pull: dict[str, float] = dict.fromkeys(cards, 0.0)
    last = max((column for column, _ in board.rims.values()), default=columns + 1)
    for start, end, weight in board.ties:
        for here, there in ((start, end), (end, start)):
            if here in pull and there in board.rims:
                pull[here] += weight * (1 if board.rims[there][0] == last else -1)
    ranked = sorted(cards, key=lambda card: (pull[card], board.dates[card], card))
    share = -(-len(ranked) // columns) if ranked else 1
    parts = [ranked[at : at + share] for at in range(0, len(ranked), share)]
    parts += [[] for _ in range(columns - len(parts))]
    return tuple(tuple(sorted(part, key=lambda card: (board.dates[card] or "9", card))) for part in parts)


def _reinsert(board: Board, placed: Columns, card: str, best: float, price: Price) -> tuple[Columns, float]:
    """The best place for one card while the others keep their order."""
    without = tuple(tuple(other for other in column if other != card) for column in placed)
    winner = placed
    for number, column in enumerate(without):
        for at in range(len(column) + 1):
            tried = (*without[:number], (*column[:at], card, *column[at:]), *without[number + 1 :])
            cost = price(board, tried)
            if cost < best - 1e-6:
                winner, best = tried, cost
    return winner, best


def _cost(board: Board, placed: Columns) -> float:
    where = positions(board, placed)
    total = 0.0
    for start, end, weight in board.ties:
        (left, above), (right, below) = where[start], where[end]
        total += weight * abs(above - below)
        span = abs(left - right)
        total += weight * (PASSED * (span - 1) if span else LOOP)
    mean = sum(board.heights[card] + board.gap for column in placed for card in column) / max(len(placed), 1)
    for column in placed:
        dated = [board.dates[card] for card in column if board.dates[card]]
        total += TIME * sum(earlier > later for earlier, later in pairwise(dated))
        total += TALLER * max(0.0, sum(board.heights[card] + board.gap for card in column) - mean)
    return total


def _full_cost(board: Board, placed: Columns) -> float:
    return _cost(board, placed) + CROSSING * _crossings(board, placed)


def _crossings(board: Board, placed: Columns) -> int:
    """How many pairs of straight lines between the centres cross, counted strip by strip between columns."""
    where = positions(board, placed)
    strips: dict[int, list[tuple[float, float]]] = {}
    for start, end, _ in board.ties:
        (left, above), (right, below) = sorted((where[start], where[end]))
        for strip in range(left, right):
            slope = (below - above) / (right - left)
            strips.setdefault(strip, []).append(
                (above + slope * (strip - left), above + slope * (strip + 1 - left))
            )
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for lines in strips.values()
        for at, one in enumerate(lines)
        for other in lines[:at]
    )
