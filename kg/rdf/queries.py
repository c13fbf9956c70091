"""Named SPARQL queries: whole files that run as they stand; this is the only place that puts values into one.

A parameter is a block ``VALUES ?name { UNDEF }`` in the file: unfilled it leaves the variable free.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "sparql"
_BLOCK = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def named_query(name: str, **values: Sequence[str] | None) -> str:
    """The text of ``sparql/NAME.rq``; the values are terms made with :func:`iri`.

    :raises ValueError: for a query or a parameter that does not exist; that is a fault of ours.
    """
    text = _text(name)
    known = {match[1] for match in _BLOCK.finditer(text)}
    if unknown := set(values) - known:
        raise ValueError(f"{name}.rq has no parameter {', '.join(sorted(unknown))}")

    def fill(match: re.Match[str]) -> str:
        terms = values.get(match[1])
        return match[0] if terms is None else f"VALUES ?{match[1]} {{ {' '.join(terms)} }}"

    return _BLOCK.sub(fill, text)


def iri(text: str) -> str:
    """An IRI as a SPARQL term.

    >>> iri("https://w3id.org/foedus/id/russia")
    '<https://w3id.org/foedus/id/russia>'

    :raises ValueError: when it holds a character that no IRI may hold.
    """
    if _NOT_IN_IRI.search(text) or ":" not in text:
        raise ValueError(f"{text!r} is not an IRI")
    return f"<{text}>"


@cache
def _text(name: str) -> str:
    file = _FOLDER / f"{name}.rq"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not file.is_file():
        raise ValueError(f"there is no query {name}.rq")
    return file.read_text(encoding="utf-8")
