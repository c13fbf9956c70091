"""Plain tables for people: columns line up in every script, wrap to the terminal, and cannot steer it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

#: What may move the cursor, hide text or turn its direction: shown as an escape, never sent.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

_BOLD, _DIM, _RED, _GREEN, _YELLOW, _RESET = (f"\x1b[{n}m" for n in (1, 2, 31, 32, 33, 0))

#: Whole cells that carry a colour on a terminal.
_COLOURS = {
    "asserts": _GREEN,
    "confirms": _GREEN,
    "denies": _RED,
    "disputes": _RED,
    "retracts": _RED,
    "revises": _YELLOW,
    "does-not-deny": _YELLOW,
    "declines-to-comment": _YELLOW,
}

#: Whole cells that are a word of ours; any other cell holds what the data say.
_OURS = frozenset({*_COLOURS, "act", "event", "reference", "state", "statement"})

_GAP = "  "
_NARROWEST = 8
_LONGEST_WORD = 20  # as long as this a word is not broken while other columns can give room


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table of an answer; no columns means rows without a heading."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def visible(text: str) -> str:
    r"""The text on one line, with every character that could steer a terminal shown as an escape.

    >>> print(visible("a\x1b[31mb\nc"))
    a\x1b[31mb c
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_escape, " ".join(re.split(r"[\t\n\r\f\v ]+", text)))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """The number of terminal columns that the text takes: two for wide East Asian, none for combining marks.

    >>> width("Kim"), width("김정은")
    (3, 6)
    """
    if text.isascii():
        return len(text)
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Me", "Mn", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def render(
    sections: Iterable[Section],
    *,
    columns: int | None = None,
    colour: bool = False,
    words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The sections as text that ends with a line feed; cells wrap when a line would pass ``columns``.

    ``words``: our own words in the reader's language.
    """
    shades = {words.get(name, name): shade for name, shade in _COLOURS.items()} if colour else {}
    parts = [_render(_in_words(section, words), columns, colour, shades) for section in sections]
    return "\n".join(part for part in parts if part)


def _in_words(section: Section, words: Mapping[str, str]) -> Section:
    """The section with our own words in another language: its title, its headings, stances and the like."""
    rows = [[words.get(cell, cell) if cell in _OURS else cell for cell in row] for row in section.rows]
    heading = tuple(words.get(name, name) for name in section.columns)
    return Section(words.get(section.title, section.title), heading, rows)


def _render(section: Section, columns: int | None, colour: bool, shades: Mapping[str, str]) -> str:
    if not section.rows:
        return ""
    rows = [[visible(cell) for cell in row] for row in section.rows]
    count = max(len(row) for row in rows)
    heading = [list(section.columns)] if section.columns else []
    widths = [max([width(row[n]) for row in [*heading, *rows] if n < len(row)] or [0]) for n in range(count)]
    if columns is not None:
        keep = {n for n, name in enumerate(section.columns) if name == "id" and widths[n] <= columns // 3}
        longest = [
            max(width(word) for row in [*heading, *rows] if n < len(row) for word in row[n].split(" "))
            for n in range(count)
        ]
        least = [widths[n] if n in keep else min(longest[n], _LONGEST_WORD) for n in range(count)]
        widths = _narrow(_narrow(widths, columns, least), columns, [_NARROWEST] * count)
    lines = [_paint(visible(section.title), _BOLD, colour)] if section.title else []
    indent = "  " if section.title else ""
    if heading:
        lines += [_paint(indent + line, _BOLD, colour) for line in _lines(heading[0], widths, {})]
        lines.append(_paint(indent + _GAP.join("-" * n for n in widths), _DIM, colour))
    for row in rows:
        lines += [indent + line for line in _lines(row, widths, shades)]
    return "".join(f"{line}\n" for line in lines)


def _narrow(widths: Sequence[int], columns: int, least: Sequence[int]) -> list[int]:
    """Take from the widest column until the line fits, or each is as narrow as it may become."""
    widths = list(widths)
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) + 2 - columns
    while excess > 0:
        giving = [n for n in range(len(widths)) if widths[n] > least[n]]
        if not giving:
            break
        widths[max(giving, key=lambda n: widths[n])] -= 1
        excess -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int], shades: Mapping[str, str]) -> list[str]:
    wrapped = [_wrap(cell, widths[n]) for n, cell in enumerate(cells)]
    lines = []
    for n in range(max((len(pieces) for pieces in wrapped), default=0)):
        line = []
        for column, pieces in enumerate(wrapped):
            piece = pieces[n] if n < len(pieces) else ""
            padding = " " * (widths[column] - width(piece))
            line.append(_paint(piece, shades.get(cells[column], ""), bool(shades)) + padding)
        lines.append(_GAP.join(line).rstrip())
    return lines


def _wrap(text: str, limit: int) -> list[str]:
    """The text in lines of at most ``limit`` columns, broken at spaces where there are any."""
    if width(text) <= limit:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > limit:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        while width(line) > limit:
            head = _head(line, limit)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line]


def _head(text: str, limit: int) -> int:
    """How many characters of the text fit into ``limit`` columns; at least one."""
    used = 0
    for n, character in enumerate(text):
        used += _width_of(character)
        if used > limit and n:
            return n
    return len(text)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_RESET}" if colour and code and text else text
