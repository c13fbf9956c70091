"""The answer of a task, as a file to write to: held back at first, so that a fault still gets its status."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from kg.server.messages import DATA, END, HEAD, WHOLE, Json, encode, frame, with_head
from kg.server.problem import Headers, Problem

#: Bytes that are held back: within them a fault is told by its status, after them by a broken connection.
HELD = 1 << 18
_CHUNK = 1 << 16


class Reply:
    """What a task writes its answer to; any library that writes to a binary file can."""

    def __init__(self, send: Callable[[bytes], None], *, generation: str, most: int) -> None:
        self._send = send
        self._generation = generation
        self._most = most
        self._parts: list[bytes] = []
        self._waiting = 0
        self._head: dict[str, Json] = {}
        self._is_open = False  # the head has gone
        self.size = 0

    @property
    def file(self) -> BinaryIO:
        """Itself, for what writes to files: it has all that a writer calls."""
        return cast(BinaryIO, self)

    def start(self, media_type: str, *, status: int = 200, headers: Headers = ()) -> None:
        """Say what the answer is; before anything is written."""
        self._head = {"status": status, "type": media_type, "generation": self._generation}
        if headers:
            self._head["headers"] = [list(pair) for pair in headers]

    def write(self, data: bytes) -> int:
        """Write a part of the answer.

        :raises Problem: too-many-bytes, when it becomes larger than an answer may be.
        """
        self.size += len(data)
        if self._most and self.size > self._most:
            raise Problem(
                f"the answer has more than {self._most} bytes",
                mend="ask for less, or with LIMIT and OFFSET",
                rule="too-many-bytes",
                status=422,
            )
        self._parts.append(data)
        self._waiting += len(data)
        if self._waiting >= (_CHUNK if self._is_open else HELD):
            self._release()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is written goes when there is enough of it."""

    def finish(self) -> None:
        """The answer is whole."""
        if self._is_open:
            self._release()
            self._send(frame(END))
        else:
            assert self._head, "a task must say the media type of its answer"
            self._send(with_head(WHOLE, encode(self._head), b"".join(self._parts)))

    def _release(self) -> None:
        data, self._parts, self._waiting = b"".join(self._parts), [], 0
        if self._is_open:
            if data:
                self._send(frame(DATA, data))
        else:
            self._is_open = True
            self._send(with_head(HEAD, encode(self._head), data))
