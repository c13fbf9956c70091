"""Whatever befalls a lane, or a client of it: no request is lost, and no answer is given to another question."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.commands.door import kg
from tests.server.door import Server, serving
from tests.server.lent import PLAIN, RUNAWAY, lane_of, lend, lent, metric, wait
from tests.server.talk import Talk, ask, request

TREATIES = request("SELECT ?x { ?x a kg:Treaty } ORDER BY ?x")
BROKEN = request("SELECT ?x { ?x a kg:Treaty")  # which a lane gives back
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"
DEADLINE_S = 1.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    options = ("--store", ":shipped:", "--workers", "1", "--time-limit", str(DEADLINE_S))
    with serving(tmp_path_factory.mktemp("lanes"), *options) as server:
        yield server


def test_a_runaway_ends_its_lane_and_has_the_deadline_of_any_other(tmp_path: Path) -> None:
    options = ("--store", ":shipped:", "--workers", "2", "--remember", "0", "--time-limit", str(DEADLINE_S))
    with serving(tmp_path, *options) as server:
        expected = ask(server, TREATIES)
        with lent(server) as one, Talk(server) as two, Talk(server) as three:
            lend(server, two, 2)
            lend(server, three, 3)  # two of the three share a lane
            begin = time.monotonic()
            one.send(request(RUNAWAY))
            time.sleep(0.02)
            for other in (two, three):
                other.send(TREATIES)
                assert other.answer() == expected
            assert time.monotonic() - begin < DEADLINE_S  # nobody waited for the runaway
            head, body = one.answer()
            assert DEADLINE_S < time.monotonic() - begin < DEADLINE_S + 0.75
            assert head.startswith(b"HTTP/1.1 503 ")
            assert b"time-limit" in body
            one.send(PLAIN)
            assert one.answer()[0].startswith(b"HTTP/1.1 200 ")
            assert metric(server, "foedus_lanes_killed_total") == 1


def test_a_lane_that_is_killed_loses_no_request(server: Server) -> None:
    with lent(server) as talk:
        before = lane_of(server)
        os.kill(before, signal.SIGSTOP)
        talk.send(TREATIES)
        time.sleep(0.05)
        os.kill(before, signal.SIGKILL)
        assert talk.answer() == ask(server, TREATIES)
        lend(server, talk)
        assert lane_of(server) != before


def test_what_a_lane_said_before_its_end_is_heard(server: Server) -> None:
    """Its end is seen first if it leaves connections behind that it has not taken."""
    with lent(server) as talk, ExitStack() as closing:
        lane = lane_of(server)
        os.kill(lane, signal.SIGSTOP)
        talk.send(BROKEN)  # which it is to give back
        for count in range(4):
            other = closing.enter_context(Talk(server))
            lend(server, other, count + 2)
            other.send(request(RUNAWAY))  # so that it gets no further than the first or the second of them
        os.kill(server.process.pid, signal.SIGSTOP)
        os.kill(lane, signal.SIGCONT)
        time.sleep(0.2)
        os.kill(lane, signal.SIGKILL)
        time.sleep(0.1)  # its end is there before anything that it said has been read
        os.kill(server.process.pid, signal.SIGCONT)
        assert talk.answer() == ask(server, BROKEN)


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
        talk.send(TREATIES)  # and does not wait for the answer
    wait(lambda: not metric(server, "foedus_lanes_lent"), "it was not given back")


def test_an_idle_one_comes_back_and_is_closed_as_any_other(server: Server) -> None:
    kept = request("ASK {}", b"DNT: 1\r\n")
    ask(server, kept)
    with Talk(server) as talk, Talk(server) as other:
        lend(server, talk)
        lend(server, other, 2)
        other.send(kept)  # a lane gives it back, and the front answers without reading it
        other.answer()
        begin = time.monotonic()
        wait(lambda: not metric(server, "foedus_lanes_lent"), "it was not given back")
        assert talk.is_closed()
        assert other.is_closed()
        assert 3 < time.monotonic() - begin < 14


def test_one_client_cannot_fill_a_lane(tmp_path: Path) -> None:
    options = ("--store", ":shipped:", "--workers", "1", "--per-client", "2")
    with serving(tmp_path, *options) as server, lent(server), Talk(server) as two, Talk(server) as three:
        lend(server, two, 2)
        for _ in range(4):
            three.send(PLAIN)
            three.answer()
        assert metric(server, "foedus_lanes_lent") == 2
        wait(lambda: not metric(server, "foedus_lanes_lent"), "they were not given back")
        lend(server, three)


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
        lend(server, talk)  # it may have been idle for too long during the load
        talk.send(count)
        assert talk.answer() == after


def test_every_answer_is_counted_and_logged(server: Server) -> None:
    with lent(server) as talk:
        time.sleep(0.5)
        counter = r'foedus_http_requests_total\{route="/sparql",status="200"\} ([\d.e+]+)'

        def counted() -> float:
            found = re.search(counter, server.ask("/metrics").text)
            return float(found[1]) if found else 0

        before, lines = counted(), len(server.logged().splitlines())
        for _ in range(20):
            talk.send(TREATIES)
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
