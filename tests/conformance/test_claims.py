"""Writing to a store of claims, and its graphs and descriptions under perspectives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg import graph as graphs
from kg.loading import ontology_quads
from kg.rdf.vocabulary import CLAIM, ID, KG, ONTOLOGY_GRAPH, PREFIXES, RECORD_GRAPH
from kg.store.generations import current
from tests.conformance.results import parse_graph, same_graph
from tests.conformance.server import Answer, Server
from tests.tiny import HEAD, build_store, tiny_quads

PACT = CLAIM + "pact-1"
SD = "http://www.w3.org/ns/sparql-service-description#"
TURTLE = {"content-type": "text/turtle"}
#: A claim like claim:pact-1, in the words of an update.
CLAIMED = """INSERT DATA {
  GRAPH claim:pact-9 { id:pact-2020 a kg:Treaty ; kg:hasParty id:arland , id:borland }
  GRAPH graph:record {
    claim:pact-9 a kg:Claim ; rdfs:label "the pact was signed by two"@en , "deux ont signé"@fr ;
      kg:claimant id:borland ; kg:onBehalfOf id:borland ; kg:statedIn statement:borland-2023-05 ;
      kg:epistemicStatus code:true-certain ; kg:supportedBy evidence:herald-p1 .
  }
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("claims") / "store"
    build_store(made, [*ontology_quads(), *tiny_quads()]).close()
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Server("--store", str(folder), "--writable") as server:
        yield server


def fault(answer: Answer) -> tuple[int, str]:
    return answer.status, str(json.loads(answer.body)["rule"])


def graph(path: str, server: Server) -> list[ox.Quad]:
    answer = server.ask("GET", path, headers={"accept": "application/n-triples"})
    assert answer.status == 200, answer.body
    return parse_graph(answer.body, answer.media_type, base=server.address)


def named_only(quads: list[ox.Quad]) -> set[ox.Quad]:
    """Those without blank nodes, which have another name in each answer."""
    return {quad for quad in quads if not any(isinstance(term, ox.BlankNode) for term in quad)}


def at(iri: str, words: str = "") -> str:
    return f"/graphs?graph={quote(iri, safe='')}{words}"


REFUSED = [
    ("INSERT DATA { id:arland kg:memberOf id:pact-2020 }", "default-graph"),
    ("CLEAR DEFAULT", "default-graph"),
    ("DROP ALL", "default-graph"),
    ("DELETE WHERE { ?s a kg:Treaty }", "default-graph"),
    ("COPY GRAPH claim:pact-1 TO DEFAULT", "default-graph"),
    ("INSERT DATA { GRAPH graph:ontology { kg:Treaty rdfs:label 'x'@en } }", "fixed-graph"),
    ("DROP GRAPH graph:ontology", "fixed-graph"),
    ("DROP GRAPH claim:pact-1", "claim-without-content"),
    ("INSERT DATA { GRAPH claim:pact-9 { id:pact-2020 a kg:Treaty } }", "graph-without-claim"),
    ("INSERT DATA { GRAPH graph:reference { id:pact-2020 kg:hasParty id:arland } }", "bare-fact"),
    ("DELETE WHERE { GRAPH graph:record { statement:arland-2020 kg:statedOn ?d } }", "statement-has-date"),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_an_update_that_breaks_a_rule_changes_nothing(
    text: str, expected: str, server: Server, folder: Path
) -> None:
    before = current(folder)
    assert fault(server.update(text)) == (422, expected)
    assert current(folder) == before


def test_a_claim_comes_and_goes_by_updates(server: Server, folder: Path) -> None:
    asked = "ASK { GRAPH claim:pact-9 { id:pact-2020 kg:hasParty id:arland } id:pact-2020 kg:hasParty id:borland }"
    answer = server.update(CLAIMED)
    assert answer.status == 204, answer.body
    assert b"true" in server.query(asked, accept="application/sparql-results+json").body
    with graphs.open(folder) as opened:
        assert CLAIM + "pact-9" in {claim.iri for claim in opened.claims(by="Borland")}
    text = """DROP GRAPH claim:pact-9 ;
        DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o . ?s kg:stanceOn? claim:pact-9 } }"""
    answer = server.update(text)
    assert answer.status == 204, answer.body
    assert b"false" in server.query(asked, accept="application/sparql-results+json").body


def test_where_sees_what_a_query_sees(server: Server) -> None:
    text = """INSERT { GRAPH graph:record { claim:pact-1 rdfs:comment ?said } } WHERE {
      { SELECT (COUNT(*) AS ?n) { id:pact-2020 kg:hasParty ?party } } BIND (CONCAT("parties: ", STR(?n)) AS ?said) }"""
    assert server.update(text).status == 204
    said = server.query("SELECT ?c { claim:pact-1 rdfs:comment ?c }", accept="text/csv")
    assert said.body == b"c\r\nparties: 2\r\n"
    assert server.update("DELETE WHERE { GRAPH graph:record { claim:pact-1 rdfs:comment ?c } }").status == 204


def test_an_update_has_no_perspective(server: Server) -> None:
    headers = {"content-type": "application/sparql-update"}
    for path in ("/sparql?according-to=Arland", "/perspectives/according-to=Arland/sparql"):
        assert fault(server.ask("POST", path, body=b"DROP ALL", headers=headers)) == (400, "bad-parameter")
    for path in (at(PACT, "&according-to=Arland"), "/perspectives/according-to=Arland/graphs?default"):
        assert fault(server.ask("DELETE", path)) == (400, "bad-parameter")


def test_a_graph_is_read_as_the_store_has_it(server: Server) -> None:
    named = [quad for quad in tiny_quads() if quad.graph_name == ox.NamedNode(PACT)]
    expected = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named]
    assert len(expected) >= 5
    assert same_graph(graph(at(PACT), server), expected)
    default = graph("/graphs?default", server)
    assert set(expected) < set(default)
    assert named_only(graph(at(ONTOLOGY_GRAPH), server)) < named_only(default)


def test_a_graph_is_read_under_a_perspective(server: Server) -> None:
    """Arland never said what the Herald did before it confirmed it, so that then its graph was not there."""
    herald = CLAIM + "herald-1"
    assert server.ask("GET", at(herald)).status == 200
    for path in (
        at(herald, "&according-to=Borland"),
        f"/perspectives/according-to=Borland/graphs?graph={quote(herald, safe='')}",
    ):
        assert fault(server.ask("GET", path)) == (404, "no-such-graph")
        assert server.ask("GET", path.replace("herald-1", "borland-brief-1")).status == 200
    ours = named_only(graph("/perspectives/according-to=Borland/graphs?default", server))
    assert ours == named_only(graph("/graphs?default&according-to=Borland", server))
    assert ours != named_only(graph("/graphs?default", server))


def test_a_graph_is_put_and_deleted_by_the_rules_of_a_load(server: Server) -> None:
    before = graph(at(PACT), server)
    fuller = f"{HEAD} id:pact-2020 a kg:Treaty ; kg:hasParty id:arland , id:borland , id:nan-voss ."
    answer = server.ask("PUT", at(PACT), body=fuller.encode(), headers=TURTLE)
    assert answer.status == 422, answer.body  # a person is no party to a treaty
    assert same_graph(graph(at(PACT), server), before)
    less = [quad for quad in before if quad.object != ox.NamedNode(KG + "Treaty")]
    assert len(less) == len(before) - 1
    text = "".join(f"{quad.triple} .\n" for quad in less)
    assert server.ask("PUT", at(PACT), body=text.encode(), headers=TURTLE).status == 204
    assert same_graph(graph(at(PACT), server), less)
    text = "".join(f"{quad.triple} .\n" for quad in before)
    assert server.ask("POST", at(PACT), body=text.encode(), headers=TURTLE).status == 204
    assert same_graph(graph(at(PACT), server), before)
    assert fault(server.ask("DELETE", at(PACT))) == (422, "claim-without-content")
    assert fault(server.ask("DELETE", at(CLAIM + "nobody"))) == (404, "no-such-graph")
    assert fault(server.ask("DELETE", "/graphs?default")) == (422, "default-graph")
    assert fault(server.ask("POST", "/graphs", body=b"", headers=TURTLE)) == (400, "bad-parameter")


def described(path: str, server: Server) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(graph(path, server))
    return store


def values(store: ox.Store, query: str) -> set[str]:
    found = store.query(query, prefixes={"sd": SD, "void": "http://rdfs.org/ns/void#", **PREFIXES})
    assert isinstance(found, ox.QuerySolutions)
    return {str(getattr(row[0], "value", row[0])) for row in found}


def test_each_perspective_describes_itself(server: Server) -> None:
    path = "/perspectives/according-to=Borland;as-of=2023-12-31/sparql"
    ours, all_ = described(path, server), described("/sparql", server)
    assert values(ours, "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e }") == {server.address + path}
    assert values(all_, "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e }") == {server.endpoint}
    assert values(ours, "SELECT ?l { ?s sd:supportedLanguage ?l }") == {SD + "SPARQL11Query"}
    title = values(ours, "SELECT ?t { ?s sd:defaultDataset/dcterms:title ?t }")
    assert title == {"What Borland holds, as public by 2023-12-31; from a store of 9 claims"}
    names = "SELECT ?n { ?s sd:defaultDataset/sd:namedGraph/sd:name ?n }"
    assert {RECORD_GRAPH, CLAIM + "borland-brief-1"} <= values(ours, names) < values(all_, names)
    triples = "SELECT ?n { ?s sd:defaultDataset/sd:defaultGraph/void:triples ?n }"
    assert values(all_, triples) == {str(len(graph("/graphs?default", server)))}
    assert values(ours, triples) != values(all_, triples)


def test_void_lies_where_it_is_looked_for(server: Server) -> None:
    said = described("/.well-known/void", server)
    assert values(said, "SELECT ?e { ?d a void:Dataset ; void:sparqlEndpoint ?e }") == {server.endpoint}
    languages = values(said, "SELECT ?l { ?s sd:supportedLanguage ?l }")
    assert languages == {SD + "SPARQL11Query", SD + "SPARQL11Update"}
    numbers = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"
    counted = values(said, "SELECT ?n { ?s sd:defaultDataset/sd:defaultGraph/void:classes ?n }")
    answer = server.query(numbers, accept="text/csv")
    assert counted == set(answer.body.decode().split()[1:])


def test_of_many_named_graphs_some_are_described_and_all_are_counted(tmp_path: Path) -> None:
    with Server("--plain", str(tmp_path / "data"), "--writable") as server:
        inside = " ".join(f"GRAPH <a:g{number:03}> {{ <a:s> <a:p> {number} }}" for number in range(120))
        assert server.update(f"INSERT DATA {{ {inside} }}").status == 204
        said = described("/sparql", server)
        assert len(values(said, "SELECT ?n { ?s sd:namedGraph/sd:name ?n }")) == 100
        assert values(said, "SELECT ?c { ?s sd:defaultDataset/rdfs:comment ?c }") == {
            "Of 120 named graphs 100 are described here."
        }
        assert values(said, "SELECT ?n { ?s sd:defaultDataset/void:triples ?n }") == {"120"}
        assert fault(server.ask("GET", "/graphs?default&according-to=Russia")) == (404, "no-claims")


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "expected"),
    [
        ("GET", "/graphs", {}, 400, "bad-parameter"),
        ("GET", "/graphs?graph=relative", {}, 400, "bad-parameter"),
        ("GET", "/graphs?graph=a:g&default", {}, 400, "bad-parameter"),
        ("GET", "/graphs?default=1", {}, 400, "bad-parameter"),
        ("GET", "/graphs?default&graf=x", {}, 400, "bad-parameter"),
        ("GET", "/graphs?graph=a:g&graph=a:h", {}, 400, "bad-parameter"),
        ("GET", "/graphs?graph=a:g%3E%20x", {}, 400, "bad-parameter"),
        ("GET", "/perspectives/as-of=2023/graphs?default&as-of=2022", {}, 400, "bad-parameter"),
        ("GET", "/graphs/x?graph=a:g", {}, 400, "bad-parameter"),
        ("GET", "/graphs/x", {}, 404, "no-such-graph"),
        ("GET", "/graphs?graph=a:g", {}, 404, "no-such-graph"),
        ("GET", "/graphs?default", {"accept": "image/png"}, 406, "not-acceptable"),
        ("PATCH", "/graphs?default", {}, 405, "wrong-method"),
        ("PUT", "/graphs", {"content-type": "text/turtle"}, 400, "bad-parameter"),
        ("PUT", f"/graphs?graph={PACT}", {"content-type": "text/turtle"}, 400, "bad-rdf"),
        ("PUT", f"/graphs?graph={PACT}", {"content-type": "application/rdf+xml"}, 400, "bad-rdf"),
        ("PUT", f"/graphs?graph={PACT}", {"content-type": "multipart/form-data; boundary=x"}, 400, "bad-rdf"),
        ("PUT", f"/graphs?graph={PACT}", {"content-type": "text/html"}, 415, "unknown-media-type"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(
    method: str, path: str, headers: dict[str, str], status: int, expected: str, server: Server
) -> None:
    body = b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>" if method == "PUT" else None
    assert fault(server.ask(method, path, body=body, headers=headers)) == (status, expected)


def test_a_graph_tells_what_may_be_done_with_it(server: Server) -> None:
    answer = server.ask("OPTIONS", at(PACT), token="")
    assert (answer.status, answer.body) == (204, b"")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}


def test_every_format_of_a_graph_says_the_same(server: Server) -> None:
    expected = graph(at(PACT), server)
    for media_type in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        answer = server.ask("GET", at(PACT), headers={"accept": media_type})
        assert answer.media_type == media_type
        assert same_graph(parse_graph(answer.body, media_type, base=ID), expected)
        head = server.ask("HEAD", at(PACT), headers={"accept": media_type})
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == str(len(answer.body))
