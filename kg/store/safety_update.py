"""What a user's update may not do: fetch from the network; and the graphs that its request chooses for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.errors import UsageError
from kg.rdf.queries import iri
from kg.rdf.tokens import Token, tokens
from kg.rdf.vocabulary import PREFIXES
from kg.store.safety import (
    is_ambiguous,
    loose_prefixes,
    may_reach,
    position,
    read_as_words,
    refuse_depth,
    refuse_unknown,
    refused,
)

# As in a query, the engine takes a keyword where it fits, even within what we read as one longer word.
_KEYWORD = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
_HIDES_WHERE = re.compile(r"WHERE|USING|WITH", re.IGNORECASE)


def check_update(
    text: str,
    *,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    hosts: Sequence[str] = (),
    name: str = "update",
) -> str:
    """Read an update far enough to know that it is safe; its text, with the graphs of the request put in.

    ``using`` and ``using_named`` are the IRIs of using-graph-uri and using-named-graph-uri; ``hosts`` those that
    LOAD and SERVICE may reach.

    >>> check_update("INSERT { ?s a ?c } WHERE { ?s a ?c }", using=["http://a.example/g"])
    'INSERT { ?s a ?c } USING <http://a.example/g> WHERE { ?s a ?c }'

    :raises UsageError: update-load, for LOAD; query-service, for SERVICE; update-dataset, when both the
        update and its request choose graphs; bad-query, for a graph that is no IRI, a prefix that nobody
        declared, or what the engine may read otherwise than we do.
    """
    parts = list(tokens(text))
    refuse_depth(text, parts, name)
    known = PREFIXES.keys() | set(_declared(parts))
    loose = loose_prefixes(parts)
    has_keyword = bool(using or using_named or _KEYWORD.search(text))
    for at, part in enumerate(parts):
        if not (part.is_word("LOAD", "SERVICE") and may_reach(parts[at + 1 : at + 3], hosts)):
            _refuse_fetching(text, part, loose, name)
        if has_keyword and part.kind == "iri" and is_ambiguous(part):
            what, mend = "may be an IRI or a comparison", "write the IRI in full, or a space after '<'"
            raise refused(text, part, name, what, mend, rule="bad-query")
        if has_keyword:
            refuse_unknown(text, part, name)
        prefix = part.text.partition(":")[0]
        if part.kind == "name" and prefix not in known:
            what, mend = f"the prefix '{prefix}:' has not been declared", f"add 'PREFIX {prefix}: <...>'"
            raise UsageError(what, mend=mend, rule="bad-query", position=position(text, part, name))
    if using or using_named:
        return _with_dataset(text, parts, _clauses(using, using_named), name)
    return text


def _declared(parts: Sequence[Token]) -> Iterator[str]:
    """The prefixes that any operation of the update declares."""
    for before, part in pairwise(parts):
        if before.is_word("PREFIX"):
            yield part.text.removesuffix(":")


def _refuse_fetching(text: str, part: Token, loose: frozenset[str], name: str) -> None:
    if part.kind not in ("word", "name"):
        return
    found = {match[0].upper() for match in _KEYWORD.finditer(read_as_words(part, loose))}
    if "LOAD" in found:
        what, mend = "may be read as LOAD", "leave LOAD out of words and prefixes"
        if part.is_word("LOAD"):
            what, mend = "would fetch a document", "fetch it by yourself and send what it holds"
        raise refused(text, part, name, what, mend, rule="update-load")
    if "SERVICE" in found:
        what, mend = "may be read as SERVICE", "leave SERVICE out of words and prefixes"
        if part.is_word("SERVICE"):
            what, mend = "would ask another server", "ask it by yourself and send what it says"
        raise refused(text, part, name, what, mend, rule="query-service")


def _clauses(using: Sequence[str], using_named: Sequence[str]) -> str:
    try:
        return "".join(
            [
                *(f"USING {iri(graph)} " for graph in using),
                *(f"USING NAMED {iri(graph)} " for graph in using_named),
            ]
        )
    except ValueError as cause:
        raise UsageError(
            f"a graph of the request is no IRI: {cause}", mend="give it in full", rule="bad-query"
        ) from cause


def _with_dataset(text: str, parts: Sequence[Token], clauses: str, name: str) -> str:
    """Put the clauses before the WHERE of each operation."""
    changes: list[tuple[int, str]] = []
    depth = 0
    for at, part in enumerate(parts):
        depth += (part.text == "{") - (part.text == "}")
        if depth or part.kind not in ("word", "name") or not _HIDES_WHERE.search(part.text):
            continue
        if part.is_word("USING", "WITH"):
            what, mend = "chooses graphs, as does the request", "leave it out, or the graphs of the request"
            raise refused(text, part, name, what, mend, rule="update-dataset")
        if part.is_word("WHERE"):
            # DELETE WHERE takes no such clause; its long form does.
            is_short = at > 0 and parts[at - 1].is_word("DELETE")
            template = _group(text, parts[at + 1 :]) + " " if is_short else ""
            changes.append((part.start, template + clauses))
        elif part.kind == "word":
            what, mend = "may be read as another word", "write spaces around WHERE"
            raise refused(text, part, name, what, mend, rule="bad-query")
    for start, clause in reversed(changes):
        text = text[:start] + clause + text[start:]
    return text


def _group(text: str, parts: Sequence[Token]) -> str:
    """The text of the group that begins here, with its braces; what is left when it does not end."""
    depth = 0
    for part in parts:
        depth += (part.text == "{") - (part.text == "}")
        if not depth:
            return text[parts[0].start : part.end]
    return text[parts[0].start :] if parts else ""
