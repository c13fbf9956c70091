"""What the service counts, for Prometheus to fetch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from kg.server.lanes.front import Lanes
from kg.server.pool import Pool
from kg.server.tally import SECONDS, Tally


class Metrics:
    """The counters of one service, in a registry of its own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, pool: Pool, lanes: Lanes | None) -> None:
        self._registry = CollectorRegistry()
        self._answered: Counter[tuple[str, str]] = Counter()  # by route and status
        self._seconds: dict[str, Tally] = {}  # by route
        self._pool = pool
        self._lanes = lanes
        self._registry.register(self)

    def count(self, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self._answered[route, str(status)] += 1
        self._tally(route).add(seconds)

    def add(self, route: str, status: int, seconds: float, buckets: Sequence[int]) -> None:
        """Several requests were answered, so many in each bucket of time."""
        self._answered[route, str(status)] += sum(buckets)
        self._tally(route).merge(seconds, buckets)

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """All of it, for the registry."""
        requests = CounterMetricFamily(
            "foedus_http_requests", "Requests that were answered.", labels=("route", "status")
        )
        for (route, status), count in self._answered.items():
            requests.add_metric((route, status), count)
        yield requests
        seconds = HistogramMetricFamily(
            "foedus_http_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            labels=("route",),
        )
        for route, tally in self._seconds.items():
            bounds = (*(str(float(bound)) for bound in SECONDS), "+Inf")
            below = zip(bounds, accumulate(tally.buckets), strict=True)
            seconds.add_metric((route,), [(bound, float(count)) for bound, count in below], tally.seconds)
        yield seconds
        yield from _of_workers(self._pool)
        if self._lanes is not None:
            yield from _of_lanes(self._lanes)

    def _tally(self, route: str) -> Tally:
        return self._seconds.setdefault(route, Tally())


def _of_workers(pool: Pool) -> Iterator[Metric]:
    """The state of the pool."""
    for name, help, value in (
        ("foedus_workers", "Worker processes that are ready.", pool.size),
        ("foedus_workers_busy", "Tasks that are being done.", pool.busy),
        ("foedus_queue", "Tasks that wait for a worker.", pool.waiting),
    ):
        yield GaugeMetricFamily(name, help, value=value)
    yield CounterMetricFamily(
        "foedus_workers_started", "Worker processes that were started.", value=pool.counts.started
    )
    killed = CounterMetricFamily("foedus_workers_killed", "Workers that were ended.", labels=("reason",))
    killed.add_metric(("time",), pool.counts.killed_for_time)
    killed.add_metric(("client-gone",), pool.counts.killed_for_gone)
    killed.add_metric(("died",), pool.counts.died)  # of want of memory, most of them
    yield killed


def _of_lanes(lanes: Lanes) -> Iterator[Metric]:
    """The state of the lanes."""
    yield GaugeMetricFamily("foedus_lanes", "Lane processes that are ready.", value=lanes.size)
    yield GaugeMetricFamily("foedus_lanes_lent", "Connections that lanes hold.", value=lanes.lent)
    yield CounterMetricFamily(
        "foedus_lanes_killed", "Lanes that were ended because a query was not short.", value=lanes.killed
    )
