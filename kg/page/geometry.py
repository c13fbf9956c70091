"""What is drawn, and where: the values that the picture, its tests and the browser share."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The y of its centre."""
        return self.y + self.h / 2

    def overlaps(self, other: Box, *, by: float = 0.0) -> bool:
        """Is some point in both, or nearer than ``by``?

        >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 5, 5)), Box(0, 0, 10, 10).overlaps(Box(9, 0, 5, 5))
        (False, True)
        """
        return (
            self.x < other.right + by
            and other.x < self.right + by
            and self.y < other.bottom + by
            and other.y < self.bottom + by
        )

    def contains(self, other: Box) -> bool:
        """Is the other box wholly inside?"""
        return (
            self.x <= other.x
            and other.right <= self.right
            and self.y <= other.y
            and other.bottom <= self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Is the point inside, not on the border?"""
        return self.x < point[0] < self.right and self.y < point[1] < self.bottom


@dataclass(frozen=True, slots=True)
class Item:
    """A card before it has a position; ``camp`` is the party whose box holds it, None in the arena."""

    key: str
    kind: str
    label: str
    sub: str = ""
    camp: str | None = None
    depth: int = 0
    when: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A line before it has a route; a heavier one gets its label before the others."""

    key: str
    start: str
    end: str
    label: str
    weight: int = 1
    quiet: bool = False  # drawn only when one of its ends is chosen
    count: int = 1  # of claims: where it is more, it stands behind the name
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its lines of text; ``column`` counts from the left rim."""

    key: str
    kind: str
    box: Box
    lines: tuple[str, ...]
    sub: str
    column: int


@dataclass(frozen=True, slots=True)
class Camp:
    """The box around the cards of one party; its title is empty when a state heads it."""

    key: str
    title: str
    box: Box


@dataclass(frozen=True, slots=True)
class Route:
    """A line: SVG path, points along it, and the chip of its label (None where there is no room for one)."""

    key: str
    start: str
    end: str
    path: str
    points: tuple[Point, ...]
    lines: tuple[str, ...] = ()
    chip: Box | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing."""

    width: float
    height: float
    camps: tuple[Camp, ...]
    cards: tuple[Card, ...]
    routes: tuple[Route, ...]
