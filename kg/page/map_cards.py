"""A network of few things as cards in columns, and the lines between them in the water between the columns.

So no line can run through a card; the same network gives the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.page.geometry import Box, Point
from kg.page.map_columns import in_columns
from kg.page.theme import text_width, wrap

#: With more things or edges than these a network is a map of dots.
MOST_CARDS, MOST_LINES = 60, 150
WIDTH, PAD, SIZE, LINE, SUB = 190.0, 10.0, 13.0, 16.0, 14.0
GAP, PORT, MARGIN = 14.0, 21.0, 20.0
#: So few things stand further apart.
FEW, ROOMY = 12, 44.0
WATER = (300.0, 760.0)
CHIP, CHIP_SIZE = 17.0, 11.5
TIP = 11.0
#: The side of a card, as the direction in which its lines leave.
LEFT, RIGHT = -1, 1
#: Where on its line a name is tried.
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)


Bends = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a thing, by its number."""

    thing: int
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The line of an edge, by its number: an SVG path, its corner points, the tip at its end, and its name."""

    edge: int
    path: str
    bends: Bends
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


def draw(
    labels: Sequence[str], edges: Sequence[tuple[int, int]], names: Sequence[str], *, directed: bool = True
) -> Cards:
    """Cards for things with these labels, lines for the edges between their numbers, named so.

    Of a ``directed`` network lines end where their tips begin.
    """
    columns = in_columns(len(labels), edges)
    column_of = {thing: number for number, column in enumerate(columns) for thing in column}
    wrapped = [wrap(label, SIZE, WIDTH - 2 * PAD - 10, lines=3, bold=True) for label in labels]
    faces = _faces(edges, column_of)
    ports = Counter(
        (end, faces[edge, which]) for edge, ends in enumerate(edges) for which, end in enumerate(ends)
    )
    high = [
        max(
            2 * PAD + LINE * len(lines) + SUB,
            PORT * max(ports[thing, RIGHT], ports[thing, LEFT]) + 8,
        )
        for thing, lines in enumerate(wrapped)
    ]
    widest = max((text_width(name, CHIP_SIZE) for name in names), default=0.0)
    beside = any(start != end and column_of[start] == column_of[end] for start, end in edges)
    water = min(max(widest * (2.3 if beside else 1) + 130, WATER[0]), WATER[1])
    boxes, tall = _boxes(columns, high, water, GAP if len(labels) > FEW else ROOMY)
    cards = [Card(thing, boxes[thing], wrapped[thing]) for thing in range(len(labels))]
    width = 2 * MARGIN + WIDTH + (len(columns) - 1) * (WIDTH + water)
    lines = _lines(edges, names, boxes, faces, TIP - 1 if directed else 0.0)
    return Cards(round(width, 1), round(tall + 2 * MARGIN, 1), tuple(cards), tuple(lines))


def _boxes(
    columns: Sequence[Sequence[int]], high: Sequence[float], water: float, least: float
) -> tuple[dict[int, Box], float]:
    """Where each card stands, and the height of all: the shorter columns are spread over that of the tallest."""
    used = [sum(high[thing] for thing in column) for column in columns]
    tall = max(whole + least * (len(column) - 1) for whole, column in zip(used, columns, strict=True))
    boxes: dict[int, Box] = {}
    for number, column in enumerate(columns):
        is_tallest = used[number] + least * (len(column) - 1) >= tall - 1
        spare = (tall - used[number]) / (len(column) + 1)
        gap, y = (least, MARGIN) if is_tallest else (spare, MARGIN + spare)
        for thing in column:
            boxes[thing] = Box(round(MARGIN + number * (WIDTH + water), 1), round(y, 1), WIDTH, high[thing])
            y += high[thing] + gap
    return boxes, tall


def _faces(edges: Sequence[tuple[int, int]], column_of: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """On which side of its card each edge leaves its start (0) and meets its end (1): where the other one is."""
    found = {}
    for edge, (start, end) in enumerate(edges):
        for which, (here, there) in enumerate(((start, end), (end, start))):
            own, other = column_of[here], column_of[there]
            found[edge, which] = RIGHT if own < other or own == other == 0 else LEFT
    return found


def _lines(
    edges: Sequence[tuple[int, int]],
    names: Sequence[str],
    boxes: Mapping[int, Box],
    faces: Mapping[tuple[int, int], int],
    short: float,
) -> list[Line]:
    ports = _ports(edges, boxes, faces)
    taken: list[Box] = []
    made = []
    # those that return to their column have the fewest spots
    ranked = sorted(range(len(edges)), key=lambda edge: (faces[edge, 0] != faces[edge, 1], edge))
    for edge in ranked:
        width = text_width(names[edge], CHIP_SIZE) + 10
        bends = _bends(ports[edge, 0], ports[edge, 1], (faces[edge, 0], faces[edge, 1]), width)
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = bends
        tip = f"M{x3} {y3}L{round(x3 + TIP * faces[edge, 1], 1)} {round(y3 - TIP / 2, 1)}v{TIP:g}Z"
        chips = [
            Box(x - width / 2, y - CHIP / 2, width, CHIP) for x, y in (at(bends, spot) for spot in SPOTS)
        ]
        inside = [chip for chip in chips if not any(chip.overlaps(box) for box in boxes.values())]
        free = next((chip for chip in inside if not any(chip.overlaps(other, by=1) for other in taken)), None)
        if free and names[edge]:
            taken.append(free)
        chip = free or chips[0]
        rounded = Box(round(chip.x, 1), round(chip.y, 1), round(chip.w, 1), chip.h)
        path = f"M{x0} {y0}C{x1} {y1} {x2} {y2} {round(x3 + short * faces[edge, 1], 1)} {y3}"
        made.append(Line(edge, path, bends, tip, names[edge], rounded, free is not None))
    return sorted(made, key=lambda line: line.edge)


def _ports(
    edges: Sequence[tuple[int, int]], boxes: Mapping[int, Box], faces: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], Point]:
    """Where each edge leaves its start (0) and meets its end (1), spread along the sides of the cards."""
    arriving: dict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
    for edge, (start, end) in enumerate(edges):
        for which, (here, there) in enumerate(((start, end), (end, start))):
            same = boxes[here].x == boxes[there].x
            # lines of one column lie inside one another, lines across side by side
            turned = -1 if same and boxes[here].y > boxes[there].y else 1
            arriving[here, faces[edge, which]].append((boxes[there].middle, turned * edge, which))
    found: dict[tuple[int, int], Point] = {}
    for (thing, side), ends in arriving.items():
        box = boxes[thing]
        for place, (_, edge, which) in enumerate(sorted(ends)):
            y = round(box.y + box.h * (place + 0.5) / len(ends), 1)
            found[abs(edge), which] = (box.right if side == RIGHT else box.x, y)
    return found


def _bends(start: Point, end: Point, faces: tuple[int, int], name: float) -> Bends:
    """The curve from one port to another; one that returns to its column reaches out as far as its name needs."""
    (x0, y0), (x3, y3) = start, end
    if faces[0] != faces[1]:
        half = (x3 - x0) / 2
        return (start, (round(x0 + half, 1), y0), (round(x3 - half, 1), y3), end)
    needed = max(50 + abs(y3 - y0) * 0.2, (name / 2 + 16) / 0.75)
    out = faces[0] * min(needed, WATER[0] * 0.6)
    return (start, (round(x0 + out, 1), y0), (round(x3 + out, 1), y3), end)


def at(bends: Bends, share: float) -> Point:
    """The point of a curve after this share of it.

    >>> at(((0, 0), (10, 0), (20, 0), (30, 0)), 0.5)
    (15.0, 0.0)
    """
    rest = 1 - share
    parts = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(part * bend[axis] for part, bend in zip(parts, bends, strict=True)) for axis in (0, 1))
    return x, y
