"""One geometry, no collisions: proved without a browser."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.page import layout, select
from kg.page.geometry import Box, Item, Picture, Tie
from kg.page.model import Knowledge
from tests.page.made import faults

KINDS = ("event", "treaty", "place", "transfer", "estimate")


def drawn(known: Knowledge) -> tuple[Picture, list[Tie]]:
    selection = select.select(known)
    items, titles = select.items(known, selection)
    ties = select.ties(known, selection)
    return layout.draw(items, ties, titles=titles), ties


def anything(seed: int, *, cards: int, ties: int) -> tuple[list[Item], list[Tie]]:
    chance = random.Random(seed)
    words = ["Treaty", "of", "Kursk", "déploiement", "nord-coréen", "Guérassimov", "министерство", "a"]
    items = []
    for number in range(cards):
        label = " ".join(chance.choices(words, k=chance.randint(1, 9)))
        camp = f"camp{chance.randrange(5)}" if number % 2 else None
        kind = chance.choice(("state", "body", "person") if camp else KINDS)
        when = f"2024-{chance.randint(1, 12):02}-01" if chance.random() < 0.5 else ""
        items.append(Item(f"n{number:03}", kind, label, when, camp, chance.randrange(2), when, number))
    keys = [item.key for item in items]
    pairs = [chance.sample(keys, 2) for _ in range(ties)]
    return items, [
        Tie(f"e{number}", one, other, "sends to", chance.randrange(9), quiet=chance.random() < 0.3)
        for number, (one, other) in enumerate(pairs)
    ]


def test_the_dossier_has_no_collisions(known: Knowledge) -> None:
    picture, ties = drawn(known)
    assert len(picture.cards) >= 30
    assert len(picture.routes) >= 30
    assert faults(picture, ties) == []


def test_every_line_of_a_card_fits(known: Knowledge) -> None:
    assert [card.key for card in drawn(known)[0].cards if not layout.fits(card)] == []


def test_nearly_every_line_has_its_name(known: Knowledge) -> None:
    picture, ties = drawn(known)
    quiet = {tie.key for tie in ties if tie.quiet}
    routes = [route for route in picture.routes if route.key not in quiet]
    assert sum(route.chip is not None for route in routes) >= 0.95 * len(routes)
    assert sum(route.chip is not None for route in picture.routes) >= 0.95 * len(picture.routes)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_collides_whatever_the_network(seed: int) -> None:
    items, ties = anything(seed, cards=10 + 5 * seed, ties=5 + 12 * seed)
    assert faults(layout.draw(items, ties, titles={}), ties) == []


def test_too_many_cards_do_not_take_for_ever() -> None:
    items, ties = anything(5, cards=300, ties=400)
    assert len(layout.draw(items, ties, titles={}).cards) == 300


@pytest.mark.parametrize(("cards", "lines"), [(0, 0), (1, 0), (2, 1)])
def test_small_pictures(cards: int, lines: int) -> None:
    items, ties = anything(1, cards=cards, ties=lines)
    picture = layout.draw(items, ties, titles={})
    assert len(picture.cards) == cards
    assert faults(picture, ties) == []


def test_the_same_input_gives_the_same_picture() -> None:
    items, ties = anything(7, cards=50, ties=80)
    assert layout.draw(items, ties, titles={}) == layout.draw(items, ties, titles={})


def test_the_faults_are_seen() -> None:
    items, ties = anything(3, cards=30, ties=40)
    picture = layout.draw(items, ties, titles={})
    one, other, *rest = picture.cards
    assert faults(replace(picture, cards=(one, replace(other, box=one.box), *rest)), ties)
    quiet = {tie.key for tie in ties if tie.quiet}
    routed = next(route for route in picture.routes if route.chip and route.key not in quiet)
    middle = routed.points[len(routed.points) // 2]
    on_line = replace(one, key="intruder", box=Box(middle[0] - 5, middle[1] - 5, 10, 10))
    seen = faults(replace(picture, cards=(*picture.cards, on_line)), ties)
    assert f"{routed.key} through intruder" in seen
    twice = replace(picture, routes=(*picture.routes, routed))
    assert f"name of {routed.key} on that of {routed.key}" in faults(twice, ties)
