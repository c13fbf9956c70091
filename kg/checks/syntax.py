"""Files -> quads and syntax findings: every file is read to its end, and the faults of all are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg.checks.finding import Finding, Severity, fault, from_error
from kg.errors import DataError, Position
from kg.rdf.faults import decode, read_bytes, syntax_error
from kg.rdf.vocabulary import ONTOLOGY_GRAPH

#: After one fault the parser goes on at the next statement; beyond this many the rest is noise.
MOST_PER_FILE = 10
_FORMATS = {".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE}
_GENERATION = re.compile(r"gen-[0-9]+(\.tmp)?")
_OTHER_RDF = {".nt", ".nq", ".n3", ".rdf", ".owl", ".jsonld", ".xml"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds: its text (for positions), its quads in the order of the text, its faults."""

    file: str
    text: str
    quads: tuple[ox.Quad, ...]
    findings: tuple[Finding, ...]


def files_under(paths: Sequence[Path]) -> list[Path]:
    """The TriG and Turtle files that the paths name or contain, each once, by name within each path.

    :raises DataError: no-such-file, when a path is not there or is closed to us.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise DataError(
                f"there is no file or folder {str(path)!r}", mend="correct the path", rule="no-such-file"
            )
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
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
        text = decode(read_bytes(path), file)
    except DataError as error:
        return Reading(file, "", (), (from_error(error),))
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
            line = error.lineno or 0
            if line not in faults and not (faults and "} is not" in error.msg):
                yield from_error(syntax_error(error, file, parser.prefixes))
            faults.add(line)


def _unknown_type(file: str, suffix: str, *, is_named: bool) -> Finding:
    what = f"{suffix!r} files are not read" if suffix else "a file without an ending is not read"
    mend = "write TriG and name the file .trig"
    found = fault(what, mend=mend, rule="unknown-file-type", position=Position(file))
    return found if is_named else replace(found, severity=Severity.WARN)


def _is_hidden(file: Path, root: Path) -> bool:
    """Whether it lies in a hidden folder, or in a store: what a store holds is no dossier."""
    parts = file.relative_to(root).parts
    return any(part.startswith(".") or _GENERATION.fullmatch(part) for part in parts)
