"""From the text of a generation to its ledger: read line by line, as a million claims are too many for values."""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, product
from typing import NamedTuple

from kg.dates import DateExtent
from kg.perspective.conflict_posting import ConflictPosting
from kg.perspective.ledger import ASSERTS, INDEXES, STANCE_TYPES, TABLES
from kg.perspective.voices import Voices, date_extent
from kg.rdf.vocabulary import CODE, KG, RDF_TYPE, RECORD_GRAPH, REFERENCE_GRAPH
from kg.store.slices import Text
from kg.store.snapshot import COMMON_GRAPHS

_KG = re.escape(KG.encode())
#: A triple whose value is an IRI; the subject as it is written, as it may be a blank node.
_TRIPLE = re.compile(rb"^(\S+) <([^>]*)> <([^>]*)> <[^>]*> \.$", re.MULTILINE)
_SUBJECT = re.compile(rb"^<([^>]*)> ", re.MULTILINE)
_RECORDED = re.compile(
    rb"^<([^>]*)> <"
    + _KG
    + rb"(claimant|onBehalfOf|statedIn|stanceOn|stanceType|stanceOf|statedOn|publishedOn|supersedes|contradicts"
    + rb"|about|addressesIssue)> <([^>]*)>|^<([^>]*)> <"
    + re.escape(RDF_TYPE.encode())
    + rb"> <"
    + _KG
    + rb"(Claim|Stance|PublicStatement)>",
    re.MULTILINE,
)
_LONE = frozenset({KG + "InformalGroup", KG + "MediaOrganization"})
_TENURE = frozenset((KG + name).encode() for name in ("holder", "office", "holdsFrom", "holdsUntil"))
_TYPE = RDF_TYPE.encode()

_About = dict[str, list[str]]  # what the record says of one subject: name of the property -> values


class _Spoken(NamedTuple):
    """When a public statement was made, and when it became public."""

    on: DateExtent | None
    published: DateExtent | None

    @property
    def public(self) -> int | None:
        """Rule 1: the last day of its date, as far as that is known."""
        extent = self.published or self.on
        return extent.not_after.toordinal() if extent and extent.not_after else None


_UNKNOWN = _Spoken(None, None)


class _Graphs(NamedTuple):
    """What the graphs of the claims bring: who held which office, and when the states of affairs held."""

    voices: Voices
    spans: Mapping[int, tuple[int | None, int | None]]
    things: _Things
    conflicts: ConflictPosting


def write_ledger(connection: sqlite3.Connection, text: Text) -> None:
    """Fill the tables of a new ledger, whose graphs are there already.

    :raises DataError: bad-date.
    """
    _run(connection, TABLES)
    graphs = _post_graphs(connection, text)
    _post_record(connection, text, graphs)
    connection.execute("INSERT INTO mention SELECT DISTINCT thing, claim FROM named ORDER BY thing, claim")
    connection.execute("DROP TABLE named")
    _run(connection, INDEXES)


def _post_graphs(connection: sqlite3.Connection, text: Text) -> _Graphs:
    """Go through the reference and each claim's graph once."""
    reference = _about(_TRIPLE.findall(text.of(REFERENCE_GRAPH)))
    organs = [(who, above) for who, about in reference.items() for above in about.get("subordinateTo", ())]
    lone = sorted(who for who, about in reference.items() if _LONE.intersection(about.get("type", ())))
    offices = [office for about in reference.values() for office in _offices(about, reference)]
    spans: dict[int, tuple[int | None, int | None]] = {}
    things, conflicts = _Things(connection), ConflictPosting(connection, text)
    for number, graph in connection.execute("SELECT id, name FROM graph ORDER BY id").fetchall():
        if graph in COMMON_GRAPHS:
            continue
        lines = text.of(graph)
        conflicts.note_graph(number, graph, lines)
        triples = _TRIPLE.findall(lines)  # of a thing perhaps only words or numbers are said
        things.name(number, {*_SUBJECT.findall(lines), *(value for _, _, value in triples)})
        if any(predicate in _TENURE for _, predicate, _ in triples):
            about = _about(triples)
            offices += [office for tenure in about.values() for office in _offices(tenure, reference)]
            spans[number] = _span(about)
    connection.executemany("INSERT INTO organ VALUES (?, ?)", organs)
    connection.executemany("INSERT INTO office VALUES (?, ?, ?, ?)", offices)
    connection.executemany("INSERT INTO lone VALUES (?)", [(actor,) for actor in lone])
    return _Graphs(Voices(organs, offices, lone), spans, things, conflicts)


class _Things:
    """The things that claims name, each with a number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[bytes, int] = {}
        connection.execute("CREATE TEMP TABLE named (thing INTEGER, claim INTEGER)")

    def name(self, claim: int, things: set[bytes]) -> None:
        """Note that a claim names these things."""
        mentions = [(number, claim) for number in self.numbers(things)]
        self._connection.executemany("INSERT INTO named VALUES (?, ?)", mentions)

    def numbers(self, things: set[bytes]) -> list[int]:
        """The numbers of things; new ones get one."""
        new = [thing for thing in sorted(things) if thing not in self._numbers]
        rows = []
        for thing in new:
            self._numbers[thing] = len(self._numbers) + 1
            rows.append((self._numbers[thing], thing.decode()))
        self._connection.executemany("INSERT INTO thing VALUES (?, ?)", rows)
        return [self._numbers[thing] for thing in things]


def _post_record(connection: sqlite3.Connection, text: Text, graphs: _Graphs) -> None:
    """Go through the record twice: for the dates of the statements, then for the claims and stances."""
    spoken = {
        subject: _Spoken(*(_latest(about.get(name)) for name in ("statedOn", "publishedOn")))
        for subject, about in _subjects(text)
        if "PublicStatement" in about["type"]
    }
    numbers = _numbers(connection, text)
    book = _Book(graphs, spoken, numbers)
    for subject, about in _subjects(text):
        if "Claim" in about["type"]:
            book.enter_claim(subject, about)
        if "stanceOn" in about:
            book.enter_stance(about)
    book.write(connection)


def _numbers(connection: sqlite3.Connection, text: Text) -> dict[str, int]:
    """The number of each claim; one whose graph says nothing gets an empty graph."""
    numbers = {name: number for number, name in connection.execute("SELECT id, name FROM graph")}
    for subject, about in _subjects(text):
        if "Claim" in about["type"] and subject not in numbers:
            numbers[subject] = len(numbers) + 1
            connection.execute("INSERT INTO graph VALUES (?, ?, 0, 0)", (numbers[subject], subject))
    return numbers


class _Book:
    """The rows of claims and stances while they are gathered."""

    def __init__(self, graphs: _Graphs, spoken: Mapping[str, _Spoken], numbers: Mapping[str, int]) -> None:
        self._graphs = graphs
        self._spoken = spoken
        self._numbers = numbers
        self._voices: dict[tuple[frozenset[str], ...], int] = {}
        self._claims: dict[int, tuple[int | None, str, tuple[str, str, str]]] = {}
        self._stances: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._supersessions: list[tuple[int, int]] = []

    def enter_claim(self, claim: str, about: _About) -> None:
        """A claim, of whose public statement the record has the date."""
        if not (about["claimant"] and about["statedIn"]):
            return
        number = self._numbers[claim]
        when = self._spoken.get(max(about["statedIn"]), _UNKNOWN)
        claimants = json.dumps(sorted({*about["claimant"], *about["onBehalfOf"]}))
        self._claims[number] = when.public, claimants, (*_order(when.on), claim)
        for older in about["supersedes"]:
            if older in self._numbers:
                self._supersessions.append((number, self._numbers[older]))
        filed = {thing.encode() for thing in (*about["about"], *about["addressesIssue"])}
        self._graphs.things.name(number, filed)
        self._graphs.conflicts.note_claim(
            number,
            when.on or when.published,
            self._graphs.things.numbers({issue.encode() for issue in about["addressesIssue"]}),
            [self._numbers[other] for other in about["contradicts"] if other in self._numbers],
        )

    def enter_stance(self, about: _About) -> None:
        """A stance; one on behalf of two parties counts once for each."""
        heads = product(about["stanceOn"], about["stanceType"], about["stanceOf"], about["statedIn"])
        for claim, kind, actor, statement in heads:
            when = self._spoken.get(statement, _UNKNOWN)
            kind_number, day = STANCE_TYPES.index(kind.removeprefix(CODE)), when.public or 0
            for party in about["onBehalfOf"] or [""]:
                voice = self._voice(actor, party, when.on or when.published)
                if claim in self._numbers:
                    self._stances[self._numbers[claim]].append((day, kind_number, voice))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the tables; a claim that nobody but its claimant speaks of is plain."""
        older = {number for _, number in self._supersessions}
        places = sorted(self._claims, key=lambda number: self._claims[number][2])
        rows, contested, stances = [], [], []
        for place, number in enumerate(places):
            public, claimants, _ = self._claims[number]
            taken = sorted(self._stances[number])
            plain = number not in older and [row[:2] for row in taken] == [(public or 0, ASSERTS)]
            begins, ends = self._graphs.spans.get(number, (None, None))
            voice = taken[0][2] if plain else None
            rows.append((number, plain, voice, public, claimants, begins, ends, place))
            stances += [(number, kind, voice) for _, kind, voice in taken]
            if not plain:
                flat = array("i", [part for day, kind, voice in taken for part in (kind, voice, day)])
                contested.append((number, flat.tobytes()))
        connection.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO contested VALUES (?, ?)", sorted(contested))
        connection.executemany("INSERT INTO stance VALUES (?, ?, ?)", stances)
        connection.executemany("INSERT INTO supersession VALUES (?, ?)", self._supersessions)
        self._graphs.conflicts.write(self._stances, [voice[2] for voice in self._voices])
        voices = [
            (number, *(json.dumps(sorted(parties)) for parties in voice))
            for voice, number in self._voices.items()
        ]
        connection.executemany("INSERT INTO voice VALUES (?, ?, ?, ?)", voices)

    def _voice(self, actor: str, party: str, when: DateExtent | None) -> int:
        voices = self._graphs.voices
        voice = (
            voices.parties(actor, party, when),
            frozenset({actor, party} - {""}),
            voices.principals(actor, party, when),
        )
        return self._voices.setdefault(voice, len(self._voices))


def _subjects(text: Text) -> Iterator[tuple[str, _About]]:
    """What the record says of each subject, of what the ledger needs."""
    start, length = text.graphs.get(RECORD_GRAPH, (0, 0))
    found = _RECORDED.finditer(text.content, start, start + length)
    for subject, lines in groupby(found, key=lambda line: line[1] or line[4]):
        about: _About = defaultdict(list)
        for line in lines:
            _, name, value, _, kind = line.groups()
            about[name.decode() if name else "type"].append((value or kind).decode())
        yield subject.decode(), about


def _about(triples: Iterable[tuple[bytes, bytes, bytes]]) -> dict[str, _About]:
    """By subject and the local name of the property."""
    found: dict[str, _About] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        name = "type" if predicate == _TYPE else predicate.decode().removeprefix(KG)
        found[subject.decode().strip("<>")][name].append(value.decode())
    return found


def _offices(tenure: _About, reference: Mapping[str, _About]) -> Iterator[tuple[str, str, str, str]]:
    """Who holds an office of which body, from when and until when; empty when that is not said."""
    for office in tenure.get("office", ()):
        bodies = reference.get(office, {}).get("officeOf", ())
        yield from product(
            tenure.get("holder", ()),
            bodies,
            tenure.get("holdsFrom") or [""],
            tenure.get("holdsUntil") or [""],
        )


def _span(about: Mapping[str, _About]) -> tuple[int | None, int | None]:
    """Rule 8: the first and the last day on which all states of affairs of a graph may hold."""
    begun = [date_extent(day).not_before for said in about.values() for day in said.get("holdsFrom", ())]
    ended = [date_extent(day).not_after for said in about.values() for day in said.get("holdsUntil", ())]
    return (
        max((day.toordinal() for day in begun if day), default=None),
        min((day.toordinal() for day in ended if day), default=None),
    )


def _order(extent: DateExtent | None) -> tuple[str, str]:
    """The place of a date in the order of claims; see :func:`kg.claims.codec.claim_order`."""
    if extent is None:
        return "", ""
    first, last = (day.isoformat() if day else "" for day in (extent.not_before, extent.not_after))
    return first or last, last or "9999"


def _latest(dates: list[str] | None) -> DateExtent | None:
    return date_extent(max(dates)) if dates else None


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: all at once would end the transaction."""
    for statement in script.split(";"):
        connection.execute(statement)
