"""Answers as bytes under the bytes that asked for them: of the same generation, the same again.

What was answered once is looked up before anything reads the request; nothing else is known of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Header = tuple[bytes, bytes]

_LONGEST = 1 << 13  # bytes of a request that is kept
_LARGEST = 1 << 16  # bytes of an answer that is kept here; larger ones are only remembered
_COST = 512  # of keeping one, besides its bytes


class Told(NamedTuple):
    """What the log and the counters tell of a request."""

    route: str
    method: str
    path: str
    query: bytes


@dataclass(slots=True)
class Piece:
    """What came at once on a connection that waited for a request; good to be kept if it was one whole request."""

    data: bytes
    requests: int = 0
    is_whole: bool = False
    keeps_alive: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it goes out after its first line and date, and what the log tells of its request."""

    generation: str
    rest: bytes
    size: int
    told: Told


class Quick:
    """The requests and answers that are kept, up to some bytes; the oldest go first.

    ``generation`` is the name of the current one, or nothing when none is to be answered this way.
    """

    def __init__(self, most: int, generation: Callable[[], str]) -> None:
        self._most = most
        self._generation = generation
        self._size = 0
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self.note: Callable[[str, Kept, float], None] = lambda client, kept, seconds: None

    def get(self, data: bytes) -> Kept | None:
        """The answer to these bytes, if it is one of the current generation."""
        kept = self._kept.get(data)
        if kept is None:
            return None
        if kept.generation != self._generation():
            self._drop(data)
            return None
        return kept

    def keep(self, piece: Piece, generation: str, headers: list[Header], body: bytes, told: Told) -> None:
        """Keep the answer to a request, if both are fit for it."""
        data = piece.data
        fit = (
            self._most
            and piece.requests == 1
            and piece.is_whole
            and piece.keeps_alive
            and data not in self._kept
        )
        if not fit or len(data) > _LONGEST or len(body) > _LARGEST or b"x-forwarded" in data.lower():
            return
        head = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.put(data, Kept(generation, b"%b\r\n%b" % (head, body), len(body), told))

    def put(self, data: bytes, kept: Kept) -> None:
        """Keep an answer that is known to be fit for it."""
        if not self._most:
            return
        self._kept[data] = kept
        self._size += _cost(data, kept)
        while self._size > self._most:
            self._drop(next(iter(self._kept)))

    def _drop(self, data: bytes) -> None:
        self._size -= _cost(data, self._kept.pop(data))


def _cost(data: bytes, kept: Kept) -> int:
    return len(data) + len(kept.rest) + _COST
