"""How engines differ from SPARQL 1.1 and from each other; whatever works around one of them stands here.

An engine is known by the header ``Server`` of its answers. What can be seen by asking is asked and not listed:
whether the default graph is the union of all graphs (GraphDB, Neptune, Virtuoso) is probed by a load.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.vocabulary import XSD_BOOLEAN

_Json = dict[str, object]
_BOOLEANS = {"0": "false", "1": "true"}


@dataclass(frozen=True, slots=True)
class Engine:
    """What we must know of an engine.

    ``batch``: the most triples in one update. ``named``: the most graphs that a query may name as its dataset;
    0 where ``GRAPH`` also reaches what was not named. ``tells``: it says so when it holds rows back.
    """

    name: str
    batch: int = 5_000
    named: int = 1_000
    tells: bool = False
    is_foedus: bool = False
    is_odd: bool = False  # its JSON must be mended

    def mended(self, results: bytes) -> bytes:
        """SPARQL results in JSON as the standard has them."""
        return _mended(results) if self.is_odd else results

    def mended_quad(self, quad: Quad) -> Quad:
        """A quad with the literals that were stored."""
        value = quad.object
        if not self.is_odd or not isinstance(value, Literal) or value.value not in _BOOLEANS:
            return quad
        if value.datatype.value != XSD_BOOLEAN:
            return quad
        true = Literal(_BOOLEANS[value.value], datatype=NamedNode(XSD_BOOLEAN))
        return Quad(quad.subject, quad.predicate, true, quad.graph_name)


_STANDARD = Engine("a SPARQL 1.1 endpoint")
_KNOWN = {
    "oxigraph": Engine("Oxigraph", tells=True),
    "foedus": Engine("Foedus", tells=True, is_foedus=True),
    # Virtuoso 7 compiles an update into one statement, whose size has a limit; GRAPH ?g sees every graph.
    "virtuoso": Engine("Virtuoso", batch=500, named=0, tells=True, is_odd=True),
}


def engine_of(server: str, address: str) -> Engine:
    """The engine that calls itself so. Our service under a perspective is like any other: it shows no more.

    >>> engine_of("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu", "http://localhost:8890/sparql").name
    'Virtuoso'
    """
    found = _KNOWN.get(server.partition("/")[0].strip().lower(), _STANDARD)
    path = urlsplit(address).path
    if found.is_foedus and (not path.endswith("/sparql") or "/perspectives/" in path or "?" in address):
        return _STANDARD
    return found


def update_address(address: str) -> str:
    """Where updates are sent: ``KG_UPDATE_ADDRESS``, else by the custom of the engines.

    >>> update_address("http://localhost:7878/query")
    'http://localhost:7878/update'
    """
    if given := os.environ.get("KG_UPDATE_ADDRESS"):
        return given
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if path.endswith("/query"):
        path = path.removesuffix("/query") + "/update"
    elif "/repositories/" in path and not path.endswith("/statements"):  # RDF4J and GraphDB
        path += "/statements"
    return urlunsplit(parts._replace(path=path))


def _mended(results: bytes) -> bytes:
    """Virtuoso 7 writes a yes as a row, booleans as numbers, and labels of blank nodes that are none."""
    data = cast(_Json, json.loads(results))
    found = data.get("results")
    if not isinstance(found, dict):
        return results
    rows = cast(list[dict[str, dict[str, str]]], found.get("bindings", []))
    head = cast(dict[str, list[str]], data.get("head", {}))
    if head.get("vars") == ["__ASK_RETVAL"]:
        is_true = any(row["__ASK_RETVAL"]["value"] == "1" for row in rows)  # no row is a no, too
        return json.dumps({"head": {}, "boolean": is_true}).encode()
    for row in rows:
        for term in row.values():
            if term["type"] == "bnode":
                term["value"] = term["value"].removeprefix("nodeID://")
            elif term.get("datatype") == XSD_BOOLEAN:
                term["value"] = _BOOLEANS.get(term["value"], term["value"])
    return json.dumps({"head": {"vars": head.get("vars", [])}, "results": {"bindings": rows}}).encode()
