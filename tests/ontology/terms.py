"""What the tests of the ontology ask of it: its graph, its terms, the spellings of terms in other files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.paths import ontology_folder
from kg.rdf.vocabulary import CODE, KG, OWL, RDF_TYPE, SKOS

FOLDER = ontology_folder()
GOOD = sorted((FOLDER / "examples" / "good").glob("*.t*"))
BAD = sorted((FOLDER / "examples" / "bad").glob("*.t*"))
MODULES = sorted(FOLDER.glob("*.ttl"))
CODE_LISTS = sorted((FOLDER / "codes").glob("*.ttl"))
SHAPES = sorted((FOLDER / "shapes").glob("*.ttl"))
RULES = sorted((FOLDER / "hygiene").glob("*.rq"))

CLASS, OBJECT, DATA = OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty"
CONCEPT, SCHEME = SKOS + "Concept", SKOS + "ConceptScheme"


@cache
def store() -> ox.Store:
    """The modules and the code lists."""
    made = ox.Store()
    for file in (*MODULES, *CODE_LISTS):
        made.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return made


@cache
def shapes() -> ox.Store:
    """The shapes."""
    made = ox.Store()
    for file in SHAPES:
        made.load(path=str(file), format=ox.RdfFormat.TURTLE)
    return made


def declared(*kinds: str) -> list[str]:
    """The IRIs of these kinds, in order; blank nodes are no terms."""
    found = {
        quad.subject.value
        for kind in kinds
        for quad in store().quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(kind))
        if isinstance(quad.subject, ox.NamedNode)
    }
    return sorted(found)


TERMS = declared(CLASS, OBJECT, DATA)
CODES = declared(CONCEPT)
SCHEMES = declared(SCHEME)


def values(subject: str, property: str, of: ox.Store | None = None) -> list[ox.NamedNode | ox.Literal]:
    """The values that are IRIs or literals."""
    quads = (of or store()).quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(property), None)
    return [quad.object for quad in quads if isinstance(quad.object, (ox.NamedNode, ox.Literal))]


def in_language(subject: str, property: str, language: str) -> list[str]:
    """The texts in a language, in order."""
    found = (value for value in values(subject, property) if isinstance(value, ox.Literal))
    return sorted(value.value for value in found if value.language == language)


def spelt(files: Iterable[Path]) -> set[str]:
    """Every kg: and code: name that these files spell, as IRIs, be it in a comment or a text."""
    found: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        found |= {KG + name for name in re.findall(r"(?<![\w:])kg:([A-Za-z]\w*)", text)}
        found |= {KG + name for name in re.findall(r'\bKG \+ "(\w+)"', text)}
        found |= {CODE + name for name in re.findall(r"(?<![\w:])code:([a-z][\w-]*)", text)}
        found |= {CODE + name for name in re.findall(r'\bCODE \+ "([\w-]+)"', text)}
    return found
