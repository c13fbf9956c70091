"""Limits hold: whatever a query does, it is stopped in time, what it took is given back, and others are served."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlencode

import pytest

from tests.server.door import Server, serving

DEADLINE_S = 1.0
LATE_S = 0.3
ASK = "ASK { ?d a kg:Deployment }"
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
)
#: Queries that would run for days; the engine itself can stop none of them.
RUNAWAYS = {
    "cross product counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "filter that never fits": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?h), STR(?f), 'x')) }",
    "paths within paths": "SELECT * { ?a (!kg:x|^(!kg:x))*/(!kg:x|^(!kg:x))*/(!kg:x|^(!kg:x))* ?b FILTER(?a = 'x') }",
    "ordered": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(?c) = STRLEN(?f) + 100000) } ORDER BY ?f",
}
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    options = {
        "--workers": "2",
        "--time-limit": str(DEADLINE_S),
        "--memory": "32",
        "--max-rows": "2000",
        "--max-bytes": "1",
        "--per-client": "4",
        "--queue": "1",
        "--body-time": "2",
    }
    words = [word for pair in options.items() for word in pair]
    with serving(tmp_path_factory.mktemp("limits"), *words) as server:
        yield server
        assert "fault=" not in server.logged()  # after all tests, whichever came last


def settle(server: Server) -> None:
    """Wait until all workers are there again."""
    end = time.monotonic() + 10
    while "foedus_workers 3.0" not in server.ask("/metrics").text:
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_query_is_stopped_at_its_deadline(server: Server, name: str) -> None:
    settle(server)
    before, workers = server.memory(), set(server.workers())
    start = time.monotonic()
    got = server.query(RUNAWAYS[name])
    took = time.monotonic() - start
    assert (got.status, got.rule) == (503, "time-limit")
    assert DEADLINE_S <= took < DEADLINE_S + LATE_S
    assert server.query(ASK).status == 200
    assert time.monotonic() - start < DEADLINE_S + 2 * LATE_S, "the spare worker did not take over at once"
    settle(server)
    assert len(workers - set(server.workers())) == 1, "the worker of the query is still there"
    assert server.memory() < before * 1.2


def test_a_query_that_wants_all_memory_ends_alone(server: Server) -> None:
    settle(server)
    with serving_long_enough(server) as others:
        start = time.monotonic()
        got = server.query(BOMB)
        assert (got.status, got.rule) == (503, "memory-limit")
        assert time.monotonic() - start < DEADLINE_S
    assert others
    assert set(others) == {200}
    settle(server)


class serving_long_enough:  # noqa: N801 - it is used as a word
    """Ask small things all the while; the statuses that came back."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._end = threading.Event()
        self._statuses: list[int] = []
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> list[int]:
        self._thread.start()
        return self._statuses

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._end.is_set():
            self._statuses.append(self._server.query(f"{ASK} # {len(self._statuses)}").status)


def test_too_many_rows_and_bytes_have_their_status_while_it_can_be_told(server: Server) -> None:
    rows = server.query("SELECT ?s { ?s a ?t . ?x a ?y } LIMIT 2001")
    assert (rows.status, rows.rule) == (422, "too-many-rows")
    assert len(server.query("SELECT ?s { ?s a ?t . ?x a ?y } LIMIT 2000").rows) == 2000
    for accept in ("text/csv", "text/tab-separated-values", "application/xml"):
        assert (
            server.query("SELECT ?s { ?s a ?t . ?x a ?y } LIMIT 2001", accept=accept).rule == "too-many-rows"
        )
        assert server.query("SELECT ?s { ?s a ?t . ?x a ?y } LIMIT 2000", accept=accept).status == 200


def test_a_truncated_answer_is_never_taken_for_the_whole(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": "CONSTRUCT { ?s ?p ?o . ?x ?q ?o } { ?s ?p ?o . ?x ?q ?y }"})
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(http.client.IncompleteRead) as cut:
        answer.read()
    assert len(cut.value.partial) <= 1 << 20
    connection.close()
    with server.connect() as old:  # HTTP/1.0 has no chunks: it gets all of an answer or none
        old.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        said = b"".join(iter(lambda: old.recv(1 << 16), b""))
    head, _, body = said.partition(b"\r\n\r\n")
    assert b" 422 " in head.split(b"\r\n")[0]
    assert json.loads(body)["rule"] == "too-many-bytes"


def test_an_answer_of_many_parts_is_whole(server: Server) -> None:
    wide = "SELECT * { ?a a ?b . ?c a ?d . ?s a kg:Claim } LIMIT 2000"
    got = server.query(wide)
    assert got.status == 200
    assert len(got.body) > 1 << 18, "it is too small to be sent in parts"
    assert len(got.rows) == 2000


def test_a_body_that_comes_too_slowly_is_given_up(server: Server) -> None:
    with server.connect() as slow:
        slow.sendall(POST % 10 + b"ASK")
        start = time.monotonic()
        said = slow.recv(1 << 16)
    assert b" 408 " in said.split(b"\r\n")[0]
    assert 1.9 < time.monotonic() - start < 3


def test_a_head_that_does_not_come_is_given_up(server: Server) -> None:
    with server.connect() as silent, server.connect() as slow:
        slow.sendall(b"GET /sparql HTTP/1.1\r\n")
        start = time.monotonic()
        assert b" 408 " in slow.recv(1 << 16)
        assert silent.recv(1 << 16)[:12] in (b"", b"HTTP/1.1 408")
        assert time.monotonic() - start < 4
    with server.connect() as endless:
        endless.sendall(b"GET /sparql HTTP/1.1\r\nX: " + b"x" * (1 << 20))
        with suppress(ConnectionError):  # it may hang up before it has heard us out
            endless.sendall(b"x" * (1 << 20))
            assert b" 431 " in endless.recv(1 << 16)


def test_when_too_many_wait_the_next_is_sent_away(server: Server) -> None:
    settle(server)
    slow = RUNAWAYS["cross product counted"]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda n: server.query(f"{slow} # {n}"), range(4)))
    assert sorted(one.rule for one in got) == ["time-limit"] * 3 + ["too-busy"]
    assert {one.status for one in got} == {503}
    assert [one.headers["retry-after"] for one in got if one.rule == "too-busy"] == ["2"]
    settle(server)
    assert server.query(ASK).status == 200


def test_one_client_may_not_have_too_much_under_way(server: Server) -> None:
    held = [server.connect() for _ in range(4)]
    try:
        for one in held:
            one.sendall(POST % 6)  # the body is still to come
        end = time.monotonic() + 1
        number, refused = 0, server.query(ASK)
        while refused.status == 200 and time.monotonic() < end:
            number, refused = (
                number + 1,
                server.query(f"{ASK} # {number}"),
            )  # what is remembered costs nothing
        assert (refused.status, refused.rule) == (429, "too-many-requests")
        assert refused.headers["retry-after"]
        assert server.ask("/health/ready").status == 200, "whoever watches it is not held back"
        for one in held:
            one.sendall(b"ASK {}")
            assert b" 200 " in one.recv(1 << 16).split(b"\r\n")[0]
    finally:
        for one in held:
            one.close()
    while server.query(f"{ASK} # again").status == 429:
        assert time.monotonic() < end + 5
    assert server.query(ASK).status == 200


def killed_for(server: Server, reason: str) -> float:
    found = re.search(rf'foedus_workers_killed_total{{reason="{reason}"}} (\S+)', server.ask("/metrics").text)
    assert found
    return float(found[1])


def test_a_query_whose_client_has_gone_is_stopped(server: Server) -> None:
    settle(server)
    before, gone, late = set(server.workers()), killed_for(server, "client-gone"), killed_for(server, "time")
    path = "/sparql?" + urlencode({"query": RUNAWAYS["cross product counted"]})
    with server.connect() as leaving:
        leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.2)
    start = time.monotonic()
    while not before - set(server.workers()):
        assert time.monotonic() - start < 2, "its worker still runs"
        time.sleep(0.02)
    assert (killed_for(server, "client-gone"), killed_for(server, "time")) == (gone + 1, late)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "PREFIX s: <{0}> SELECT * {{ SERVICE s: {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{0}>",
        "DESCRIBE <{0}>",
        "ASK {{ FILTER(trueSERVICE <{0}> {{}}) }}",
        "BASE <{0}> SELECT * {{ service <x> {{ ?s ?p ?o }} }}",
    ],
)
def test_nothing_makes_the_service_ask_another(server: Server, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/secret"
        got = server.query(text.format(address))
        assert got.status in (200, 400)
        server.query(ASK, default_graph_uri=address)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_listener_of_that_test_sees_who_asks() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1)
        with socket.create_connection(listener.getsockname()):
            listener.accept()[0].close()


def test_reading_a_text_takes_the_front_no_longer_than_its_length(server: Server) -> None:
    start = time.monotonic()
    assert server.query(f"{ASK} # now{'#' * 200} rand{' # ' * 200}").status == 200
    assert time.monotonic() - start < DEADLINE_S


def test_who_takes_no_answer_is_given_up(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o } LIMIT 1900'})}"
    size, times = len(server.ask(path).body), 40
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.settimeout(5)
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * times)
        time.sleep(8)  # three times --body-time, and some looks
        taken = 0
        with suppress(ConnectionResetError):
            while part := client.recv(1 << 20):
                taken += len(part)
    assert taken < size * times / 2
    assert "fault=" not in server.logged()
