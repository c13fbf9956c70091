"""Examples: the good pass every check, and each bad one is caught by its rule and by no other."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.checks.rules import read_rules
from kg.checks.run import check_paths
from kg.rdf.vocabulary import BASE, RDF_TYPE, SHACL
from tests.ontology import terms as of

SHAPE = BASE + "shape/"


def named_shapes() -> list[str]:
    """The rules of the shapes: property shapes, and node shapes that judge by themselves."""
    judging = {
        quad.subject.value[len(SHAPE) :]
        for quad in of.shapes().quads_for_pattern(None, ox.NamedNode(SHACL + "message"), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return sorted(judging)


SHAPES = named_shapes()
RULES = sorted(rule.stem for rule in of.RULES)


def expected(file: Path) -> set[str]:
    """What the head of a bad example says that it is caught by."""
    text = file.read_text(encoding="utf-8")
    rule = re.search(r"^# Caught by: (\S+)$", text, re.MULTILINE)
    others = re.search(r"^# And with it: (.+)$", text, re.MULTILINE)
    assert text.startswith("# Wrong on purpose: ")
    assert rule is not None
    assert rule[1] == file.stem
    return {rule[1], *(others[1].split() if others else ())}


def test_there_are_checks_and_examples() -> None:
    assert len(SHAPES) >= 80
    assert len(RULES) >= 30
    assert len(of.GOOD) >= 5


def test_the_ontology_passes_its_own_rules() -> None:
    assert [str(finding) for finding in check_paths([of.FOLDER], background=())] == []


@pytest.mark.parametrize("file", of.GOOD, ids=lambda file: file.stem)
def test_a_good_example_passes(file: Path) -> None:
    assert [str(finding) for finding in check_paths([file], background=())] == []


@pytest.mark.parametrize("file", of.BAD, ids=lambda file: file.stem)
def test_a_bad_example_is_caught_by_its_rule_alone(file: Path) -> None:
    findings = check_paths([file], background=())
    assert {finding.rule for finding in findings} == expected(file)
    assert all(finding.position is not None and finding.position.line for finding in findings)


def test_every_shape_and_every_rule_has_a_bad_example() -> None:
    assert sorted(file.stem for file in of.BAD) == sorted([*SHAPES, *RULES])
    assert not set(SHAPES) & set(RULES)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_says_what_is_wrong_and_how_to_mend_it(shape: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", shape)
    (message,) = of.values(SHAPE + shape, SHACL + "message", of.shapes())
    assert isinstance(message, ox.Literal)
    assert message.language == "en"
    what, mend = message.value.split("; ")
    assert what[0].islower() or what.startswith(("ISO", "UN"))
    assert not message.value.endswith(".")
    assert len(mend) > 5


def test_no_shape_judges_without_a_name() -> None:
    """A blank property shape may stand only inside another's condition, where it is not told of by itself."""
    own = ox.NamedNode(SHACL + "property")
    for quad in of.shapes().quads_for_pattern(None, own, None):
        if isinstance(quad.subject, ox.NamedNode):
            assert isinstance(quad.object, ox.NamedNode), quad


def test_every_named_shape_is_reached_from_a_target() -> None:
    property, type = ox.NamedNode(SHACL + "property"), ox.NamedNode(RDF_TYPE)
    reached = {quad.object for quad in of.shapes().quads_for_pattern(None, property, None)}
    targets = {
        quad.subject
        for name in ("targetClass", "targetSubjectsOf")
        for quad in of.shapes().quads_for_pattern(None, ox.NamedNode(SHACL + name), None)
    }
    shapes = {quad.subject for quad in of.shapes().quads_for_pattern(None, type, None)}
    assert {str(s) for s in shapes if isinstance(s, ox.NamedNode)} == {
        str(s) for s in reached | targets if isinstance(s, ox.NamedNode)
    }


def test_every_rule_runs_as_it_stands_and_answers_in_three_columns() -> None:
    rules = read_rules()
    assert [rule.name for rule in rules] == RULES
    for rule in rules:
        solutions = ox.Store().query(rule.query)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [variable.value for variable in solutions.variables] == ["entity", "property", "value"]
        title = rule.query.splitlines()[0]
        assert re.fullmatch(r"# [A-Z][^.:]+", title), title
