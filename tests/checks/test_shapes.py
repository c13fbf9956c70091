"""SHACL results become findings: the shape's name is the rule, its message the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks.finding import Finding
from kg.checks.material import Material
from kg.checks.shapes import check_shapes
from kg.checks.syntax import read_file

HEAD = """PREFIX id: <https://w3id.org/foedus/id/> PREFIX kg: <https://w3id.org/foedus/ontology#>
PREFIX graph: <https://w3id.org/foedus/graph/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
DATA = (
    HEAD
    + """GRAPH graph:reference {
  kg:Child rdfs:subClassOf kg:Parent .
  id:good a kg:Parent ; kg:low 1 ; kg:name "x" .
  id:nameless a kg:Child ;
    kg:low 1 .
  id:wrong a kg:Parent ; kg:name "y" ; kg:low 3 ; kg:high 2 .
  id:worded a kg:Parent ; kg:name "z" ;
    kg:low "many" .
}
"""
)
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix shape: <https://w3id.org/foedus/shape/> .
@prefix kg: <https://w3id.org/foedus/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
shape:parent a sh:NodeShape ; sh:targetClass kg:Parent ; sh:property shape:has-name , [
    sh:path kg:low ; sh:datatype xsd:integer ;
    sh:message "un nombre"@fr , "low is no number; write digits"@en ] .
shape:has-name a sh:PropertyShape ; sh:path kg:name ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "the thing has no name; say it with kg:name" .
shape:low-high a sh:NodeShape ; sh:targetSubjectsOf kg:high ; sh:sparql [
    sh:message "low is above high; exchange them" ;
    sh:prefixes [ sh:declare [ sh:prefix "kg" ;
        sh:namespace "https://w3id.org/foedus/ontology#"^^xsd:anyURI ] ] ;
    sh:select "SELECT $this ?value WHERE { $this kg:low ?value ; kg:high ?h . FILTER(?value > ?h) }" ] .
"""


@pytest.fixture
def found(tmp_path: Path) -> list[Finding]:
    shapes, data = tmp_path / "a.shapes.ttl", tmp_path / "data.trig"
    shapes.write_text(SHAPES, encoding="utf-8")
    data.write_text(DATA, encoding="utf-8")
    findings = check_shapes(Material([read_file(data)]), [shapes])
    return sorted(findings, key=lambda finding: finding.sort_key)


def test_each_breach_is_named_placed_and_mended(found: list[Finding], tmp_path: Path) -> None:
    assert [str(finding).removeprefix(f"{tmp_path}/data.trig:") for finding in found] == [
        "6:3: warning: the thing has no name: 'id:nameless'; say it with kg:name [has-name]",
        "8:3: error: low is above high: 'id:wrong', '3'; exchange them [low-high]",
        "10:12: error: low is no number: 'id:worded', kg:low 'many'; write digits [parent]",
    ]


def test_nothing_is_said_of_the_background(tmp_path: Path) -> None:
    shapes, data = tmp_path / "a.shapes.ttl", tmp_path / "data.trig"
    shapes.write_text(SHAPES, encoding="utf-8")
    data.write_text(DATA, encoding="utf-8")
    assert list(check_shapes(Material([], read_file(data).quads), [shapes])) == []
