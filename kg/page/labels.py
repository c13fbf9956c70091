"""Where the name of each line stands: on the line, on no card and on no other name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.page.geometry import Box, Route, Tie
from kg.page.theme import text_width, wrap

SIZE = 12.0
LINE = 14.0
PAD = 3.0
SIGN = 14.0  # room for the sign before it
#: What a name may look like, the first that finds room: its width, and in how many lines at most.
SHAPES = ((74.0, 2), (54.0, 3), (150.0, 1))
#: How far beside and above its line a name may stand, nearest first.
ASIDE = (0.0, -8.0, 8.0, -16.0, 16.0, -24.0, 24.0, -32.0, 32.0, -40.0, 40.0)


def place(
    routes: Sequence[Route], ties: Sequence[Tie], cards: Sequence[Box], *, width: float, height: float
) -> list[Route]:
    """The routes with their chips, in the same order; the heaviest tie chooses first, a quiet one last.

    A chip is never on a card nor on a chip that may be seen with it: quiet lines are drawn only together with
    the others of a card. A line without room for a chip keeps its name for the panel.
    """
    known = {tie.key: tie for tie in ties}
    frame = Box(0, 0, width, height)
    chips: dict[str, tuple[tuple[str, ...], Box]] = {}
    for route in sorted(routes, key=lambda route: _turn(known[route.key])):
        tie = known[route.key]
        seen = [box for key, (_, box) in chips.items() if seen_together(known[key], tie)]
        for lines, spot in _spots(route, _shapes(tie)):
            on_card = any(spot.overlaps(card, by=2) for card in cards)
            if frame.contains(spot) and not on_card and not any(map(spot.overlaps, seen)):
                chips[route.key] = lines, spot
                break
    return [
        replace(route, lines=chips[route.key][0], chip=chips[route.key][1]) if route.key in chips else route
        for route in routes
    ]


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
    route: Route, shapes: Sequence[tuple[tuple[str, ...], float, float]]
) -> Iterator[tuple[tuple[str, ...], Box]]:
    """Boxes centred on points of the line, from its middle outwards, then a little beside them."""
    half = len(route.points) // 2
    order = sorted(range(len(route.points)), key=lambda at: (abs(at - half), at))
    for shift in ASIDE:
        for lines, w, h in shapes:
            for at in order:
                x, y = route.points[at]
                yield lines, Box(round(x - w / 2 + shift, 1), round(y - h / 2, 1), round(w, 1), h)
