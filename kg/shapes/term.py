"""The terms of the ontology - classes, properties, codes, code lists - read and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.rdf.vocabulary import CODE, KG, OWL, RDF_TYPE, RDFS_LABEL, SKOS, SKOS_PREF_LABEL
from kg.shapes.text import Json

_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    SKOS + "Concept": "code",
    SKOS + "ConceptScheme": "code list",
}
DEFINITION = SKOS + "definition"


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, code or code list: what is said of it, by property, with the language of texts."""

    iri: str
    said: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Class, property, code, code list; empty for what is none of ours."""
        return next((_KINDS[value] for value, _ in self.said.get(RDF_TYPE, ()) if value in _KINDS), "")

    def text(self, lang: str, *properties: str) -> str:
        """The text of the first of these properties in this language, else in English, else any."""
        texts = {tag: text for prop in reversed(properties) for text, tag in self.said.get(prop, ())}
        return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")

    def label(self, lang: str) -> str:
        """Its label."""
        return self.text(lang, RDFS_LABEL, SKOS_PREF_LABEL)


def read_terms(said: Iterable[Sequence[str]]) -> list[Term]:
    """The terms of our namespaces in the answer of ``ontology_terms.rq``: classes, then properties, then codes."""
    terms: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for iri, prop, value, lang in said:
        if iri.startswith((KG, CODE)):
            terms.setdefault(iri, {}).setdefault(prop, []).append((value, lang))
    order = list(dict.fromkeys(_KINDS.values()))
    found = [term for term in (Term(iri, about) for iri, about in terms.items()) if term.kind]
    return sorted(found, key=lambda term: (order.index(term.kind), term.iri))


def term_json(term: Term, lang: str) -> dict[str, Json]:
    """A member of the answer of ``kg terms`` in docs/cli.md."""
    return {
        "iri": term.iri,
        "kind": term.kind,
        "label": term.label(lang),
        "definition": term.text(lang, DEFINITION),
    }
