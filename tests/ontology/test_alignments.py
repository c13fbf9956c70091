"""Links to other vocabularies: ours are the subjects, theirs come from a list of verified namespaces."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg.rdf.vocabulary import BASE, RDFS, SKOS
from tests.ontology import terms as of

FILE = of.FOLDER / "alignments.ttl"
LINKS = list(ox.parse(path=str(FILE), format=ox.RdfFormat.TURTLE))
LINKED_BY = {RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "exactMatch", SKOS + "closeMatch"}
AIDA = (
    "https://raw.githubusercontent.com/NextCenturyCorporation/AIDA-Interchange-Format/master/java/"
    "src/main/resources/com/ncc/aif/ontologies/InterchangeOntology#"
)
#: Whose terms may be linked to: each was read in a copy of its own source.
NAMESPACES = {
    "aida": AIDA,
    "cito": "http://purl.org/spar/cito/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "crminf": "http://www.cidoc-crm.org/extensions/crminf/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "ftm": "https://schema.followthemoney.tech/#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
}


def namespace(iri: str) -> str:
    return re.sub(r"[^#/]*$", "", iri)


def test_there_are_links_and_each_is_of_a_known_kind() -> None:
    assert len(LINKS) >= 80
    assert {link.predicate.value for link in LINKS} == LINKED_BY


def test_a_link_goes_from_a_term_of_ours_to_a_verified_namespace() -> None:
    ours = {*of.TERMS, *of.CODES}
    assert [link for link in LINKS if getattr(link.subject, "value", "") not in ours] == []
    foreign = {namespace(link.object.value) for link in LINKS if isinstance(link.object, ox.NamedNode)}
    assert foreign == set(NAMESPACES.values())
    assert len(foreign) == 19


def test_every_namespace_is_declared_under_its_usual_prefix() -> None:
    declared = dict(re.findall(r"^@prefix (\w+): <(.+)> \.$", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {prefix: declared.get(prefix) for prefix in NAMESPACES} == NAMESPACES


def test_no_module_says_anything_of_a_foreign_term() -> None:
    subjects = {q.subject.value for q in of.store() if isinstance(q.subject, ox.NamedNode)}
    assert [iri for iri in subjects if not iri.startswith(BASE)] == []


@pytest.mark.parametrize("link_by", sorted(LINKED_BY))
def test_classes_link_to_classes_and_properties_to_properties(link_by: str) -> None:
    """Their names tell: a class of theirs begins with a capital, a property does not (but CRM's P and J do)."""
    classes = set(of.declared(of.CLASS))
    for link in LINKS:
        assert isinstance(link.subject, ox.NamedNode)
        assert isinstance(link.object, ox.NamedNode)
        if link.predicate.value != link_by or link.subject.value in of.CODES:
            continue
        name = link.object.value[len(namespace(link.object.value)) :]
        is_class = name[0].isupper() and not re.match(r"[PJ]\d", name)
        assert is_class == (link.subject.value in classes), link


def test_the_five_degrees_of_certainty_are_those_of_aida() -> None:
    exact = {
        (link.subject.value.rsplit("/", 1)[1], link.object.value[len(AIDA) :])
        for link in LINKS
        if isinstance(link.subject, ox.NamedNode)
        and isinstance(link.object, ox.NamedNode)
        and link.object.value.startswith(AIDA + "Epistemic")
    }
    assert exact == {
        ("true-certain", "EpistemicTrueCertain"),
        ("true-uncertain", "EpistemicTrueUncertain"),
        ("false-certain", "EpistemicFalseCertain"),
        ("false-uncertain", "EpistemicFalseUncertain"),
        ("unknown", "EpistemicUnknown"),
    }
