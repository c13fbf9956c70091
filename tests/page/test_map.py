"""The page of a network without a browser: places, cards, bytes, and what it says it leaves out."""

from __future__ import annotations

import base64
import json
import math
import random
import re
import zlib
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path

import networkx
import pytest

from kg.networks import measures
from kg.networks.clusters import louvain
from kg.page.geometry import Box
from kg.page.map import render
from kg.page.map_cards import Cards, at, draw
from kg.page.map_data import ALL_MEASURES, FAMILIES, QUICK_MEASURES
from kg.page.map_data import crowd as crowded
from kg.page.map_layout import places
from kg.page.map_shapes import paths
from kg.page.map_texts import formulas, texts
from tests.commands.door import kg_process
from tests.page.test_phrases import shape

Near = list[dict[int, float]]


def crowd(count: int, *, seed: int = 1, size: int = 40) -> Near:
    """Things in groups, a hub in each; a few are tied to nothing."""
    chance = random.Random(seed)
    near: Near = [{} for _ in range(count)]
    for _ in range(count * 2):
        one = chance.randrange(count)
        group = one // size * size
        other = group + int(size * chance.random() ** 2) if chance.random() < 0.9 else chance.randrange(count)
        if one != other and other < count:
            near[one][other] = near[other][one] = near[one].get(other, 0) + 1
    return near


def network(near: Sequence[dict[int, float]]) -> networkx.MultiDiGraph[str]:
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name="relations", directed=True, more=())
    kinds = ("kg:Person", "kg:State", "kg:Treaty", "kg:Deployment", "kg:Place")
    things = [f"https://w3id.org/foedus/id/thing-{number}" for number in range(len(near))]
    for number, thing in enumerate(things):
        made.add_node(thing, label=f"thing {number}", type=kinds[number % 5], iri=thing)
    for one, ties in enumerate(near):
        for other, weight in ties.items():
            if one < other:
                claims = tuple(f"claim-{one}-{other}-{n}" for n in range(int(weight)))
                made.add_edge(
                    things[one], things[other], key="k", label="meets", weight=weight, claims=claims
                )
    return made


@pytest.mark.parametrize("count", [1, 2, 7, 100, 1500])
def test_no_dot_is_on_another_and_no_island_on_another(count: int) -> None:
    near = crowd(count)
    groups = louvain(near)
    found = places(near, groups)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in found)
    cells: dict[tuple[int, int], list[int]] = {}
    for thing, (x, y) in enumerate(found):
        cells.setdefault((math.floor(x), math.floor(y)), []).append(thing)
    for (column, row), things in cells.items():
        around = [t for dx in (-1, 0, 1) for dy in (-1, 0, 1) for t in cells.get((column + dx, row + dy), ())]
        for one in things:
            for other in around:
                if one != other:
                    away = math.dist(found[one], found[other])
                    same = groups[one] == groups[other] or not (near[one] or near[other])
                    assert away >= (0.7 if same else 1.0), (one, other, away)


def test_the_map_fills_its_ground_and_is_wider_than_high() -> None:
    near = crowd(1500)
    found = places(near, louvain(near))
    wide, high = (max(p[axis] for p in found) - min(p[axis] for p in found) for axis in (0, 1))
    assert 1.0 < wide / high < 2.5
    assert len(found) / (wide * high) > 0.08, "dots are about 1 apart, and there is some water"


def test_neighbours_stand_near_one_another() -> None:
    near = crowd(1500)
    found = places(near, louvain(near))
    chance = random.Random(1)
    tied = [math.dist(found[one], found[other]) for one in range(1500) for other in near[one]]
    others = [math.dist(found[chance.randrange(1500)], found[chance.randrange(1500)]) for _ in tied]
    assert sum(tied) / len(tied) < 0.4 * sum(others) / len(others)


def test_the_same_ties_have_the_same_places_and_the_page_the_same_bytes(tmp_path: Path) -> None:
    near = crowd(300)
    assert places(near, louvain(near)) == places(near, louvain(near))
    made = network(near)
    again: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(**made.graph)
    again.add_nodes_from(reversed(list(made.nodes(data=True))))
    for start, end, key, held in reversed(list(made.edges(keys=True, data=True))):
        again.add_edge(start, end, key, **held)
    assert places(near, louvain(near))
    assert render(made) == render(made)
    assert len(again.edges) == len(made.edges)
    found = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        done = kg_process("network", "statements", "-o", str(file), env={"PYTHONHASHSEED": seed})
        assert (done.code, done.err) == (0, "")
        found.append(file.read_bytes())
    assert found[0] == found[1]
    assert len(found[0]) < 250_000


def faults(picture: Cards) -> list[str]:
    """What a picture must not have: cards on cards, lines through cards, names on cards or on other names."""
    found = [f"{a.thing} on {b.thing}" for a, b in combinations(picture.cards, 2) if a.box.overlaps(b.box)]
    inner = [(c.thing, Box(c.box.x + 1, c.box.y + 1, c.box.w - 2, c.box.h - 2)) for c in picture.cards]
    for line in picture.lines:
        points = [at(line.bends, step / 60) for step in range(61)]
        found += [
            f"{line.edge} through {thing}"
            for thing, box in inner
            if any(box.holds(point) for point in points)
        ]
    named = [line for line in picture.lines if line.is_named and line.name]
    found += [
        f"{line.name} on {card.thing}"
        for line in named
        for card in picture.cards
        if line.chip.overlaps(card.box)
    ]
    found += [f"{a.name} on {b.name}" for a, b in combinations(named, 2) if a.chip.overlaps(b.chip)]
    whole = Box(0, 0, picture.width, picture.height)
    return found + [f"{card.thing} outside" for card in picture.cards if not whole.contains(card.box)]


@pytest.mark.parametrize("seed", range(12))
def test_cards_and_lines_keep_clear_of_one_another(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.choice((1, 2, 3, 5, 9, 20, 60))
    labels = [f"{'name ' * chance.randrange(1, 9)}{number}" for number in range(count)]
    edges = [
        (chance.randrange(count), chance.randrange(count)) for _ in range(chance.randrange(0, 3 * count))
    ]
    edges = [edge for edge in edges if edge[0] != edge[1]] if seed % 2 else edges
    names = [chance.choice(("denies", "consultation · article 3 · threat of aggression · 3")) for _ in edges]
    picture = draw(labels, edges, names)
    assert faults(picture) == []
    assert len(picture.cards) == count
    assert len(picture.lines) == len(edges)
    assert picture == draw(labels, edges, names)


def test_a_hub_stands_between_what_it_is_tied_to() -> None:
    picture = draw([str(n) for n in range(20)], [(n, 0) for n in range(1, 20)], ["is"] * 19)
    hub, *others = picture.cards
    assert min(card.box.x for card in others) < hub.box.x < max(card.box.x for card in others)
    assert faults(picture) == []
    parallel = draw(["a", "b"], [(0, 1)] * 7 + [(1, 0)] * 7, ["owes"] * 14)
    assert all(line.is_named for line in parallel.lines)


def data(page: str) -> dict[str, object]:
    found = re.search(r'<script[^>]* id="data"[^>]*>(.*?)</script>', page, re.S)
    assert found
    held: dict[str, object] = json.loads(found[1])
    return held


def test_the_blob_holds_what_its_columns_say() -> None:
    page = render(network(crowd(300)))
    found = re.search(r'id="blob">([^<]*)<', page)
    assert found
    blob = zlib.decompress(base64.b64decode(found[1]))
    columns = data(page)["columns"]
    assert isinstance(columns, list)
    assert sum(length for _, _, length in columns) == len(blob)
    offset = 0
    for name, kind, length in columns:
        assert offset % {"I": 4, "f": 4, "H": 2, "B": 1, "s": 1}[kind] == 0, name
        offset += length
    assert b"thing 299" in blob


def test_it_says_which_measures_and_claims_it_leaves_out() -> None:
    few, more, many = (
        str(data(render(network(crowd(count))))["left_out"])
        for count in (100, ALL_MEASURES + 1, QUICK_MEASURES + 1)
    )
    assert "Betweenness" not in few
    assert "Betweenness" in more
    assert "PageRank" not in more
    assert "PageRank" in many
    assert "kg network relations --measure betweenness" in many
    assert "0 of" in few, "without a perspective nobody tells who says so"
    assert "kg show NAME" in few


def test_a_part_is_measured_in_the_whole() -> None:
    whole = network(crowd(100))
    part = whole.copy()
    part.remove_nodes_from(list(whole)[60:])
    alone, within = crowded(part), crowded(part, whole)
    degree = {score.thing: score.value for score in measures.degree(whole)}
    community = {score.thing: score.value for score in measures.communities(whole)}
    assert list(within.measures["degree"]) == [degree[thing] for thing in within.things]
    assert list(within.groups) == [community[thing] for thing in within.things]
    assert within.measures["degree"] != alone.measures["degree"]
    assert "network of 100 things" in render(part, part_of=whole)


def test_formulas_and_sources_are_those_of_the_docstrings() -> None:
    assert set(formulas()) == set(measures.MEASURES)
    for name, held in formulas().items():
        told = str(measures.MEASURES[name].__doc__)
        if name != "closeness":
            assert held["doi"] in told, name
        assert all(part in told for part in ("Formula:", "Direction:", "Weights:", "Unit:", "Source:")), name
    assert formulas()["closeness"]["doi"] in str(measures.closeness.__doc__)


def test_each_language_has_the_same_texts() -> None:
    assert shape(texts("en")) == shape(texts("fr"))
    assert set(texts("en")["families"]) == set(FAMILIES)
    assert len(paths()) == len(FAMILIES)


def test_an_empty_network_is_a_page_too() -> None:
    empty: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name="meetings", directed=False, more=())
    assert "things: 0" in render(empty)
    assert len(list(pairwise(places([], [])))) == 0
