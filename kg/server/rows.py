"""Rows of an answer, counted in the bytes that the engine writes: it has no limit of its own."""

from __future__ import annotations

from typing import BinaryIO, cast

from kg.server.problem import Problem
from kg.server.reply import Reply

_TAIL = 16


class Counted:
    """A file that passes on what is written, until there are too many rows in it."""

    def __init__(self, reply: Reply, format: str, most: int) -> None:
        self._reply = reply
        self._most = most
        self._count = {"json": self._json, "xml": self._xml, "csv": self._csv, "tsv": self._tsv}[format]
        self._tail = b""  # so that what marks a row is found if it lies across two parts
        self._in_quotes = False
        self.rows = -1 if format in ("csv", "tsv") else 0  # these begin with the names of the columns

    @property
    def file(self) -> BinaryIO:
        """Itself, for what writes to files: it has all that a writer calls."""
        return cast(BinaryIO, self)

    def write(self, data: bytes) -> int:
        """Pass a part on.

        :raises Problem: too-many-rows.
        """
        if self._most:
            self._count(data)
            if self.rows > self._most:
                raise Problem(
                    f"the answer has more than {self._most} rows",
                    mend="ask for less, or with LIMIT and OFFSET",
                    rule="too-many-rows",
                    status=422,
                )
        return self._reply.write(data)

    def flush(self) -> None:
        """As a file has it."""

    def _json(self, data: bytes) -> None:
        # Within a text quotes are escaped, so that these stand where a row begins. A row without values is '{}',
        # and a text that holds ',{}' is counted as one too: a limit may err on that side.
        self._find(data, b'"bindings":[{', b',{"', b",{}")

    def _xml(self, data: bytes) -> None:
        self._find(data, b"<result>")

    def _find(self, data: bytes, *marks: bytes) -> None:
        text = self._tail + data
        for mark in marks:
            self.rows += text.count(mark) - self._tail.count(mark)
        self._tail = text[-_TAIL:]

    def _tsv(self, data: bytes) -> None:
        self.rows += data.count(b"\n")  # within a value it is escaped

    def _csv(self, data: bytes) -> None:
        outside, *rest = data.split(b'"')
        for part in (outside, *rest):
            if not self._in_quotes:
                self.rows += part.count(b"\n")
            self._in_quotes = not self._in_quotes
        self._in_quotes = not self._in_quotes  # there are as many quotes as gaps between parts
