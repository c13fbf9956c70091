"""``kg check``: one line for each finding, the exit code by their gravity, the same as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.checks.conftest import GOOD
from tests.commands.door import kg

FLAW = ("rdfs:label", "rdfs:lable", "[unknown-term]")


@pytest.fixture
def flawed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = GOOD.read_text(encoding="utf-8").replace(FLAW[0], FLAW[1], 1)
    (tmp_path / "flawed.trig").write_text(text, encoding="utf-8")
    return Path("flawed.trig")


@pytest.fixture
def doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier with a warning and no error: a source to which nothing refers."""
    monkeypatch.chdir(tmp_path)
    text = GOOD.read_text(encoding="utf-8").replace(
        "kg:inSource source:press-2020", "kg:inSource source:herald-2021-04-13"
    )
    (tmp_path / "doubtful.trig").write_text(text, encoding="utf-8")
    return Path("doubtful.trig")


def test_nothing_found() -> None:
    done = kg("check", str(GOOD))
    assert (done.code, done.out, done.err) == (0, "", "checked 1 file: nothing found\n")


def test_a_finding_is_a_line_that_editors_jump_to(flawed: Path) -> None:
    done = kg("check", str(flawed))
    assert done.code == 1
    assert [line for line in done.out.splitlines() if line.endswith(FLAW[2])] == [
        "flawed.trig:21:27: error: there is no term 'rdfs:lable'; did you mean 'rdfs:label'? [unknown-term]"
    ]
    assert done.err.startswith("checked 1 file: ")


def test_json_and_csv_say_the_same(flawed: Path) -> None:
    rows = kg("check", str(flawed), "--format", "json").rows
    (found,) = [row for row in rows if row["rule"] == "unknown-term"]
    assert found == {
        "file": "flawed.trig",
        "line": 21,
        "column": 27,
        "severity": "ERROR",
        "rule": "unknown-term",
        "what": "there is no term 'rdfs:lable'",
        "mend": "did you mean 'rdfs:label'?",
        "value": "rdfs:lable",
    }
    lines = list(csv.DictReader(io.StringIO(kg("check", str(flawed), "--format", "csv").out)))
    assert lines == [{key: str(value) for key, value in row.items()} for row in rows]


def test_fail_on_chooses_the_gravity(doubtful: Path) -> None:
    done = kg("check", str(doubtful))
    assert ("[unused-record]" in done.out, done.code) == (True, 0)
    assert "1 warning" in done.err
    assert kg("check", str(doubtful), "--fail-on", "WARN").code == 1


def test_findings_into_a_file(flawed: Path) -> None:
    done = kg("check", str(flawed), "-o", "found.txt")
    assert (done.code, done.out) == (1, "")
    assert Path("found.txt").read_text("utf-8") == kg("check", str(flawed)).out


def test_what_ships_is_without_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ontology, the dossiers, and every competency question; a store of one's own changes nothing."""
    monkeypatch.chdir(tmp_path)
    assert kg("load", str(GOOD)).code == 0
    done = kg("check")
    assert done.out == ""
    assert done.code == 0
    assert "questions: nothing found" in done.err
