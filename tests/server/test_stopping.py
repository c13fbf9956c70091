"""A service ends well: answers under way are finished, new ones are not begun, nothing is left behind."""

from __future__ import annotations

import signal
import socket
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.server.door import Got, Server, serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
OPTIONS = ("--store", ":shipped:", "--workers", "1")


def alive(pids: list[int]) -> list[int]:
    """Those that still run; what has ended and was not looked at yet does not."""
    found = []
    for pid in pids:
        try:
            if Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z":
                found.append(pid)
        except OSError:
            continue
    return found


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_what_is_under_way_is_finished_and_nothing_new_begun(tmp_path: Path, name: str) -> None:
    got: list[Got] = []
    slow = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1500000 } }"
    with serving(tmp_path, *OPTIONS, "--grace", "20", "--remember", "0") as server:
        workers = server.workers()
        assert len(workers) == 2
        asking = threading.Thread(target=lambda: got.append(server.query(slow)))
        asking.start()
        time.sleep(0.2)
        server.process.send_signal(getattr(signal, name))
        time.sleep(0.3)
        with pytest.raises((ConnectionError, socket.timeout)):
            server.ask("/sparql?query=ASK+%7B%7D", timeout=2)
        asking.join()
        assert got[0].status == 200
        assert got[0].rows == [{"n": "1500000"}]
        server.process.wait(10)
    wait_for_end(workers)


def wait_for_end(pids: list[int]) -> None:
    end = time.monotonic() + 3
    while alive(pids):
        assert time.monotonic() < end, "a worker works on for nobody"
        time.sleep(0.05)


def ask_in_vain(server: Server) -> None:
    with suppress(OSError, HTTPException):
        got = server.query(ENDLESS)
        assert (got.status, got.rule) == (503, "closing")


def test_grace_has_an_end(tmp_path: Path) -> None:
    with serving(tmp_path, *OPTIONS, "--grace", "1") as server:
        asking = threading.Thread(target=ask_in_vain, args=(server,))
        asking.start()
        time.sleep(0.2)
        workers = server.workers()
        start = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        assert time.monotonic() - start < 3
        asking.join()
    wait_for_end(workers)


def test_workers_end_with_a_front_that_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path, *OPTIONS) as server:
        workers = server.workers()
        with server.connect() as asking:
            asking.sendall(
                f"GET /sparql?query={ENDLESS.replace(' ', '+').replace('?', '%3F')} HTTP/1.1\r\n\r\n".encode()
            )
            time.sleep(0.3)
            server.process.kill()
            server.process.wait()
        wait_for_end(workers)
