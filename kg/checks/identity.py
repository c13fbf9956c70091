"""One IRI, one thing: the same claim recorded twice, or two things under one IRI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from kg.checks.finding import Finding, fault
from kg.checks.material import Material
from kg.errors import Position
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, KG, ONTOLOGY_GRAPH, RDF, RDFS, RECORD_GRAPH, REFERENCE_GRAPH

_TYPE = RDF + "type"
_LABEL = RDFS + "label"
_SUBCLASS = RDFS + "subClassOf"


@dataclass(frozen=True, slots=True)
class _Written:
    """A value as one file writes it: ``file`` is the reading's number, ``count`` how often it has it."""

    file: int
    value: str
    language: str
    count: int


def check_identity(
    material: Material, *, name: str = "", firm: Set[ox.Quad] = frozenset()
) -> Iterator[Finding]:
    """Findings ``duplicate-claim`` and ``two-entities-one-iri``, each placed at the second of the two.

    ``firm`` is what of the background the files must not contradict, and ``name`` what a finding calls it.
    """
    written = _written(material)
    yield from _against(material, written, name, firm)
    twice = list(_duplicate_claims(material, written))
    yield from twice
    told = {finding.value for finding in twice}
    supers = _superclasses(material)
    for (subject, property), values in written.items():
        if curie(subject) in told:
            continue  # of a claim recorded twice the names are the least trouble
        if property == _LABEL:
            yield from _two_labels(material, subject, values)
        elif not subject.startswith(CLAIM):
            yield from _two_types(material, subject, values, supers)


def _written(material: Material) -> dict[tuple[str, str], list[_Written]]:
    """Types and labels in the reference and the record; what a claim says of a type is the claim's affair."""
    counts: dict[tuple[str, str], dict[tuple[int, str, str], int]] = defaultdict(lambda: defaultdict(int))
    graphs = {ox.NamedNode(REFERENCE_GRAPH), ox.NamedNode(RECORD_GRAPH)}
    for number, reading in enumerate(material.readings):
        for quad in reading.quads:
            if quad.graph_name not in graphs or not isinstance(quad.subject, ox.NamedNode):
                continue
            if quad.predicate.value in (_TYPE, _LABEL) and isinstance(
                quad.object, (ox.NamedNode, ox.Literal)
            ):
                language = quad.object.language if isinstance(quad.object, ox.Literal) else None
                key = number, quad.object.value, language or ""
                counts[quad.subject.value, quad.predicate.value][key] += 1
    return {
        key: [_Written(file, value, language, count) for (file, value, language), count in values.items()]
        for key, values in counts.items()
    }


def _duplicate_claims(
    material: Material, written: dict[tuple[str, str], list[_Written]]
) -> Iterator[Finding]:
    for (subject, property), values in written.items():
        places = [w for w in values if property == _TYPE and w.value == KG + "Claim" for _ in range(w.count)]
        if len(places) < 2:
            continue
        blocks = _blocks(material, subject, KG + "Claim", places)
        unplaced = [Position(material.indexes[place.file].file) for place in places]
        first, second = [*blocks, *unplaced][:2]
        what = f"the claim {curie(subject)!r} is recorded already at {first}"
        mend = "give one of the two an IRI of its own, or remove it"
        yield fault(what, mend=mend, rule="duplicate-claim", position=second, value=curie(subject))


def _blocks(material: Material, subject: str, value: str, places: list[_Written]) -> list[Position]:
    """Where the blocks begin that write the value, in the order of the files."""
    found: list[Position] = []
    for file in sorted({place.file for place in places}):
        index = material.indexes[file]
        at = index.values.get((subject, _TYPE, value), [])
        found += [index.block_of(subject, position) for position in at]
    return found


def _two_labels(material: Material, subject: str, values: list[_Written]) -> Iterator[Finding]:
    by_language: dict[str, list[_Written]] = defaultdict(list)
    for written in values:
        if all(written.value != other.value for other in by_language[written.language]):
            by_language[written.language].append(written)
    for language, (first, *others) in sorted(by_language.items()):
        for other in others:
            tagged = f"@{language}" if language else ""
            what = (
                f"{curie(subject)!r} is called {other.value!r}{tagged} here and {first.value!r}{tagged} at "
            )
            what += str(_at(material, first, subject, _LABEL))
            mend = "give the other thing an IRI of its own; a second name of one thing is skos:altLabel"
            yield _clash(material, subject, _LABEL, other, what, mend)


def _two_types(
    material: Material, subject: str, values: list[_Written], supers: dict[str, set[str]]
) -> Iterator[Finding]:
    for first, other in combinations(values, 2):
        if _are_related(first.value, other.value, supers):
            continue
        here, there = _at(material, other, subject, _TYPE), _at(material, first, subject, _TYPE)
        if first.file == other.file:
            index = material.indexes[first.file]
            if index.block_of(subject, here) == index.block_of(subject, there):
                continue  # one author says both in one breath: a state that is also a place
        what = f"{curie(subject)!r} is a {curie(other.value)} here and a {curie(first.value)} at {there}"
        mend = "give one of the two an IRI of its own"
        yield _clash(material, subject, _TYPE, other, what, mend)


def _against(
    material: Material, written: dict[tuple[str, str], list[_Written]], ground: str, firm: Set[ox.Quad]
) -> Iterator[Finding]:
    """Findings for things that the files and the background call, or class, in different ways."""
    supers = _superclasses(material)
    known: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    graphs = {ox.NamedNode(REFERENCE_GRAPH), ox.NamedNode(RECORD_GRAPH)}
    for quad in material.replaced:
        if quad not in firm or quad.graph_name not in graphs or not isinstance(quad.subject, ox.NamedNode):
            continue
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            language = (quad.object.language or "") if isinstance(quad.object, ox.Literal) else ""
            known[quad.subject.value, quad.predicate.value].add((quad.object.value, language))
    mend = "give this thing an IRI of its own, or say the same of it"
    for (subject, property), values in written.items():
        for here in values:
            for value, language in sorted(known[subject, property]):
                if property == _LABEL and language == here.language and value != here.value:
                    what = f"{curie(subject)!r} is called {here.value!r} here and {value!r} in {ground}"
                elif property == _TYPE and not _are_related(value, here.value, supers):
                    what = (
                        f"{curie(subject)!r} is a {curie(here.value)} here and a {curie(value)} in {ground}"
                    )
                else:
                    continue
                yield _clash(material, subject, property, here, what, mend)


def _are_related(one: str, other: str, supers: dict[str, set[str]]) -> bool:
    return one == other or other in supers[one] or one in supers[other]


def _at(material: Material, written: _Written, subject: str, property: str) -> Position:
    """Where it is written; of odd letters in a name, which our reader ends elsewhere, the closest it has."""
    index = material.indexes[written.file]
    found = (position for position in index.levels(subject, property, written.value) if position)
    return next(found, Position(index.file))


def _clash(
    material: Material, subject: str, property: str, written: _Written, what: str, mend: str
) -> Finding:
    position = _at(material, written, subject, property)
    return fault(what, mend=mend, rule="two-entities-one-iri", position=position, value=curie(subject))


def _superclasses(material: Material) -> dict[str, set[str]]:
    """For each class all that stand above it in the ontology."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in material.quads:
        if quad.predicate.value != _SUBCLASS or quad.graph_name != ox.NamedNode(ONTOLOGY_GRAPH):
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            above[quad.subject.value].add(quad.object.value)
    result: dict[str, set[str]] = defaultdict(set)
    for name in above:
        waiting = [name]
        while waiting:
            fresh = above.get(waiting.pop(), set()) - result[name]
            result[name] |= fresh
            waiting += fresh
    return result
