"""A SPARQL text as tokens: enough to see what a query would do, before it does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

# Exactly the characters and escapes of https://www.w3.org/TR/sparql11-query/#sparqlGrammar: where we would end a
# token sooner or later than the engine, a comment or a string of ours may be a clause of its.
_BASE = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAMED = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_HEX = "[0-9A-Fa-f]"
# No surrogate, and nothing beyond the last character: the engine reads no string there.
_ESCAPE = (
    rf"""\\(?:[tbnrf"'\\]|u(?![dD][89A-Fa-f]){_HEX}{{4}}"""
    rf"|U(?:0000(?![dD][89A-Fa-f])|000[1-9A-Fa-f]|0010){_HEX}{{4}})"
)
_LOCAL = rf"%{_HEX}{{2}}|\\."
# The longest form of a string comes first.
_TOKEN = re.compile(
    rf"""(?P<space>[\ \t\r\n]+|\#[^\n\r]*)
    |(?P<iri><[^\x00-\x20<>"{{}}|^`]*>)
    |(?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''
       |"(?:[^"\\\n\r]|{_ESCAPE})*"|'(?:[^'\\\n\r]|{_ESCAPE})*')
    |(?P<variable>[?$][{_BASE}_0-9][{_NAMED}]*)
    |(?P<blank>_:[{_NAMED}.\-]+)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[{_BASE}](?:[{_NAMED}.\-]*[{_NAMED}\-])?)?:(?:(?:[{_NAMED}:]|{_LOCAL})(?:(?:[{_NAMED}:.\-]|{_LOCAL})*(?:[{_NAMED}:\-]|{_LOCAL}))?)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query: ``kind`` is iri, string, variable, blank, tag, name, word, number or other."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any case of letters."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens in order, without spaces and comments.

    >>> [token.text for token in tokens("ASK { ?s a kg:Claim } # all")]
    ['ASK', '{', '?s', 'a', 'kg:Claim', '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind and kind != "space":
            yield Token(kind, match[0], match.start())


class Prologue(NamedTuple):
    """What stands before the verb of a query: its own prefixes, the verb (``None`` if none), its base."""

    prefixes: dict[str, str]
    verb: Token | None
    base: str = ""


def prologue(parts: list[Token]) -> Prologue:
    """Read PREFIX, BASE and VERSION declarations up to the first other token."""
    prefixes: dict[str, str] = {}
    base = ""
    at = 0
    while at < len(parts):
        if parts[at].is_word("PREFIX") and at + 2 < len(parts):
            prefixes[parts[at + 1].text.removesuffix(":")] = parts[at + 2].text[1:-1]
            at += 3
        elif parts[at].is_word("BASE", "VERSION"):
            if parts[at].is_word("BASE") and at + 1 < len(parts):
                base = urljoin(base, parts[at + 1].text[1:-1])
            at += 2
        else:
            return Prologue(prefixes, parts[at], base)
    return Prologue(prefixes, None, base)
