"""What went wrong, said in French: each English sentence with the one that says it, and values kept as they are."""

from __future__ import annotations

import re
from functools import cache

from kg.server.explorer.documents import sentences

_VALUE = re.compile(r"\\\{(\d)\\\}")
#: A value as Python writes it: what it holds may be escaped in it.
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_OR = re.compile(r"(?<=['\"]) or (?=['\"])")


@cache
def pairs(lang: str) -> tuple[tuple[str, str], ...]:
    """Patterns of what is said in English, and what is said in the language, with ``{0}`` for the first value."""
    return tuple((_VALUE.sub("(.+)", re.escape(english)), other) for english, other in sentences(lang))


def said(lang: str, english: str) -> tuple[str, str]:
    """A sentence in the language if we have it there, and the language that it is in.

    >>> said("fr", "did you mean 'Kim Jong Un' or 'Kim'?")
    ('vouliez-vous dire «\\xa0Kim Jong Un\\xa0» ou «\\xa0Kim\\xa0»\\xa0?', 'fr')
    >>> said("fr", "expected ASK"), said("en", "give it once")
    (('expected ASK', 'en'), ('give it once', 'en'))
    """
    for pattern, french in pairs(lang):
        if found := re.fullmatch(pattern, english, re.DOTALL):
            values = [_QUOTED.sub(_in_guillemets, _OR.sub(" ou ", value)) for value in found.groups()]
            parts = re.split(r"\{(\d)\}", french)  # every other one is the number of a value
            return "".join(values[int(part)] if at % 2 else part for at, part in enumerate(parts)), lang
    return english, "en"


def _in_guillemets(found: re.Match[str]) -> str:
    return f"«\u00a0{found[1] or found[2] or ''}\u00a0»"
