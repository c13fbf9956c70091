"""Competency questions: each ``.rq`` is asked, and its rows are compared with the ``.csv`` beside it.

To write the answer of a new question, ask it and read what comes out before you keep it:
``kg query --question NAME --format csv -o ontology/questions/NAME.csv``.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.checks.finding import Finding, fault, from_error
from kg.errors import KgError, Position
from kg.paths import ontology_folder

#: Asks a SPARQL query and returns its rows as SPARQL 1.1 CSV.
Ask = Callable[[str], bytes]


def question_files(folder: Path | None = None) -> list[Path]:
    """The queries of a folder (default: the ontology's questions), by number."""
    return sorted((folder or ontology_folder() / "questions").glob("*.rq"))


def check_questions(ask: Ask, files: list[Path]) -> Iterator[Finding]:
    """Findings for questions whose answer is not the written one; order counts where the query orders."""
    for file in files:
        expected_file = file.with_suffix(".csv")
        again = f"kg query --question {file.stem} --format csv"
        mend = f"mend the data, or ask it with '{again}' and keep what is right"
        query = file.read_text(encoding="utf-8")
        if not expected_file.is_file():
            what = f"the question has no answer {expected_file.name!r} beside it"
            yield fault(what, mend=mend, rule="question-without-answer", position=Position(str(file)))
            continue
        try:
            answer = _rows(ask(query).decode("utf-8"))
        except KgError as error:
            yield replace(from_error(error), position=Position(str(file)))
            continue
        expected = _rows(expected_file.read_text(encoding="utf-8"))
        if difference := _difference(expected, answer, is_ordered=_is_ordered(query)):
            what, line = difference
            yield fault(what, mend=mend, rule="wrong-answer", position=Position(str(expected_file), line))


def _rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(io.StringIO(text)) if row]


def _is_ordered(query: str) -> bool:
    code = re.sub(r"#.*", "", query)
    return re.search(r"\bORDER\s+BY\b", code[code.rfind("}") :], re.IGNORECASE) is not None


def _difference(
    expected: list[tuple[str, ...]], answer: list[tuple[str, ...]], *, is_ordered: bool
) -> tuple[str, int] | None:
    """What differs first and on which line of the answer file; the heading is line 1."""
    if expected[:1] != answer[:1]:
        return f"the columns are {_joined(answer[:1])}, not {_joined(expected[:1])}", 1
    if not is_ordered:
        return _difference_of_sets(expected, answer)
    for line, (wanted, got) in enumerate(zip(expected, answer, strict=False), start=1):
        if wanted != got:
            return f"the row is {_joined([got])}, not {_joined([wanted])}", line
    if len(expected) != len(answer):
        shorter = min(len(expected), len(answer))
        rest = max(expected, answer, key=len)[shorter:]
        rows = "1 row is" if len(answer) == 2 else f"{len(answer) - 1} rows are"
        what = f"{rows} answered, not {len(expected) - 1}: the first of the rest is {_joined(rest)}"
        return what, shorter + 1
    return None


def _difference_of_sets(
    expected: list[tuple[str, ...]], answer: list[tuple[str, ...]]
) -> tuple[str, int] | None:
    wanted, got = Counter(expected), Counter(answer)
    for line, row in enumerate(expected, start=1):
        if not got[row]:
            return f"the row {_joined([row])} is not answered", line
        if got[row] != wanted[row]:
            once = "once" if wanted[row] == 1 else f"{wanted[row]} times"
            return f"the row {_joined([row])} is answered {got[row]} times, not {once}", line
    for row in answer:
        if not wanted[row]:
            return f"the row {_joined([row])} is answered and not expected", len(expected) + 1
    return None


def _joined(rows: list[tuple[str, ...]]) -> str:
    return repr(",".join(rows[0])) if rows else "''"
