"""The record as it was known on a day: rule 1 of docs/perspectives.md, worked on its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from kg.rdf.vocabulary import KG, RDF_TYPE

_TYPE = f"<{RDF_TYPE}>".encode()
_ROOTS = frozenset(f"<{KG}{name}>".encode() for name in ("Claim", "Stance", "PublicStatement"))


class _Line(NamedTuple):
    text: bytes
    predicate: bytes
    object: bytes  # empty for a literal


def public_record(lines: bytes, hidden: Collection[str]) -> bytes:
    """The lines about claims, stances and statements that are not hidden, and about what these refer to.

    What points to something hidden goes too: it would tell of it.
    """
    if not hidden:
        return lines
    secret = {f"<{iri}>".encode() for iri in hidden}
    about = _by_subject(lines)
    reached = {
        subject
        for subject, said in about.items()
        if subject not in secret and any(line.predicate == _TYPE and line.object in _ROOTS for line in said)
    }
    waiting = sorted(reached)
    while waiting:
        for line in about[waiting.pop()]:
            if line.object in about and line.object not in secret and line.object not in reached:
                reached.add(line.object)
                waiting.append(line.object)
    return b"".join(
        line.text
        for subject, said in about.items()
        if subject in reached
        for line in said
        if line.object not in secret
    )


def _by_subject(lines: bytes) -> dict[bytes, list[_Line]]:
    about: dict[bytes, list[_Line]] = defaultdict(list)
    for text in lines.split(b"\n"):
        if text:
            subject, predicate, rest = text.split(b" ", 2)
            is_literal = rest.startswith(b'"')
            object_ = b"" if is_literal else rest.split(b" ", 1)[0]
            about[subject].append(_Line(text + b"\n", predicate, object_))
    return about
