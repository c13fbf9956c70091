"""Where the dots of a map stand: each community is an island, its hub in the middle, tied islands side by side.

No chance and no clock: the same ties give the same places. Nothing but Python; 100,000 things take seconds.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
#: Of each thing, by number, those to which it is tied and the weight of the tie.
Near = Sequence[Mapping[int, float]]

GOLDEN = math.pi * (3 - math.sqrt(5))
#: The island of what is tied to nothing: it finds its place last.
LAST = -1
#: How often each island is turned towards what its things are tied to.
TURNS = 4
#: Water between two islands, in distances of two dots.
WATER = 1.6
#: Screens are wider than high, and so is a map.
WIDE = 1.35
#: How far apart the places are at which a free one is sought, in radii of the island.
STEP = 0.5


def places(near: Near, groups: Sequence[int]) -> list[Point]:
    """The place of each thing; two dots of an island are about 1 apart, and no island is on another."""
    members: dict[int, list[int]] = {}
    for thing, group in enumerate(groups):
        members.setdefault(group if near[thing] else LAST, []).append(thing)
    islands = [
        sorted(things, key=lambda thing: (-len(near[thing]), thing))
        for _, things in sorted(members.items(), key=lambda item: (item[0] == LAST, -len(item[1]), item[0]))
    ]
    island_of = [0] * len(near)
    for number, things in enumerate(islands):
        for thing in things:
            island_of[thing] = number
    centres = _centres([_radius(len(things)) for things in islands], _sea(near, island_of, len(islands)))
    found: list[Point] = [(0.0, 0.0)] * len(near)
    for number, things in enumerate(islands):
        x, y = centres[number]
        for thing, (dx, dy) in zip(things, _slots(len(things)), strict=True):
            found[thing] = (x + dx, y + dy)
    for _ in range(TURNS):
        for number, things in enumerate(islands):
            _turn(things, near, found, centres[number])
    return found


def _radius(count: int) -> float:
    """The radius of an island of so many dots."""
    return math.sqrt(count + 1) + WATER / 2


def _slots(count: int) -> list[Point]:
    """The places of an island, from the middle outwards, as the seeds of a sunflower lie; the hub has room."""
    found = [(0.0, 0.0)]
    for number in range(1, count):
        away = math.sqrt(number + 1)
        found.append((away * math.cos(number * GOLDEN), away * math.sin(number * GOLDEN)))
    return found[:count]


def _sea(near: Near, island_of: Sequence[int], count: int) -> list[dict[int, float]]:
    """How strongly the islands are tied to one another."""
    sea: list[dict[int, float]] = [{} for _ in range(count)]
    for thing, ties in enumerate(near):
        here = island_of[thing]
        for other, weight in ties.items():
            if (there := island_of[other]) != here:
                sea[here][there] = sea[here].get(there, 0.0) + weight
    return sea


def _turn(things: Sequence[int], near: Near, found: list[Point], centre: Point) -> None:
    """Give the places of each ring to its things anew: each towards the middle of what it is tied to."""
    x, y = centre
    first, ring = 1, 6
    while first < len(things):
        inside = things[first : first + ring]
        spots = [found[thing] for thing in inside]
        spots.sort(key=lambda spot: math.atan2(spot[1] - y, spot[0] - x))
        wished = sorted(inside, key=lambda thing: (_towards(near[thing], found, centre), thing))
        for thing, spot in zip(wished, spots, strict=True):
            found[thing] = spot
        first, ring = first + ring, ring + 6


def _towards(ties: Mapping[int, float], found: Sequence[Point], centre: Point) -> float:
    """The direction, seen from the middle of the island, in which those lie to which a thing is tied."""
    x, y = centre
    across = along = 0.0
    for other in ties:
        there = found[other]
        dx, dy = there[0] - x, there[1] - y
        if away := math.hypot(dx, dy):
            across += dx / away
            along += dy / away
    return math.atan2(along, across)


@dataclass(slots=True)
class _Water:
    """Islands that have a place, in cells, so that only near ones are compared."""

    cell: float
    cells: dict[tuple[int, int], list[tuple[float, float, float]]] = field(default_factory=dict)

    def add(self, x: float, y: float, radius: float) -> None:
        for cell in self._cells(x, y, radius):
            self.cells.setdefault(cell, []).append((x, y, radius))

    def is_free(self, x: float, y: float, radius: float) -> bool:
        for cell in self._cells(x, y, radius):
            for a, b, other in self.cells.get(cell, ()):
                if (a - x) ** 2 + (b - y) ** 2 < (radius + other) ** 2:
                    return False
        return True

    def _cells(self, x: float, y: float, radius: float) -> Iterator[tuple[int, int]]:
        for column in range(int((x - radius) // self.cell), int((x + radius) // self.cell) + 1):
            for row in range(int((y - radius) // self.cell), int((y + radius) // self.cell) + 1):
                yield column, row


def _centres(radii: Sequence[float], sea: Sequence[Mapping[int, float]]) -> list[Point]:
    """The middle of each island: the strongest tied to what is placed comes next, to the nearest free place."""
    centres: list[Point | None] = [None] * len(radii)
    water = _Water(2 * sum(radii) / max(len(radii), 1))
    pull: dict[int, float] = {}
    queue: list[tuple[float, int]] = []
    begun: dict[float, float] = {}  # where nothing draws an island: how far out the last such one found room
    for start in range(len(radii)):
        heapq.heappush(queue, (0.0, start))
        while queue:
            _, island = heapq.heappop(queue)
            if centres[island] is not None:
                continue
            drawn = [(other, weight) for other, weight in sea[island].items() if centres[other] is not None]
            radius = radii[island]
            if drawn:
                centre = _free(water, _middle(drawn, centres), radius, 0.0)
            else:
                centre = _free(water, (0.0, 0.0), radius, begun.get(radius, 0.0))
                begun[radius] = math.hypot(centre[0] / WIDE, centre[1])
            centres[island] = centre
            water.add(*centre, radius)
            for other, weight in sea[island].items():
                if centres[other] is None:
                    pull[other] = pull.get(other, 0.0) + weight
                    heapq.heappush(queue, (-pull[other], other))
    return [centre or (0.0, 0.0) for centre in centres]


def _middle(drawn: Sequence[tuple[int, float]], centres: Sequence[Point | None]) -> Point:
    whole = x = y = 0.0
    for other, weight in drawn:
        there = centres[other] or (0.0, 0.0)
        whole, x, y = whole + weight, x + weight * there[0], y + weight * there[1]
    return x / whole, y / whole


def _free(water: _Water, wished: Point, radius: float, away: float) -> Point:
    """The free place nearest to the one that is wished, sought in rings."""
    x, y = wished
    while True:
        count = max(1, math.ceil(2 * math.pi * away / (STEP * radius)))
        for number in range(count):
            angle = 2 * math.pi * number / count + away  # not all rings begin at one side
            a, b = x + WIDE * away * math.cos(angle), y + away * math.sin(angle)
            if water.is_free(a, b, radius):
                return a, b
        away += STEP * radius
