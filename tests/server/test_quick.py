"""The short way gives what the ordinary way gives: the same bytes, counted and logged, of the current generation."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.commands.door import kg
from tests.server.door import Server, serving
from tests.server.talk import ACCEPT, Talk, ask, request

COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("quick"), "--store", ":shipped:", "--workers", "1") as server:
        yield server


def test_the_same_bytes_get_the_same_bytes_and_are_counted_and_logged(server: Server) -> None:
    data = request("SELECT ?quick { ?quick a kg:Deployment } ORDER BY ?quick")
    counter = r'foedus_http_requests_total\{route="/sparql",status="200"\} (\d+)'

    def counted() -> int:
        found = re.search(counter, server.ask("/metrics").text)
        return int(float(found[1])) if found else 0

    time.sleep(0.6)  # what a lane answered for the test before is counted a little later
    before, lines = counted(), len(server.logged().splitlines())
    first = ask(server, data)
    assert first[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"dprk-deployment" in first[1]
    assert b"x-content-type-options: nosniff" in first[0]
    for _ in range(4):
        assert ask(server, data) == first
    assert counted() == before + 5
    logged = [line for line in server.logged().splitlines()[lines:] if "/sparql" in line]
    told = [re.sub(r"^\S+|[\d.]+ms", "", line) for line in logged]
    assert len(told) == 5
    assert len(set(told)) == 1


def test_many_on_one_connection_also_in_pieces_and_at_once(server: Server) -> None:
    one, two = request("ASK { ?d a kg:Deployment }"), request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x")
    first, second = ask(server, one), ask(server, two)
    assert first != second
    with Talk(server) as talk:
        for data, expected in ((one, first), (two, second), (one, first)):
            talk.send(data)
            assert talk.answer() == expected
        for _ in range(2):
            talk.send(one + two + one)
            assert [talk.answer() for _ in range(3)] == [first, second, first]
        for cut in (3, len(one) // 2, len(one) - 2):
            talk.send(one[:cut])
            time.sleep(0.05)
            talk.send(one[cut:] + two[:cut])
            assert talk.answer() == first
            talk.send(two[cut:])
            assert talk.answer() == second
        talk.send(one)
        assert talk.answer() == first


def test_a_body_that_looks_like_a_request_is_a_body(server: Server) -> None:
    kept = request("ASK { ?d a kg:Meeting }")
    expected = ask(server, kept)
    assert ask(server, kept) == expected
    head = b"POST /sparql HTTP/1.1\r\n%bContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
    with Talk(server) as talk:
        talk.send(head % (ACCEPT, len(kept)))
        time.sleep(0.05)
        talk.send(kept)  # alone in its piece, and yet no request
        assert talk.answer()[0].startswith(b"HTTP/1.1 400 ")
        talk.send(kept)
        assert talk.answer() == expected
        talk.send(b"GET /health/live HTTP/1.1\r\nX-More: ")
        time.sleep(0.05)
        talk.send(kept)  # now the value of a header, and more headers
        assert talk.answer()[1] == b"live\n"


def test_other_methods_and_headers_are_other_requests(server: Server) -> None:
    query = "SELECT ?x { ?x a kg:Deployment } ORDER BY ?x LIMIT 1"
    get, head = request(query), request(query, method=b"HEAD")
    expected = ask(server, get)
    etag = re.search(rb'etag: ("[^"]+")', expected[0])
    assert etag
    known = request(query, b"If-None-Match: %b\r\n" % etag[1])
    for _ in range(2):
        assert ask(server, get) == expected
        with Talk(server) as talk:
            talk.send(head)
            assert talk.answer(has_body=False)[0] == expected[0]
            talk.send(get)
            assert talk.answer() == expected
            talk.send(known)
            assert talk.answer(has_body=False)[0].startswith(b"HTTP/1.1 304 ")
            talk.send(request(query, b"Connection: close\r\n"))
            last, body = talk.answer()
            assert b"connection: close" in last
            assert body == expected[1]
            assert talk.is_closed()
        form = f"query={quote(query)}".encode()
        more = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(form)
        assert ask(server, b"POST /sparql HTTP/1.1\r\n%b%b\r\n%b" % (ACCEPT, more, form))[1] == expected[1]
        assert b"<sparql" in ask(server, get.replace(b"results+json", b"results+xml"))[1]


def test_a_changing_answer_is_never_given_again(server: Server) -> None:
    data = request("SELECT (RAND() AS ?x) {}")
    assert len({ask(server, data) for _ in range(4)}) == 4


def test_a_connection_that_only_goes_the_short_way_stays_open(server: Server) -> None:
    data = request("ASK { ?d a kg:Deployment }")
    with Talk(server) as talk:
        talk.send(request("ASK { ?first a kg:Deployment }"))
        talk.answer()
        end = time.monotonic() + 6  # an idle one is closed after five seconds
        while time.monotonic() < end:
            talk.send(data)
            assert talk.answer()[0].startswith(b"HTTP/1.1 200 ")
            time.sleep(0.5)


def test_an_idle_connection_is_closed_all_the_same(server: Server) -> None:
    data = request("ASK { ?d a kg:Deployment }")
    ask(server, data)
    with Talk(server) as talk:
        talk.send(request("ASK { ?d a kg:Treaty }"))
        talk.answer()
        talk.send(data)
        talk.answer()
        begin = time.monotonic()
        assert talk.is_closed()
        assert 3 < time.monotonic() - begin < 12


def test_a_new_generation_is_answered_for_at_once(tmp_path: Path) -> None:
    store = str(tmp_path / "some.kg")
    assert kg("load", "tests/data/tiny", "--store", store).code == 0
    data = request(COUNT)
    with serving(tmp_path, "--store", store, "--workers", "1") as server:
        before = [ask(server, data) for _ in range(3)]
        assert before[1:] == before[:2]
        assert kg("load", "data/dossiers", "--store", store).code == 0
        after = ask(server, data)
        assert after[1] != before[0][1]
        assert ask(server, data) == after


def test_a_service_that_remembers_nothing_answers_alike(tmp_path: Path, server: Server) -> None:
    data = request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x")
    expected = ask(server, data)
    with serving(tmp_path, "--store", ":shipped:", "--workers", "1", "--remember", "0") as other:
        assert [ask(other, data) for _ in range(3)] == [expected] * 3
