"""Passages against the text of their source: is each where the record says, has it moved, has it changed?

A passage is recorded without its words: as code-point offsets (half-open, from the beginning of the file) and
the SHA-256 of the UTF-8 bytes of the slice between them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

OK, MOVED, CHANGED, MISSING = "ok", "moved", "changed", "missing"
NOT_HELD, UNREAD = "not-held", "unread"

#: Beyond so many windows to hash, a moved passage is sought at the beginnings of words only.
_MOST_WINDOWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it is recorded; without offsets the source's text is not held."""

    evidence: str
    paragraph: int | None
    start: int | None
    end: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a passage.

    ``ok``; ``moved`` (then ``found_at`` is its new start); ``changed`` (other words stand there, and its own
    nowhere); ``missing`` (the text ends before it); ``not-held`` (no offsets were recorded); ``unread``
    (there is no text to compare with).
    """

    passage: Passage
    state: str
    found_at: int | None = None
    text: str = ""


def verify_passages(text: str, passages: Iterable[Passage]) -> list[Verdict]:
    """The verdict on each passage, in the order given."""
    shifts: list[int] = []  # one cut moves all that follows it by the same step: try the known steps first
    verdicts = []
    for passage in passages:
        verdict = _verdict(text, passage, shifts)
        if verdict.found_at is not None and passage.start is not None:
            shifts = [verdict.found_at - passage.start, *shifts]
        verdicts.append(verdict)
    return verdicts


def _verdict(text: str, passage: Passage, shifts: Sequence[int]) -> Verdict:
    start, end = passage.start, passage.end
    if start is None or end is None:
        return Verdict(passage, NOT_HELD)
    if _sha256(text[start:end]) == passage.sha256:
        return Verdict(passage, OK, None, text[start:end])
    length = end - start
    for at in _candidates(text, start, length, shifts):
        if _sha256(text[at : at + length]) == passage.sha256:
            return Verdict(passage, MOVED, at, text[at : at + length])
    if end > len(text):
        return Verdict(passage, MISSING)
    return Verdict(passage, CHANGED, None, text[start:end])


def _candidates(text: str, start: int, length: int, shifts: Sequence[int]) -> Iterator[int]:
    last = len(text) - length
    yield from (start + shift for shift in dict.fromkeys(shifts) if 0 <= start + shift <= last)
    if last * length <= _MOST_WINDOWS * 100:
        yield from range(last + 1)
    else:
        yield from (match.start() for match in re.finditer(r"(?<!\S)\S", text) if match.start() <= last)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
