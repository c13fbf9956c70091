"""A question's answer is compared row by row with the exact one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks.questions import check_questions, question_files
from kg.errors import UsageError

ORDERED = "SELECT ?a ?b WHERE { ?a ?p ?b } ORDER BY ?a\n"
UNORDERED = "# ORDER BY is not said\nSELECT ?a ?b WHERE { { SELECT ?a ?b { ?a ?p ?b } ORDER BY ?b } }\n"
EXPECTED = "a,b\n1,x\n2,y\n2,z\n"
MORE = EXPECTED + "3,q\n"


def findings(folder: Path, query: str, answer: str, expected: str | None = EXPECTED) -> list[str]:
    (folder / "001-who.rq").write_text(query, encoding="utf-8")
    if expected is not None:
        (folder / "001-who.csv").write_text(expected, encoding="utf-8")
    found = check_questions(lambda _: answer.encode(), question_files(folder))
    return [
        str(finding).removeprefix(f"{folder}/001-who.").removeprefix("csv:").partition(";")[0]
        for finding in found
    ]


@pytest.mark.parametrize(
    ("query", "answer", "says"),
    [
        (ORDERED, EXPECTED, []),
        (ORDERED, EXPECTED.replace("\n", "\r\n"), []),
        (UNORDERED, "a,b\n2,z\n1,x\n2,y\n", []),
        (ORDERED, "a,b\n1,x\n2,z\n2,y\n", ["3: error: the row is '2,z', not '2,y'"]),
        (ORDERED, "a,b\n1,x\n", ["3: error: 1 row is answered, not 3: the first of the rest is '2,y'"]),
        (ORDERED, MORE, ["5: error: 4 rows are answered, not 3: the first of the rest is '3,q'"]),
        (UNORDERED, "a,b\n2,z\n1,x\n", ["3: error: the row '2,y' is not answered"]),
        (UNORDERED, EXPECTED + "2,y\n", ["3: error: the row '2,y' is answered 2 times, not once"]),
        (UNORDERED, EXPECTED + "9,y\n", ["5: error: the row '9,y' is answered and not expected"]),
        (ORDERED, "a\n1\n", ["1: error: the columns are 'a', not 'a,b'"]),
        (ORDERED, "", ["1: error: the columns are '', not 'a,b'"]),
    ],
)  # fmt: skip
def test_the_first_difference_is_told(query: str, answer: str, says: list[str], tmp_path: Path) -> None:
    assert findings(tmp_path, query, answer) == says


def test_a_question_needs_an_answer(tmp_path: Path) -> None:
    assert findings(tmp_path, ORDERED, EXPECTED, expected=None) == [
        "rq: error: the question has no answer '001-who.csv' beside it"
    ]


def test_a_query_that_fails_is_a_finding(tmp_path: Path) -> None:
    def ask(query: str) -> bytes:
        raise UsageError("the query ends too early", mend="close it", rule="bad-query")

    (tmp_path / "001-who.rq").write_text(ORDERED, encoding="utf-8")
    (tmp_path / "001-who.csv").write_text(EXPECTED, encoding="utf-8")
    (found,) = check_questions(ask, question_files(tmp_path))
    assert str(found) == f"{tmp_path}/001-who.rq: error: the query ends too early; close it [bad-query]"
