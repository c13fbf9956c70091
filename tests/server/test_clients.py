"""Clients that others wrote find what they expect: curl, SPARQLWrapper, rdflib's store, and a second engine."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator

import pyoxigraph
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.rdf.vocabulary import ID, KG
from tests.server.door import Server, serving

SELECT = f"SELECT ?d WHERE {{ ?d a <{KG}Deployment> }} ORDER BY ?d"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?d a <{KG}Deployment> }}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("clients"), "--store", ":shipped:", "--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def expected(server: Server) -> list[str]:
    found = [row["d"] for row in server.query(SELECT).rows]
    assert len(found) >= 2
    return found


def endpoint(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/sparql"


def test_curl(server: Server, expected: list[str]) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    base = ["curl", "-sS", "--fail", endpoint(server), "-H", "Accept: text/csv"]
    for words in (["-G", "--data-urlencode", f"query={SELECT}"], ["--data-urlencode", f"query={SELECT}"]):
        done = subprocess.run([*base, *words], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["d", *expected]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, expected: list[str], method: str) -> None:
    wrapper = SPARQLWrapper.SPARQLWrapper(endpoint(server))
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    for format in (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV):
        wrapper.setReturnFormat(format)
        assert expected[0] in str(
            json.dumps(wrapper.queryAndConvert())
            if format == SPARQLWrapper.JSON
            else wrapper.query().response.read()
        )
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(SPARQLWrapper.TURTLE)
    triples = wrapper.queryAndConvert()
    assert isinstance(triples, bytes)
    graph = rdflib.Graph().parse(data=triples, format="turtle")
    assert sorted(str(subject) for subject in graph.subjects()) == expected


def test_sparqlwrapper_under_a_perspective(server: Server) -> None:
    found = []
    for day in ("2025-04-25", "2025-04-28"):
        # It puts its own '?' behind an address, so that only a path can name a perspective.
        path = f"/perspectives/according-to=Russia;as-of={day}/sparql"
        wrapper = SPARQLWrapper.SPARQLWrapper(f"http://127.0.0.1:{server.port}{path}")
        wrapper.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        wrapper.setReturnFormat(SPARQLWrapper.JSON)
        told = wrapper.queryAndConvert()
        assert isinstance(told, dict)
        found.append(int(told["results"]["bindings"][0]["n"]["value"]))
    assert 0 < found[0] < found[1]


def test_rdflib_as_a_store(server: Server, expected: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own making
        graph = rdflib.Graph(store=SPARQLStore(endpoint(server)))
        deployments = graph.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Deployment"))
        assert sorted(str(one) for one in deployments) == expected
        rows = [tuple(row) for row in graph.query(SELECT) if isinstance(row, tuple)]
        assert [str(cell) for row in rows for cell in row] == expected
        assert (rdflib.URIRef(ID + "kim-jong-un"), None, None) in graph


def test_a_second_engine_asks_ours_by_service(server: Server, expected: list[str]) -> None:
    own = pyoxigraph.Store()
    own.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(iri) for iri in (expected[0], "urn:p", "urn:o"))))
    joined = own.query(
        f"SELECT ?d {{ ?d <urn:p> ?o SERVICE <{endpoint(server)}> {{ ?d a <{KG}Deployment> }} }}"
    )
    assert isinstance(joined, pyoxigraph.QuerySolutions)
    assert [row["d"].value for row in joined] == expected[:1]
