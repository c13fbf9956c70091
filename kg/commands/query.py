"""kg query: SPARQL 1.1 over a perspective, from a file, stdin, the command line or the list of questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.store.answers import Boolean, Solutions, Triples

#: For SELECT and ASK, then for CONSTRUCT and DESCRIBE; json and table have a form for each.
FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld", "rdfxml")

_ROWS = ("csv", "tsv", "xml")
_GRAPHS = ("turtle", "ntriples", "jsonld", "rdfxml")

#: What RDF comes out of a CONSTRUCT for a format that is made for rows, and our names of the others.
_RDF = {"table": "turtle", "json": "json-ld", "jsonld": "json-ld", "rdfxml": "rdf-xml"}

#: How the engine ends a table without rows; it writes tables without counting.
_NO_ROWS = {"json": b'"results":{"bindings":[]}}', "xml": b"<results></results></sparql>"}


@click.command(cls=options.ReadingVerb)
@click.argument("file", required=False)
@click.option("-e", "--expression", metavar="TEXT", help="The query itself.")
@click.option(
    "--question", metavar="NAME", help="A competency question: its number or name; see 'kg list questions'."
)
@options.reading(formats=FORMATS, limit_help="The most rows of a table to show.")
def command(file: str | None, expression: str | None, question: str | None, reading: Reading) -> None:
    """Run a SPARQL 1.1 query from FILE, from stdin (-), or from -e TEXT.

    Our prefixes (kg: id: code: ...) are known. The default graph is what the perspective asserts, each triple
    once; GRAPH ?claim {...} asks which claim says it; graph:record holds who said what when. JSON, CSV, TSV
    and XML are the formats of SPARQL 1.1. Exit code 1 when a SELECT, CONSTRUCT or DESCRIBE finds nothing.

    \b
    kg query -e 'SELECT ?force { ?d a kg:Deployment ; kg:deployedForce ?force }'
    kg query --question 001
    kg query question.rq --according-to Russia --as-of 2025-04-25 --format json
    """
    from kg.commands.waiting import interruptible

    text, name = _query_text(file, expression, question)
    with options.open_view(reading) as (_, view):

        def answer() -> tuple[bytes | output.Answer, bool]:
            return _shaped(view.query(text, name=name), reading)

        result, is_empty = interruptible(answer, saying="answering")
    if isinstance(result, bytes):
        output.write_bytes(result, file=reading.output)
    else:
        output.write(result, format="table", file=reading.output)
    if is_empty:
        raise NotFoundError(
            "nothing fits the query", mend="loosen its patterns, or the perspective", rule="nothing-found"
        )


def _shaped(found: Solutions | Boolean | Triples, reading: Reading) -> tuple[bytes | output.Answer, bool]:
    """The answer in its form, with nothing left that belongs to the engine; and whether nothing was found."""
    from kg.rdf.terms import curie
    from kg.store.answers import Boolean, Triples

    unfit = _ROWS if isinstance(found, Triples) else _GRAPHS
    if reading.format in unfit:
        known = ", ".join(name for name in FORMATS if name not in unfit)
        what = f"this answer has no format '{reading.format}'"
        raise UsageError(what, mend=f"choose one of {known}", rule="unknown-format")
    if reading.limit is not None and (reading.format != "table" or isinstance(found, Triples)):
        what = "--limit counts the rows of a table, and this answer is none"
        raise UsageError(what, mend="write LIMIT into the query", rule="bad-option")
    if isinstance(found, Triples):
        return found.serialize(_RDF.get(reading.format, reading.format)), not len(found)
    if isinstance(found, Boolean):  # no is an answer
        if reading.format == "table":
            return output.Answer(None, (), [("yes" if found else "no",)]), False
        return found.serialize(reading.format), False
    if reading.format != "table":
        data = found.serialize(reading.format)
        ending = _NO_ROWS.get(reading.format)
        return data, data.endswith(ending) if ending else data.count(b"\n") == 1
    rows: list[tuple[str, ...]] = []
    for row in found:
        if reading.limit is not None and len(rows) == reading.limit:
            break
        rows.append(tuple("" if term is None else curie(str(getattr(term, "value", term))) for term in row))
    return output.Answer(None, tuple(found.variables), rows), not rows


def _query_text(file: str | None, expression: str | None, question: str | None) -> tuple[str, str]:
    """The query, and the name of the place where it stands."""
    given = [source for source in (file, expression, question) if source is not None]
    if len(given) != 1:
        what = "no query was given" if not given else "the query was given more than once"
        raise UsageError(what, mend="give FILE, - for stdin, -e TEXT or --question NAME", rule="bad-option")
    if expression is not None:
        return expression, "-e"
    if question is not None:
        path = question_file(question)
        return path.read_text(encoding="utf-8"), path.name
    assert file is not None
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig"), "stdin" if file == "-" else file
    except OSError as cause:
        what = f"cannot read '{file}': {(cause.strerror or str(cause)).lower()}"
        raise UsageError(what, mend="check its name and its rights", rule="bad-option") from cause
    except UnicodeDecodeError as cause:
        raise UsageError(f"'{file}' is not UTF-8", mend="save it as UTF-8", rule="bad-encoding") from cause


def question_file(name: str) -> Path:
    """The file of a competency question: by number (7, 007), file name or a part of it that fits only one.

    :raises NotFoundError: unknown-question, when none or several fit.
    """
    from kg.paths import ontology_folder

    files = sorted((ontology_folder() / "questions").glob("*.rq"))
    asked = name.removesuffix(".rq")
    if asked.isdigit():
        fitting = [file for file in files if int(file.stem.partition("-")[0]) == int(asked)]
    else:
        exact = [file for file in files if asked in (file.stem, file.stem.partition("-")[2])]
        fitting = exact or [file for file in files if asked in file.stem]
    if len(fitting) == 1:
        return fitting[0]
    what = f"no question is named {name!r}" if not fitting else f"{name!r} names {len(fitting)} questions"
    raise NotFoundError(what, mend="'kg list questions' lists them", rule="unknown-question")
