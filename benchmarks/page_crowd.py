"""The crowd page of a made graph, as ``kg network`` writes it of a store: every node a dot, edges on demand."""

from __future__ import annotations

from pathlib import Path

import networkx
from page_graphs import Made

from kg.page.map import render
from kg.rdf.terms import curie
from kg.rdf.vocabulary import ID, KG

TYPES = ("State", "Person", "GovernmentBody", "Deployment", "Treaty")


def write_crowd(made: Made, file: Path) -> Path:
    """Write it; places and communities are its own, found in Python, as those of any network are."""
    file.write_text(render(_network(made)), encoding="utf-8")
    return file


def write_texts(texts: dict[str, str], file: Path) -> Path:
    """A crowd whose names, titles and edges are these texts."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name="relations")
    for name, text in texts.items():
        network.add_node(f"{ID}{name}", label=text, type=curie(KG + "State"))
    for at, text in enumerate(texts.values()):
        one, other = (f"{ID}{list(texts)[number % len(texts)]}" for number in (at, at + 1))
        network.add_edge(one, other, key=f"{KG}e{at}", label=text, weight=1, claims=(f"{ID}{text}",))
    file.write_text(render(network, title=" ".join(texts.values())), encoding="utf-8")
    return file


def _network(made: Made) -> networkx.MultiDiGraph[str]:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name="relations")
    for number, label in enumerate(made.labels):
        kind = TYPES[number % len(TYPES)]
        network.add_node(f"{ID}n{number:06}", label=label, type=curie(KG + kind))
    for number, (one, other) in enumerate(made.edges):
        network.add_edge(
            f"{ID}n{one:06}",
            f"{ID}n{other:06}",
            key=KG + "supplier",
            label="supplies",
            weight=1.0,
            claims=(f"{ID}claim/c{number}",),
        )
    return network
