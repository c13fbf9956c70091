"""How long requests took, counted by buckets as Prometheus has them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

#: The upper bounds of the buckets; what takes longer falls into one more.
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


class Tally:
    """Requests that were answered: their number, their seconds in all, and how many fell into each bucket.

    >>> tally = Tally()
    >>> tally.add(0.003)
    >>> tally.merge(0.003, [0, 0, 1])
    >>> tally.count, tally.seconds, tally.buckets[:4]
    (2, 0.006, [0, 1, 1, 0])
    """

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0
        self.buckets = [0] * (len(SECONDS) + 1)

    def add(self, seconds: float) -> None:
        """One was answered."""
        self.count += 1
        self.seconds += seconds
        self.buckets[bisect_left(SECONDS, seconds)] += 1

    def merge(self, seconds: float, buckets: Sequence[int]) -> None:
        """Several were answered; ``buckets`` may end before the last."""
        self.count += sum(buckets)
        self.seconds += seconds
        for at, count in enumerate(buckets):
            self.buckets[at] += count
