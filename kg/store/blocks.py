"""What a graph says of one subject, or with one property, found in its canonical text: no index is needed for it."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator


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
        """The lines about each of these IRIs; what nothing is said of is left out.

        Cost: about 30 steps for each subject in a text of a gigabyte.
        """
        found = {}
        for subject in subjects:
            if lines := self._block(f"<{subject}>".encode()):
                found[subject] = lines
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

    def _block(self, subject: bytes) -> bytes:
        text, low, high = self._text, self._start, self._end
        while low < high:
            middle = (low + high) // 2
            line = max(text.rfind(b"\n", low, middle) + 1, low)
            if text[line : text.find(b" ", line)] < subject:
                low = text.find(b"\n", middle) + 1
            else:
                high = line
        end = low
        prefix = subject + b" "
        while end < self._end and text[end : end + len(prefix)] == prefix:
            end = text.find(b"\n", end) + 1
        return text[low:end]
