"""What a user's query may not do: reach into the network, change the store, or choose graphs of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from kg.errors import Position, UsageError
from kg.rdf.tokens import Token, prologue, tokens
from kg.rdf.vocabulary import PREFIXES

#: Groups and brackets that a query may nest; the engine was seen to run out of stack at some thousand.
MAX_DEPTH = 200
_OPENING = ("{", "(", "[", "<<(", "<<")
_CLOSING = ("}", ")", "]", ")>>", ">>")
_UPDATES = ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH")
# Oxigraph takes a keyword where it fits, even if letters or a colon follow or precede it without a space:
# 'trueSERVICE <a>' and 'PREFIX SERVICE: <a> ... SERVICE:b'. We read whole words, so that these are refused.
_KEYWORD = re.compile(r"SERVICE|FROM", re.IGNORECASE)
# After '<' it may also read "less than" and an expression, whose quotes and comments we would miss; not before
# '//', which no expression has.
_IN_FULL = re.compile(r"<[A-Za-z][\w+.\-]*://")


# All that SPARQL has besides its other tokens. A quote or a backslash alone begins what we cannot follow.
_MARKS = frozenset("{}()[].,;*/+-|^!&=<>?~@%")
# A name that is an IRI whatever its prefix says, and a prefix that makes one of any such name. Of other names the
# engine may read the prefix alone, when the whole is no IRI: 'PREFIX e: <http://a:1> ... e:SERVICE <b>'.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.:\-]*")
_PLAIN_PREFIX = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:(?:[^\\]*[^/\\])?[/#]>")
_ABSOLUTE = re.compile(r"[A-Za-z][\w+.\-]*:")


class _Names(NamedTuple):
    """How a query shortens IRIs."""

    prefixes: dict[str, str]
    base: str


class Checked(NamedTuple):
    """A query that may run; ``text`` is without its FROM clauses, whose graphs are told apart."""

    text: str
    has_dataset: bool
    default: tuple[str, ...]  # the graphs of FROM
    named: tuple[str, ...]  # the graphs of FROM NAMED


@lru_cache(maxsize=256)  # who asks in earnest asks again; reading a query costs as much as a small answer
def check_query(
    text: str,
    *,
    is_scoped: bool = False,
    base: str = "",
    hosts: tuple[str, ...] = (),
    name: str = "query",
) -> Checked:
    """Read a query far enough to know that it is safe.

    ``is_scoped``: a party or a date was chosen, so that the query may not choose graphs of its own.
    ``base``: where the query comes from, to which its graphs may be relative. ``hosts``: those that SERVICE
    may ask, in lower case, each with its port if that is not the usual one.

    :raises UsageError: query-update, for an update; query-service, for SERVICE; query-from, for FROM when
        it is scoped; bad-query, for a prefix that nobody declared, a graph that is no IRI, or what the
        engine may read otherwise than we do.
    """
    parts = list(tokens(text))
    head = prologue(parts)
    if head.verb and head.verb.text.upper().startswith(_UPDATES):
        raise refused(
            text, head.verb, name, "is an update", "a query only reads: use 'kg load'", "query-update"
        )
    refuse_depth(text, parts, name)
    prefixes = PREFIXES | head.prefixes
    loose = loose_prefixes(parts)
    has_keyword = _KEYWORD.search(text)  # anywhere: the ambiguous may make a comment of ours a clause of its
    for at, part in enumerate(parts):
        if not (part.is_word("SERVICE") and may_reach(parts[at + 1 : at + 3], hosts)):
            _refuse_hidden(text, part, loose, name)
        if has_keyword and part.kind == "iri" and is_ambiguous(part):
            what, mend = "may be an IRI or a comparison", "write the IRI in full, or a space after '<'"
            raise refused(text, part, name, what, mend, "bad-query")
        if has_keyword:
            refuse_unknown(text, part, name)
        if part.kind == "name" and part.text.partition(":")[0] not in prefixes:
            prefix = part.text.partition(":")[0]
            what = f"the prefix '{prefix}:' has not been declared"
            raise UsageError(
                what,
                mend=f"add 'PREFIX {prefix}: <...>'",
                rule="bad-query",
                position=position(text, part, name),
            )
    return _without_dataset(text, parts, _Names(prefixes, urljoin(base, head.base)), is_scoped, name)


def refuse_depth(text: str, parts: Sequence[Token], name: str) -> None:
    """Refuse what is nested so deep that the engine, which descends into it, would run out of stack."""
    depth = 0
    for part in parts:
        depth += (part.text in _OPENING) - (part.text in _CLOSING)
        if depth > MAX_DEPTH:
            what = f"is nested more than {MAX_DEPTH} deep"
            raise refused(text, part, name, what, "write it flatter", "bad-query")


def refuse_unknown(text: str, part: Token, name: str) -> None:
    """Refuse what is no token of SPARQL: behind it the engine may read on otherwise than we do."""
    if part.kind == "other" and part.text not in _MARKS:
        raise refused(text, part, name, "cannot be read", "see the SPARQL 1.1 grammar", "bad-query")


def loose_prefixes(parts: Sequence[Token]) -> frozenset[str]:
    """The prefixes that do not make an IRI of every name."""
    found = set()
    for at, part in enumerate(parts[:-2]):
        if part.is_word("PREFIX") and not _PLAIN_PREFIX.fullmatch(parts[at + 2].text):
            found.add(parts[at + 1].text.partition(":")[0])
    return frozenset(found)


def read_as_words(part: Token, loose: frozenset[str]) -> str:
    """As much of a word or a name as the engine may read as keywords.

    >>> [read_as_words(Token("name", "e:x", 0), frozenset(loose)) for loose in ((), ("e",))]
    ['e', 'e:x']
    """
    prefix, _, local = part.text.partition(":")
    is_one = part.kind == "name" and prefix not in loose and _PLAIN_NAME.fullmatch(local)
    return prefix if is_one else part.text


def _refuse_hidden(text: str, part: Token, loose: frozenset[str], name: str) -> None:
    """Refuse SERVICE, and what the engine may read as SERVICE or FROM though it stands within a longer word."""
    if part.kind not in ("word", "name"):
        return
    keywords = {match[0].upper() for match in _KEYWORD.finditer(read_as_words(part, loose))}
    if "SERVICE" in keywords:
        what, mend = "would ask another server", "ask it by itself and load what it says"
        if not part.is_word("SERVICE"):
            what, mend = "may be read as SERVICE", "leave SERVICE out of words and prefixes"
        raise refused(text, part, name, what, mend, "query-service")
    if "FROM" in keywords and not part.is_word("FROM"):
        mend = "write spaces around FROM, and leave it out of prefixes"
        raise refused(text, part, name, "may be read as FROM", mend, "bad-query")


def may_reach(following: Sequence[Token], hosts: Sequence[str]) -> bool:
    """Whether what follows SERVICE or LOAD is the full address of one of these hosts; a variable is none.

    >>> [may_reach(list(tokens(text)), ["a.example"]) for text in ("<http://a.example/x>", "<http://a.example:1/>")]
    [True, False]
    """
    if following and following[0].is_word("SILENT"):
        following = following[1:]
    # A backslash may begin an escape that hides another host.
    if not hosts or not following or following[0].kind != "iri" or "\\" in following[0].text:
        return False
    try:
        address = urlsplit(following[0].text[1:-1])
    except ValueError:
        return False
    return address.scheme.lower() in ("http", "https") and address.netloc.lower() in hosts


def is_ambiguous(part: Token) -> bool:
    """Whether it may be a comparison that hides where a string or a comment begins."""
    return not _IN_FULL.match(part.text) and any(mark in part.text for mark in "'#")


def _without_dataset(text: str, parts: Sequence[Token], names: _Names, is_scoped: bool, name: str) -> Checked:
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
            raise refused(
                text, start, name, "chooses graphs, as do --according-to and --as-of", mend, "query-from"
            )
        is_named = at < len(parts) and parts[at].is_word("NAMED")
        at += is_named
        graph = _iri(parts[at], names) if at < len(parts) else None
        if graph is None:
            what = "FROM is not followed by the IRI of a graph"
            raise UsageError(
                what, mend="write it in full", rule="bad-query", position=position(text, start, name)
            )
        (named if is_named else default).append(graph)
        text = text[: start.start] + " " * (parts[at].end - start.start) + text[parts[at].end :]
        at += 1
    return Checked(text, bool(default or named), tuple(default), tuple(named))


def _iri(token: Token, names: _Names) -> str | None:
    """The IRI that a token stands for, in full; ``None`` when it has none."""
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        found = names.prefixes[prefix] + local.replace("\\", "")
    else:
        found = token.text[1:-1] if token.kind == "iri" else ""
    if token.kind in ("name", "iri") and not _ABSOLUTE.match(found):
        found = urljoin(names.base, found)
    return found if _ABSOLUTE.match(found) else None


def refused(text: str, token: Token, name: str, what: str, mend: str, rule: str) -> UsageError:
    """The error for a token that may not stand where it does."""
    return UsageError(f"'{token.text}' {what}", mend=mend, rule=rule, position=position(text, token, name))


def position(text: str, token: Token, name: str) -> Position:
    """Where a token stands, for a person."""
    before = text[: token.start]
    return Position(name, before.count("\n") + 1, token.start - (before.rfind("\n") + 1) + 1)
