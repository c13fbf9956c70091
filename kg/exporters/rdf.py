"""A perspective as RDF: claim by claim (TriG, N-Quads, JSON-LD), or merged (Turtle, N-Triples, RDF/XML)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.exporters.xml_text import xml_text
from kg.rdf.trig import Term, write_nquads, write_trig
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, PREFIXES

#: format -> media type, for those who serve it.
RDF_FORMATS: dict[str, str] = {
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}

_ONTOLOGY = NamedNode(ONTOLOGY_GRAPH)


def write_rdf(quads: Iterable[Quad], *, format: str) -> bytes:
    """The data of named graphs in one of RDF_FORMATS; the same data give the same bytes.

    The ontology is left out: it has its own files. TriG, N-Quads and JSON-LD keep every claim in its graph;
    the others hold the merge, each triple once.

    :raises KeyError: for an unknown format, which is a fault of the caller.
    """
    return _WRITERS[format]([quad for quad in quads if quad.graph_name != _ONTOLOGY])


def _trig(quads: Sequence[Quad]) -> bytes:
    return write_trig(quads).encode()


def _nquads(quads: Sequence[Quad]) -> bytes:
    return write_nquads(quads).encode()


def _jsonld(quads: Sequence[Quad]) -> bytes:
    return _serialized(sorted(quads, key=str), RdfFormat.JSON_LD)


def _merged(quads: Iterable[Quad]) -> list[Triple]:
    return sorted({quad.triple for quad in quads}, key=str)


def _turtle(quads: Sequence[Quad]) -> bytes:
    return write_trig([Quad(*triple) for triple in _merged(quads)]).encode()


def _ntriples(quads: Sequence[Quad]) -> bytes:
    return _serialized(_merged(quads), RdfFormat.N_TRIPLES)


def _rdfxml(quads: Sequence[Quad]) -> bytes:
    triples = [Triple(t.subject, t.predicate, _fit_for_xml(t.object)) for t in _merged(quads)]
    predicates = {triple.predicate.value for triple in triples}
    prefixes = {name: iri for name, iri in PREFIXES.items() if any(p.startswith(iri) for p in predicates)}
    return _serialized(triples, RdfFormat.RDF_XML, prefixes)


def _serialized(
    data: Sequence[Quad] | Sequence[Triple], format: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    text = serialize(data, format=format, prefixes=prefixes)
    assert text is not None  # it is, unless the bytes were sent to a file
    return text if text.endswith(b"\n") else text + b"\n"


def _fit_for_xml(term: Term) -> Term:
    if not isinstance(term, Literal) or term.value.isprintable():
        return term
    value = xml_text(term.value)
    if term.language:
        return Literal(value, language=term.language)
    return Literal(value, datatype=term.datatype)


_WRITERS: dict[str, Callable[[Sequence[Quad]], bytes]] = {
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "turtle": _turtle,
    "ntriples": _ntriples,
    "rdfxml": _rdfxml,
}
