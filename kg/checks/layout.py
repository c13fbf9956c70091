"""What may stand where in a dossier: its graphs, its dates, and that everything in it has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from kg.checks.finding import Finding, fault, from_error
from kg.checks.material import Material
from kg.checks.syntax import Reading
from kg.dates import parse_extent
from kg.errors import DataError, Position
from kg.rdf.positions import PositionIndex
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, DATE, KG, ONTOLOGY_GRAPH, RDF, RECORD_GRAPH, REFERENCE_GRAPH

_CLAIM_CLASS = KG + "Claim"
_TYPE = RDF + "type"


def check_layout(material: Material) -> Iterator[Finding]:
    """Findings of each file by itself, in the order of the files, each at its first breach."""
    claims = {
        quad.subject.value
        for quad in (*material.quads_read(), *material.background)
        if isinstance(quad.subject, ox.NamedNode) and _is(quad, _TYPE, _CLAIM_CLASS)
    }
    for number, reading in enumerate(material.readings):
        for graph, quad in _first_of_each_graph(reading).items():
            if graph == "" and reading.findings:
                continue  # after a fault of syntax the parser takes what follows as outside of its graph
            if breach := _graph_fault(graph, quad, claims):
                index = material.indexes[number]
                where = index.occurrences.get(graph) or _where(index, quad, "")
                yield replace(breach, position=where)
        yield from _date_faults(material, number)
        if not reading.file.endswith(".ttl"):
            yield from _blank_faults(material, number)


def _first_of_each_graph(reading: Reading) -> dict[str, ox.Quad]:
    first: dict[str, ox.Quad] = {}
    if not reading.file.endswith(".ttl"):
        for quad in reading.quads:
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else _spelt(quad.graph_name)
            first.setdefault(graph, quad)
    return first


def _graph_fault(graph: str, quad: ox.Quad, claims: set[str]) -> Finding | None:
    if graph in (REFERENCE_GRAPH, RECORD_GRAPH):
        return None
    name = curie(graph)
    if graph == "":
        thing = curie(_spelt(quad.subject))
        mend = "put it into GRAPH graph:reference, graph:record or the graph of a claim"
        return fault(f"what is said of {thing!r} stands outside every graph", mend=mend, rule="bad-graph")
    if graph == ONTOLOGY_GRAPH:
        mend = "keep terms in the ontology's own files"
        return fault(f"a dossier cannot write into {name!r}", mend=mend, rule="bad-graph", value=name)
    if not graph.startswith(CLAIM):
        mend = "name it graph:reference, graph:record or claim:..."
        return fault(f"{name!r} is not a graph of a dossier", mend=mend, rule="bad-graph", value=name)
    if graph not in claims:
        mend = "record in graph:record who says it: a kg:Claim with claimant, statement and evidence"
        what = f"nobody claims what stands in {name!r}"
        return fault(what, mend=mend, rule="graph-without-claim", value=name)
    return None


def _date_faults(material: Material, number: int) -> Iterator[Finding]:
    """The ``date:`` IRIs that are no dates, each at its first occurrence."""
    index = material.indexes[number]
    first: dict[str, ox.Quad] = {}
    for quad in material.readings[number].quads:
        for term in (quad.subject, quad.object):
            first.setdefault(_spelt(term), quad)
    for iri in sorted(material.bad_dates):
        position = index.occurrences.get(iri)
        if position is None and iri in first:  # our index reads some letters otherwise than the parser
            position = _where(index, first[iri], "")
        if position is None:
            continue
        try:
            parse_extent(iri[len(DATE) :], position=position)
        except DataError as error:
            yield from_error(error)


def _blank_faults(material: Material, number: int) -> Iterator[Finding]:
    """Blank nodes, each once: at the property that leads to it, or nowhere in the file when none does."""
    told: set[ox.BlankNode] = set()
    quads = material.readings[number].quads
    by_object = [(quad.object, quad) for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    by_subject = [(quad.subject, quad) for quad in quads]
    nested = {quad.object for quad in quads if isinstance(quad.object, ox.BlankNode)}
    for node, quad in [*by_object, *((node, quad) for node, quad in by_subject if node not in nested)]:
        if not isinstance(node, ox.BlankNode) or node in told:
            continue
        told.add(node)
        property = "" if node == quad.subject else curie(quad.predicate.value)
        what = (
            f"a value of {property!r} has no name of its own"
            if property
            else "a thing has no name of its own"
        )
        mend = "give it an IRI such as id:..., so that a claim can speak of it"
        where = _where(material.indexes[number], quad, "")
        yield fault(what, mend=mend, rule="blank-node", position=where)


def _where(index: PositionIndex, quad: ox.Quad, value: str) -> Position:
    subject = _spelt(quad.subject)
    levels = index.levels(subject, _spelt(quad.predicate), value)
    return next((position for position in levels if position), Position(index.file))


def _is(quad: ox.Quad, property: str, value: str) -> bool:
    return _spelt(quad.predicate) == property and _spelt(quad.object) == value


def _spelt(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""
