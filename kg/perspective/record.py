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
_STATED_IN = re.compile(rb"\n\S+ <%bstatedIn> (<[^>]*>) " % _KG)


def public_record(
    lines: bytes | mmap.mmap, day: date, *, where: tuple[int, int] | None = None
) -> Iterator[bytes]:
    """The lines about the claims, stances and statements that were public by a day, and what these refer to.

    What points to something that was not goes too: it would tell of it. The lines must be in canonical order,
    and keep it; ``where``: the offset and length of those that are the record. They are gone through three
    times and never copied as a whole.
    """
    start, length = where or (0, len(lines))
    span = start, start + length
    secret = _secret(lines, span, day)
    reached = _reached(lines, span, secret)
    for block in _BLOCK.finditer(lines, *span):
        text = block[0]
        if block[1] not in secret if _DATED.match(text) else block[1] in reached:
            values = _VALUE.findall(text)
            yield text if secret.isdisjoint(values) else _without(text, secret)


def _secret(lines: bytes | mmap.mmap, span: tuple[int, int], day: date) -> set[bytes]:
    """The statements that were not public by a day, and the claims and stances made in no public one."""
    public: set[bytes] = set()
    secret: set[bytes] = set()
    made_in: list[tuple[bytes, bytes]] = []
    for block in _BLOCK.finditer(lines, *span):
        text = block[0]
        if _STATEMENT.match(text):
            (public if _is_public(text, day) else secret).add(block[1])
        elif _DATED.match(text):
            statement = _STATED_IN.search(text)
            made_in.append((block[1], statement[1] if statement else b""))
    secret.update(subject for subject, statement in made_in if statement not in public)
    return secret


def _reached(lines: bytes | mmap.mmap, span: tuple[int, int], secret: set[bytes]) -> set[bytes]:
    """What is neither claim nor stance nor statement, and one of these refers to, through others perhaps."""
    others: dict[bytes, int] = {}
    waiting: set[bytes] = set()
    for block in _BLOCK.finditer(lines, *span):
        if not _DATED.match(block[0]):
            others[block[1]] = block.start()
        elif block[1] not in secret:
            waiting.update(_VALUE.findall(block[0]))
    reached = set[bytes]()
    while waiting:
        value = waiting.pop()
        if value in others and value not in reached:
            reached.add(value)
            told = _BLOCK.match(lines, others[value], span[1])
            waiting.update(_VALUE.findall(told[0]) if told else ())
    return reached


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
