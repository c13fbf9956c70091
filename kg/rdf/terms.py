"""IRIs and their short forms: what people read and type."""

from __future__ import annotations

import re

from kg.rdf.vocabulary import DATE, PREFIXES

# A careful part of https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL: what needs no escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9_\-]*):([^\s<>\"{}|\\^`/][^\s<>\"{}|\\^`]*)")
_ABSOLUTE = re.compile(r"(?:https?|urn|mailto|file|tag|did|doi|ni):[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_NAMESPACES = sorted(((iri, name) for name, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))


def curie(iri: str) -> str:
    """The short form under our prefixes, or the IRI itself when it has none.

    >>> curie("https://w3id.org/foedus/id/kim-jong-un")
    'id:kim-jong-un'
    """
    split = split_iri(iri)
    return f"{split[0]}:{split[1]}" if split else iri


def split_iri(iri: str) -> tuple[str, str] | None:
    """Our prefix and the local name, when the IRI can be written so without an escape."""
    for namespace, name in _NAMESPACES:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return name, iri[len(namespace) :]
    return None


def expand(text: str) -> str | None:
    """The IRI that an IRI, an ``<IRI>`` or a CURIE under our prefixes stands for; ``None`` for anything else.

    >>> expand("kg:Claim")
    'https://w3id.org/foedus/ontology#Claim'
    >>> expand("Kim Jong Un") is None
    True
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
        return text if _ABSOLUTE.fullmatch(text) else None
    match = _CURIE.fullmatch(text)
    if match and match[1] in PREFIXES:
        return PREFIXES[match[1]] + match[2]
    return text if _ABSOLUTE.fullmatch(text) else None


def local_name(iri: str) -> str:
    """What follows the last ``#`` or ``/``.

    >>> local_name("https://w3id.org/foedus/code/does-not-deny")
    'does-not-deny'
    """
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


def readable_name(iri: str) -> str:
    """A label of last resort: a date as it is written, else the local name with its words apart.

    >>> readable_name("https://w3id.org/foedus/ontology#sendingState")
    'sending state'
    """
    if iri.startswith(DATE):
        return iri[len(DATE) :]
    name = local_name(iri).replace("-", " ").replace("_", " ")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() if "#" in iri else name
