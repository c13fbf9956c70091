"""What is checked: the files that were read, with a background that only answers for what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import pyoxigraph as ox

from kg.checks.finding import Finding, Severity
from kg.checks.syntax import Reading
from kg.claims.completion import complete
from kg.dates import parse_extent
from kg.errors import DataError, Position
from kg.rdf.positions import PositionIndex, find_position, index_positions
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, DATE, RDF_TYPE, RDFS_LABEL


class Material:
    """The readings under check and their background (ontology, other dossiers).

    Where the files describe a thing (its type, its label, or what a claim says), the background's description
    of it is left out: the files are judged by their own words. It is kept in ``replaced``, to compare.
    """

    def __init__(self, readings: Sequence[Reading], background: Iterable[ox.Quad] = ()) -> None:
        self.readings = tuple(readings)
        self.described = frozenset(_described(self.quads_read()))
        anew = frozenset(_described_anew(self.quads_read()))
        ground = [(quad, _is_replaced(quad, anew)) for quad in background]
        self.background = tuple(quad for quad, is_replaced in ground if not is_replaced)
        self.replaced = tuple(quad for quad, is_replaced in ground if is_replaced)

    def quads_read(self) -> Iterator[ox.Quad]:
        """The quads of the files, in the order of the files."""
        for reading in self.readings:
            yield from reading.quads

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """Everything a rule may ask, each quad once: files, background, and what a load completes."""
        given = [*self.quads_read(), *self.background]
        dated = [q for q in given if _text(q.object) not in self.bad_dates]
        return tuple(dict.fromkeys([*complete(dated), *given]))

    @cached_property
    def bad_dates(self) -> frozenset[str]:
        """The ``date:`` IRIs of the files that are no dates; they are told once, not again by each rule."""
        dates = {
            t for q in self.quads_read() for t in (_text(q.subject), _text(q.object)) if t.startswith(DATE)
        }
        return frozenset(iri for iri in dates if not _is_date(iri[len(DATE) :]))

    @cached_property
    def indexes(self) -> tuple[PositionIndex, ...]:
        """The positions of every file; made only when there is a finding to place."""
        return tuple(index_positions(reading.text, reading.file) for reading in self.readings)

    def position(self, subject: str, property: str = "", value: str = "") -> Position | None:
        """Where the files say it: the value if it is there, else the property, else the thing."""
        return find_position(self.indexes, subject, property, value)

    def concerns(self, thing: str, value: str = "") -> bool:
        """Whether a finding about this thing is about the files, and not about the background.

        A claimant's own stance, which the load completes, repeats its claim: so would its findings.
        """
        if self.bad_dates & {thing, value}:
            return False
        return thing in self.described

    def finding(
        self,
        severity: Severity,
        rule: str,
        what: str,
        mend: str,
        *,
        subject: str,
        property: str = "",
        value: str = "",
    ) -> Finding:
        """A finding placed as closely as the files allow; its text names thing, property and value."""
        position = self.position(subject, property, value)
        if subject and curie(subject) not in what:
            what += f": {curie(subject)!r}"
        if value and value != subject and value not in what and curie(value) not in what:
            what += f", {curie(property)} {curie(value)!r}" if property else f", {curie(value)!r}"
        return Finding(severity, rule, what, mend, position=position, value=curie(value))


def _is_date(text: str) -> bool:
    try:
        parse_extent(text)
    except DataError:
        return False
    return True


def _described(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        yield _text(quad.subject)
        if not isinstance(quad.graph_name, ox.DefaultGraph) and quad.graph_name.value.startswith(CLAIM):
            yield quad.graph_name.value


def _described_anew(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        graph = _text(quad.graph_name)
        if graph.startswith(CLAIM):
            yield graph
        elif quad.predicate.value in (RDF_TYPE, RDFS_LABEL):
            yield _text(quad.subject)


def _is_replaced(quad: ox.Quad, anew: frozenset[str]) -> bool:
    graph = _text(quad.graph_name)
    return (graph if graph.startswith(CLAIM) else _text(quad.subject)) in anew


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
