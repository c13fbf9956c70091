"""A SPARQL text as tokens: enough to see what a query would do, before it does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

# After https://www.w3.org/TR/sparql11-query/#sparqlGrammar: the longest form of a string comes first.
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<iri><[^\x00-\x20<>"{}|^`]*>)
    |(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
       |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:[\w.\-]+)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)?)
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
