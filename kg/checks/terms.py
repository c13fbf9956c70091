"""Names that are used must be known: terms of the ontology, codes, and things that some file describes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.checks.finding import Finding, fault
from kg.checks.material import Material
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CODE, DATE, DCTERMS, GRAPH, ID, KG, ONTOLOGY_GRAPH, OWL, RDF, RDFS, SKOS

#: What we use of other vocabularies, and a slip of the pen away from it; their other terms are not judged.
_BORROWED = {
    *(RDF + name for name in ("type", "first", "rest", "nil", "value")),
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy", "subClassOf", "subPropertyOf")),
    *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "notation", "definition", "note")),
    *(SKOS + name for name in ("scopeNote", "example", "exactMatch", "closeMatch", "broader", "inScheme")),
    *(
        DCTERMS + name
        for name in ("publisher", "language", "title", "creator", "issued", "source", "license")
    ),
    OWL + "sameAs",
}
_JUDGED = (RDF, RDFS, SKOS, DCTERMS, OWL)


@dataclass(frozen=True, slots=True)
class _Use:
    """The first use of a name in the files: the quad that holds it."""

    name: str
    quad: ox.Quad


def check_terms(material: Material) -> Iterator[Finding]:
    """Findings for names that nothing defines: ``unknown-term``, ``unknown-thing``; once for each name."""
    terms, things = _known(material)
    for use in _uses(material):
        if use.name.startswith((KG, CODE)):
            if use.name not in terms:
                yield _unknown_term(material, use, terms)
        elif use.name.startswith(_JUDGED):
            if use.name not in _BORROWED and _near(use.name, _BORROWED):
                yield _unknown_term(material, use, _BORROWED)
        elif use.name not in things:
            what = f"nothing is known of {curie(use.name)!r}"
            near = _near(use.name, things)
            mend = (
                f"did you mean {curie(near)!r}?" if near else "describe it in graph:reference or graph:record"
            )
            yield _placed(material, use, fault(what, mend=mend, rule="unknown-thing"))


def _known(material: Material) -> tuple[set[str], set[str]]:
    """Terms: what the ontology's graph describes. Things: what any dossier's graph describes or names."""
    terms: set[str] = set()
    things: set[str] = set()
    for quad in material.quads:
        if isinstance(quad.subject, ox.NamedNode):
            graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            (terms if graph == ONTOLOGY_GRAPH else things).add(quad.subject.value)
    return terms, things


def _uses(material: Material) -> Iterator[_Use]:
    seen: set[str] = set()
    for quad in material.quads_read():
        in_ontology = quad.graph_name == ox.NamedNode(ONTOLOGY_GRAPH)
        for place, term in enumerate((quad.subject, quad.predicate, quad.object)):
            name = term.value if isinstance(term, ox.NamedNode) else ""
            if name in seen or not _is_judged(name, is_property=place == 1):
                continue
            if in_ontology and not name.startswith((KG, CODE)):
                continue  # the ontology may speak of other vocabularies as it needs
            seen.add(name)
            yield _Use(name, quad)


def _is_judged(name: str, *, is_property: bool) -> bool:
    if name.startswith((DATE, GRAPH)):
        return False
    return name.startswith((KG, CODE, ID)) or (is_property and name.startswith(_JUDGED))


def _near(name: str, known: set[str]) -> str:
    """The known name that is most like it, among those of the same namespace; empty when none is near."""
    cut = max(name.rfind("#"), name.rfind("/")) + 1
    same = sorted(other[cut:] for other in known if other.startswith(name[:cut]))
    found = difflib.get_close_matches(name[cut:], same, n=1, cutoff=0.75)
    return name[:cut] + found[0] if found else ""


def _unknown_term(material: Material, use: _Use, known: set[str]) -> Finding:
    near = _near(use.name, known)
    kind = "code" if use.name.startswith(CODE) else "term"
    mend = f"did you mean {curie(near)!r}?" if near else "see 'kg terms' for those of the ontology"
    what = f"there is no {kind} {curie(use.name)!r}"
    return _placed(material, use, fault(what, mend=mend, rule="unknown-term"))


def _placed(material: Material, use: _Use, found: Finding) -> Finding:
    places = (index.occurrences.get(use.name) for index in material.indexes)
    position = next((place for place in places if place), None)
    return replace(found, position=position, value=curie(use.name))
