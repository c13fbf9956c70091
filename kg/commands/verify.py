"""``kg verify``: the passages of a source against its text, by offsets and hash."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.checks.passages import Passage, Verdict
    from kg.graph import KnowledgeGraph
    from kg.perspective.view import Perspective

_SOURCES = ("source", "label", "passages", "with_offsets", "sha256")
_PASSAGES = ("evidence", "paragraph", "start", "end", "state", "found_at")


@dataclass(frozen=True, slots=True)
class _Source:
    """A source as it is recorded; ``sha256`` is empty when its text is not held."""

    iri: str
    label: str
    sha256: str
    passages: tuple[Passage, ...]

    @property
    def with_offsets(self) -> int:
        return sum(passage.start is not None for passage in self.passages)


@click.command(cls=options.ReadingVerb, short_help="Re-check the passages of a source against its text.")
@click.argument("source", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--show", is_flag=True, help="Print each passage, as it stands in FILE.")
@options.reading(limit_help="The most passages to give.")
def command(source: str | None, file: Path | None, show: bool, reading: Reading) -> None:
    """Check that each passage of SOURCE stands in FILE where the record says, word for word.

    The record holds no text, only offsets and hashes. Each passage is ok, moved (its words stand elsewhere),
    changed (other words stand there, and its own nowhere) or missing (the text ends before it); a table lists
    those that are not ok. Without FILE the passages are listed; without SOURCE the sources are.

    Exit code: 0 every passage is ok, 1 some is not.

    \b
    kg verify
    kg verify euronews
    kg verify euronews article.fr.txt --show
    """
    with options.open_view(reading) as (graph, view):
        chosen = None if source is None else _resolve(graph, source)
        sources = _sources(view, chosen)
    if chosen is None:
        _list_sources(sources, reading)
    elif file is None:
        _list_passages(sources[0], reading)
    else:
        _verify(sources[0], file, show, reading)


def _resolve(graph: KnowledgeGraph, name: str) -> str:
    from kg.rdf.terms import expand
    from kg.rdf.vocabulary import KG

    # An identifier says exactly what is meant; that it is no source is told where the sources are read.
    return expand(name) or graph.resolve(name, types=[KG + "SourceDocument"])


def _sources(view: Perspective, chosen: str | None) -> list[_Source]:
    """The sources, or the one chosen, by IRI; their passages in the order of the text.

    :raises NotFoundError: unknown-source, when what was chosen is not a source.
    """
    from kg.checks.passages import Passage
    from kg.rdf.queries import iri, named_query
    from kg.rdf.rows import rows
    from kg.rdf.terms import curie

    filled = {} if chosen is None else {"source": [iri(chosen)]}
    hashes = {row[0]: row[1] for row in rows(view.store, named_query("source_hashes", **filled))}
    if chosen is not None and chosen not in hashes:
        mend = "'kg verify' lists the sources"
        raise NotFoundError(f"{curie(chosen)!r} is not a source", mend=mend, rule="unknown-source")
    passages: dict[str, list[Passage]] = {of: [] for of in hashes}
    for of, evidence, paragraph, start, end, sha256 in rows(view.store, named_query("passages", **filled)):
        passages[of].append(Passage(evidence, _number(paragraph), _number(start), _number(end), sha256))
    labels = view.labels(hashes)
    return [
        _Source(of, labels[of], sha256, tuple(sorted(passages[of], key=_order)))
        for of, sha256 in sorted(hashes.items())
    ]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _order(passage: Passage) -> tuple[int, int, str]:
    return passage.start or 0, passage.end or 0, passage.evidence


def _list_sources(sources: Sequence[_Source], reading: Reading) -> None:
    from kg.rdf.terms import curie

    data: list[output.Json] = []
    rows = []
    for source in sources[: reading.limit]:
        numbers = len(source.passages), source.with_offsets
        data.append(
            dict(zip(_SOURCES, (source.iri, source.label, *numbers, source.sha256 or None), strict=True))
        )
        rows.append([curie(source.iri), source.label, *map(str, numbers), source.sha256[:12]])
    output.write(output.Answer(data, _SOURCES, rows), format=reading.format, file=reading.output)
    held = sum(bool(source.with_offsets) for source in sources)
    sys.stderr.write(f"{len(sources)} sources; {held} can be verified, given the text\n")


def _list_passages(source: _Source, reading: Reading) -> None:
    from kg.checks.passages import NOT_HELD, UNREAD, Verdict

    unread = [Verdict(p, NOT_HELD if p.start is None else UNREAD) for p in source.passages]
    _write(source, unread, unread, reading, document=None, show=False)
    sys.stderr.write(f"{_count(len(unread))} on record; give the text as FILE to verify them\n")


def _verify(source: _Source, file: Path, show: bool, reading: Reading) -> None:
    from kg.checks.passages import NOT_HELD, OK, verify_passages
    from kg.rdf.faults import decode, read_bytes

    data = read_bytes(file)
    document = hashlib.sha256(data).hexdigest()
    verdicts = verify_passages(decode(data, str(file)), source.passages)
    bad = [verdict for verdict in verdicts if verdict.state not in (OK, NOT_HELD)]
    _write(source, verdicts, verdicts if show else bad, reading, document=document, show=show)
    states = sorted({verdict.state for verdict in verdicts}, key=lambda state: (state != OK, state))
    counts = ", ".join(f"{sum(v.state == state for v in verdicts)} {state}" for state in states)
    same = (
        "the text is the one on record" if document == source.sha256 else "the text is not the one on record"
    )
    summary = f"{_count(len(verdicts))}: {counts or 'none'}; {same}\n"
    (sys.stdout if reading.format == "table" and reading.output is None else sys.stderr).write(summary)
    if bad:
        click.get_current_context().exit(1)


def _write(
    source: _Source,
    verdicts: Sequence[Verdict],
    shown: Sequence[Verdict],
    reading: Reading,
    *,
    document: str | None,
    show: bool,
) -> None:
    """JSON and CSV have every passage, the table those ``shown``; the words only when they are asked for."""
    everything = [_fields(verdict, show) for verdict in verdicts[: reading.limit]]
    columns = (*_PASSAGES, "text") if show else _PASSAGES
    data: output.Json = {
        "source": source.iri,
        "label": source.label,
        "sha256": source.sha256 or None,
        "document_sha256": document,
        "passages": [dict(zip(columns, row, strict=True)) for row in everything],
    }
    rows = everything if reading.format == "csv" else [_fields(v, show) for v in shown[: reading.limit]]
    cells = [["" if cell is None else _short(str(cell)) for cell in row] for row in rows]
    output.write(output.Answer(data, columns, cells), format=reading.format, file=reading.output)


def _fields(verdict: Verdict, show: bool) -> list[str | int | None]:
    passage = verdict.passage
    row: list[str | int | None] = [passage.evidence, passage.paragraph, passage.start, passage.end]
    return [*row, verdict.state, verdict.found_at, *([verdict.text] if show else [])]


def _short(cell: str) -> str:
    from kg.rdf.terms import curie

    return curie(cell)


def _count(passages: int) -> str:
    return "1 passage" if passages == 1 else f"{passages} passages"
