"""What a map knows of its network, as few bytes: arrays of numbers in one deflated blob, names as lines of text."""

from __future__ import annotations

import base64
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.networks.clusters import communities
from kg.networks.measures import MEASURES, ties
from kg.page.map_layout import Point, places
from kg.page.theme import theme
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.networks.measures import Network

#: Up to so many things each measure is in the page, up to so many those whose cost is nearly that of the edges.
ALL_MEASURES, QUICK_MEASURES = 500, 5000
QUICK = ("degree", "pagerank", "brokers")
#: So many edges stand when the whole map is seen, at most so many of each thing; so many names are placed first.
BACKBONE, OF_EACH, NAMED = 3000, 5, 400
#: Positions are told in 16 bits.
MOST = 65535

#: What the colours and shapes of dots tell apart, and the kinds of card in each.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "states": ("state",),
    "organisations": ("league", "body", "media", "group"),
    "persons": ("person",),
    "treaties": ("treaty",),
    "events": ("event", "transfer", "estimate"),
    "others": (),
}
#: Parts of treaties and of events, which are cards of no kind of their own.
PARTS = {
    "TreatyArticle": "treaties",
    "Obligation": "treaties",
    "TriggerCondition": "treaties",
    "TreatyAction": "events",
    "SpeechAct": "events",
}


@dataclass(frozen=True, slots=True)
class Arrays:
    """Columns of numbers under their names, and texts; what the browser reads them by is their order."""

    columns: Mapping[str, array[int] | array[float]] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def packed(self) -> tuple[list[list[str | int]], str]:
        """What is in the blob, name, type and number of bytes; and the blob itself, deflated, as base64."""
        # the wide ones first, so that each begins at a multiple of its width
        widest = sorted(self.columns.items(), key=lambda item: -item[1].itemsize)
        parts: list[tuple[str, str, bytes]] = [
            (name, values.typecode, values.tobytes()) for name, values in widest
        ]
        parts += [(name, "s", "\n".join(lines).encode()) for name, lines in self.texts.items()]
        blob = zlib.compress(b"".join(part for _, _, part in parts), 6)
        return [[name, kind, len(part)] for name, kind, part in parts], base64.b64encode(blob).decode()


@dataclass(frozen=True, slots=True)
class Crowd:
    """A network by numbers: things and edges in their order in it."""

    things: tuple[str, ...]
    kinds: Sequence[int]
    classes: tuple[str, ...]
    groups: Sequence[int]
    places: Sequence[Point]
    measures: Mapping[str, Sequence[float]]
    edges: tuple[tuple[int, int, str], ...]
    near: Sequence[Mapping[int, float]]

    def edge_keys(self) -> Iterator[tuple[str, str, str]]:
        """Each edge as the network knows it."""
        return ((self.things[start], self.things[end], key) for start, end, key in self.edges)

    def label(self, network: Network, thing: int) -> str:
        """What a thing is called."""
        return str(network.nodes[self.things[thing]].get("label", self.things[thing]))


def crowd(network: Network, part_of: Network | None = None) -> Crowd:
    """The network with a place for each thing, and measures and communities: those of what it is a part of."""
    things = tuple(sorted(network))
    near = _near(network, things)
    measured, groups = _measures(network, near), communities(near)
    if part_of is not None:
        number = {thing: at for at, thing in enumerate(sorted(part_of))}
        around = _near(part_of, tuple(number))
        whole, known = _measures(part_of, around), communities(around)
        measured = {name: [values[number[thing]] for thing in things] for name, values in whole.items()}
        groups = [known[number[thing]] for thing in things]
    number = {thing: at for at, thing in enumerate(things)}
    # things that are tied in no way that can be measured (opposed in all) stand together with whom they oppose
    drawn = _all_ties(network, number) if network.graph.get("signed") else near
    kinds = [network.nodes[thing].get("type", "") for thing in things]
    classes = tuple(sorted(set(kinds)))
    place = {kind: at for at, kind in enumerate(classes)}
    return Crowd(
        things,
        [place[kind] for kind in kinds],
        classes,
        groups,
        places(drawn, groups),
        measured,
        tuple((number[start], number[end], key) for start, end, key in network.edges(keys=True)),
        near,
    )


def _all_ties(network: Network, number: Mapping[str, int]) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{} for _ in number]
    for start, end in sorted(network.edges()):
        a, b = number[start], number[end]
        if a != b:
            near[a][b] = near[b][a] = 1.0
    return near


def _near(network: Network, things: Sequence[str]) -> list[dict[int, float]]:
    """The ties of each thing, by number."""
    number = {thing: at for at, thing in enumerate(things)}
    near: list[dict[int, float]] = [{} for _ in things]
    for one, other, data in ties(network).edges(data=True):
        a, b = number[one], number[other]
        near[a][b] = near[b][a] = data["weight"]
    return near


def _measures(network: Network, near: Sequence[Mapping[int, float]]) -> dict[str, list[float]]:
    """The measures that are quickly taken of so many things; of those without a value there is -1."""
    found: dict[str, list[float]] = {"degree": [float(len(ties)) for ties in near]}
    number = {thing: at for at, thing in enumerate(sorted(network))}
    for name, measure in MEASURES.items():
        if name in ("degree", "communities") or len(number) > QUICK_MEASURES:
            continue
        if len(number) > ALL_MEASURES and name not in QUICK:
            continue
        values = [-1.0] * len(number)
        for score in measure(network):
            values[number[score.thing]] = float(score.value)
        found[name] = values
    return found


def family(kind: str) -> int:
    """The family of a class, given as a CURIE.

    >>> list(FAMILIES)[family("kg:GovernmentBody")], list(FAMILIES)[family("kg:Obligation")]
    ('organisations', 'treaties')
    """
    name = kind.rpartition(":")[2]
    card = theme().classes.get(name, "")
    if name in PARTS:
        return list(FAMILIES).index(PARTS[name])
    return next((at for at, kinds in enumerate(FAMILIES.values()) if card in kinds), len(FAMILIES) - 1)


def arrays(network: Network, made: Crowd, names: Sequence[str] = ()) -> Arrays:
    """All that the browser needs to draw and to search; ``names`` are what each thing is called besides."""
    x, y = _quantised(made.places)
    starts = array("I", (start for start, _, _ in made.edges))
    ends = array("I", (end for _, end, _ in made.edges))
    told = [network.edges[edge] for edge in made.edge_keys()]
    labels: dict[str, int] = {}
    columns: dict[str, array[int] | array[float]] = {
        "x": x,
        "y": y,
        "kind": array("H", made.kinds),
        "group": array("I", made.groups),
        "start": starts,
        "end": ends,
        "claims": array("H", (min(len(data["claims"]), MOST) for data in told)),
        "label": array(
            "H", (labels.setdefault(data.get("label", ""), min(len(labels), MOST)) for data in told)
        ),
        "backbone": array("I", _backbone(made, [len(data["claims"]) for data in told])),
        "named": array("I", _strongest(made)),
    }
    if network.graph.get("signed"):
        columns["weight"] = array("f", (data["weight"] for data in told))
    columns |= {f"m-{name}": array("f", values) for name, values in made.measures.items()}
    texts: dict[str, Sequence[str]] = {
        "labels": [_line(network.nodes[thing].get("label", thing)) for thing in made.things],
        "ids": [_line(curie(thing)) for thing in made.things],
        "edge-labels": [_line(label) for label in labels],
    }
    return Arrays(columns, texts | ({"names": [_line(name) for name in names]} if names else {}))


def _line(text: str) -> str:
    """A text as one line, for lines are what tells texts apart."""
    return " ".join(text.split())


def _quantised(found: Sequence[Point]) -> tuple[array[int], array[int]]:
    left, top = (min((point[axis] for point in found), default=0.0) for axis in (0, 1))
    widest = max((max(x - left, y - top) for x, y in found), default=0.0) or 1.0
    scale = MOST / widest
    return (
        array("H", (round((x - left) * scale) for x, _ in found)),
        array("H", (round((y - top) * scale) for _, y in found)),
    )


def spacing(found: Sequence[Point]) -> float:
    """How far apart two neighbours stand, in the units of the quantised positions."""
    left, top = (min((point[axis] for point in found), default=0.0) for axis in (0, 1))
    widest = max((max(x - left, y - top) for x, y in found), default=0.0) or 1.0
    return round(MOST / widest, 3)


def _strongest(made: Crowd) -> list[int]:
    degree = made.measures["degree"]
    return sorted(range(len(made.things)), key=lambda thing: (-degree[thing], thing))[:NAMED]


def _backbone(made: Crowd, claims: Sequence[int]) -> list[int]:
    """The edges that stand when all is seen: the strongest, a few of each thing."""
    degree = made.measures["degree"]
    ranked = sorted(
        range(len(made.edges)),
        key=lambda at: (-claims[at], -degree[made.edges[at][0]] - degree[made.edges[at][1]], at),
    )
    taken = [0] * len(made.things)
    kept: list[int] = []
    for at in ranked:
        start, end, _ = made.edges[at]
        if start != end and max(taken[start], taken[end]) < OF_EACH:
            taken[start] += 1
            taken[end] += 1
            kept.append(at)
            if len(kept) == BACKBONE:
                break
    return kept
