"""Hygiene rules: the head is the finding's text, the gravity comes from the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks.finding import Finding, Severity
from kg.checks.material import Material
from kg.checks.rules import check_rules, read_rules
from kg.checks.syntax import read_file

DATA = """PREFIX id: <https://w3id.org/foedus/id/> PREFIX kg: <https://w3id.org/foedus/ontology#>
PREFIX graph: <https://w3id.org/foedus/graph/> PREFIX claim: <https://w3id.org/foedus/id/claim/>
GRAPH graph:reference { id:a kg:iso2 "A" . }
GRAPH claim:c {
  id:b kg:iso2 "B" ;
    kg:low 5 ; kg:high 4 .
}
"""
RULE = """# # Low above high
# **Problem:** An estimate has a low bound
#   above its high bound.
# **Solution:** Exchange kg:low and kg:high.
PREFIX kg: <https://w3id.org/foedus/ontology#>
SELECT ?entity ?property ?value WHERE {
  ?entity kg:low ?value ; kg:high ?high . FILTER(?value > ?high) BIND(kg:low AS ?property)
}
"""
NAMED = """# Problem: A claim graph has a code
# Solution: move it
SELECT ?entity WHERE { GRAPH ?g { ?entity <https://w3id.org/foedus/ontology#iso2> ?code }
  FILTER(CONTAINS(STR(?g), "/claim/")) ?entity ?any ?other }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "low-above-high.rq").write_text(RULE, encoding="utf-8")
    (tmp_path / "named.rq").write_text(NAMED, encoding="utf-8")
    (tmp_path / "severity.tsv").write_text("# rule\\tgravity\nlow-above-high\tERROR\nnamed\tINFO\n", "utf-8")
    (tmp_path / "data.trig").write_text(DATA, encoding="utf-8")
    return tmp_path


def found(folder: Path, *, background: bool = False) -> list[Finding]:
    reading = read_file(folder / "data.trig")
    material = Material([], reading.quads) if background else Material([reading])
    return list(check_rules(material, read_rules(folder)))


def test_a_breach_says_what_where_and_how_to_mend(folder: Path) -> None:
    low, named = found(folder)
    assert str(low) == (
        f"{folder}/data.trig:6:12: error: an estimate has a low bound above its high bound: 'id:b', "
        "kg:low '5'; exchange kg:low and kg:high [low-above-high]"
    )
    assert (named.severity, named.what) == (Severity.INFO, "a claim graph has a code: 'id:b'")


def test_the_background_is_not_reproached(folder: Path) -> None:
    assert found(folder, background=True) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("low-above-high.rq", "SELECT ?entity WHERE {}"),
        ("severity.tsv", "low-above-high\tERROR\n"),
        ("severity.tsv", "low-above-high\tERROR\nnamed\tGRAVE\n"),
        ("severity.tsv", "low-above-high\tERROR\nnamed\tINFO\ngone\tINFO\n"),
    ],
)
def test_a_rule_without_head_or_gravity_is_our_fault(file: str, text: str, folder: Path) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"needs|without"):
        read_rules(folder)
