"""Where a thing stands in a TriG or Turtle text: the line and column of its subject, property or value.

A parser gives quads without positions, and a rule finds its breach among quads. So a text is read again here,
by a small tokenizer that never fails, and only when there is a finding to place.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from kg.errors import Position
from kg.rdf.vocabulary import RDF

_WORD = r"[\w\u00b7\u0300-\u036f\u203f\u2040]"
_PREFIX = rf"[^\W\d_](?:(?:{_WORD}|[.\-])*(?:{_WORD}|-))?"
_LOCAL_WORD = rf"(?:{_WORD}|:|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_LOCAL = rf"{_LOCAL_WORD}(?:(?:{_LOCAL_WORD}|[.\-])*(?:{_LOCAL_WORD}|-))?"
_TOKEN = re.compile(
    rf"""
      (?P<skip>\s+|\#[^\r\n]*)
    | (?P<literal>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
                 |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<directive>@(?:prefix|base|version)\b|(?:PREFIX|BASE|VERSION|GRAPH)(?![\w.\-:]))
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<type>\^\^)
    | (?P<blank>_:{_WORD}(?:(?:{_WORD}|[.\-])*(?:{_WORD}|-))?)
    | (?P<name>(?:{_PREFIX})?:(?:{_LOCAL})?)
    | (?P<number>[+-]?(?:\d+(?:\.\d*)?[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d*\.\d+|\d+))
    | (?P<word>[^\W\d_]\w*)
    | (?P<mark>[.;,\[\](){{}}])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_TYPE = RDF + "type"


@dataclass(slots=True)
class PositionIndex:
    """The positions of one text, each list in the order of the text.

    ``subjects`` has every block that describes a thing, ``values`` each position at which a value is written,
    ``properties`` and ``occurrences`` (an IRI anywhere, even as a graph's name) the first.
    """

    file: str
    subjects: dict[str, list[Position]] = field(default_factory=dict)
    properties: dict[tuple[str, str], Position] = field(default_factory=dict)
    values: dict[tuple[str, str, str], list[Position]] = field(default_factory=dict)
    occurrences: dict[str, Position] = field(default_factory=dict)

    def levels(self, subject: str, property: str, value: str) -> tuple[Position | None, ...]:
        """The first positions of the value, the property, the subject and any occurrence, closest first."""
        return (
            next(iter(self.values.get((subject, property, value), ())), None),
            self.properties.get((subject, property)),
            next(iter(self.subjects.get(subject, ())), None),
            self.occurrences.get(subject),
        )

    def block_of(self, subject: str, at: Position) -> Position:
        """The beginning of the block about ``subject`` that the position ``at`` lies in."""
        before = [start for start in self.subjects[subject] if _order(start) <= _order(at)]
        return before[-1]


def find_position(
    indexes: Sequence[PositionIndex], subject: str, property: str = "", value: str = ""
) -> Position | None:
    """The closest position of ``subject property value`` in any of the files, in the order of the files.

    ``value`` is an IRI or the text of a literal; a property or value that is not given, or not found, is left
    out.
    """
    found = [index.levels(subject, property, value) for index in indexes]
    for level in range(4):
        for positions in found:
            if (position := positions[level]) is not None:
                return position
    return None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class _Frame:
    """What is being read: a statement, or the inside of ``[ ]`` or ``( )``."""

    subject: _Term | None = None
    property: _Term | None = None
    slot: str = "subject"


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    position: Position
    is_iri: bool


def index_positions(text: str, file: str) -> PositionIndex:
    """Index a TriG or Turtle text; ``file`` is the name that the positions carry.

    >>> index_positions("PREFIX e: <http://e/>  e:a e:b 'c' .", "a.trig").properties
    {('http://e/a', 'http://e/b'): Position(file='a.trig', line=1, column=28)}
    """
    return _Indexer(text, file).run()


class _Indexer:
    """One walk over the tokens of one text; syntax errors are skipped over, since the parser reports them."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.index = PositionIndex(file)
        self.line_starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.frames = [_Frame()]

    def run(self) -> PositionIndex:
        tokens = _tokens(self.text)
        for token in tokens:
            if token.kind == "directive":
                self.read_directive(token, tokens)
            elif token.kind == "type":
                self.note_occurrence(next(tokens, None))
            elif token.kind == "mark":
                self.read_mark(token.text)
            elif token.kind in ("iri", "name", "literal", "blank", "number", "word"):
                self.place(self.term(token))
        return self.index

    def position(self, offset: int) -> Position:
        line = bisect.bisect_right(self.line_starts, offset)
        return Position(self.index.file, line, offset - self.line_starts[line - 1] + 1)

    def read_directive(self, token: _Token, tokens: Iterator[_Token]) -> None:
        word = token.text.lstrip("@").lower()
        if word == "prefix":
            name, iri = next(tokens, None), next(tokens, None)
            if name and iri and iri.kind == "iri":
                self.prefixes[name.text.rstrip(":")] = self.resolve(iri.text)
        elif word == "base" and (iri := next(tokens, None)) and iri.kind == "iri":
            self.base = self.resolve(iri.text)

    def resolve(self, reference: str) -> str:
        iri = _unescape(reference[1:-1])
        return urljoin(self.base, iri) if self.base else iri

    def term(self, token: _Token) -> _Term:
        position = self.position(token.start)
        if token.kind == "iri":
            return _Term(self.resolve(token.text), position, True)
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            local = re.sub(r"\\(.)", r"\1", local)
            return _Term(self.prefixes.get(prefix, prefix + ":") + local, position, True)
        if token.kind == "word" and token.text == "a" and self.frames[-1].slot == "property":
            return _Term(_TYPE, position, True)
        if token.kind == "literal":
            quotes = 3 if token.text[:3] in ('"""', "'''") else 1
            return _Term(_unescape(token.text[quotes:-quotes]), position, False)
        return _Term(token.text, position, False)

    def note_occurrence(self, token: _Token | None) -> None:
        if token and token.kind in ("iri", "name"):
            term = self.term(token)
            self.index.occurrences.setdefault(term.text, term.position)

    def read_mark(self, mark: str) -> None:
        frame = self.frames[-1]
        if mark in "[(":
            self.frames.append(_Frame(slot="property" if mark == "[" else "member"))
        elif mark in "])":
            if len(self.frames) > 1:
                self.frames.pop()
            self.place(None)
        elif mark in "{}":
            self.frames = [_Frame()]  # what stood before `{` was the graph's name, not a subject
        elif mark == ".":
            frame.subject, frame.property, frame.slot = None, None, "subject"
        elif mark == ";":
            frame.slot = "property"

    def place(self, term: _Term | None) -> None:
        """Put a term (None: a blank node) into the slot that is open, and index it."""
        if term and term.is_iri:
            self.index.occurrences.setdefault(term.text, term.position)
        frame = self.frames[-1]
        if frame.slot == "subject":
            frame.subject, frame.slot = term, "property"
        elif frame.slot == "property":
            frame.property, frame.slot = term, "object"
            self.index_property(frame)
        elif frame.slot == "object" and term:
            self.index_value(frame, term)

    def index_property(self, frame: _Frame) -> None:
        if frame.subject and frame.subject.is_iri and frame.property:
            subject, at = frame.subject.text, frame.subject.position
            blocks = self.index.subjects.setdefault(subject, [])
            if not blocks or blocks[-1] != at:
                blocks.append(at)
            self.index.properties.setdefault((subject, frame.property.text), frame.property.position)

    def index_value(self, frame: _Frame, value: _Term) -> None:
        if frame.subject and frame.subject.is_iri and frame.property:
            key = (frame.subject.text, frame.property.text, value.text)
            self.index.values.setdefault(key, []).append(value.position)


def _order(position: Position) -> tuple[int, int]:
    return position.line, position.column


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "skip":
            yield _Token(match.lastgroup, match.group(), match.start())


def _unescape(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])

    return _ESCAPE.sub(replace, text) if "\\" in text else text
