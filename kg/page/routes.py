"""How each line runs: it curves between the columns and passes a column in a gap, so never through a card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.page.arena import Board, Columns, positions
from kg.page.geometry import Card, Point, Route, Tie

TRACK = 8.0  # between two lines in one gap
PORT = 9.0  # between two lines at one side of a card
LEAST = 26.0  # the least gap between two cards
CLEAR = 7.0  # from a line in a gap to the card above or below it
LOADED = 16.0  # what a line that already runs in a gap adds to the price of that gap


def gaps_needed(board: Board, order: Columns, rims: Sequence[Card], ties: Sequence[Tie]) -> list[list[float]]:
    """For each column of the arena, the least height of each gap, the two outer ones included."""
    where = positions(board, order)
    middles = [[where[card][1] for card in column] for column in order]
    load = [[0] * (len(column) + 1) for column in order]
    for tie in ties:
        if tie.start == tie.end or tie.quiet:
            continue
        (left, above), (right, below) = sorted((where[tie.start], where[tie.end]))
        for column in range(left + 1, right):
            aim = above + (below - above) * (column - left) / (right - left)
            gap = sum(middle < aim for middle in middles[column - 1])
            load[column - 1][gap] += 1
    return [
        [_room(count, edge=at in (0, len(counts) - 1)) for at, count in enumerate(counts)] for counts in load
    ]


def _room(count: int, *, edge: bool) -> float:
    if edge:
        return count * TRACK + (CLEAR if count else 0.0)
    return max(LEAST, count * TRACK + 2 * CLEAR)


@dataclass(slots=True)
class _Way:
    """A line in the making: its stations from left to right; a loop stays in one column."""

    tie: Tie
    start: Card
    end: Card
    through: dict[int, float] = field(default_factory=dict)  # column that is passed -> y
    ports: list[float] = field(default_factory=list)  # y at the left end, y at the right end

    @property
    def flipped(self) -> bool:
        return self.start.column > self.end.column

    @property
    def left(self) -> Card:
        return self.end if self.flipped else self.start

    @property
    def right(self) -> Card:
        return self.start if self.flipped else self.end

    @property
    def loop(self) -> bool:
        return self.start.column == self.end.column


def route(cards: Sequence[Card], ties: Sequence[Tie], *, columns: int) -> list[Route]:
    """The route of each tie, in the order of the ties; a tie of a card with itself has none."""
    by_key = {card.key: card for card in cards}
    by_column: dict[int, list[Card]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: card.box.y):
        by_column[card.column].append(card)
    ways = [_Way(tie, by_key[tie.start], by_key[tie.end]) for tie in ties if tie.start != tie.end]
    _choose_gaps(ways, by_column)
    _spread_ports(ways, columns)
    sides = {column: (row[0].box.x, max(c.box.right for c in row)) for column, row in by_column.items()}
    for column, row in by_column.items():
        sides[column] = (min(card.box.x for card in row), sides[column][1])
    return [_draw(way, sides, columns, number) for number, way in enumerate(ways)]


def _choose_gaps(ways: Sequence[_Way], by_column: Mapping[int, list[Card]]) -> None:
    """In each column that it passes a line takes the gap nearest to its course that is not crowded."""
    floor = max((row[-1].box.bottom for row in by_column.values()), default=0.0) + 2 * CLEAR
    taken: dict[tuple[int, int], list[tuple[float, _Way]]] = defaultdict(list)
    for way in sorted(ways, key=_turn):
        y = way.left.box.middle
        for column in range(way.left.column + 1, way.right.column):
            if column not in by_column:
                continue  # no card stands there, so nothing is in the way
            aim = y + (way.right.box.middle - y) / (way.right.column - column + 1)
            gaps = list(_gaps(by_column[column], floor))
            price = [
                max(0.0, top - aim, aim - bottom) + LOADED * _excess(len(taken[column, at]), bottom - top)
                for at, (top, bottom) in enumerate(gaps)
            ]
            best = price.index(min(price))
            top, bottom = gaps[best]
            taken[column, best].append((aim, way))
            y = min(max(aim, top + CLEAR), bottom - CLEAR)
    for (column, at), passing in [held for held in taken.items() if held[1]]:
        top, bottom = list(_gaps(by_column[column], floor))[at]
        passing.sort(key=lambda pair: (pair[0], pair[1].tie.key))
        room = max(0.0, bottom - top - 2 * CLEAR)
        step = min(TRACK, room / max(len(passing) - 1, 1))
        wanted = sum(aim for aim, _ in passing) / len(passing) - step * (len(passing) - 1) / 2
        first = min(max(wanted, top + CLEAR), bottom - CLEAR - step * (len(passing) - 1))
        for number, (_, way) in enumerate(passing):
            way.through[column] = round(first + number * step, 1)


def _turn(way: _Way) -> tuple[bool, int, str]:
    """Who chooses first: what is always drawn, then the short lines."""
    return way.tie.quiet, way.right.column - way.left.column, way.tie.key


def _excess(load: int, room: float) -> float:
    """How far the next line would crowd a gap: nothing while there is a track for it."""
    return max(0.0, load + 1 - max(1.0, (room - 2 * CLEAR) / TRACK + 1))


def _gaps(column: Sequence[Card], floor: float) -> Iterator[tuple[float, float]]:
    """The free intervals of a column, from above its first card to below its last."""
    top = 0.0
    for card in column:
        yield top, card.box.y
        top = card.box.bottom
    yield top, max(floor, top + 2 * CLEAR)


def _spread_ports(ways: Sequence[_Way], columns: int) -> None:
    """Lines that meet at one side of a card get a port each, in the order in which they arrive."""
    sides: dict[tuple[str, bool], list[tuple[float, str, _Way, int]]] = defaultdict(list)
    for way in ways:
        way.ports = [way.left.box.middle, way.right.box.middle]
        stations = [*(way.through[column] for column in sorted(way.through))]
        after = stations[0] if stations else way.right.box.middle
        before = stations[-1] if stations else way.left.box.middle
        to_right = True if not way.loop else _loops_right(way, columns)
        sides[way.left.key, to_right].append((after, way.tie.key, way, 0))
        sides[way.right.key, to_right if way.loop else False].append((before, way.tie.key, way, 1))
    for arriving in sides.values():
        arriving.sort(key=lambda held: (held[0], held[1]))
        card = arriving[0][2].left if arriving[0][3] == 0 else arriving[0][2].right
        step = min(PORT, (card.box.h - 10) / max(len(arriving), 1))
        for number, (_, _, way, end) in enumerate(arriving):
            way.ports[end] = round(card.box.middle + (number - (len(arriving) - 1) / 2) * step, 1)


def _loops_right(way: _Way, columns: int) -> bool:
    """On which side a line between two cards of one column runs: inwards."""
    return way.start.column < (columns - 1) / 2


def _draw(way: _Way, sides: Mapping[int, tuple[float, float]], columns: int, number: int) -> Route:
    stations: list[Point]
    if way.loop:
        out = _loops_right(way, columns)
        x0 = way.left.box.right if out else way.left.box.x
        x1 = way.right.box.right if out else way.right.box.x
        reach = (34 + 9 * (number % 4)) * (1 if out else -1)
        edge = max(x0, x1) if out else min(x0, x1)
        above, below = way.ports
        curves = [((x0, above), (edge + reach, above), (edge + reach, below), (x1, below))]
    else:
        stations = [(way.left.box.right, way.ports[0])]
        for column in sorted(way.through):
            near, far = sides[column]
            stations += [(near, way.through[column]), (far, way.through[column])]
        stations.append((way.right.box.x, way.ports[1]))
        curves = [_curve(one, other) for one, other in pairwise(stations)]
    if way.flipped:
        curves = [(d, c, b, a) for a, b, c, d in reversed(curves)]
    return Route(way.tie.key, way.tie.start, way.tie.end, _path(curves), tuple(_points(curves)))


Curve = tuple[Point, Point, Point, Point]


def _curve(start: Point, end: Point) -> Curve:
    """An S between two heights whose hull lies between the two x: what is beside it is never touched."""
    half = (end[0] - start[0]) * 0.5
    return start, (start[0] + half, start[1]), (end[0] - half, end[1]), end


def _path(curves: Sequence[Curve]) -> str:
    """The curves as an SVG path.

    >>> _path([((0, 0), (5, 0), (5, 10), (10, 10))])
    'M0 0C5 0 5 10 10 10'
    """
    parts = [f"M{_point(curves[0][0])}"]
    for start, one, two, end in curves:
        flat = start[1] == end[1] == one[1]
        parts.append(f"L{_point(end)}" if flat else f"C{_point(one)} {_point(two)} {_point(end)}")
    return "".join(parts)


def _point(point: Point) -> str:
    return f"{point[0]:.5g} {point[1]:.5g}"


def _points(curves: Sequence[Curve]) -> Iterator[Point]:
    """Points along the curves, some six pixels apart."""
    for a, b, c, d in curves:
        steps = max(6, int((abs(d[0] - a[0]) + abs(d[1] - a[1])) / 6))
        for at in range(steps + 1):
            t = at / steps
            u = 1 - t
            yield tuple(  # type: ignore[misc]  # two coordinates, always
                round(u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k], 1)
                for k in (0, 1)
            )
