"""SERVICE and LOAD, which are off: what an allow-list lets pass, and the tests of the W3C with it.

The suite has its endpoints at addresses of others. They are served here on loopback, each as a graph of one
service, and their addresses are put into the queries instead.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import pytest

from kg.errors import UsageError
from kg.store.safety import check_query
from kg.store.safety_update import check_update
from tests.conformance.datasets import insert
from tests.conformance.manifests import Case, Dataset, cases, iri_of, path_of, read, value
from tests.conformance.results import RESULTS, same_results
from tests.conformance.server import NOBODY, Server, free_port
from tests.conformance.table import QUERY, with_known_failures

CASES = tuple(case for case in cases(*QUERY) if case.folder == "service")
JSON = "application/sparql-results+json"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_ACTION = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service that may ask itself, and nobody else but a port where nobody listens."""
    port = free_port()
    folder = tmp_path_factory.mktemp("federation") / "data"
    hosts = ["--allow-host", f"127.0.0.1:{port}", "--allow-host", NOBODY]
    options = ["--plain", str(folder), "--writable", "--workers", "4", *hosts]
    with Server(*options, port=port) as server:
        yield server


def endpoints(case: Case) -> Iterator[tuple[str, Path]]:
    """The addresses of the endpoints of a test, and what is there."""
    for manifest in read(case.folder):
        action = manifest.one(case.node, _ACTION)
        assert action
        for node in manifest.objects(action, _QT + "serviceData"):
            file = manifest.one(node, _QT + "data")
            assert file
            yield value(manifest.one(node, _QT + "endpoint")), path_of(file)


@pytest.mark.parametrize("case", with_known_failures(CASES))
def test_federated_query(case: Case, server: Server) -> None:
    assert case.query
    assert case.result
    text = case.query.read_text("utf-8").replace(
        "http://invalid.endpoint.org/sparql", "http://127.0.0.1:1/sparql"
    )
    served = [*case.data.default]
    for address, file in endpoints(case):
        served.append(file)
        text = text.replace(
            f"<{address}>", f"<{server.endpoint}?default-graph-uri={quote(iri_of(file), safe='')}>"
        )
    graphs = tuple((iri_of(file), file) for file in served)
    assert server.update(insert(Dataset((), graphs))).status == 204
    accept = RESULTS[case.result.suffix][0]
    answer = server.query(
        f"BASE <{iri_of(case.query)}>\n{text}",
        accept=accept,
        default=[iri_of(file) for file in case.data.default],
    )
    assert answer.status == 200, answer.body
    assert same_results(answer.body, case.result.read_bytes(), case.result.suffix, query=text), answer.body


def test_a_document_is_loaded_from_a_host_that_may_be_reached(server: Server) -> None:
    assert server.update("DROP ALL ; INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1, 2 } }").status == 204
    answer = server.update(f"LOAD <{server.address}/graphs?graph=a:g> INTO GRAPH <a:copy>")
    assert answer.status == 204, answer.body
    count = server.query("SELECT (COUNT(*) AS ?n) { GRAPH <a:copy> { ?s ?p ?o } }", accept="text/csv")
    assert count.body.split()[1] == b"2"


def test_what_another_server_says_is_not_remembered(server: Server) -> None:
    text = f"SELECT ?o {{ SERVICE <{server.endpoint}> {{ GRAPH <a:changing> {{ ?s ?p ?o }} }} }}"
    seen = []
    for number in (1, 2):
        said = f"DROP ALL ; INSERT DATA {{ GRAPH <a:changing> {{ <a:s> <a:p> {number} }} }}"
        assert server.update(said).status == 204
        seen.append(json.loads(server.query(text, accept=JSON).body)["results"]["bindings"][0]["o"]["value"])
    assert seen == ["1", "2"]


class _Elsewhere(BaseHTTPRequestHandler):
    """Sends everybody to an address that may not be reached."""

    target = ""
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(307)
        self.send_header("location", self.target)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *values: object) -> None:
        """Nothing: it is no server that anybody watches."""


def test_a_host_that_may_be_reached_cannot_send_us_to_another(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as sending,
    ):
        listening.settimeout(0.5)
        _Elsewhere.target = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        threading.Thread(target=sending.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{sending.server_port}"
        with Server("--plain", str(tmp_path / "data"), "--writable", "--allow-host", host) as server:
            answer = server.query(f"ASK {{ SERVICE <http://{host}/asked> {{ ?s ?p ?o }} }}", accept=JSON)
            assert (answer.status, json.loads(answer.body)["rule"]) == (400, "query-failed")
            answer = server.update(f"LOAD <http://{host}/loaded>")
            assert (answer.status, json.loads(answer.body)["rule"]) == (400, "query-failed")
        with pytest.raises(TimeoutError):
            listening.accept()
        sending.shutdown()
    assert _Elsewhere.seen == ["/asked", "/loaded"]


REFUSED = [
    "<http://b.example/>",
    "SILENT <http://b.example/>",
    "<http://a.example.b.example/>",
    "<http://a.example:81/>",
    "<http://a.example@b.example/>",
    "<http://b.example/a.example>",
    "<http://b.example#a.example>",
    "<http://b.example\\u0040a.example/>",
    "<http://a.example\\u0040b.example/>",
    "<http://a.example\\\\@b.example/>",
    "<ftp://a.example/>",
    "<file:///etc/passwd>",
    "<//a.example/>",
    "<http://[a.example/>",
    "x:y",
    "?x",
]


@pytest.mark.parametrize("address", REFUSED)
def test_no_other_host_is_reached(address: str) -> None:
    query = f"PREFIX x: <http://a.example/> SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}"
    with pytest.raises(UsageError) as caught:
        check_query(query, hosts=("a.example", "c.example:8000"))
    assert caught.value.rule in ("query-service", "bad-query")
    for update in (f"LOAD {address}", f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {address} {{ ?s ?p ?o }} }}"):
        with pytest.raises(UsageError) as caught:
            check_update("PREFIX x: <http://a.example/> " + update, hosts=("a.example", "c.example:8000"))
        assert caught.value.rule in ("query-service", "update-load", "bad-query")


@pytest.mark.parametrize(
    "address", ["<http://a.example/x?y>", "SILENT <HTTPS://A.EXAMPLE>", "<http://c.example:8000/>"]
)
def test_a_listed_host_is_reached(address: str) -> None:
    query = f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}"
    check_query(query, hosts=("a.example", "c.example:8000"))
    check_update(f"LOAD {address} ; DELETE WHERE {{ ?s ?p ?o }}", hosts=("a.example", "c.example:8000"))
    with pytest.raises(UsageError):
        check_query(
            query + " # SERVICE <http://b.example/>\n VALUES ?x { 'y' } SERVICE <b:c> {}",
            hosts=("a.example",),
        )
