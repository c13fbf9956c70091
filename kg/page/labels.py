"""Where the name of each line stands: on the line, on no card and on no other name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.page.geometry import Box, Route, Tie
from kg.page.theme import text_width, wrap

SIZE = 12.0
LINE = 14.0
PAD = 3.0
SIGN = 14.0  # room for the sign before it
#: What a name may look like, the first that finds room: its width, and in how many lines at most.
SHAPES = ((74.0, 2), (54.0, 3), (150.0, 1))
#: How far beside and above the point of its line a name may stand, nearest first; it stays on the line.
ASIDE: Sequence[tuple[float, float]] = (
    (0.0, 0.0),
    (0.0, -6.0),
    (0.0, 6.0),
    *((dx, 0.0) for step in range(8, 41, 8) for dx in (-float(step), float(step))),
)

#: A name in lines, and its box.
Chip = tuple[tuple[str, ...], Box]


def place(
    routes: Sequence[Route], ties: Sequence[Tie], cards: Sequence[Box], *, width: float, height: float
) -> list[Route]:
    """The routes with their chips, in the same order; the heaviest tie chooses first, a quiet one last.

    A chip is never on a card nor on a chip that may be seen with it: quiet lines are drawn only together with
    the others of a card. A line without room for a chip keeps its name for the panel.
    """
    board = _Board(
        {tie.key: tie for tie in ties},
        {route.key: route for route in routes},
        cards,
        Box(0, 0, width, height),
    )
    chips: dict[str, Chip] = {}
    ranked = sorted(board.routes, key=lambda key: _turn(board.ties[key]))
    for key in ranked:
        if spot := next((spot for spot in board.free(key) if not board.blockers(key, spot, chips)), None):
            chips[key] = spot
    for key in ranked:
        if key not in chips:
            _make_room(board, key, chips)
    return [
        replace(route, lines=chips[route.key][0], chip=chips[route.key][1]) if route.key in chips else route
        for route in routes
    ]


@dataclass(frozen=True, slots=True)
class _Board:
    """Where a name may stand, whatever the other names do."""

    ties: Mapping[str, Tie]
    routes: Mapping[str, Route]
    cards: Sequence[Box]
    frame: Box

    def free(self, key: str, *, aside: Sequence[tuple[float, float]] = ASIDE) -> Iterator[Chip]:
        """Spots on no card and inside the picture."""
        for lines, spot in _spots(self.routes[key], _shapes(self.ties[key]), aside):
            if self.frame.contains(spot) and not any(spot.overlaps(card, by=2) for card in self.cards):
                yield lines, spot

    def blockers(self, key: str, chip: Chip, chips: Mapping[str, Chip]) -> list[str]:
        """The names on which it would stand, of those that are seen with it."""
        return [
            other
            for other, (_, box) in chips.items()
            if other != key and chip[1].overlaps(box) and seen_together(self.ties[other], self.ties[key])
        ]


def _make_room(board: _Board, key: str, chips: dict[str, Chip]) -> None:
    """Put a name where one other is in the way that can stand elsewhere."""
    tried = set[str]()
    for chip in board.free(key, aside=ASIDE[:5]):
        blocking = board.blockers(key, chip, chips)
        if len(blocking) != 1 or blocking[0] in tried:
            continue
        tried.add(blocking[0])
        others = {name: held for name, held in chips.items() if name != blocking[0]} | {key: chip}
        for moved in board.free(blocking[0], aside=ASIDE[:7]):
            if not board.blockers(blocking[0], moved, others):
                chips |= {key: chip, blocking[0]: moved}
                return


def _turn(tie: Tie) -> tuple[bool, int, str]:
    return tie.quiet, -tie.weight, tie.key


def seen_together(one: Tie, other: Tie) -> bool:
    """May both names be in the picture at once?"""
    return not (one.quiet or other.quiet) or bool({one.start, one.end} & {other.start, other.end})


def _shapes(tie: Tie) -> list[tuple[tuple[str, ...], float, float]]:
    """The name in lines, broken at words only, with the width and the height of each way to write it."""
    found: dict[tuple[str, ...], tuple[float, float]] = {}
    widest = max((text_width(word, SIZE) for word in tie.label.split()), default=0.0)
    count = text_width(f" · {tie.count}", SIZE) if tie.count > 1 else 0.0
    for width, most in SHAPES:
        lines = wrap(tie.label, SIZE, max(width, widest), lines=most)
        if lines and not any("…" in line for line in lines):
            widths = [text_width(line, SIZE, bold=tie.bold) for line in lines]
            widths[0] += SIGN
            widths[-1] += count
            found.setdefault(lines, (max(widths) + 2 * PAD, len(lines) * LINE + 2))
    return [(lines, w, h) for lines, (w, h) in found.items()]


def _spots(
    route: Route, shapes: Sequence[tuple[tuple[str, ...], float, float]], aside: Sequence[tuple[float, float]]
) -> Iterator[Chip]:
    """Boxes centred on points of the line, from its middle outwards, then a little beside them."""
    half = len(route.points) // 2
    order = sorted(range(len(route.points)), key=lambda at: (abs(at - half), at))
    for dx, dy in aside:
        for lines, w, h in shapes:
            for at in order:
                x, y = route.points[at]
                yield lines, Box(round(x - w / 2 + dx, 1), round(y - h / 2 + dy, 1), round(w, 1), h)
