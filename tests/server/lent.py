"""Connections that a lane holds, and what a test asks on them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.door import Server
from tests.server.talk import Talk, request

PLAIN = request("ASK { ?d a kg:Deployment }")
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SLOW = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 2000 } { SELECT * { ?d ?e ?f } LIMIT 1000 } }"


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
