"""A client that comes again is answered by a lane: as it was before, whatever it asks and whatever befalls the lane."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.commands.door import kg
from tests.server.door import Server, serving
from tests.server.talk import ACCEPT, Talk, ask, request

PLAIN = request("ASK { ?d a kg:Deployment }")
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"
DEADLINE_S = 1.0


@pytest.fixture(scope="module", params=("kept", "not kept"))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    options = ["--store", ":shipped:", "--workers", "1"]
    options += ["--remember", "0"] if request.param == "not kept" else []
    with serving(tmp_path_factory.mktemp("lanes"), *options) as server:
        yield server


def metric(server: Server, name: str) -> int:
    found = re.search(rf"^{name} (\d+)", server.ask("/metrics").text, re.MULTILINE)
    return int(float(found[1])) if found else 0


def wait(until: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@contextmanager
def lent(server: Server) -> Iterator[Talk]:
    """A connection that a lane holds."""
    before = metric(server, "foedus_lanes_lent")
    with Talk(server) as talk:
        lend(server, talk, before + 1)
        yield talk
    wait(lambda: metric(server, "foedus_lanes_lent") <= before, "it was not given back")


def lend(server: Server, talk: Talk, count: int = 1) -> None:
    def asked() -> bool:
        talk.send(PLAIN)
        talk.answer()
        return metric(server, "foedus_lanes_lent") == count

    wait(asked, "it was not lent")


def lane_of(server: Server) -> int:
    """The process of the only lane."""
    found = [
        pid
        for pid in server.workers()
        if b"kg.server.lanes.lane" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    assert len(found) == 1
    return found[0]


def turtle(query: str) -> bytes:
    return request(query).replace(b"application/sparql-results+json", b"text/turtle, */*;q=0.1")


SAME = (
    request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x"),
    request("SELECT * { ?d a kg:Deployment ; kg:sendingState ?s } ORDER BY ?d"),
    request("SELECT ?g { GRAPH ?g { ?d a kg:Deployment } } ORDER BY ?g"),
    request("SELECT (IRI('x') AS ?here) (<y> AS ?there) {}"),
    request("PREFIX a: <urn:a:> SELECT (a:b AS ?c) {}"),
    turtle("CONSTRUCT { ?d a kg:Deployment } WHERE { ?d a kg:Deployment }"),
    turtle("CONSTRUCT { ?d a kg:None } WHERE { ?d a kg:None }"),
    turtle("DESCRIBE id:kim-jong-un"),
    request("ASK { ?nothing a kg:Nothing }"),
    request("SELECT * { ?s rdfs:label 'Владимир Путин'@ru }"),
    request("SELECT * { VALUES ?x { '100%' 'a+b' 'a=b' } }"),
    request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x").replace(b"results+json", b"results+xml"),
    request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x").replace(
        b"application/sparql-results+json", b"text/csv"
    ),
    request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x").replace(
        b"Accept: application/sparql-results+json", b"DNT: 1"
    ),
    b"GET /sparql?query=ASK+{+?s+?p+?o+} HTTP/1.1\r\n" + ACCEPT + b"\r\n",
)

OTHERS = (
    request("SELECT ?x { ?x a kg:Treaty"),  # cannot be read
    request("SELECT ?x { ?x a none:Treaty }"),  # a prefix that nobody declared
    request("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    request("ASK { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
    request("ASK FROM <urn:a> { ?s ?p ?o }"),
    request("DELETE WHERE { ?s ?p ?o }"),
    request("ASK { " + "{" * 250 + "}" * 250 + " }"),
    request("SELECT ?x { ?x a kg:Treaty }").replace(b"application/sparql-results+json", b"image/png"),
    request("ASK {}").replace(b"localhost", b"evil.example"),
    request("ASK {}", b"X-Forwarded-For: 9.9.9.9\r\n"),
    request("ASK {}", b"If-None-Match: *\r\n"),
    request("ASK {}", b"Expect: 100-continue\r\n").replace(b"Expect: 100-continue", b"Expect: 200-ok"),
    request("ASK {}").replace(b" HTTP", b"&as-of=2025-04-25 HTTP"),
    request("ASK {}").replace(b" HTTP", b"&format=xml HTTP"),
    request("ASK {}").replace(b" HTTP", b"&query=x HTTP"),
    request("ASK {}").replace(b" HTTP", b"%ff HTTP"),
    request("ASK {}").replace(b"/sparql", b"/sparql/"),
    request("ASK {}", method=b"DELETE"),
    request("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200"),  # larger than what a lane sends
    b"GET /health/live HTTP/1.1\r\n" + ACCEPT + b"\r\n",
    b"GET /sparql HTTP/1.1\r\n" + ACCEPT + b"\r\n",
)


@pytest.mark.parametrize("data", [*SAME, *OTHERS], ids=range(len(SAME) + len(OTHERS)))
def test_a_lane_answers_as_the_ordinary_way_does(server: Server, data: bytes) -> None:
    expected = ask(server, data)
    with lent(server) as talk:
        for _ in range(3):  # given back by the first, if it is none for a lane, and lent again some day
            talk.send(data)
            assert talk.answer() == expected
            talk.send(PLAIN)
            assert talk.answer()[1] == ask(server, PLAIN)[1]


def test_most_of_them_a_lane_does_answer_itself(server: Server) -> None:
    for data in SAME:
        with lent(server) as talk:
            talk.send(data)
            talk.answer()
            assert metric(server, "foedus_lanes_lent") == (b"DNT" not in data), data


def test_what_changes_is_not_kept(server: Server) -> None:
    with lent(server) as talk:
        found = set()
        for _ in range(4):
            talk.send(request("SELECT (RAND() AS ?x) (UUID() AS ?y) {}"))
            found.add(talk.answer()[1])
    assert len(found) == 4


def test_requests_in_pieces_and_several_at_once(server: Server) -> None:
    one, two = SAME[:2]
    first, second = ask(server, one), ask(server, two)
    with lent(server) as talk:
        talk.send(one + two + one)
        assert [talk.answer() for _ in range(3)] == [first, second, first]
    for cut in (1, 17, len(one) // 2, len(one) - 1):
        with lent(server) as talk:
            talk.send(one[:cut])
            time.sleep(0.05)
            talk.send(one[cut:])
            assert talk.answer() == first
    with lent(server) as talk:
        long = request("ASK { }" + " " * 9000)
        talk.send(long)
        assert talk.answer() == ask(server, long)


def test_a_request_with_a_body_takes_its_body_along(server: Server) -> None:
    form = f"query={quote('ASK { ?d a kg:Treaty }')}".encode()
    more = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(form)
    data = b"POST /sparql HTTP/1.1\r\n%b%b\r\n%b" % (ACCEPT, more, form)
    expected = ask(server, data)
    hidden = b"GET /sparql?query=ASK%%7B%%7D HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n%b" % (
        ACCEPT,
        len(PLAIN),
        PLAIN,
    )
    with lent(server) as talk:
        talk.send(data)
        assert talk.answer() == expected
    with lent(server) as talk:
        talk.send(hidden)  # the body looks like a request and is none
        talk.answer()
        talk.send(request("ASK { ?x a kg:None }"))
        assert b"false" in talk.answer()[1]


def test_a_runaway_ends_its_lane_and_has_the_deadline_of_any_other(tmp_path: Path) -> None:
    options = ("--store", ":shipped:", "--workers", "2", "--remember", "0", "--time-limit", str(DEADLINE_S))
    with serving(tmp_path, *options) as server:
        expected = ask(server, SAME[0])
        with lent(server) as one, Talk(server) as two, Talk(server) as three:
            lend(server, two, 2)
            lend(server, three, 3)  # two of the three share a lane
            begin = time.monotonic()
            one.send(request(RUNAWAY))
            time.sleep(0.02)
            for other in (two, three):
                other.send(SAME[0])
                assert other.answer() == expected
            assert time.monotonic() - begin < DEADLINE_S  # nobody waited for the runaway
            head, body = one.answer()
            assert DEADLINE_S < time.monotonic() - begin < DEADLINE_S + 0.3
            assert head.startswith(b"HTTP/1.1 503 ")
            assert b"time-limit" in body
            one.send(PLAIN)
            assert one.answer()[0].startswith(b"HTTP/1.1 200 ")
            assert metric(server, "foedus_lanes_killed_total") == 1


def test_a_lane_that_is_killed_loses_no_request(server: Server) -> None:
    with lent(server) as talk:
        before = lane_of(server)
        os.kill(before, signal.SIGSTOP)
        talk.send(SAME[0])
        time.sleep(0.05)
        os.kill(before, signal.SIGKILL)
        assert talk.answer() == ask(server, SAME[0])
        lend(server, talk)
        assert lane_of(server) != before


def test_a_memory_bomb_ends_the_lane_and_is_told_as_any_other(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "--store", ":shipped:", "--workers", "1", "--memory", "32") as server,
        lent(server) as talk,
    ):
        talk.send(request(BOMB))
        head, body = talk.answer()
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"memory-limit" in body


def test_a_client_that_goes_is_noticed(server: Server) -> None:
    with lent(server):
        assert metric(server, "foedus_lanes_lent") == 1
    with Talk(server) as talk:
        lend(server, talk)
        talk.send(SAME[0])  # and does not wait for the answer
    wait(lambda: not metric(server, "foedus_lanes_lent"), "it was not given back")


def test_an_idle_one_comes_back_and_is_closed_as_any_other(server: Server) -> None:
    with Talk(server) as talk:
        lend(server, talk)
        begin = time.monotonic()
        wait(lambda: not metric(server, "foedus_lanes_lent"), "it was not given back")
        assert talk.is_closed()
        assert 3 < time.monotonic() - begin < 14


def test_a_load_is_seen_by_the_next_request(tmp_path: Path) -> None:
    store = str(tmp_path / "some.kg")
    assert kg("load", "tests/data/tiny", "--store", store).code == 0
    count = request("SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }")
    with serving(tmp_path, "--store", store, "--workers", "1") as server, lent(server) as talk:
        talk.send(count)
        before = talk.answer()
        assert kg("load", "data/dossiers", "--store", store).code == 0
        talk.send(count)
        after = talk.answer()
        assert after[1] != before[1]
        assert after == ask(server, count)


def test_every_answer_is_counted_and_logged(server: Server) -> None:
    with lent(server) as talk:
        time.sleep(0.5)
        counter = r'foedus_http_requests_total\{route="/sparql",status="200"\} ([\d.e+]+)'

        def counted() -> float:
            found = re.search(counter, server.ask("/metrics").text)
            return float(found[1]) if found else 0

        before, lines = counted(), len(server.logged().splitlines())
        for _ in range(20):
            talk.send(SAME[0])
            talk.answer()
        wait(lambda: counted() == before + 20, "not all were counted")
        logged = [line for line in server.logged().splitlines()[lines:] if "/sparql" in line]
        assert len(logged) == 20
        assert len({re.sub(r"^\S+|[\d.]+ms", "", line) for line in logged}) == 1
        assert re.search(r" 127\.0\.0\.1 GET /sparql 200 \d+ [\d.]+ms query=[0-9a-f]{12}/\d+$", logged[0])


def test_the_end_of_the_service_closes_what_was_lent(tmp_path: Path) -> None:
    with serving(tmp_path, "--store", ":shipped:", "--workers", "1") as server, Talk(server) as talk:
        lend(server, talk)
        lane = lane_of(server)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert talk.is_closed()
        assert not Path(f"/proc/{lane}").exists()
