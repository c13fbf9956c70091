"""A network as GraphML or GEXF, for Gephi, yEd, Cytoscape and the like; same network, same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.exporters.xml_text import xml_text
from kg.rdf.vocabulary import GEXF, GRAPHML

if TYPE_CHECKING:
    import networkx

#: What a node and an edge carry, in the order of the file; edges also the ``more`` of their network.
_NODE_KEYS = ("label", "type", "iri")
_EDGE_KEYS = ("property", "label", "weight", "claims")

NETWORK_FORMATS: dict[str, str] = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}


def write_network(network: networkx.MultiDiGraph[str], *, format: str) -> bytes:
    """The network in one of NETWORK_FORMATS. Claims of an edge are IRIs with a space between.

    :raises KeyError: for an unknown format, which is a fault of the caller.
    """
    root = {"graphml": _graphml, "gexf": _gexf}[format](network)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _nodes(network: networkx.MultiDiGraph[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for node in sorted(network):
        data = network.nodes[node]
        yield node, {key: xml_text(str(data.get(key, ""))) for key in _NODE_KEYS}


def _edge_keys(network: networkx.MultiDiGraph[str]) -> tuple[str, ...]:
    return (*_EDGE_KEYS, *network.graph.get("more", ()))


def _way(network: networkx.MultiDiGraph[str]) -> str:
    return "directed" if network.graph.get("directed", True) else "undirected"


def _edges(network: networkx.MultiDiGraph[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for start, end, _, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        values = {key: xml_text(str(data.get(key, ""))) for key in _edge_keys(network)}
        values["claims"] = " ".join(data.get("claims", ()))
        yield start, end, values


def _graphml(network: networkx.MultiDiGraph[str]) -> ElementTree.Element:
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for place, keys in (("node", _NODE_KEYS), ("edge", _edge_keys(network))):
        for key in keys:
            kind = "double" if key == "weight" else "string"
            names = {"id": f"{place}-{key}", "for": place, "attr.name": key, "attr.type": kind}
            ElementTree.SubElement(root, "key", names)
    graph = ElementTree.SubElement(root, "graph", id=network.name or "network", edgedefault=_way(network))
    for node, data in _nodes(network):
        _graphml_data(ElementTree.SubElement(graph, "node", id=node), "node", data)
    for number, (start, end, data) in enumerate(_edges(network)):
        ends = {"id": f"e{number}", "source": start, "target": end}
        _graphml_data(ElementTree.SubElement(graph, "edge", ends), "edge", data)
    return root


def _graphml_data(element: ElementTree.Element, place: str, data: dict[str, str]) -> None:
    for key, value in data.items():
        ElementTree.SubElement(element, "data", key=f"{place}-{key}").text = value


def _gexf(network: networkx.MultiDiGraph[str]) -> ElementTree.Element:
    root = ElementTree.Element("gexf", xmlns=GEXF, version="1.2")
    graph = ElementTree.SubElement(root, "graph", defaultedgetype=_way(network), mode="static")
    edge_keys = [key for key in _edge_keys(network) if key not in ("label", "weight")]
    for place, keys in (("node", _NODE_KEYS[1:]), ("edge", edge_keys)):
        attributes = ElementTree.SubElement(graph, "attributes", {"class": place})
        for key in keys:
            names = {"id": f"{place}-{key}", "title": key, "type": "string"}
            ElementTree.SubElement(attributes, "attribute", names)
    nodes = ElementTree.SubElement(graph, "nodes")
    for node, data in _nodes(network):
        element = ElementTree.SubElement(nodes, "node", id=node, label=data["label"])
        _gexf_data(element, "node", data)
    edges = ElementTree.SubElement(graph, "edges")
    for number, (start, end, data) in enumerate(_edges(network)):
        ends = {"id": str(number), "source": start, "target": end}
        ends |= {"label": data.pop("label"), "weight": data.pop("weight")}
        _gexf_data(ElementTree.SubElement(edges, "edge", ends), "edge", data)
    return root


def _gexf_data(element: ElementTree.Element, place: str, data: dict[str, str]) -> None:
    values = ElementTree.SubElement(element, "attvalues")
    for key, value in data.items():
        if key != "label":
            ElementTree.SubElement(values, "attvalue", {"for": f"{place}-{key}", "value": value})
