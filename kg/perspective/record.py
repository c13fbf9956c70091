"""The record as it was known on a day: rule 1 of docs/perspectives.md, worked on its lines."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from datetime import date

from kg.perspective.voices import date_extent
from kg.rdf.vocabulary import KG, RDF_TYPE

#: All lines about one subject; they stand together.
_BLOCK = re.compile(rb"^(\S+) .*\n(?:\1 .*\n)*", re.MULTILINE)
#: The values of a block that are things.
_VALUE = re.compile(rb"^\S+ \S+ (<[^>]*>|_:\S+) ", re.MULTILINE)
_KG, _TYPE = re.escape(KG.encode()), re.escape(RDF_TYPE.encode())
# Lines are read from their beginning, for a literal may hold what looks like a line. Types stand first.
_DATED = re.compile(
    rb"(?:\S+ <%b> .*\n)*?\S+ <%b> <%b(?:Claim|Stance|PublicStatement)> " % (_TYPE, _TYPE, _KG)
)
_STATEMENT = re.compile(rb"(?:\S+ <%b> .*\n)*?\S+ <%b> <%bPublicStatement> " % (_TYPE, _TYPE, _KG))
_DATE = re.compile(rb"\n\S+ <%b(publishedOn|statedOn)> <([^>]*)> " % _KG)
_AT_A_TIME = 1000  # subjects whose lines are handed on together
_STATED_IN = re.compile(rb"\n\S+ <%bstatedIn> (<[^>]*>) " % _KG)


def public_record(
    lines: bytes | mmap.mmap, day: date, *, where: tuple[int, int] | None = None
) -> Iterator[bytes]:
    """The lines about the claims, stances and statements that were public by a day, and what these refer to.

    What points to something that was not goes too: it would tell of it. The lines must be in canonical order;
    ``where``: the offset and length of those that are the record. They are gone through twice and never copied
    as a whole, and come out some at a time, all about one subject together, what is referred to last.
    """
    some: list[bytes] = []
    for block in _public_blocks(lines, day, where or (0, len(lines))):
        some.append(block)
        if len(some) == _AT_A_TIME:
            yield b"".join(some)
            some.clear()
    yield b"".join(some)


def _public_blocks(lines: bytes | mmap.mmap, day: date, where: tuple[int, int]) -> Iterator[bytes]:
    span = where[0], where[0] + where[1]
    secret = _secret(lines, span, day)
    others: dict[bytes, int] = {}  # what is neither claim nor stance nor statement
    waiting: set[bytes] = set()
    for block in _BLOCK.finditer(lines, *span):
        subject, text = block[1], block[0]
        if not _DATED.match(text):
            others[subject] = block.start()
        elif subject not in secret:
            values = _VALUE.findall(text)
            waiting.update(values)
            yield text if secret.isdisjoint(values) else _without(text, secret)
    while waiting:
        at = others.pop(waiting.pop(), None)
        told = None if at is None else _BLOCK.match(lines, at, span[1])
        if told:
            values = _VALUE.findall(told[0])
            waiting.update(values)
            yield told[0] if secret.isdisjoint(values) else _without(told[0], secret)


def _secret(lines: bytes | mmap.mmap, span: tuple[int, int], day: date) -> set[bytes]:
    """The statements that were not public by a day, and the claims and stances made in no public one."""
    public: set[bytes] = set()
    secret: set[bytes] = set()
    made_in: list[tuple[bytes, bytes]] = []
    for block in _BLOCK.finditer(lines, *span):
        text = block[0]
        if not _DATED.match(text):
            continue
        statement = _STATED_IN.search(text)
        if statement:
            made_in.append((block[1], statement[1]))
        elif _STATEMENT.match(text):
            (public if _is_public(text, day) else secret).add(block[1])
        else:  # made in none that we know of
            secret.add(block[1])
    secret.update(subject for subject, statement in made_in if statement not in public)
    return secret


def _is_public(statement: bytes, day: date) -> bool:
    dates = {name: value.decode() for name, value in _DATE.findall(statement)}
    found = dates.get(b"publishedOn") or dates.get(b"statedOn")
    return found is not None and date_extent(found).is_by(day)


def _without(block: bytes, secret: set[bytes]) -> bytes:
    """The lines whose value is not secret."""
    return b"".join(
        line
        for line in block.splitlines(keepends=True)
        if not ((value := _VALUE.match(line)) and value[1] in secret)
    )
