"""What every address of the service has, and what is no request: its methods, its health, its log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.door import Server, serving

ASK = "ASK { ?d a kg:Deployment }"
PATHS = [
    "/",
    "/sparql",
    "/graphs?default",
    "/disputes",
    "/api/terms",
    "/things/id:csp-2024",
    "/metrics",
    "/store.json",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("serve"), "--cors", "http://a.example") as server:
        yield server


def test_it_lives_is_ready_and_counts(server: Server) -> None:
    assert server.ask("/health/live").status == 200
    assert server.ask("/health/ready").status == 200
    server.query(ASK)
    metrics = server.ask("/metrics")
    assert metrics.type == "text/plain"
    assert 'foedus_http_requests_total{route="/sparql",status="200"}' in metrics.text
    for name in (
        "foedus_workers ",
        "foedus_workers_killed_total",
        "foedus_queue ",
        "foedus_http_seconds_bucket",
    ):
        assert name in metrics.text


def test_the_log_has_a_line_for_each_request_and_no_query(server: Server) -> None:
    server.query("ASK { ?s ?p 'Geheimnis' }")
    server.ask("/no%0Awhere%1b[31m")
    lines = server.logged().splitlines()
    assert any("GET /sparql 200" in line and "query=" in line for line in lines)
    assert not [line for line in lines if "Geheimnis" in line or "\x1b" in line]
    assert any("/no\\u000awhere\\u001b[31m 404" in line for line in lines)


@pytest.mark.parametrize("path", [*PATHS, "/perspectives/infer/sparql", "/.well-known/void", "/health/live"])
def test_every_address_tells_its_methods_and_its_head(server: Server, path: str) -> None:
    methods = server.ask(path, method="OPTIONS", headers={"origin": "http://a.example"})
    assert methods.status == 204
    allowed = methods.headers["allow"].split(", ")
    assert {"GET", "HEAD", "OPTIONS"} <= set(allowed)
    assert methods.headers["access-control-allow-origin"] == "http://a.example"
    assert not methods.body
    whole, head = server.ask(path, timeout=30), server.ask(path, method="HEAD", timeout=30)
    assert head.status == whole.status
    assert not head.body
    assert head.type == whole.type
    refused = server.ask(path, method="PATCH")
    assert (refused.status, refused.rule) == (405, "wrong-method")
    assert refused.headers["allow"].split(", ") == allowed


def test_what_is_no_request_is_refused_and_what_follows_it_is_none_either(server: Server) -> None:
    for data in (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"0\r\n\r\nGET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}",
        b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        b"GET /sparql HTTP/1.1\nHost: localhost\n\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"CONNECT a.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
    ):
        with server.connect() as talk:
            talk.sendall(data)
            said = b""
            while part := talk.recv(65536):
                said += part
        assert said.startswith(b"HTTP/1.1 400 "), (data, said)
        assert said.count(b"HTTP/1.1 ") == 1
    assert server.query("ASK {}").status == 200
