"""What befalls a service from outside: too few files, a worker that is stopped or ended, a disk that is full, a text
that goes deeper than the engine. It says what is so, and is whole again by itself."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server.door import Got, Server, serving
from tests.server.lent import lane_of, lent
from tests.server.talk import Talk, request

if sys.platform != "linux":
    pytest.skip("the limits of the system are set as Linux has them", allow_module_level=True)

import resource

TOKEN = "let-me-write"
FILES = 128


@contextmanager
def serving_within(kind: int, most: int, folder: Path, *options: str, token: str = "") -> Iterator[Server]:
    """A service that may have no more of something than this."""
    with serving(folder, *options, "--workers", "1", token=token) as server:
        for process in (server.process.pid, *server.workers()):  # ours may have more than that already
            _, hard = resource.prlimit(process, kind)
            resource.prlimit(process, kind, (most, hard))
        yield server


def wait_for(is_so: Callable[[], bool], *, seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, is_so
        time.sleep(0.05)


def ready(server: Server) -> int:
    text = server.ask("/metrics").text
    return int(float(text.partition("\nfoedus_workers ")[2].split()[0]))


def update(server: Server, text: str) -> Got:
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/sparql-update"}
    return server.ask("/sparql", method="POST", headers=headers, body=text.encode())


def test_it_is_whole_again_when_files_were_too_few_and_workers_were_killed(tmp_path: Path) -> None:
    options = ("--store", ":shipped:", "--body-time", "2")
    with serving_within(resource.RLIMIT_NOFILE, FILES, tmp_path, *options) as server:
        wait_for(lambda: ready(server) == 2)
        many: list[socket.socket] = [server.connect() for _ in range(FILES)]
        time.sleep(0.3)
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
        time.sleep(1.0)  # nothing can be started: each needs a file
        for connection in many:
            connection.close()
        time.sleep(0.5)  # until they are all closed, who comes is turned away
        wait_for(lambda: ready(server) == 2)
        assert server.query("ASK {}").status == 200


@pytest.mark.parametrize(
    "query",
    ["ASK { FILTER(" + "!" * 20_000 + "true) }", "SELECT * { " + "{} UNION " * 20_000 + "{} }"],
    ids=["operators", "alternatives"],
)
def test_what_the_engine_cannot_descend_into_is_the_fault_of_who_sent_it(deep: Server, query: str) -> None:
    got = deep.ask(
        "/sparql", method="POST", headers={"content-type": "application/sparql-query"}, body=query.encode()
    )
    assert (got.status, got.rule) == (400, "too-deep")
    assert deep.query("ASK {}").status == 200


def test_a_fault_quotes_no_more_than_a_person_reads(deep: Server) -> None:
    query = f"SELECT * {{ ?s ?p '{'x' * 100_000}".encode()
    got = deep.ask("/sparql", method="POST", headers={"content-type": "application/sparql-query"}, body=query)
    assert (got.status, got.rule) == (400, "bad-query")
    assert len(got.body) < 3000


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("deep"), "--store", ":shipped:", "--workers", "1") as server:
        yield server


def test_what_does_not_fit_on_the_disk_is_not_written_and_leaves_nothing(tmp_path: Path) -> None:
    # A limit of the size of a file stands for a full disk: the engine is told so at the same place.
    options = ("--plain", "new", "--writable")
    with serving_within(resource.RLIMIT_FSIZE, 1 << 20, tmp_path, *options, token=TOKEN) as server:
        assert update(server, "INSERT DATA { <urn:a> <urn:p> 1 }").status == 204
        much = " ".join(f"<urn:{number}> <urn:p> '{'x' * 100}' ." for number in range(20_000))
        got = update(server, f"INSERT DATA {{ {much} }}")
        assert (got.status, got.rule) == (500, "store-write")
        assert str(tmp_path) not in got.text
        assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
            "current",
            "gen-1",
            "gen-2",
            "lock",
        ]
        assert update(server, "INSERT DATA { <urn:b> <urn:p> 1 }").status == 204
        assert len(server.query("SELECT * { ?s ?p ?o }").rows) == 2


def test_a_lane_that_was_stopped_keeps_nobody_waiting_for_ever(deep: Server) -> None:
    with lent(deep) as talk:
        stopped = lane_of(deep)
        os.kill(stopped, signal.SIGSTOP)
        talk.send(request("SELECT ?lane { ?lane a kg:Deployment }"))
        assert talk.answer()[0].startswith(b"HTTP/1.1 200 ")
    wait_for(lambda: stopped not in deep.workers())


def test_where_no_lane_can_be_started_the_answer_is_given_the_ordinary_way(tmp_path: Path) -> None:
    with serving_within(resource.RLIMIT_NOFILE, FILES, tmp_path, "--store", ":shipped:") as server:
        with server.connect() as first:
            many = [server.connect() for _ in range(FILES)]
            time.sleep(0.3)
            for number in range(5):  # after the second one a lane would be started
                first.sendall(request(f"ASK {{ ?s{number} a kg:Deployment }}"))
                assert first.recv(12) == b"HTTP/1.1 200"
                while b"}" not in first.recv(4096):
                    pass
            for connection in many:
                connection.close()
        time.sleep(0.5)  # until they are all closed, who comes is turned away
        assert server.query("ASK { ?s ?p ?o }").status == 200
        with lent(server):
            assert lane_of(server)
        assert "fault=" not in server.logged()


def test_to_open_what_was_written_takes_none_of_the_memory_of_a_query(tmp_path: Path) -> None:
    options = ("--plain", "new", "--writable", "--workers", "1", "--memory", "256")
    with serving(tmp_path, *options, token=TOKEN) as server, Talk(server) as talk:
        for number in range(30):
            assert update(server, f"INSERT DATA {{ <urn:{number}> <urn:p> 1 }}").status == 204
            talk.send(request("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))  # by a lane, from the second on
            assert f'"{number + 1}"'.encode() in talk.answer()[1]
        metrics = server.ask("/metrics").text
        assert "\nfoedus_workers_started_total 2.0\n" in metrics  # none has ended
        assert server.process.stderr
        server.process.terminate()
        assert server.process.stderr.read() == ""  # nor said its last words
