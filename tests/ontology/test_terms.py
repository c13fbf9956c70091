"""Terms: each is labelled, defined, exemplified and used; the head and the changelog tell one version."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.claims.completion import complete
from kg.paths import dossiers_folder
from kg.rdf.vocabulary import CODE, KG, OWL, PREFIXES, RDFS, SKOS
from tests.ontology import terms as of

ONTOLOGY = "https://w3id.org/foedus/ontology"
STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
ROOT = of.FOLDER.parent
#: What the default dataset of the examples says, and the merge that a load completes.
EXAMPLE = of.FOLDER / "examples" / "good" / "norland-sudmark.trig"


def merged() -> set[ox.Triple]:
    quads = complete(ox.parse(path=str(EXAMPLE), format=ox.RdfFormat.TRIG))
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}


MERGED = merged()


def test_there_is_an_ontology() -> None:
    assert len(of.TERMS) >= 130
    assert (len(of.CODES), len(of.SCHEMES)) >= (80, 14)
    assert len(of.MODULES) == 6
    assert all(len(file.read_text(encoding="utf-8").splitlines()) < 450 for file in of.MODULES)


def test_terms_and_codes_have_iris_of_ours_and_a_kind_each() -> None:
    assert all(term.startswith(KG) for term in of.TERMS)
    assert all(code.startswith(CODE) for code in (*of.CODES, *of.SCHEMES))
    assert len(of.TERMS) == sum(len(of.declared(kind)) for kind in (of.CLASS, of.OBJECT, of.DATA))
    assert not set(of.CODES) & set(of.SCHEMES)


def test_the_names_begin_as_their_kind_demands() -> None:
    assert all(class_[len(KG)].isupper() for class_ in of.declared(of.CLASS))
    assert all(term[len(KG)].islower() for term in of.declared(of.OBJECT, of.DATA))


@pytest.mark.parametrize(
    "term", [*of.TERMS, *of.CODES, *of.SCHEMES], ids=lambda iri: re.sub(r".*[/#]", "", iri)
)
def test_a_term_has_one_label_and_one_definition_in_each_language(term: str) -> None:
    label = RDFS + "label" if term in of.TERMS else SKOS + "prefLabel"
    for property in (label, SKOS + "definition"):
        for language in ("en", "fr"):
            assert len(of.in_language(term, property, language)) == 1, (property, language)
        assert len(of.values(term, property)) == 2
    notes = [of.in_language(term, SKOS + "scopeNote", language) for language in ("en", "fr")]
    assert len(notes[0]) == len(notes[1]) <= 1
    assert of.values(term, RDFS + "isDefinedBy") == [ox.NamedNode(ONTOLOGY)]


@pytest.mark.parametrize("term", of.TERMS, ids=lambda iri: iri[len(KG) :])
def test_the_example_of_a_term_uses_it_and_is_part_of_a_dossier_that_passes(term: str) -> None:
    """The dossier itself is validated in test_examples.py; so whatever is part of it is valid."""
    (example,) = of.values(term, SKOS + "example")
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    quads = list(ox.parse(head + example.value, format=ox.RdfFormat.TURTLE))
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert any(ox.NamedNode(term) in (triple.predicate, triple.object) for triple in triples)
    assert triples <= MERGED


@pytest.mark.parametrize("term", of.TERMS, ids=lambda iri: iri[len(KG) :])
def test_a_term_has_a_status_and_a_place_among_the_others(term: str) -> None:
    assert [str(status.value) for status in of.values(term, STATUS)] == ["stable"]
    if term in of.declared(of.DATA):
        ranges = [value.value for value in of.values(term, RDFS + "range")]
        assert len(ranges) <= 1
        assert all(value.startswith("http://www.w3.org/") for value in ranges)


def test_every_term_is_used_by_data_a_shape_or_a_question() -> None:
    users = [
        *dossiers_folder().rglob("*.trig"),
        *of.SHAPES,
        *sorted((of.FOLDER / "questions").glob("*.rq")),
    ]
    assert len(users) > 20
    guesses = set(of.TERMS) - of.spelt(users)
    assert guesses == set()


def test_every_term_is_used_by_the_example_dossier() -> None:
    used = {term for triple in MERGED for term in (triple.predicate, triple.object)}
    assert [term for term in of.TERMS if ox.NamedNode(term) not in used] == []


def test_every_name_that_code_queries_data_or_shapes_spell_is_declared() -> None:
    files = [
        *sorted((ROOT / "kg").rglob("*.py")),
        *sorted((ROOT / "kg").rglob("*.rq")),
        *sorted(of.FOLDER.rglob("*.rq")),
        *sorted(dossiers_folder().rglob("*.trig")),
        *of.SHAPES,
    ]
    spelt = of.spelt(files)
    assert len(spelt) > 150
    assert spelt - {*of.TERMS, *of.CODES, *of.SCHEMES} == set()


@pytest.mark.parametrize("file", [*of.MODULES, *of.CODE_LISTS, *of.SHAPES], ids=lambda file: file.stem)
def test_a_file_begins_with_what_it_is_for_and_declares_the_prefixes_it_uses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    assert text.startswith("# ")
    assert declared == sorted(declared)
    body = re.sub(
        r'^@prefix .*$|"[^"\n]*"|^\s*#.*$',
        "",
        re.sub(r'"""[^"]*(?:"[^"]+)*"""', "", text),
        flags=re.MULTILINE,
    )
    assert [prefix for prefix in declared if not re.search(rf"\b{prefix}:", body)] == []


def test_a_term_stands_in_one_block_of_one_file() -> None:
    blocks = [
        name
        for file in (*of.MODULES, *of.CODE_LISTS)
        if file.stem != "alignments"
        for name in re.findall(r"^((?:kg|code):\S+) ", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(blocks) == len(set(blocks)) == len(of.TERMS) + len(of.CODES) + len(of.SCHEMES)


def test_the_head_and_the_changelog_tell_one_version() -> None:
    (version,) = of.values(ONTOLOGY, OWL + "versionInfo")
    top = re.search(r"^## (\S+)$", (of.FOLDER / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert top is not None
    assert top[1] == version.value
    assert of.values(ONTOLOGY, OWL + "versionIRI") == [ox.NamedNode(f"{ONTOLOGY}/{version.value}")]
    assert of.values(ONTOLOGY, OWL + "imports") == []


def test_the_head_says_what_it_is_in_two_languages_and_under_which_licence() -> None:
    dcterms = PREFIXES["dcterms"]
    for property in ("title", "description"):
        assert len(of.in_language(ONTOLOGY, dcterms + property, "en")) == 1
        assert len(of.in_language(ONTOLOGY, dcterms + property, "fr")) == 1
    licence = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    assert of.values(ONTOLOGY, dcterms + "license") == [licence]
    assert [value.value for value in of.values(ONTOLOGY, dcterms + "creator")] == ["The Foedus authors"]


def test_the_readme_names_every_file_and_folder() -> None:
    text = (of.FOLDER / "README.md").read_text(encoding="utf-8")
    names = [path.name for path in of.FOLDER.iterdir() if path.name not in ("README.md", "examples")]
    assert [name for name in names if name not in text] == []
