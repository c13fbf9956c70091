"""SHACL: the only place that imports pyshacl and turns its results into findings."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.checks.finding import Finding, Severity
from kg.checks.material import Material
from kg.checks.values import is_sound
from kg.paths import ontology_folder
from kg.rdf.vocabulary import BASE, SHACL

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SHAPE = BASE + "shape/"
_SEVERITIES = {
    SHACL + "Violation": Severity.ERROR,
    SHACL + "Warning": Severity.WARN,
    SHACL + "Info": Severity.INFO,
}


def shape_files(folder: Path | None = None) -> list[Path]:
    """The files of the shapes, by name."""
    return sorted((folder or ontology_folder() / "shapes").glob("*.shapes.ttl"))


def check_shapes(material: Material, files: Iterable[Path]) -> Iterator[Finding]:
    """Findings of the shapes about the files under check; a finding's rule is its shape's name."""
    from rdflib import Graph

    shapes = Graph()
    for file in files:
        shapes.parse(file, format="turtle")
    with _silent():
        report = _validate(_graph(quad for quad in material.quads if is_sound(quad)), shapes)
    for result in _results(report):
        focus, path, value = (_spelt(report, result, SHACL + p) for p in ("focusNode", "resultPath", "value"))
        if not material.concerns(focus, value):
            continue
        severity = _SEVERITIES[_spelt(report, result, SHACL + "resultSeverity")]
        what, _, mend = _message(report, result).partition("; ")
        rule = _rule(report, shapes, result)
        mend = mend or "see the rule in docs/errors.md"
        yield material.finding(severity, rule, what, mend, subject=focus, property=path, value=value)


def _graph(quads: Iterable[ox.Quad]) -> Graph:
    """The merge of all graphs as rdflib holds it, built term by term: nothing is parsed again."""
    from rdflib import BNode, Graph, Literal, URIRef

    made: dict[object, Node] = {}

    def term(of: object) -> Node:
        known = made.get(of)
        if known is None:
            if isinstance(of, ox.NamedNode):
                known = URIRef(of.value)
            elif isinstance(of, ox.BlankNode):
                known = BNode(of.value)
            elif isinstance(of, ox.Literal):
                datatype = None if of.language else URIRef(of.datatype.value)
                known = Literal(of.value, lang=of.language, datatype=datatype, normalize=False)
            else:
                raise TypeError(f"SHACL knows no such term: {of}")
            made[of] = known
        return known

    graph = Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


@contextmanager
def _silent() -> Iterator[None]:
    """Without what rdflib and pyshacl log and warn of, which is about themselves and not about the data."""
    logger = logging.getLogger("rdflib")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _validate(data: Graph, shapes: Graph) -> Graph:
    from pyshacl import validate
    from rdflib import Graph

    _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True, advanced=False)
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl could not check: {report}")
    return report


def _results(report: Graph) -> list[Node]:
    from rdflib import RDF, URIRef

    return sorted(report.subjects(RDF.type, URIRef(SHACL + "ValidationResult")), key=str)


def _spelt(report: Graph, result: Node, property: str) -> str:
    from rdflib import BNode, URIRef

    value = report.value(result, URIRef(property))
    return "" if value is None or isinstance(value, BNode) else str(value)


def _message(report: Graph, result: Node) -> str:
    from rdflib import Literal, URIRef

    messages = sorted(report.objects(result, URIRef(SHACL + "resultMessage")), key=str)
    english = [m for m in messages if isinstance(m, Literal) and m.language in (None, "en")]
    return str(next(iter(english or messages), "the shape does not hold"))


def _rule(report: Graph, shapes: Graph, result: Node) -> str:
    """The name of the shape that was broken, or of the closest named shape around it."""
    from rdflib import URIRef

    shape = report.value(result, URIRef(SHACL + "sourceShape"))
    while shape is not None:
        if isinstance(shape, URIRef) and shape.startswith(SHAPE):
            return str(shape)[len(SHAPE) :]
        shape = next(iter(sorted(shapes.subjects(None, shape), key=str)), None)
    return "shape"
