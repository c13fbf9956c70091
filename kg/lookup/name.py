"""One name of one thing, and how names and IRIs are written in an index."""

from __future__ import annotations

from typing import NamedTuple
from zlib import crc32

from kg.rdf.vocabulary import PREFIXES

#: What a name is to its thing: its label, another name, one that other things may bear too, its identifier.
LABEL, ALIAS, WEAK, IDENTIFIER = KINDS = ("label", "alias", "weak", "id")

#: Stands before initials among the words of an index.
INITIALS = "*"


class Name(NamedTuple):
    """One name of one thing, as the data give it; of a name that only a claim gives, also that claim."""

    iri: str
    kind: str
    lang: str
    text: str
    claim: str = ""


def key_of(text: str) -> int:
    """A number for a text; two texts may have the same, so whoever finds by it looks again."""
    return crc32(text.encode("utf-8", "surrogatepass"))


_SHORT = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))


def short(iri: str) -> str:
    """An IRI without what most of them begin with; quicker than ``curie``, which people are to read."""
    for start, prefix in _SHORT:
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def long(text: str) -> str:
    """What :func:`short` made short, long again."""
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else text


def identifier(iri: str) -> str:
    """What may be typed for a thing besides its names: its local name."""
    return short(iri).rpartition(":")[2]
