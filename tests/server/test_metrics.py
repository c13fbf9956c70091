"""What /metrics says is what happened: each figure is moved by what it counts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.server.door import Server, serving

DEADLINE_S = 2
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    words = ("--workers", "1", "--time-limit", str(DEADLINE_S), "--memory", "32")
    with serving(tmp_path_factory.mktemp("metrics"), *words) as server:
        yield server


def figures(server: Server, *names: str) -> list[float]:
    """Some figures of one moment, by their names and labels."""
    text = server.ask("/metrics").text
    found = [re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE) for name in names]
    assert all(found), names
    return [float(one[1]) for one in found if one]


def wait(server: Server, **expected: float) -> None:
    """Until the figures are these, all at one moment."""
    end = time.monotonic() + 10
    while (found := figures(server, *expected)) != list(expected.values()):
        assert time.monotonic() < end, (expected, found)
        time.sleep(0.02)


def test_who_works_and_who_waits_is_counted_while_it_is_so(server: Server) -> None:
    wait(server, foedus_workers=2)  # and the spare one
    counters = ('foedus_workers_killed_total{reason="time"}', "foedus_workers_started_total")
    before = figures(server, *counters)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(server.query, f"{ENDLESS} # {n}") for n in range(3)]
        wait(server, foedus_queue=2, foedus_workers_busy=1)
        assert {one.result().rule for one in asked} == {"time-limit"}
    wait(server, foedus_queue=0, foedus_workers_busy=0, foedus_workers=2)
    assert figures(server, *counters) == [figure + 3 for figure in before]


def test_each_end_of_a_worker_is_counted_by_its_reason(server: Server) -> None:
    names = [f'foedus_workers_killed_total{{reason="{why}"}}' for why in ("died", "time", "client-gone")]
    before = figures(server, *names)
    assert server.query(BOMB).rule == "memory-limit"
    assert figures(server, *names) == [before[0] + 1, *before[1:]]


def test_the_time_of_answers_is_that_which_they_took(server: Server) -> None:
    names = [f'foedus_http_seconds_{what}{{route="/sparql"}}' for what in ("count", "sum")]
    server.query("ASK {}")
    asked, taken = figures(server, *names)
    start = time.monotonic()
    assert server.query(f"{ENDLESS} # timed").rule == "time-limit"
    most = time.monotonic() - start
    count, total = figures(server, *names)
    assert count == asked + 1
    assert DEADLINE_S <= total - taken <= most
