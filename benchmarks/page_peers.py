"""The same graph as a page of each peer: stock pyvis, pyvis with positions, gravis, force-graph, cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from page_graphs import Made

COLOURS = ("#1b6ca8", "#b3541e", "#4f772d", "#6a3d9a", "#7f5539")
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>peer</title>'
    "<style>html,body,#stage{margin:0;width:100%;height:100%;overflow:hidden}</style></head>"
    '<body><div id="stage"></div>'
)


@dataclass(frozen=True, slots=True)
class Peer:
    """How a peer draws a graph; ``most``: the largest that it is asked for, beyond which it takes minutes."""

    name: str
    page: Callable[[Made], str]
    most: int
    version: str


def peers(packages: Path | None) -> tuple[list[Peer], list[str]]:
    """Those that are on this machine, and the names of those that are not."""
    found = [
        Peer("pyvis, stock", _stock, 100, version("pyvis")),
        Peer("pyvis with positions", _placed, 5_000, version("pyvis")),
    ]
    missing = []
    try:
        found.append(Peer("gravis (d3) with positions", _gravis, 1_000, version("gravis")))
        assert find_spec("gravis")
    except (PackageNotFoundError, AssertionError):
        missing.append("gravis")
    for name, page, most in (("force-graph", _force_graph, 100_000), ("cytoscape", _cytoscape, 20_000)):
        script = packages / name / "dist" / f"{name}.min.js" if packages else None
        if script is None or not script.exists():
            missing.append(name)
            continue
        told = json.loads((script.parent.parent / "package.json").read_text())["version"]
        found.append(Peer(name, page(script.read_text(encoding="utf-8")), most, told))
    return found, missing


def _stock(made: Made) -> str:
    """As the first example of its documentation: physics as it comes, nothing from outside wanted."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line")
    for number, label in enumerate(made.labels):
        network.add_node(number, label=label, group=made.groups[number])
    for one, other in made.edges:
        network.add_edge(one, other)
    return str(network.generate_html())


def _placed(made: Made) -> str:
    """Positions given, no physics, straight edges: the quickest that it can be made."""
    from pyvis.network import Network

    network = Network(height="880px", cdn_resources="in_line", directed=True)
    for number, label in enumerate(made.labels):
        x, y = made.places[number]
        network.add_node(number, label=label, x=x, y=y, color=COLOURS[made.groups[number] % len(COLOURS)])
    network.edges = [{"from": one, "to": other, "arrows": "to"} for one, other in made.edges]
    options = {"physics": {"enabled": False}, "edges": {"smooth": False}, "layout": {"improvedLayout": False}}
    network.set_options(json.dumps(options))
    return str(network.generate_html())


def _gravis(made: Made) -> str:
    """Its d3 kind, of its three the quickest to the first picture; positions given."""
    nodes = {
        number: {
            "label": label,
            "metadata": {
                "x": made.places[number][0],
                "y": made.places[number][1],
                "color": COLOURS[made.groups[number] % len(COLOURS)],
            },
        }
        for number, label in enumerate(made.labels)
    }
    edges = [{"source": one, "target": other} for one, other in made.edges]
    figure = import_module("gravis").d3(
        {"graph": {"directed": True, "nodes": nodes, "edges": edges}},
        graph_height=860,
        layout_algorithm_active=False,
        node_label_data_source="label",
        large_graph_threshold=1_000_000,
    )
    return str(figure.to_html_standalone() if hasattr(figure, "to_html_standalone") else figure.to_html())


def _force_graph(library: str) -> Callable[[Made], str]:
    def page(made: Made) -> str:
        data = {
            "nodes": [
                {"id": number, "name": label, "x": x, "y": y, "color": COLOURS[group % len(COLOURS)]}
                for number, (label, (x, y), group) in enumerate(
                    zip(made.labels, made.places, made.groups, strict=True)
                )
            ],
            "links": [{"source": one, "target": other} for one, other in made.edges],
        }
        script = (
            "const data = JSON.parse(document.getElementById('data').textContent);"
            "const graph = new ForceGraph(document.getElementById('stage')).cooldownTicks(0)"
            ".d3Force('charge', null).d3Force('link', null).d3Force('center', null).graphData(data);"
            "graph.zoomToFit(0, 20); window.graph = graph;"
        )
        return _inline(library, data, script)

    return page


def _cytoscape(library: str) -> Callable[[Made], str]:
    def page(made: Made) -> str:
        nodes = [
            {
                "data": {"id": str(number), "label": label, "color": COLOURS[group % len(COLOURS)]},
                "position": {"x": x, "y": y},
            }
            for number, (label, (x, y), group) in enumerate(
                zip(made.labels, made.places, made.groups, strict=True)
            )
        ]
        edges = [
            {"data": {"id": f"e{number}", "source": str(one), "target": str(other)}}
            for number, (one, other) in enumerate(made.edges)
        ]
        script = (
            "const data = JSON.parse(document.getElementById('data').textContent);"
            "window.graph = cytoscape({container: document.getElementById('stage'), elements: data,"
            "layout: {name: 'preset'}, style: [{selector: 'node', style: {label: 'data(label)',"
            "'background-color': 'data(color)', width: 16, height: 16, 'font-size': 10}},"
            "{selector: 'edge', style: {width: 1, 'curve-style': 'haystack'}}]});"
        )
        return _inline(library, {"nodes": nodes, "edges": edges}, script)

    return page


def _inline(library: str, data: object, script: str) -> str:
    """One file, as ours is: the library, the data as JSON, and what starts it."""
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'{HEAD}<script>{library}</script><script type="application/json" id="data">{text}</script>'
        f"<script>{script}</script></body></html>"
    )
