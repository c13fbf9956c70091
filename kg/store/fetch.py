"""Every quad that was loaded into a remote store, however few rows at a time its engine gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import StoreError, UsageError
from kg.rdf.queries import named_query
from kg.store.foedus import read_identity, read_text
from kg.store.remote import Remote
from kg.store.remote_faults import unclear
from kg.store.rows_there import CutError, rows
from kg.store.slices import Text

#: The most quads of a remote store that are copied; ``KG_MIRROR_QUADS`` says otherwise.
LIMIT = 1_000_000
_LINE = 160  # bytes of a quad, about: our service tells the bytes
_DEEPEST = 3  # 4096 parts
_DIGITS = "0123456789abcdef"


def fetch(remote: Remote, *, known: int = 0) -> list[Quad] | Text:
    """Every quad that was loaded, however few rows at a time the server gives; from our own service as text.

    ``known``: how many the last load left, if it says so; to count them may take an engine long.

    :raises StoreError: remote-too-large; remote-answer, when they cannot be had whole.
    """
    expected = size_there(remote, known=known)
    if expected > limit():
        raise StoreError(
            f"'{remote.address}' holds {expected} quads, and this would copy them all; the limit is {limit()}",
            mend="ask about one thing or party, or by 'kg query', which runs there; or raise KG_MIRROR_QUADS",
            rule="remote-too-large",
        )
    if remote.engine.is_foedus:
        return read_text(remote, read_identity(remote).bytes)
    for depth in range(_DEEPEST + 1):
        try:
            found = list(_parts(remote, depth))
        except CutError:
            continue
        if len(found) != expected and known:  # somebody wrote there without a load
            expected, known = count(remote), 0
        if len(found) == expected:
            return found
    raise unclear(remote.address, f"it has {expected} quads and does not give them all")


def size_there(remote: Remote, *, known: int = 0) -> int:
    """How many quads there are; of our own service about.

    :raises StoreError: as :func:`count`.
    """
    if remote.engine.is_foedus:
        return read_identity(remote).bytes // _LINE
    return known or count(remote)


def count(remote: Remote) -> int:
    """How many quads there are that a load wrote.

    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
    """
    for row in rows(remote, named_query("remote_count")):
        number = getattr(row["quads"], "value", "")
        if number.isdecimal():
            return int(number)
    raise unclear(remote.address, "it does not count")


def _parts(remote: Remote, depth: int) -> Iterator[Quad]:
    """The quads at once, or by the first hex digits of a hash of their subjects."""
    if not depth:
        yield from _quads(remote, named_query("remote_quads"))
        return
    yield from _quads(remote, named_query("remote_blank"))
    for digits in product(_DIGITS, repeat=depth):
        yield from _quads(remote, named_query("remote_part", part=[f'"{"".join(digits)}"']))


def _quads(remote: Remote, query: str) -> Iterator[Quad]:
    for subject, predicate, value, graph in rows(remote, query):
        if (
            not isinstance(subject, NamedNode | BlankNode)
            or not isinstance(predicate, NamedNode)
            or not isinstance(graph, NamedNode)
            or value is None
            or isinstance(value, Triple)
        ):
            raise unclear(remote.address, "it gives what is no quad of a dossier")
        yield Quad(subject, predicate, value, graph)


def limit() -> int:
    """The most quads of which a copy is made.

    :raises UsageError: bad-mirror-quads.
    """
    given = os.environ.get("KG_MIRROR_QUADS") or str(LIMIT)
    if not given.isdecimal():
        raise UsageError(
            f"KG_MIRROR_QUADS is {given!r}", mend="give a whole number of quads", rule="bad-mirror-quads"
        )
    return int(given)
