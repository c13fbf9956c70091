"""The record as it was known on a day: rule 1 of docs/perspectives.md, worked on its lines."""

from __future__ import annotations

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


def public_record(lines: bytes, day: date) -> bytes:
    """The lines about the claims, stances and statements that were public by a day, and what these refer to.

    What points to something that was not goes too: it would tell of it. The lines must be in canonical order.
    """
    secret = _secret(lines, day)
    kept: list[tuple[int, bytes]] = []
    others: dict[bytes, re.Match[bytes]] = {}  # what is neither claim nor stance nor statement
    waiting: list[re.Match[bytes]] = []
    for block in _BLOCK.finditer(lines):
        if not _is_dated(block[0]):
            others[block[1]] = block
        elif block[1] not in secret:
            waiting.append(block)
    while waiting:
        block = waiting.pop()
        values = set(_VALUE.findall(block[0]))
        text = block[0] if values.isdisjoint(secret) else _without(block[0], secret)
        kept.append((block.start(), text))
        waiting += [others.pop(value) for value in values if value in others]
    return b"".join(text for _, text in sorted(kept))


def _secret(lines: bytes, day: date) -> set[bytes]:
    """The statements that were not public by a day, and the claims and stances made in no public one."""
    public: set[bytes] = set()
    secret: set[bytes] = set()
    for block in _dated(lines):
        if _STATEMENT.match(block[0]):
            (public if _is_public(block[0], day) else secret).add(block[1])
    for block in _dated(lines):
        if not _STATEMENT.match(block[0]):
            made_in = _STATED_IN.search(block[0])
            if not made_in or made_in[1] not in public:
                secret.add(block[1])
    return secret


def _dated(lines: bytes) -> Iterator[re.Match[bytes]]:
    return (block for block in _BLOCK.finditer(lines) if _is_dated(block[0]))


def _is_dated(block: bytes) -> bool:
    return _DATED.match(block) is not None


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
