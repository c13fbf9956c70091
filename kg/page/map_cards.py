"""A network of few things as cards in two columns, and the lines between them in the water in the middle.

So no line can run through a card. Ties across come first, then few crossings; the same network gives the same
picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.page.geometry import Box, Point
from kg.page.theme import text_width, wrap

#: With more things or edges than these a network is a map of dots.
MOST_CARDS, MOST_LINES = 60, 150
WIDTH, PAD, SIZE, LINE, SUB = 190.0, 10.0, 13.0, 16.0, 14.0
GAP, PORT, MARGIN = 14.0, 21.0, 20.0
#: So few things stand further apart.
FEW, ROOMY = 12, 44.0
WATER = (300.0, 760.0)
CHIP, CHIP_SIZE = 17.0, 11.5
SWEEPS = 8
#: Where on its line a name is tried.
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a thing, by its number."""

    thing: int
    box: Box
    lines: tuple[str, ...]
    is_left: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The line of an edge, by its number: an SVG path, its corner points, the tip at its end, and its name."""

    edge: int
    path: str
    bends: tuple[Point, Point, Point, Point]
    tip: str
    name: str
    chip: Box
    is_named: bool  # where there is room; else it shows when one of its ends is chosen


@dataclass(frozen=True, slots=True)
class Cards:
    """The whole picture."""

    width: float
    height: float
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]


def draw(labels: Sequence[str], edges: Sequence[tuple[int, int]], names: Sequence[str]) -> Cards:
    """Cards for things with these labels, lines for the edges between their numbers, named so."""
    left = _sides(len(labels), edges)
    columns = _ordered(len(labels), edges, left)
    ports: dict[int, int] = defaultdict(int)
    for start, end in edges:
        ports[start] += 1
        ports[end] += 1
    wrapped = [wrap(label, SIZE, WIDTH - 2 * PAD - 10, lines=3, bold=True) for label in labels]
    high = [
        max(2 * PAD + LINE * len(lines) + SUB, PORT * ports[thing] + 8) for thing, lines in enumerate(wrapped)
    ]
    widest = max((text_width(name, CHIP_SIZE) for name in names), default=0.0)
    beside = any(start != end and left[start] == left[end] for start, end in edges)
    water = min(max(widest * (2.3 if beside else 1) + 130, WATER[0]), WATER[1]) if edges else GAP
    least = GAP if len(labels) > FEW else ROOMY
    tall = max(sum(high[thing] + least for thing in column) - least if column else 0.0 for column in columns)
    boxes: dict[int, Box] = {}
    for number, column in enumerate(columns):
        used = sum(high[thing] for thing in column)
        spare = max((tall - used) / (len(column) + 1), 0.0) if len(column) else 0.0
        # the shorter column is spread over the height of the other
        is_tallest = used + least * (len(column) - 1) >= tall - 1
        gap, y = (least, MARGIN) if is_tallest else (spare, MARGIN + spare)
        for thing in column:
            boxes[thing] = Box(round(MARGIN + number * (WIDTH + water), 1), round(y, 1), WIDTH, high[thing])
            y += high[thing] + gap
    cards = [Card(thing, boxes[thing], wrapped[thing], left[thing]) for thing in range(len(labels))]
    width = 2 * MARGIN + WIDTH + (WIDTH + water if columns[1] else 0.0)
    lines = _lines(edges, names, boxes, left)
    return Cards(round(width, 1), round(tall + 2 * MARGIN, 1), tuple(cards), tuple(lines))


def _sides(count: int, edges: Sequence[tuple[int, int]]) -> list[bool]:
    """Who stands on the left: most edges go across; of equal choices who begins edges, then who keeps balance."""
    near: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
    out = [0] * count
    for start, end in edges:
        if start != end:
            near[start][end] += 1
            near[end][start] += 1
            out[start] += 1
            out[end] -= 1
    left: dict[int, bool] = {}
    for thing in sorted(range(count), key=lambda one: (-sum(near[one].values()), one)):
        across = sum(
            weight * (-1 if left[other] else 1) for other, weight in near[thing].items() if other in left
        )
        if across:
            left[thing] = across > 0
        elif out[thing]:
            left[thing] = out[thing] > 0
        else:
            left[thing] = sum(left.values()) * 2 <= len(left)
    if count > 1 and len(set(left.values())) == 1:
        last = count - 1
        left[last] = not left[last]
    return [left[thing] for thing in range(count)]


def _ordered(
    count: int, edges: Sequence[tuple[int, int]], left: Sequence[bool]
) -> tuple[list[int], list[int]]:
    """The two columns, each thing near the middle of those to which it is tied."""
    near: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        if start != end:
            near[start].append(end)
            near[end].append(start)
    columns = (
        [thing for thing in range(count) if left[thing]],
        [thing for thing in range(count) if not left[thing]],
    )
    for _ in range(SWEEPS):
        for column in columns:
            at = {thing: (place + 0.5) / len(other) for other in columns for place, thing in enumerate(other)}
            middle = {
                thing: sum(at[other] for other in near[thing]) / len(near[thing])
                if near[thing]
                else at[thing]
                for thing in column
            }
            column.sort(key=lambda thing: (middle[thing], thing))
    return columns


def _lines(
    edges: Sequence[tuple[int, int]], names: Sequence[str], boxes: Mapping[int, Box], left: Sequence[bool]
) -> list[Line]:
    ports = _ports(edges, boxes)
    taken: list[Box] = []
    made = []
    # those that return to their column have the fewest spots
    ranked = sorted(range(len(edges)), key=lambda edge: (left[edges[edge][0]] != left[edges[edge][1]], edge))
    for edge in ranked:
        start, end = edges[edge]
        width = text_width(names[edge], CHIP_SIZE) + 10
        bends = _bends(ports[edge, 0], ports[edge, 1], left[start], left[end], width)
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = bends
        turned = 1 if left[end] else -1
        tip = f"M{x3} {y3}L{x3 + 9 * turned} {y3 - 4.5}V{y3 + 4.5}Z"
        chips = [
            Box(x - width / 2, y - CHIP / 2, width, CHIP) for x, y in (at(bends, spot) for spot in SPOTS)
        ]
        inside = [chip for chip in chips if not any(chip.overlaps(box) for box in boxes.values())]
        free = next((chip for chip in inside if not any(chip.overlaps(other, by=1) for other in taken)), None)
        if free and names[edge]:
            taken.append(free)
        chip = free or chips[0]
        rounded = Box(round(chip.x, 1), round(chip.y, 1), round(chip.w, 1), chip.h)
        path = f"M{x0} {y0}C{x1} {y1} {x2} {y2} {x3} {y3}"
        made.append(Line(edge, path, bends, tip, names[edge], rounded, free is not None))
    return sorted(made, key=lambda line: line.edge)


def _ports(edges: Sequence[tuple[int, int]], boxes: Mapping[int, Box]) -> dict[tuple[int, int], Point]:
    """Where each edge leaves its start (0) and meets its end (1): along the side of the card that faces the water."""
    arriving: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for edge, (start, end) in enumerate(edges):
        for which, (here, there) in enumerate(((start, end), (end, start))):
            same = boxes[here].x == boxes[there].x
            # lines of one column lie inside one another, lines across side by side
            turned = -1 if same and boxes[here].y > boxes[there].y else 1
            arriving[here].append((boxes[there].middle, turned * edge, which))
    found: dict[tuple[int, int], Point] = {}
    leftmost = min((box.x for box in boxes.values()), default=0.0)
    for thing, ends in arriving.items():
        box = boxes[thing]
        x = box.right if box.x == leftmost else box.x
        for place, (_, edge, which) in enumerate(sorted(ends)):
            found[abs(edge), which] = (x, round(box.y + box.h * (place + 0.5) / len(ends), 1))
    return found


def _bends(
    start: Point, end: Point, from_left: bool, to_left: bool, name: float
) -> tuple[Point, Point, Point, Point]:
    """The curve from one port to another; one that returns to its column reaches out as far as its name needs."""
    (x0, y0), (x3, y3) = start, end
    if from_left != to_left:
        half = (x3 - x0) / 2
        return (start, (round(x0 + half, 1), y0), (round(x3 - half, 1), y3), end)
    needed = max(50 + abs(y3 - y0) * 0.2, (name / 2 + 16) / 0.75)
    out = (1 if from_left else -1) * min(needed, WATER[0] * 0.6)
    return (start, (round(x0 + out, 1), y0), (round(x3 + out, 1), y3), end)


def at(bends: tuple[Point, Point, Point, Point], share: float) -> Point:
    """The point of a curve after this share of it.

    >>> at(((0, 0), (10, 0), (20, 0), (30, 0)), 0.5)
    (15.0, 0.0)
    """
    rest = 1 - share
    parts = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(part * bend[axis] for part, bend in zip(parts, bends, strict=True)) for axis in (0, 1))
    return x, y
