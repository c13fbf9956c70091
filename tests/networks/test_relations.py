"""The network of relations: things and what joins them, every edge with its claims."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import networkx
import pytest

import kg
from kg import graph, networks
from kg.networks.path import shortest_chains
from kg.perspective.view import Perspective
from kg.rdf.vocabulary import CLAIM, ID, KG

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Perspective:
    folder = tmp_path_factory.mktemp("stores") / "tiny.kg"
    graph.load([TINY], location=folder)
    return kg.open(folder).perspective()


def test_an_edge_keeps_every_claim_behind_it(view: Perspective) -> None:
    network = networks.relations(view)
    edge = network.edges[ID + "brigade-deployment", ID + "arland", KG + "sendingState"]
    assert edge["claims"] == (CLAIM + "borland-brief-1", CLAIM + "herald-1")
    assert (edge["property"], edge["label"]) == ("kg:sendingState", "sending state")


def test_an_edge_of_the_reference_has_no_claim(view: Perspective) -> None:
    network = networks.relations(view)
    assert network.edges[ID + "arland-mfa", ID + "arland", KG + "subordinateTo"]["claims"] == ()


def test_nodes_are_things_with_label_and_type(view: Perspective) -> None:
    network = networks.relations(view)
    assert network.nodes[ID + "arland"] == {"label": "Arland", "type": "kg:State", "iri": ID + "arland"}
    assert all(node.startswith(ID) for node in network)
    assert len(network) >= 10


def test_a_perspective_has_only_its_own_edges(view: Perspective) -> None:
    with kg.open() as dossier:
        kyiv = set(networks.relations(dossier.perspective(according_to="Ukraine")).edges)
        moscow = set(networks.relations(dossier.perspective(according_to="Russia")).edges)
    assert kyiv - moscow
    assert moscow - kyiv


def test_the_network_is_the_same_at_every_run(view: Perspective) -> None:
    assert list(networks.relations(view).edges) == list(networks.relations(view).edges)


def test_a_chain_joins_its_ends_whichever_way_relations_point(view: Perspective) -> None:
    network = networks.relations(view)
    (chain, *_) = shortest_chains(network, ID + "arland", ID + "borland")
    assert (chain[0].start, chain[-1].end) == (ID + "arland", ID + "borland")
    assert all(a.end == b.start for a, b in pairwise(chain))
    for step in chain:
        ends = (step.end, step.start) if step.inverse else (step.start, step.end)
        assert network.has_edge(*ends, key=step.property)


def test_chains_are_the_shortest_and_no_more_than_asked(view: Perspective) -> None:
    network = networks.relations(view)
    chains = shortest_chains(network, ID + "arland", ID + "borland", limit=9)
    assert len({len(chain) for chain in chains}) == 1
    assert shortest_chains(network, ID + "arland", ID + "borland", limit=1) == chains[:1]


def test_chains_come_in_the_order_of_their_iris_whatever_the_limit() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for between in ("ad", "ac", "bc", "bd"):
        first, second = (f"http://x/{letter}" for letter in between)
        for edge in (("http://x/start", first), (first, second), (second, "http://x/0end")):
            network.add_edge(*edge, key="http://x/p", claims=())
    chains = shortest_chains(network, "http://x/start", "http://x/0end", limit=9)
    routes = ["".join(step.end[-1] for step in chain[:-1]) for chain in chains]
    assert routes == ["ac", "ad", "bc", "bd"]
    for limit in range(5):
        assert shortest_chains(network, "http://x/start", "http://x/0end", limit=limit) == chains[:limit]


def test_no_chain_to_what_is_not_there(view: Perspective) -> None:
    network = networks.relations(view)
    assert shortest_chains(network, ID + "arland", ID + "nowhere") == []
    network.add_node(ID + "island")
    assert shortest_chains(network, ID + "arland", ID + "island") == []


def test_what_follows_in_the_terms_of_others_takes_no_step_from_ours() -> None:
    """That a holder is a member follows from our ontology; the chain is told as the claim tells it."""
    ends = ID + "sergei-shoigu", ID + "office-defence-minister-of-russia"
    with kg.open(":shipped:") as dossier:
        plain, inferred = (networks.relations(dossier.perspective(infer=infer)) for infer in (False, True))
    assert inferred.number_of_edges() > plain.number_of_edges()
    assert shortest_chains(inferred, *ends) == shortest_chains(plain, *ends) != []
