"""``kg check``: findings about data and ontology, one line each, as compilers print them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import ROW_FORMATS, Answer, write, write_text
from kg.commands.tables import visible
from kg.commands.waiting import sign_of_life

if TYPE_CHECKING:
    from kg.checks.finding import Finding

_COLUMNS = ("file", "line", "column", "severity", "rule", "what", "mend", "value")


@click.command("check", short_help="Check data and ontology: syntax, shapes, rules, competency questions.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(["ERROR", "WARN"]),
    default="ERROR",
    show_default=True,
    help="The mildest finding that makes the exit code 1.",
)
@click.option(
    "--format",
    type=click.Choice(ROW_FORMATS),
    default="table",
    show_default=True,
    help="table: a line for each finding, as compilers print them.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file, whole or not at all, and not to stdout.",
)
def command(paths: tuple[Path, ...], fail_on: str, format: str, output: Path | None) -> None:
    """Check dossiers: files and folders of TriG; without a PATH the ontology and all that ships with it.

    Each finding says where, what, how to mend it, and the rule's name: docs/errors.md has them all.
    What a dossier refers to and does not describe is looked up in the ontology and the shipped dossiers.
    Without a PATH the competency questions are asked too, and their answers compared.

    Exit code: 0 nothing found, 1 findings at ERROR (or at --fail-on), 3 nothing to check.

    \b
    kg check
    kg check my-dossier --fail-on WARN
    kg check claims.trig --format json

    \b
    kg check
    kg check my-dossier/ --format json
    """
    from kg.checks.finding import Severity, in_order
    from kg.checks.run import check_readings, read_paths
    from kg.paths import dossiers_folder, ontology_folder, reference_folder

    with sign_of_life("checking"):
        shipped = (ontology_folder(), reference_folder(), dossiers_folder())
        readings = read_paths(paths or [_near(folder) for folder in shipped])
        findings = check_readings(readings)
    asked = 0
    if not paths and not any(finding.severity is Severity.ERROR for finding in findings):
        asked, wrong = _questions()
        findings = in_order([*findings, *wrong])
    _write(findings, format, output)
    _summarise(findings, len(readings), asked)
    if any(finding.severity <= Severity[fail_on] for finding in findings):
        click.get_current_context().exit(1)


def _questions() -> tuple[int, Sequence[Finding]]:
    """How many competency questions were asked of the shipped dossier, and what was wrong."""
    from kg import graph as graphs
    from kg.checks.questions import check_questions, question_files

    files = [_near(file) for file in question_files()]
    with sign_of_life("asking the competency questions"), graphs.open(graphs.SHIPPED) as graph:
        view = graph.perspective()
        return len(files), list(check_questions(lambda text: view.query(text).serialize("csv"), files))


def _near(path: Path) -> Path:
    """The path as seen from here, when it lies below: shorter to read, and editors can jump to it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _write(findings: Sequence[Finding], format: str, output: Path | None) -> None:
    if format == "table":
        write_text("".join(f"{visible(str(finding))}\n" for finding in findings), file=output)
        return
    rows = [_fields(finding) for finding in findings]
    data = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    write(Answer(data, _COLUMNS, [[str(cell) for cell in row] for row in rows]), format=format, file=output)


def _fields(finding: Finding) -> tuple[str | int, ...]:
    at = finding.position
    where = (at.file, at.line, at.column) if at else ("", 0, 0)
    return (*where, finding.severity.name, finding.rule, finding.what, finding.mend, finding.value)


def _summarise(findings: Sequence[Finding], files: int, asked: int) -> None:
    from kg.checks.finding import Severity

    counts = [
        _count(sum(finding.severity is severity for finding in findings), severity.word)
        for severity in Severity
        if any(finding.severity is severity for finding in findings)
    ]
    what = _count(files, "file") + (f" and {_count(asked, 'question')}" if asked else "")
    sys.stderr.write(f"checked {what}: {', '.join(counts) or 'nothing found'}\n")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 or noun == "info" else f"{number} {noun}s"
