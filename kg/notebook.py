"""How a notebook shows an answer: plain HTML tables in which every text of the data is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TypeVar

T = TypeVar("T")

#: As many rows as a notebook shows; the answer itself has them all.
MOST = 100


def html_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> str:
    """A table; beyond MOST rows it says that there are more.

    >>> html_table(["who"], [["<b>Kim</b>"]])
    '<table><tr><th>who</th></tr><tr><td dir="auto">&lt;b&gt;Kim&lt;/b&gt;</td></tr></table>'
    """
    caption = f"<caption>{_text(title)}</caption>" if title else ""
    head = "".join(f"<th>{_text(column)}</th>" for column in columns)
    parts = [f"<table>{caption}", f"<tr>{head}</tr>" if head else ""]
    for number, row in enumerate(rows):
        if number == MOST:
            parts.append("<tr><td>and more</td></tr>")
            break
        parts.append(f"<tr>{''.join(map(_cell, row))}</tr>")
    return "".join([*parts, "</table>"])


def _cell(value: object) -> str:
    return f'<td dir="auto">{_text(value)}</td>'  # text that runs from right to left ends with its cell


def _text(value: object) -> str:
    return escape("" if value is None else str(value))


class Listing(list[T]):
    """A list that a notebook shows as a table."""

    def __init__(
        self, items: Iterable[T], *, columns: Sequence[str], cells: Callable[[T], Sequence[object]]
    ) -> None:
        super().__init__(items)
        self._columns, self._cells = columns, cells

    def _repr_html_(self) -> str:
        return html_table(self._columns, map(self._cells, self))
