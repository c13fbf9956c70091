"""Which format a client gets: the Accept header weighed against what each kind of answer can be written as."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.server.problem import Problem


class Offer(NamedTuple):
    """A media type that can be asked for, the format that it means, and the type that the answer bears."""

    media_type: str
    format: str
    content_type: str


def _offer(media_type: str, format: str, charset: bool = False) -> Offer:
    return Offer(media_type, format, media_type + ("; charset=utf-8" if charset else ""))


#: For SELECT and ASK; the first is what a client gets that does not care.
ROWS = (
    _offer("application/sparql-results+json", "json"),
    _offer("application/sparql-results+xml", "xml"),
    _offer("text/csv", "csv", charset=True),
    _offer("text/tab-separated-values", "tsv", charset=True),
    _offer("application/json", "json"),
    _offer("application/xml", "xml"),
    _offer("text/xml", "xml", charset=True),
)
#: For CONSTRUCT and DESCRIBE, and for descriptions of the service.
TRIPLES = (
    _offer("text/turtle", "turtle", charset=True),
    _offer("application/n-triples", "ntriples"),
    _offer("application/rdf+xml", "rdf-xml"),
    _offer("application/ld+json", "json-ld"),
    _offer("application/x-turtle", "turtle", charset=True),
    _offer("text/plain", "ntriples", charset=True),
    _offer("application/xml", "rdf-xml"),
    _offer("text/xml", "rdf-xml", charset=True),
    _offer("application/json", "json-ld"),
)
#: What 'format=' and 'output=' may say, as older clients do.
NAMES = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "n3": "text/turtle",
    "nt": "application/n-triples",
    "n-triples": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
    "json-ld": "application/ld+json",
}


@lru_cache(maxsize=256)
def ranges(accept: str) -> tuple[tuple[str, float], ...]:
    """The media ranges of an Accept header with their weights; what cannot be read is left out.

    >>> ranges("text/csv;q=0.5, */*;q=0.1")
    (('text/csv', 0.5), ('*/*', 0.1))
    """
    found = []
    for part in accept.split(","):
        name, *options = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for option in options:
            key, _, value = option.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if "/" in name:
            found.append((name, weight))
    return tuple(found)


@lru_cache(maxsize=1024)
def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that a client wants most; of those it wants alike, the first. None when it wants none.

    >>> choose("application/xml;q=0.9, text/csv", ROWS).format
    'csv'
    >>> choose("image/png", ROWS) is None
    True
    """
    wanted = ranges(accept)
    if not wanted:
        return offers[0] if not accept.strip() else None
    best: tuple[float, Offer] | None = None
    for offer in offers:
        weight = _weight(offer.media_type, wanted)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, offer)
    return best[1] if best else None


def _weight(media_type: str, wanted: Sequence[tuple[str, float]]) -> float:
    """The weight of the most exact range that covers a media type."""
    main = media_type.partition("/")[0]
    for name in (media_type, f"{main}/*", "*/*"):
        weights = [weight for given, weight in wanted if given == name]
        if weights:
            return max(weights)
    return 0.0


def not_acceptable(offers: Sequence[Offer]) -> Problem:
    """The fault of a client that wants none of these."""
    known = ", ".join(dict.fromkeys(offer.media_type for offer in offers))
    return Problem(
        "the answer has no format that 'Accept' names",
        mend=f"accept one of {known}",
        rule="not-acceptable",
        status=406,
    )
