"""Where each card stands: parties with their people on the two rims, what they speak about in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.page import arena, labels, routes
from kg.page.geometry import Box, Camp, Card, Item, Picture, Tie
from kg.page.theme import text_width, theme, wrap

MARGIN = 14.0
GUTTER = 86.0
CAMP_PAD = 8.0
CAMP_GAP = 18.0
CAMP_TITLE = 20.0
INDENT = 14.0
GAP = 30.0
#: Where many lines meet a card it grows, up to a height: so much for each line.
APART, TALLEST = 4.0, 76.0
#: From so many cards on the arena has three columns.
THREE_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class _Sized:
    """An item with its text broken into lines and the size that it takes."""

    item: Item
    lines: tuple[str, ...]
    w: float
    h: float


def draw(items: Sequence[Item], ties: Sequence[Tie], *, titles: Mapping[str, str]) -> Picture:
    """The picture of the items and their ties.

    No card is on another, no line runs through a card, no label is on a card.

    ``titles`` gives the title of each camp, "" for none. The same input gives the same picture.
    """
    on_rim = [item for item in items if item.camp is not None]
    free = [item for item in items if item.camp is None]
    columns = (3 if len(free) >= THREE_COLUMNS else 2) if free else 1
    ports = Counter(end for tie in ties if not tie.quiet for end in (tie.start, tie.end))
    card, sized = theme().card, {item.key: _size(item, ports[item.key]) for item in items}
    left, right = _sides(on_rim, sized, titles)
    step = card["width"] + GUTTER
    first = MARGIN + card["rim_width"] + 2 * CAMP_PAD + GUTTER
    last = first + columns * step
    width = last + card["rim_width"] + 2 * CAMP_PAD + MARGIN
    camps_left, cards_left = _stack(left, sized, titles, x=MARGIN, column=0)
    camps_right, cards_right = _stack(right, sized, titles, x=last, column=columns + 1)
    rims = cards_left + cards_right
    inner = max([camp.box.bottom for camp in camps_left + camps_right], default=0.0) - MARGIN
    board = arena.Board(
        heights={item.key: sized[item.key].h for item in free},
        dates={item.key: item.when for item in free},
        rims={found.key: (found.column, found.box.middle - MARGIN) for found in rims},
        ties=[
            (tie.start, tie.end, 1.0 + 0.2 * min(tie.weight, 5))
            for tie in ties
            if tie.start != tie.end and not tie.quiet
        ],
        gap=GAP,
        height=max(inner, 0.0),
    )
    order = arena.arrange(board, [item.key for item in free], columns=columns)
    gaps = routes.gaps_needed(board, order, rims, ties)
    height = max(inner, *(sum(sized[k].h for k in c) + sum(g) for c, g in zip(order, gaps, strict=True)))
    cards = list(rims)
    for number, (column, needed) in enumerate(zip(order, gaps, strict=True), start=1):
        x = first + (number - 1) * step
        cards += _column([sized[key] for key in column], needed, x=x, number=number, height=height)
    drawn = routes.route(cards, ties, columns=columns + 2)
    cards.sort(key=lambda made: (made.column, made.box.y))
    total = height + 2 * MARGIN
    placed = labels.place(drawn, ties, [made.box for made in cards], width=width, height=total)
    return Picture(width, total, tuple(camps_left + camps_right), tuple(cards), tuple(placed))


def _size(item: Item, ports: int) -> _Sized:
    """Break the label and take as much height as it needs, and as its lines need to arrive apart."""
    card = theme().card
    whole = card["width"] if item.camp is None else card["rim_width"] - INDENT * item.depth
    bold = item.camp is None or item.kind == "state"
    room = whole - 2 * card["pad_x"] - card["icon"]
    lines = wrap(item.label, card["size"], room, lines=7 if item.camp is None else 5, bold=bold)
    height = 2 * card["pad_y"] + len(lines) * card["line"] + len(sub_rows(item.sub)) * card["sub_line"]
    return _Sized(item, lines, whole, max(height, 30.0, min(10 + APART * ports, TALLEST)))


def sub_rows(sub: str) -> list[str]:
    """The small line of a card in the arena: its parts under each other where they do not fit side by side.

    >>> sub_rows("21 Mar 2025"), sub_rows("6 Aug 2024 (disputed) · 14 estimates")
    (['21 Mar 2025'], ['6 Aug 2024', '(disputed)', '14 estimates'])
    """
    card = theme().card
    room = card["width"] - 2 * card["pad_x"] - card["icon"]
    if text_width(sub, card["sub_size"]) <= room:
        return [sub] if sub else []
    return [row for part in sub.split(" · ") for row in wrap(part, card["sub_size"], room, lines=3)]


def _sides(
    items: Sequence[Item], sized: Mapping[str, _Sized], titles: Mapping[str, str]
) -> tuple[list[list[Item]], list[list[Item]]]:
    """The camps of the left and of the right rim: the two weightiest face each other."""
    camps: dict[str, list[Item]] = {}
    for item in items:
        camps.setdefault(item.camp or "", []).append(item)
    heights = {
        key: sum(sized[item.key].h + theme().card["gap"] for item in members) + 2 * CAMP_PAD + CAMP_GAP
        for key, members in camps.items()
    }
    titled = [key for key in camps if titles.get(key)]  # a gathering of many voices stands last
    ranked = sorted(camps, key=lambda key: (key in titled, -sum(item.weight for item in camps[key]), key))
    sides: tuple[list[list[Item]], list[list[Item]]] = ([], [])
    filled = [0.0, 0.0]
    for key in ranked:
        side = 0 if filled[0] <= filled[1] else 1
        sides[side].append(camps[key])
        filled[side] += heights[key]
    return sides


def _stack(
    camps: Sequence[Sequence[Item]],
    sized: Mapping[str, _Sized],
    titles: Mapping[str, str],
    *,
    x: float,
    column: int,
) -> tuple[list[Camp], list[Card]]:
    """The camps of one rim under each other, with their cards inside."""
    boxes: list[Camp] = []
    cards: list[Card] = []
    y = MARGIN
    for members in camps:
        key = members[0].camp or ""
        title = titles.get(key, "")
        top = y
        y += CAMP_PAD + (CAMP_TITLE if title else 0)
        for item in members:
            made = sized[item.key]
            # the side that the lines leave from is the same for all: a person is set in on the other side
            shift = INDENT * item.depth if column == 0 else 0.0
            box = Box(x + CAMP_PAD + shift, y, made.w, made.h)
            cards.append(Card(item.key, item.kind, box, made.lines, item.sub, column))
            y += made.h + theme().card["gap"]
        y += CAMP_PAD - theme().card["gap"]
        boxes.append(Camp(key, title, Box(x, top, theme().card["rim_width"] + 2 * CAMP_PAD, y - top)))
        y += CAMP_GAP
    return boxes, cards


def _column(
    column: Sequence[_Sized], needed: Sequence[float], *, x: float, number: int, height: float
) -> list[Card]:
    """One column of the arena; ``needed`` is the least height of each gap, the outer two included."""
    spare = height - sum(made.h for made in column) - sum(needed)
    share = max(0.0, spare) / max(len(needed), 1)
    y = MARGIN
    cards = []
    for made, gap in zip(column, needed, strict=False):
        y += gap + share
        box = Box(x, round(y, 1), made.w, made.h)
        cards.append(Card(made.item.key, made.item.kind, box, made.lines, made.item.sub, number))
        y += made.h
    return cards


def fits(card: Card) -> bool:
    """Does every line of the card fit in it? What the tests ask."""
    room = card.box.w - 2 * theme().card["pad_x"] - theme().card["icon"]
    return all(text_width(line, theme().card["size"]) <= room + 1 for line in card.lines) and all(
        text_width(row, theme().card["sub_size"]) <= room + 1 for row in sub_rows(card.sub)
    )
