"""What a user's query may not do: reach into the network, change the store, or choose graphs of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.errors import Position, UsageError
from kg.rdf.tokens import Token, prologue, tokens
from kg.rdf.vocabulary import PREFIXES

_UPDATES = ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH")


class Checked(NamedTuple):
    """A query that may run; ``text`` is without its FROM clauses, whose graphs are told apart."""

    text: str
    has_dataset: bool
    default: tuple[str, ...]  # the graphs of FROM
    named: tuple[str, ...]  # the graphs of FROM NAMED


def check_query(text: str, *, is_scoped: bool = False, name: str = "query") -> Checked:
    """Read a query far enough to know that it is safe.

    ``is_scoped``: a party or a date was chosen, so that the query may not choose graphs of its own.

    :raises UsageError: query-update, for an update; query-service, for SERVICE; query-from, for FROM when
        it is scoped; bad-query, for a prefix that nobody declared or a graph that is no IRI.
    """
    parts = list(tokens(text))
    head = prologue(parts)
    if head.verb and head.verb.is_word(*_UPDATES):
        raise _refused(
            text, head.verb, name, "is an update", "a query only reads: use 'kg load'", "query-update"
        )
    prefixes = PREFIXES | head.prefixes
    for part in parts:
        if part.is_word("SERVICE"):
            raise _refused(
                text,
                part,
                name,
                "would ask another server",
                "ask it by itself and load what it says",
                "query-service",
            )
        if part.kind == "name" and part.text.partition(":")[0] not in prefixes:
            prefix = part.text.partition(":")[0]
            what = f"the prefix '{prefix}:' has not been declared"
            raise UsageError(
                what,
                mend=f"add 'PREFIX {prefix}: <...>'",
                rule="bad-query",
                position=_position(text, part, name),
            )
    return _without_dataset(text, parts, prefixes, is_scoped, name)


def _without_dataset(
    text: str, parts: Sequence[Token], prefixes: dict[str, str], is_scoped: bool, name: str
) -> Checked:
    """Take the FROM clauses out, leaving blanks so that every other position stays as it was."""
    default: list[str] = []
    named: list[str] = []
    at = 0
    while at < len(parts):
        start = parts[at]
        at += 1
        if not start.is_word("FROM"):
            continue
        if is_scoped:
            mend = "leave FROM out: the party and the date choose the graphs"
            raise _refused(
                text, start, name, "chooses graphs, as do --according-to and --as-of", mend, "query-from"
            )
        is_named = at < len(parts) and parts[at].is_word("NAMED")
        at += is_named
        graph = _iri(parts[at], prefixes) if at < len(parts) else None
        if graph is None:
            what = "FROM is not followed by the IRI of a graph"
            raise UsageError(
                what, mend="write it in full", rule="bad-query", position=_position(text, start, name)
            )
        (named if is_named else default).append(graph)
        text = text[: start.start] + " " * (parts[at].end - start.start) + text[parts[at].end :]
        at += 1
    return Checked(text, bool(default or named), tuple(default), tuple(named))


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return prefixes[prefix] + local.replace("\\", "")
    return token.text[1:-1] if token.kind == "iri" and ":" in token.text else None


def _refused(text: str, token: Token, name: str, what: str, mend: str, rule: str) -> UsageError:
    return UsageError(f"'{token.text}' {what}", mend=mend, rule=rule, position=_position(text, token, name))


def _position(text: str, token: Token, name: str) -> Position:
    before = text[: token.start]
    return Position(name, before.count("\n") + 1, token.start - (before.rfind("\n") + 1) + 1)
