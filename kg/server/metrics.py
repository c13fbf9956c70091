"""What the service counts, for Prometheus to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from kg.server.pool import Pool

_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


class Metrics:
    """The counters of one service, in a registry of its own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "foedus_http_requests",
            "Requests that were answered.",
            ("route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "foedus_http_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._counter = lru_cache(maxsize=1024)(self._requests.labels)
        self._histogram = lru_cache(maxsize=256)(self._seconds.labels)
        self._registry.register(_Workers(pool))

    def count(self, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self._counter(route, str(status)).inc()
        self._histogram(route).observe(seconds)

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)


class _Workers:
    """The state of the pool, looked at when it is asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        pool = self._pool
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
        killed.add_metric(("memory",), pool.counts.died)
        yield killed
