"""The rows of a query to an endpoint, as terms; an answer that is cut or no answer is an error, never a short list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import StoreError
from kg.store.remote import Body, Remote
from kg.store.remote_faults import unclear


class CutError(StoreError):
    """The server says itself that it has more than it gave."""


def results(remote: Remote, body: Body) -> QuerySolutions | QueryBoolean:
    """What an endpoint answers to SELECT or ASK; rows are read as they come.

    :raises StoreError: remote-answer, remote-timeout.
    """
    with hearing(remote):
        if body.is_cut:
            raise cut(remote, body)
        if remote.engine.is_odd:
            return parse_query_results(remote.engine.mended(body.read()), format=QueryResultsFormat.JSON)
        return parse_query_results(cast(IO[bytes], body), format=QueryResultsFormat.JSON)


def rows(remote: Remote, text: str, *, default: Iterable[str] = ()) -> Iterator[QuerySolution]:
    """The rows of a SELECT of ours; ``default``: the graphs that are its default graph, if not the engine's.

    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
    """
    found = results(remote, remote.query(text, default=default))
    if isinstance(found, QueryBoolean):
        raise unclear(remote.address, "it answers yes or no where rows were asked for")
    try:
        with hearing(remote):
            yield from found
    finally:
        del found  # its maker must be the one to drop it, and an error would carry it to another thread


def whole_rows(remote: Remote, text: str, *, default: Iterable[str] = ()) -> list[QuerySolution]:
    """All rows of a SELECT of ours; they are counted where the server may hold some back without a word.

    :raises CutError: when it did.
    :raises StoreError: as :func:`rows`.
    """
    found = list(rows(remote, text, default=default))
    if not remote.engine.tells:
        head, select, body = text.partition("\nSELECT ")
        count = f"{head}\nSELECT (COUNT(*) AS ?count) WHERE {{ {{ {select.strip()} {body} }} }}"
        numbers = [getattr(row["count"], "value", "") for row in rows(remote, count, default=default)]
        if numbers != [str(len(found))]:
            raise _cut(remote)
    return found


def triples(remote: Remote, body: Body) -> Iterator[Triple]:
    """What an endpoint answers to CONSTRUCT or DESCRIBE.

    :raises StoreError: remote-answer, remote-timeout.
    """
    with hearing(remote):
        if body.is_cut:
            raise cut(remote, body)
        for quad in parse(input=cast(IO[bytes], body), format=RdfFormat.N_TRIPLES):
            yield remote.engine.mended_quad(quad).triple


def cut(remote: Remote, body: Body) -> CutError:
    """The error for an answer that stops at a limit of the server."""
    body.close()
    return _cut(remote)


def _cut(remote: Remote) -> CutError:
    return CutError(
        f"'{remote.address}' gave no whole answer: it has more rows than the server gives at once",
        mend="ask for less, or have the server's limit raised",
        rule="remote-answer",
    )


@contextmanager
def hearing(remote: Remote) -> Iterator[None]:
    """Turn what a parser raises into our error.

    :raises StoreError: remote-answer.
    """
    try:
        yield
    except (ValueError, SyntaxError, LookupError, TypeError, AttributeError) as cause:
        raise unclear(remote.address, f"it cannot be read: {cause}") from cause
