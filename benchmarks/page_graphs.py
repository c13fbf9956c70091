"""Made-up graphs and stores of any size, the same at every run, for the page and its peers."""

from __future__ import annotations

import contextlib
import io
import math
import random
from dataclasses import dataclass
from pathlib import Path

from make_data import Cast, make_store

from kg.commands.main import run

#: Edges for each node, and how many nodes a community has on average.
DENSITY, COMMUNITY = 2.5, 40
#: Who speaks in a made store of so many things that can be cards; the rest are events, three claims each.
CASTS = {100: Cast(4, 2, 4, 2, 10), 500: Cast(10, 3, 6, 5, 60), 1000: Cast(24, 5, 12, 10, 200)}


@dataclass(frozen=True, slots=True)
class Made:
    """A graph whose nodes have labels and positions; ``edges`` join nodes by number."""

    labels: tuple[str, ...]
    places: tuple[tuple[float, float], ...]
    groups: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]


def made_graph(nodes: int) -> Made:
    """Communities on a spiral, their members around them; nine edges of ten stay in their community."""
    chance = random.Random(nodes)
    communities = max(2, nodes // COMMUNITY)
    groups = tuple(sorted(chance.randrange(communities) for _ in range(nodes)))
    members: dict[int, list[int]] = {}
    for node, group in enumerate(groups):
        members.setdefault(group, []).append(node)
    places = []
    for node, group in enumerate(groups):
        x, y = _spiral(group, 260)
        dx, dy = (
            _spiral(members[group].index(node), 30) if nodes <= 1000 else _spiral(chance.randrange(64), 30)
        )
        places.append((round(x + dx, 1), round(y + dy, 1)))
    edges: set[tuple[int, int]] = set()
    while len(edges) < nodes * DENSITY:
        one = chance.randrange(nodes)
        near = members[groups[one]]
        other = chance.choice(near) if len(near) > 1 and chance.random() < 0.9 else chance.randrange(nodes)
        if one != other:
            edges.add((one, other))
    labels = tuple(f"actor {node:05}" for node in range(nodes))
    return Made(labels, tuple(places), groups, tuple(sorted(edges)))


def _spiral(at: int, apart: float) -> tuple[float, float]:
    """The place of the n-th point of a spiral whose points are so far apart."""
    turn, reach = at * 2.399963, apart * math.sqrt(at) * 0.9
    return reach * math.cos(turn), reach * math.sin(turn)


def store_of(things: int, folder: Path) -> Path:
    """A store with about so many things that can be cards: actors, places and events."""
    store = folder / f"things-{things}"
    if not (store / "current").exists():
        cast = CASTS[things]
        events = things - cast.places - cast.media - cast.states * (1 + cast.bodies + cast.people)
        make_store(store, 3 * events, cast=cast)
    return store


def kg(*words: str) -> None:
    """Run a command, which must succeed; what it says is not shown."""
    with contextlib.redirect_stdout(io.StringIO()):
        status = run(list(words))
    assert status == 0, words
