"""What one request, one client and the whole service may use."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service; times are seconds, sizes are bytes, 0 for a count means none."""

    workers: int = 2
    time: float = 30.0  # for one answer, from when its perspective is ready
    prepare: float = 120.0  # for making a perspective that nobody asked for yet
    write: float = 600.0  # for an update and the generation that it builds
    memory: int = 2048 * MB  # of one worker, beyond what it has mapped when it starts
    rows: int = 1_000_000
    bytes: int = 256 * MB  # of one answer
    body: int = 16 * MB  # of one request; a load may be larger than a query
    body_time: float = 10.0
    per_client: int = 128
    queue: int = 512
    grace: float = 10.0
    cache: int = 64 * MB  # of answers that are remembered; 0 for none

    @property
    def wait(self) -> float:
        """How long a request may wait for a worker: others may use up their time, and be replaced."""
        return 2 * self.time + 5
