"""The picture of a network of few things, ready for its template: cards with their types, lines with their meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.page.map_cards import MOST_CARDS, MOST_LINES, Cards, draw
from kg.page.map_data import Crowd, family

if TYPE_CHECKING:
    from kg.networks.measures import Network

#: Whose every edge says that two stand apart.
HOSTILE = "opponents"
THINNEST, THICKER, THICKEST = 1.3, 0.6, 5.5


def is_drawn(network: Network) -> bool:
    """Whether the network is small enough for cards."""
    return 0 < network.number_of_nodes() <= MOST_CARDS and network.number_of_edges() <= MOST_LINES


def cards(network: Network, made: Crowd, notes: Mapping[str, str]) -> Cards:
    """The cards and lines of the network."""
    names = []
    for at, (start, end, key) in enumerate(made.edges):
        data = network.edges[made.things[start], made.things[end], key]
        name = str(data.get("label", ""))
        if network.graph.get("signed"):
            name = f"{'≠ ' if data['weight'] < 0 else ''}{data['weight']:+.2f}".replace("-", "−")
        elif network.name == HOSTILE:
            name = f"≠ {name}"
        parts = [part for part in (name, notes.get(str(at), "")) if part]
        if (count := len(data["claims"])) > 1 and "same" not in data:  # those are the count
            parts.append(str(count))
        names.append(" · ".join(parts))
    labels = [str(network.nodes[thing].get("label", thing)) for thing in made.things]
    pairs = [(start, end) for start, end, _ in made.edges]
    return draw(labels, pairs, names, directed=bool(network.graph.get("directed", True)))


def drawing(
    network: Network, made: Crowd, picture: Cards, classes: Mapping[str, str]
) -> dict[str, float | Sequence[Mapping[str, object]]]:
    """What the template draws."""
    directed = bool(network.graph.get("directed", True))
    return {
        "width": picture.width,
        "height": picture.height,
        "cards": [
            {
                "thing": card.thing,
                "box": card.box,
                "lines": card.lines,
                "family": family(made.classes[made.kinds[card.thing]]),
                "sub": classes[made.classes[made.kinds[card.thing]]],
                "top": round(card.box.middle - 8 * len(card.lines) + 5, 1),
            }
            for card in picture.cards
        ],
        "lines": [
            {
                "edge": line.edge,
                "path": line.path,
                "tip": line.tip if directed else "",
                "name": line.name,
                "chip": line.chip,
                "is_named": line.is_named,
                **_stroke(network, made, line.edge),
            }
            for line in picture.lines
        ],
    }


def _stroke(network: Network, made: Crowd, edge: int) -> dict[str, str | float]:
    start, end, key = made.edges[edge]
    data = network.edges[made.things[start], made.things[end], key]
    kind = ""
    if network.name == HOSTILE or (network.graph.get("signed") and data["weight"] < 0):
        kind = " apart"
    elif network.graph.get("signed"):
        kind = " together"
    width = min(THINNEST + THICKER * max(len(data["claims"]) - 1, 0), THICKEST)
    return {"kind": kind, "width": round(width, 1)}
