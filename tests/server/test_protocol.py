"""The SPARQL protocol, request by request: what is asked rightly is answered, what is not is refused by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph
import pytest

from tests.server.door import Server, serving

SELECT = "SELECT ?d { ?d a kg:Deployment } ORDER BY ?d"
ASK = "ASK { ?d a kg:Deployment }"
CONSTRUCT = "CONSTRUCT WHERE { ?d a kg:Deployment }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    with serving(folder, "--cors", "http://a.example", "--max-body", "1") as server:
        yield server


def post(server: Server, body: str, kind: str, path: str = "/sparql", **headers: str) -> tuple[int, str]:
    got = server.ask(path, method="POST", body=body.encode(), headers={"content-type": kind, **headers})
    return got.status, got.text if got.status == 200 else got.rule


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;q=0, text/csv;q=0.1", "text/csv"),
        (SELECT, "image/png, text/*;q=0.2", "text/csv"),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (ASK, "", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv"),
        (CONSTRUCT, "", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "text/plain", "text/plain"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/json", "application/json"),
        (CONSTRUCT, "application/sparql-results+json, text/turtle;q=0.5", "text/turtle"),
        ("DESCRIBE id:kim-jong-un", "", "text/turtle"),
    ],
)
def test_the_client_gets_the_format_that_it_wants_most(
    server: Server, query: str, accept: str, kind: str
) -> None:
    got = server.query(query, accept=accept)
    assert (got.status, got.type) == (200, kind)
    assert got.body
    assert int(got.headers["content-length"]) == len(got.body)
    assert "accept" in got.headers["vary"]


def test_all_formats_of_rows_say_the_same(server: Server) -> None:
    rows = [row["d"] for row in server.query(SELECT).rows]
    assert len(rows) >= 2
    table = server.query(SELECT, accept="text/csv").text.split("\r\n")
    assert table == ["d", *rows, ""]
    tsv = server.query(SELECT, accept="text/tab-separated-values").text.split("\n")
    assert tsv == ["?d", *(f"<{row}>" for row in rows), ""]
    xml = ElementTree.fromstring(server.query(SELECT, accept="application/xml").text)
    assert [uri.text for uri in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")] == rows


def test_all_formats_of_triples_say_the_same(server: Server) -> None:
    found = []
    for format in (
        pyoxigraph.RdfFormat.TURTLE,
        pyoxigraph.RdfFormat.N_TRIPLES,
        pyoxigraph.RdfFormat.RDF_XML,
        pyoxigraph.RdfFormat.JSON_LD,
    ):
        got = server.query(CONSTRUCT, accept=format.media_type.partition(";")[0])
        found.append({str(quad) for quad in pyoxigraph.parse(got.body, format=format)})
    assert len(found[0]) >= 2
    assert all(one == found[0] for one in found)


def test_a_query_may_be_posted_as_a_form_or_as_it_is(server: Server) -> None:
    expected = server.query(SELECT).text
    assert post(server, urlencode({"query": SELECT}), FORM) == (200, expected)
    assert post(server, urlencode({"query": SELECT}), FORM + "; charset=UTF-8") == (200, expected)
    assert post(server, SELECT, QUERY) == (200, expected)
    assert post(server, "\ufeff" + SELECT, QUERY + ";charset=utf-8") == (200, expected)


@pytest.mark.parametrize(
    ("path", "status", "rule"),
    [
        ("/sparql?" + urlencode({"query": "SELECT * {"}), 400, "bad-query"),
        ("/sparql?query=", 400, "bad-query"),
        ("/sparql?" + urlencode([("query", ASK), ("query", ASK)]), 400, "bad-parameter"),
        ("/sparql?" + urlencode({"query": ASK, "qery": "x"}), 400, "bad-parameter"),
        ("/sparql?" + urlencode({"query": ASK, "default-graph-uri": "record"}), 400, "bad-parameter"),
        ("/sparql?" + urlencode({"update": "CLEAR ALL"}), 400, "bad-parameter"),
        ("/sparql?query=ASK%20%7B%7D%FF", 400, "bad-parameter"),
        ("/sparql?" + urlencode({"query": "INSERT DATA { id:a a id:b }"}), 400, "query-update"),
        ("/sparql?" + urlencode({"query": "ASK { SERVICE <http://127.0.0.1/> {} }"}), 400, "query-service"),
        ("/sparql?" + urlencode({"query": "ASK { nobody:x a kg:Claim }"}), 400, "bad-query"),
        ("/sparql?" + urlencode({"query": "ASK " + "{" * 300 + "}" * 300}), 400, "bad-query"),
        ("/spaql", 404, "unknown-route"),
        ("/perspectives/as-of=2025-04-25", 404, "unknown-route"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(server: Server, path: str, status: int, rule: str) -> None:
    got = server.ask(path)
    assert (got.status, got.rule) == (status, rule)


def test_a_body_that_is_none_of_the_protocol_is_refused(server: Server) -> None:
    assert post(server, ASK, "text/plain") == (415, "bad-request-type")
    assert post(server, ASK, "") == (415, "bad-request-type")
    assert post(server, ASK, QUERY + "; charset=latin1") == (415, "bad-request-type")
    gzip = {"content-encoding": "gzip"}
    assert (
        server.ask("/sparql", method="POST", body=b"x", headers={"content-type": QUERY, **gzip}).status == 415
    )
    assert post(server, ASK, QUERY, "/sparql?" + urlencode({"query": ASK})) == (400, "bad-parameter")
    latin = server.ask("/sparql", method="POST", body=b"ASK {} #\xff", headers={"content-type": QUERY})
    assert (latin.status, latin.rule) == (400, "bad-encoding")


def test_a_body_may_not_be_too_large(server: Server) -> None:
    large = b"#" * (1 << 20) + b"\nASK {}"
    got = server.ask("/sparql", method="POST", body=large, headers={"content-type": QUERY})
    assert (got.status, got.rule) == (413, "body-too-large")
    assert got.headers["connection"] == "close"
    in_parts = server.connect()
    with in_parts:  # nobody said beforehand how long it is
        in_parts.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: %b\r\nTransfer-Encoding: chunked\r\n\r\n" % QUERY.encode()
        )
        in_parts.sendall(b"%x\r\n%b\r\n0\r\n\r\n" % (len(large), large))
        assert b" 413 " in in_parts.recv(100)


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_client_that_wants_no_format_of_ours_is_told_them(server: Server, query: str) -> None:
    got = server.query(query, accept="image/png")
    assert (got.status, got.rule) == (406, "not-acceptable")
    assert "text/turtle" in got.text or "text/csv" in got.text


def test_older_clients_name_the_format_by_a_parameter(server: Server) -> None:
    assert server.query(SELECT, format="xml").type == "application/xml"
    assert server.query(SELECT, output="csv", accept="*/*").type == "text/csv"
    assert server.query(SELECT, format="csv", accept="application/json").type == "application/json"


def test_head_says_what_get_would(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": SELECT})
    got, head = server.ask(path), server.ask(path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    same = ("content-type", "content-length", "etag")
    assert {name: head.headers[name] for name in same} == {name: got.headers[name] for name in same}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_told_which_there_are(server: Server, method: str) -> None:
    got = server.ask("/sparql", method=method)
    assert (got.status, got.rule) == (405, "wrong-method")
    assert set(got.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_only_the_origins_that_were_named_may_read_from_a_browser(server: Server) -> None:
    named = server.ask("/sparql?" + urlencode({"query": ASK}), headers={"origin": "http://a.example"})
    assert named.headers["access-control-allow-origin"] == "http://a.example"
    other = server.ask("/sparql?" + urlencode({"query": ASK}), headers={"origin": "http://b.example"})
    assert "access-control-allow-origin" not in other.headers
    before = server.ask("/sparql", method="OPTIONS", headers={"origin": "http://a.example"})
    assert before.status == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    refused = server.query("ASK {")
    assert refused.status == 400


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": SELECT})
    first = server.ask(path)
    assert first.headers["etag"].startswith('"')
    again = server.ask(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert server.ask(path, headers={"if-none-match": '"other"'}).body == first.body
    csv = server.ask(path, headers={"accept": "text/csv"})
    assert csv.headers["etag"] != first.headers["etag"]


def test_what_differs_each_time_is_not_remembered(server: Server) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    assert server.query(query).rows != server.query(query).rows


def test_several_default_graphs_are_merged_as_rdf_has_it(server: Server) -> None:
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?d a kg:Deployment } } ORDER BY ?g"
    first, second, *_ = [row["g"] for row in server.query(graphs).rows]
    both = [("default-graph-uri", first), ("default-graph-uri", second)]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    merged = server.ask("/sparql?" + urlencode([("query", count), *both])).rows[0]["n"]
    graphs = f"VALUES ?g {{ <{first}> <{second}> }} GRAPH ?g {{ ?s ?p ?o }}"
    text = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {graphs} }} }}"
    assert merged == server.query(text).rows[0]["n"]
    plain = f"SELECT (COUNT(*) AS ?n) FROM <{second}> {{ ?s ?p ?o }}"
    overridden = server.query(plain, default_graph_uri=first).rows
    assert overridden == server.query(count, default_graph_uri=first).rows
    named = server.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", named_graph_uri=first).rows
    assert named == [{"g": first}]


def test_a_problem_has_no_more_to_say_than_it_should(server: Server) -> None:
    told = json.loads(server.query("SELECT * { ?s ?p }").body)
    assert told["rule"] == "bad-query"
    assert told["detail"].startswith("query:1:")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?s {\n ?s a kg:Treaty .\n } }", (3, 5)),
        ("SELECT * { ?s a nope:Treaty }", (1, 17)),
        ("ASK {}", None),
        ("SELECT * FROM kg:x { ?s ?p ?o }&as-of=2025", (1, 10)),
    ],
)
def test_where_a_fault_lies_is_told_as_numbers(
    server: Server, query: str, place: tuple[int, int] | None
) -> None:
    query, _, more = query.partition("&")
    words = {"as_of": more.partition("=")[2]} if more else {}
    got = server.query(query, accept="" if place else "image/png", **words)
    told = json.loads(got.body)
    assert got.rule in ("bad-query", "query-from", "not-acceptable")
    assert place == ((told["line"], told["column"]) if place else None)
    if place:
        assert told["detail"].startswith(f"query:{place[0]}:{place[1]}: ")
    else:
        assert not {"line", "column"} & told.keys()
