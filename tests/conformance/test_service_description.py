"""The tests of the W3C for the Service Description, whose manifest has their names and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from tests.conformance.manifests import Case, cases
from tests.conformance.results import parse_graph
from tests.conformance.server import Server
from tests.conformance.table import DESCRIPTION, with_known_failures

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: Property -> the classes of its subject and its value, where the vocabulary has them.
_SCHEMA = {
    "endpoint": ("Service", ""),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "supportedLanguage": ("Service", "Language"),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
}
_KNOWN = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {
        "DereferencesURIs",
        "UnionDefaultGraph",
        "RequiresDataset",
        "EmptyGraphs",
        "BasicFederatedQuery",
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("--plain", str(tmp_path_factory.mktemp("described") / "data"), "--writable") as server:
        said = "INSERT DATA { <a:s> a <a:C> GRAPH <a:g> { <a:s> <a:p> 1, 2 } }"
        assert server.update(said).status == 204
        yield server


@pytest.mark.parametrize("case", with_known_failures(cases(*DESCRIPTION)))
def test_service_description(case: Case, server: Server) -> None:
    answer = server.ask("GET", "/sparql")
    assert answer.status == 200
    described = ox.Store()
    described.bulk_extend(parse_graph(answer.body, answer.media_type, base=server.endpoint))
    assert len(described) > 20
    check = {"returns-rdf": _no_more, "has-endpoint-triple": _endpoint, "conforms-to-schema": _schema}
    check[case.name](described, server)


def _no_more(described: ox.Store, server: Server) -> None:
    """That it could be read is what was asked."""


def _endpoint(described: ox.Store, server: Server) -> None:
    found = list(described.quads_for_pattern(None, ox.NamedNode(_SD + "endpoint"), None))
    assert [quad.object for quad in found] == [ox.NamedNode(server.endpoint)]


def _schema(described: ox.Store, server: Server) -> None:
    properties = {
        quad.predicate.value.removeprefix(_SD) for quad in described if quad.predicate.value.startswith(_SD)
    }
    assert properties == set(_SCHEMA)
    for name, (subject, target) in _SCHEMA.items():
        for quad in described.quads_for_pattern(None, ox.NamedNode(_SD + name), None):
            assert _is_a(described, quad.subject, subject), quad
            if target in _KNOWN:
                assert isinstance(quad.object, ox.NamedNode)
                assert quad.object.value.removeprefix(_SD) in _KNOWN[target], quad
            elif target and isinstance(quad.object, ox.BlankNode):
                assert _is_a(described, quad.object, target), quad


def _is_a(described: ox.Store, node: object, kind: str) -> bool:
    assert isinstance(node, ox.NamedNode | ox.BlankNode)
    quad = ox.Quad(node, _TYPE, ox.NamedNode(_SD + kind), ox.DefaultGraph())
    return quad in described
