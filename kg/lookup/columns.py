"""The file of an index: named columns of numbers and of sorted texts, read where they lie, never as a whole.

A file begins with a magic line, the length of the header and the header, which says where each column lies.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

_MAGIC = b"foedus names 3\n\n"
_ALIGNED = 8


#: How wide the numbers of a column are: 1, 2, 4 or 8 bytes.
Width = Literal["B", "H", "I", "Q"]


class Texts:
    """A column of texts; when they are sorted, a text is found in a few steps."""

    def __init__(self, content: memoryview, ends: memoryview[int]) -> None:
        self._content = content
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, position: int) -> str:
        return str(self.line(position), "utf-8", "replace")

    def line(self, position: int) -> bytes:
        """The text in bytes; bytes sort as their characters do."""
        start = self._ends[position - 1] if position else 0
        return bytes(self._content[start : self._ends[position] - 1])

    def between(self, low: int, high: int) -> list[str]:
        """The texts at these positions, taken at once."""
        if low >= high:
            return []
        start = self._ends[low - 1] if low else 0
        return str(self._content[start : self._ends[high - 1] - 1], "utf-8", "replace").split("\n")

    def position(self, text: str) -> int | None:
        """Where the text stands in a sorted column."""
        found = self.first(text)
        return found if found < len(self) and self.line(found) == _bytes(text) else None

    def first(self, text: str) -> int:
        """The position of the first text that is not below this one in a sorted column."""
        return bisect_left(range(len(self)), _bytes(text), key=self.line)

    def beginning(self, start: str) -> tuple[int, int]:
        """The positions, from and up to, of the texts that begin so in a sorted column."""
        # No UTF-8 byte is 0xff, so this stands behind all that begins so.
        high = bisect_left(range(len(self)), _bytes(start) + b"\xff", key=self.line)
        return self.first(start), high


def _bytes(text: str) -> bytes:
    # What was typed may hold half a character, which no text of ours does.
    return text.encode("utf-8", "surrogatepass")


class Columns:
    """The columns of one index, in memory or mapped from its file."""

    def __init__(self, content: memoryview) -> None:
        """Read the header.

        :raises ValueError: when it is not a whole file of this format.
        """
        head = len(_MAGIC)
        if bytes(content[:head]) != _MAGIC:
            raise ValueError("not an index of names of this format")
        length = int.from_bytes(content[head : head + 8], "little")
        header = json.loads(bytes(content[head + 8 : head + 8 + length]))
        if header.get("size") != len(content) or header.get("byteorder") != sys.byteorder:
            raise ValueError("it was cut, or written by another kind of machine")
        self._content = content
        self._places: dict[str, tuple[int, int]] = header["columns"]
        self.notes: Mapping[str, object] = header["notes"]

    @classmethod
    def open(cls, path: Path) -> Columns:
        """Map a file into memory; what is not looked at is not read.

        :raises ValueError: when it is not a whole file of this format.
        """
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            return cls(memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)))
        finally:
            os.close(descriptor)

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all; the same columns give the same bytes."""
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        aside.write_bytes(self._content)
        os.replace(aside, path)

    def numbers(self, name: str, kind: Width = "I") -> memoryview[int]:
        """A column of numbers, of the type code that it was written with."""
        return self._part(name).cast(kind)

    def texts(self, name: str) -> Texts:
        """A column of texts."""
        return Texts(self._part(name), self.numbers(name + "-ends"))

    def _part(self, name: str) -> memoryview:
        try:
            start, length = self._places[name]
        except KeyError as cause:
            raise ValueError(f"it has no column {name!r}") from cause
        return self._content[start : start + length]


class Writer:
    """Gathers columns, then lays them out."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}

    def numbers(self, name: str, values: Iterable[int], kind: Width = "I") -> None:
        """Add a column of numbers."""
        self._parts[name] = (values if isinstance(values, array) else array(kind, values)).tobytes()

    def texts(self, name: str, values: Sequence[str]) -> None:
        """Add a column of texts, which hold no line breaks."""
        ends = array("I")
        end = 0
        lines = [f"{text}\n".encode() for text in values]
        for line in lines:
            end += len(line)
            ends.append(end)
        self._parts[name] = b"".join(lines)
        self._parts[name + "-ends"] = ends.tobytes()

    def lists(self, name: str, values: Iterable[Sequence[int]]) -> None:
        """Add a column of lists of numbers: those of place n lie from ``NAME-ends[n - 1]`` to ``NAME-ends[n]``."""
        flat, ends = array("I"), array("I")
        for numbers in values:
            flat.extend(numbers)
            ends.append(len(flat))
        self._parts[name] = flat.tobytes()
        self._parts[name + "-ends"] = ends.tobytes()

    def finish(self, notes: Mapping[str, object]) -> Columns:
        """All columns behind a header, as they are saved."""
        # The size is part of the header, so the header is written twice: the second time with all that is known.
        places: dict[str, tuple[int, int]] = {}
        offset = 0
        for name, part in self._parts.items():
            places[name] = (offset, len(part))
            offset += -(-len(part) // _ALIGNED) * _ALIGNED
        blank = len(_header(places, notes, 10**15)) + 12 * len(places)
        start = -(-(len(_MAGIC) + 8 + blank) // _ALIGNED) * _ALIGNED
        placed = {name: (start + at, length) for name, (at, length) in places.items()}
        header = _header(placed, notes, start + offset).ljust(start - len(_MAGIC) - 8)
        content = bytearray(start + offset)
        content[:start] = _MAGIC + len(header).to_bytes(8, "little") + header
        for name, part in self._parts.items():
            content[placed[name][0] : placed[name][0] + len(part)] = part
        return Columns(memoryview(content))


def _header(places: Mapping[str, tuple[int, int]], notes: Mapping[str, object], size: int) -> bytes:
    head = {"columns": places, "notes": notes, "size": size, "byteorder": sys.byteorder}
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
