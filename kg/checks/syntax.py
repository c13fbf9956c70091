"""Files -> quads and syntax findings: every file is read to its end, and the faults of all are told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.checks.finding import Finding, Severity, fault, from_error
from kg.errors import DataError, Position
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, PREFIXES

#: After one fault the parser goes on at the next statement; beyond this many the rest is noise.
MOST_PER_FILE = 10
_FORMATS = {".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE}
_OTHER_RDF = {".nt", ".nq", ".n3", ".rdf", ".owl", ".jsonld", ".xml"}
_PLACE = re.compile(
    r"^.*?(?:line \d+ column \d+|between .*?columns? \d+(?: and (?:line \d+ column )?\d+)?): "
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds: its text (for positions), its quads in the order of the text, its faults."""

    file: str
    text: str
    quads: tuple[ox.Quad, ...]
    findings: tuple[Finding, ...]


def files_under(paths: Sequence[Path]) -> list[Path]:
    """The TriG and Turtle files that the paths name or contain, each once, by name within each path.

    :raises DataError: ``no-such-file``, when a path is not there or is closed to us.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise DataError(
                f"there is no file or folder {str(path)!r}", mend="correct the path", rule="no-such-file"
            )
        try:
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        except OSError as error:
            raise _unreadable(path, error) from error
        for file in inside:
            if file == path or (file.suffix in _FORMATS.keys() | _OTHER_RDF and not _is_hidden(file, path)):
                found.setdefault(file.resolve(), file)
    return [file for file in found.values() if not file.is_dir()]


def read_file(path: Path, *, is_named: bool = True) -> Reading:
    """Read one file to its end; what cannot be read becomes findings. Turtle goes to the ontology's graph.

    ``is_named``: the user gave this very file, so that a type we do not read is an error and not a warning.
    """
    file = str(path)
    if path.suffix not in _FORMATS:
        return Reading(file, "", (), (_unknown_type(file, path.suffix, is_named=is_named),))
    try:
        data = path.read_bytes()
    except OSError as error:
        return Reading(file, "", (), (from_error(_unreadable(path, error)),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Reading(file, "", (), (_bad_encoding(file, data, error),))
    if text.startswith("\ufeff"):
        text = text[1:]  # editors on Windows write this mark; it is no part of the text
    quads: list[ox.Quad] = []
    findings: list[Finding] = []
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for item in _parse(text, file, _FORMATS[path.suffix]):
        if isinstance(item, Finding):
            findings.append(item)
        elif path.suffix == ".ttl":
            quads.append(ox.Quad(item.subject, item.predicate, item.object, graph))
        else:
            quads.append(item)
    return Reading(file, text, tuple(quads), tuple(findings))


def _parse(text: str, file: str, format: ox.RdfFormat) -> Iterator[ox.Quad | Finding]:
    parser = ox.parse(text, format=format)
    faults: set[int] = set()  # the lines that have one: a second fault in a line follows from the first
    while len(faults) < MOST_PER_FILE:
        try:
            yield next(parser)
        except StopIteration:
            return
        except SyntaxError as error:
            position = Position(file, error.lineno or 0, error.offset or 0)
            if position.line not in faults and not (faults and "} is not" in error.msg):
                yield _syntax_finding(error, parser.prefixes, position)
            faults.add(position.line)


def _syntax_finding(error: SyntaxError, prefixes: dict[str, str], position: Position) -> Finding:
    what = _PLACE.sub("", error.msg or str(error))
    mend = "correct the statement"
    if match := re.fullmatch(r"The prefix (\S*): has not been declared", what):
        name = match[1]
        near = difflib.get_close_matches(name, sorted({*prefixes, *PREFIXES}), n=1)
        if name in PREFIXES:
            mend = f"write PREFIX {name}: <{PREFIXES[name]}> at the top"
        elif near:
            mend = f"declare it, or did you mean {near[0] + ':'!r}?"
        else:
            mend = "declare it with PREFIX at the top"
        what = f"the prefix {name + ':'!r} has not been declared"
    elif "dot is expected" in what or "at the end of a graph block" in what:
        what, mend = "the statement before this has no end", "end it with . or go on with ; or ,"
    elif "nexpected end" in what:
        what = "the text ends inside a statement, a quotation or a graph"
        mend = "close what was opened last with a quote, a bracket or a brace"
    what = re.sub(r"^(\S+) is not", r"'\1' is not", what)
    return fault(what[:1].lower() + what[1:], mend=mend, rule="bad-trig", position=position)


def _bad_encoding(file: str, data: bytes, error: UnicodeDecodeError) -> Finding:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        what, position = "the file is UTF-16", Position(file, 1, 1)
    else:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        what, position = f"byte 0x{data[error.start]:02x} is not UTF-8", Position(file, line, column)
    return fault(what, mend="save the file as UTF-8", rule="bad-encoding", position=position)


def _unknown_type(file: str, suffix: str, *, is_named: bool) -> Finding:
    what = f"{suffix!r} files are not read" if suffix else "a file without an ending is not read"
    mend = "write TriG and name the file .trig"
    found = fault(what, mend=mend, rule="unknown-file-type", position=Position(file))
    return found if is_named else replace(found, severity=Severity.WARN)


def _unreadable(path: Path, error: OSError) -> DataError:
    reason = (error.strerror or str(error)).lower()
    what = f"{str(path)!r} cannot be read: {reason}"
    return DataError(what, mend="give yourself the right to read it", rule="no-such-file")


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
