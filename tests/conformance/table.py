"""The table of what passes, and the failures that docs/conformance.md explains by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet

from tests.conformance.manifests import Case, cases

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"

QUERY = ("QueryEvaluationTest", "CSVResultFormatTest")
UPDATE = ("UpdateEvaluationTest",)
SYNTAX = (
    "PositiveSyntaxTest11",
    "NegativeSyntaxTest11",
    "PositiveUpdateSyntaxTest11",
    "NegativeUpdateSyntaxTest11",
)
PROTOCOL = ("ProtocolTest",)
GRAPH_STORE = ("GraphStoreProtocolTest",)
DESCRIPTION = ("ServiceDescriptionTest",)

_FORMATS = ("csv-tsv-res", "json-res")
_FEDERATED = ("service", "syntax-fed")
DEPRECATED = "http-rdf-update"
#: How many there are of each kind: fewer would mean that some were not found.
FLOORS = {QUERY: 312, UPDATE: 94, SYNTAX: 169, PROTOCOL: 34, GRAPH_STORE: 31, DESCRIPTION: 3}


class Line(NamedTuple):
    """One line of the table."""

    suite: str
    tests: int
    pass_: int

    def __str__(self) -> str:
        return f"| {self.suite} | {self.tests} | {self.pass_} | {self.tests - self.pass_} |"


def suite_of(case: Case) -> str:
    """The line of the table that a test belongs to."""
    if case.kind in QUERY:
        if case.folder in _FORMATS:
            return "query: formats of results"
        if case.folder in _FEDERATED:
            return "query: federated"
        return "query: entailment regimes" if case.folder == "entailment" else "query: evaluation"
    if case.kind in SYNTAX:
        return "syntax: updates" if "Update" in case.kind else "syntax: queries"
    if case.kind in GRAPH_STORE:
        return "graph store: deprecated" if case.folder == DEPRECATED else "graph store"
    others = {"UpdateEvaluationTest": "update: evaluation", "ProtocolTest": "protocol"}
    return others.get(case.kind, "service description")


@cache
def known_failures() -> Mapping[str, str]:
    """The tests that fail, by ``folder/name``, and why: the rows of the second table of the page."""
    rows = re.findall(r"^\| `([\w-]+/[\w.-]+)` \| (.+?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def with_known_failures(found: Sequence[Case]) -> list[ParameterSet]:
    """Parameters for a test; what is known to fail must fail."""
    made = []
    for case in found:
        why = known_failures().get(case.id)
        marks = [pytest.mark.xfail(reason=why, raises=AssertionError, strict=True)] if why else []
        made.append(pytest.param(case, id=case.id, marks=marks))
    return made


@cache
def suites() -> Mapping[str, str]:
    """Every test by ``folder/name``, and its line of the table."""
    return {case.id: suite_of(case) for kinds in FLOORS for case in cases(*kinds)}


def lines() -> list[Line]:
    """The table as it must be: all tests, and those among them that are known to fail."""
    found: dict[str, list[Case]] = {}
    for kinds in FLOORS:
        for case in cases(*kinds):
            found.setdefault(suite_of(case), []).append(case)
    made = [
        Line(suite, len(tests), sum(test.id not in known_failures() for test in tests))
        for suite, tests in found.items()
    ]
    return [*made, Line("all", sum(line.tests for line in made), sum(line.pass_ for line in made))]
