"""What a graph says of one subject, or with one property, found in its canonical text: no index is needed for it."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator

_STEP = 1 << 12  # bytes: of a text, a few subjects


class Blocks:
    """The text of one graph, or of several, whose lines are in order of their subjects; of several only ``values``."""

    def __init__(self, text: mmap.mmap | bytes, where: tuple[int, int]) -> None:
        self._text = text
        self._start, length = where
        self._end = self._start + length

    @property
    def size(self) -> int:
        """How many bytes the text has."""
        return self._end - self._start

    def of(self, subjects: Iterable[str]) -> dict[str, bytes]:
        """The lines about each of these IRIs, in their order; what nothing is said of is left out.

        Cost: about 30 steps for each subject in a text of a gigabyte, and fewer where many are asked for.
        """
        found: dict[str, bytes] = {}
        start = end = self._start
        for subject, name in sorted((f"<{name}>".encode(), name) for name in subjects):
            # Each is sought from the end of the one before, in steps that grow until they pass it.
            step, high = _STEP, end if found else self._end
            while high < self._end and self._subject(high)[0] < subject:
                end, high, step = high, min(high + step, self._end), step * 4
            start, end = self._block(subject, end, high)
            if start < end:
                found[name] = self._text[start:end]
        return found

    def values(self, prop: str) -> Iterator[tuple[str, str]]:
        """Subject and value of each triple with this property whose value is an IRI, in order.

        Cost: that of looking for the property, which goes through a gigabyte in less than a second.
        """
        for line, at, mark in self._lines(prop):
            value = self._text[at + mark : self._text.find(b">", at + mark)]
            yield self._text[line:at].decode().strip("<>"), value.decode()

    def having(self, prop: str) -> Iterator[tuple[str, bytes]]:
        """Each subject with a value of this property that is an IRI, and all lines about it, in order."""
        last = self._start
        for line, at, _ in self._lines(prop):
            if line < last:  # it has two such values
                continue
            subject = self._text[line : at + 1]
            start, last = line, line
            while start > self._start:
                before = self._text.rfind(b"\n", self._start, start - 1) + 1 or self._start
                if self._text[before : before + len(subject)] != subject:
                    break
                start = before
            while last < self._end and self._text[last : last + len(subject)] == subject:
                last = self._text.find(b"\n", last) + 1
            yield subject.decode().strip("<> "), self._text[start:last]

    def _lines(self, prop: str) -> Iterator[tuple[int, int, int]]:
        """Where lines with this property and an IRI as value begin, where the property does, and how long it is."""
        mark = f" <{prop}> <".encode()
        at = self._text.find(mark, self._start, self._end)
        while at >= 0:
            line = max(self._text.rfind(b"\n", self._start, at) + 1, self._start)
            if b" " not in self._text[line:at]:  # else the words stand in a literal
                yield line, at, len(mark)
            at = self._text.find(mark, at + len(mark), self._end)

    def _subject(self, at: int) -> tuple[bytes, int]:
        """The subject of the line in which a byte stands, and where the line begins."""
        line = max(self._text.rfind(b"\n", self._start, at) + 1, self._start)
        return self._text[line : self._text.find(b" ", line)], line

    def _block(self, subject: bytes, low: int, high: int) -> tuple[int, int]:
        """From where to where the lines about a subject stand, which begin between two bytes."""
        text = self._text
        while low < high:
            middle = (low + high) // 2
            told, line = self._subject(middle)
            if told < subject:
                low = text.find(b"\n", middle) + 1
            else:
                high = max(line, low)
        end = low
        prefix = subject + b" "
        while end < self._end and text[end : end + len(prefix)] == prefix:
            end = text.find(b"\n", end) + 1
        return low, end
