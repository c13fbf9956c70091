"""How an answer leaves: table, JSON or CSV; to the terminal, to a pipe or, whole or not at all, to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.commands.tables import Section, render, visible
from kg.commands.words import asked
from kg.shapes.text import Json as Json
from kg.shapes.text import as_json
from kg.whole_file import write_whole

#: The formats of every verb whose answer has rows.
ROW_FORMATS = ("table", "json", "csv")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in its three forms: ``data`` for JSON; ``columns`` and ``rows`` for CSV and the table.

    ``sections`` replace the one table where an answer reads better in parts.
    """

    data: Json
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    sections: Sequence[Section] = ()

    def first(self, limit: int | None) -> Answer:
        """The same with at most so many rows, for an answer that is one table."""
        if limit is None or not isinstance(self.data, Sequence) or isinstance(self.data, str):
            return self
        sections = [Section(part.title, part.columns, part.rows[:limit]) for part in self.sections]
        return Answer(self.data[:limit], self.columns, self.rows[:limit], sections)


def write(answer: Answer, *, format: str, file: Path | None = None) -> None:
    """Write an answer in one of ROW_FORMATS to ``file``, or to stdout.

    :raises UsageError: cannot-write, when the file cannot be written.
    """
    if format == "json":
        text = as_json(answer.data)
    elif format == "csv":
        text = as_csv(answer.columns, answer.rows, for_people=file is None and sys.stdout.isatty())
    else:
        sections = answer.sections or (Section("", answer.columns, answer.rows),)
        here = file is None
        width, colour = _terminal_columns(here), here and _colour_wanted()
        text = render(sections, columns=width, colour=colour, words=asked())
    write_text(text, file=file)


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], *, for_people: bool = False) -> str:
    """The CSV text with a heading; ``for_people`` escapes what could steer a terminal."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([visible(cell) for cell in row] if for_people else row for row in rows)
    return text.getvalue()


def write_text(text: str, *, file: Path | None) -> None:
    """Write text, as UTF-8, to ``file`` or to stdout.

    :raises UsageError: cannot-write, when the file cannot be written.
    """
    if file is None:
        sys.stdout.write(text)
    else:
        write_whole(file, text.encode("utf-8", errors="backslashreplace"))


def write_bytes(data: bytes, *, file: Path | None) -> None:
    """Write bytes to ``file`` or to stdout; a terminal gets them with control characters escaped.

    :raises UsageError: cannot-write, when the file cannot be written.
    """
    if file is not None:
        write_whole(file, data)
    elif sys.stdout.isatty():
        lines = data.decode("utf-8").split("\n")
        sys.stdout.write("\n".join(_visible_line(line) for line in lines))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _visible_line(line: str) -> str:
    return "\t".join(visible(part) if not part.isprintable() else part for part in line.split("\t"))


def _terminal_columns(to_stdout: bool) -> int | None:
    """How wide a line may be: COLUMNS, or the terminal's width; None for a pipe or a file."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if to_stdout and sys.stdout.isatty():
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns or None
        except (OSError, ValueError):
            return None
    return None


def _colour_wanted() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
