"""When something happened and when it was said, of many claims at once: read from their text and from the record's.

What a timeline is ordered by is known so before any claim is read as a value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.dates import DateExtent
from kg.perspective.inference import Closure
from kg.perspective.select import select
from kg.perspective.view import Perspective
from kg.perspective.voices import date_extent
from kg.rdf.rows import reading
from kg.rdf.vocabulary import KG, ONTOLOGY_GRAPH, RDF_TYPE, RECORD_GRAPH
from kg.store.blocks import Blocks
from kg.store.snapshot import COMMON_GRAPHS, Snapshot

_AT_A_TIME = 4096  # graphs that are looked up and held together
_LOOK_UP = 1 << 15  # bytes that are gone through in the time that one subject takes to be looked up
_OCCURRED, _FROM, _ACT, _TENURE = (
    KG + name for name in ("occurredOn", "holdsFrom", "TreatyAction", "Tenure")
)
_TELLING = tuple(f"<{kind}>".encode() for kind in (_ACT, _TENURE))
_STANCE_ON, _STATED_ON, _PUBLISHED_ON = (KG + name for name in ("stanceOn", "statedOn", "publishedOn"))
_VALUE = re.compile(rb"^\S+ <%b(\w+)> <([^<>]*)> " % re.escape(KG.encode()), re.MULTILINE)


class Happening(NamedTuple):
    """What a claim dates; ``kind`` is event, act (of a party to a treaty) or state (from its beginning)."""

    thing: str
    day: str
    kind: str
    claim: str


class Spoken(NamedTuple):
    """A stance on a claim: whose, in whose names, and in which statement."""

    claim: str
    names: frozenset[str]
    statement: str


def happenings(view: Perspective, claims: Collection[int]) -> Iterator[Happening]:
    """What these of its claims date; terms of office are left out: they are no events.

    Cost: that of the claims' graphs, and of those that name the same things.
    """
    dated: list[tuple[str, str, str, str]] = []
    types: dict[str, set[str]] = defaultdict(set)
    for name, text in _graphs(view, claims):
        graph = Blocks(text, (0, len(text)))
        for prop in (_OCCURRED, _FROM):
            dated += [(thing, prop, day, name) for thing, day in graph.values(prop)]
        _note_types(types, text)
    _note_common(types, view)
    others = view.ledger.mentioning({thing for thing, *_ in dated}) - set(claims)
    for _, text in _graphs(view, select(view.ledger, view.definition, among=others)):
        _note_types(types, text)
    for thing, prop, day, claim in dated:
        if prop == _OCCURRED:
            yield Happening(thing, day, "act" if _ACT in types[thing] else "event", claim)
        elif _TENURE not in types[thing]:
            yield Happening(thing, day, "state", claim)


def spoken(view: Perspective, claims: Collection[int]) -> Iterator[Spoken]:
    """The stances on these claims, in whatever statement; see :func:`statement_days`.

    Cost: that of the stances where the claims are few, else that of looking through the record.
    """
    snapshot = view._dataset.snapshot  # of the same room
    names = frozenset(view.ledger.names(claims))
    record = _record(snapshot)
    if len(names) * _LOOK_UP < record.size:
        found: Iterable[tuple[str, bytes]] = record.of(_stances_on(snapshot, names)).items()
    else:
        found = record.having(_STANCE_ON)
    for _, lines in found:
        told: dict[bytes, list[str]] = defaultdict(list)
        for prop, value in _VALUE.findall(lines):
            told[prop].append(value.decode())
        if told[b"stanceType"] and told[b"stanceOf"] and told[b"statedIn"]:
            spoke = frozenset({*told[b"stanceOf"], *told[b"onBehalfOf"]})
            for claim in names.intersection(told[b"stanceOn"]):
                yield Spoken(claim, spoke, max(told[b"statedIn"]))


def statement_days(view: Perspective, statements: Collection[str]) -> dict[str, DateExtent]:
    """Of each of these statements that was public, and has a date: when it was made, else published."""
    snapshot, day = view._dataset.snapshot, view.definition.as_of
    record = _record(snapshot)
    if len(statements) * _LOOK_UP < record.size:
        stated, published = _dates_of(record, statements)
    else:
        stated, published = (
            {thing: value for thing, value in record.values(prop) if thing in statements}
            for prop in (_STATED_ON, _PUBLISHED_ON)
        )
    found = {}
    for statement in statements:
        made, known = (dates.get(statement) for dates in (stated, published))
        if (told := made or known) and (day is None or date_extent(known or told).is_by(day)):
            found[statement] = date_extent(told)
    return found


def _dates_of(record: Blocks, statements: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    stated, published = dict[str, str](), dict[str, str]()
    for statement, lines in record.of(statements).items():
        for prop, value in _VALUE.findall(lines):
            if prop == b"statedOn":
                stated[statement] = value.decode()
            elif prop == b"publishedOn":
                published[statement] = value.decode()
    return stated, published


def _graphs(view: Perspective, claims: Collection[int]) -> Iterator[tuple[str, bytes]]:
    """The text of each of these claims, with what follows from it."""
    snapshot = view._dataset.snapshot
    closure = Closure.read(snapshot.lines(ONTOLOGY_GRAPH)) if view.definition.infer else None
    names = view.ledger.names(claims)
    for start in range(0, len(names), _AT_A_TIME):
        for name, lines in snapshot.slices(names[start : start + _AT_A_TIME]).items():
            yield name, lines + closure.of(name, lines) if closure else lines


def _note_types(types: dict[str, set[str]], text: bytes) -> None:
    if not any(kind in text for kind in _TELLING):  # as most do
        return
    for thing, kind in Blocks(text, (0, len(text))).values(RDF_TYPE):
        if kind in (_ACT, _TENURE):
            types[thing].add(kind)


def _note_common(types: dict[str, set[str]], view: Perspective) -> None:
    """What the reference, the ontology and the record tell to be an act or a term of office."""
    snapshot = view._dataset.snapshot
    store = snapshot.open_store()  # has all of these graphs, in every perspective
    closure = Closure.read(snapshot.lines(ONTOLOGY_GRAPH)) if view.definition.infer else None
    with reading():
        for kind in (_ACT, _TENURE):
            for name in (kind, *(closure.cases(kind) if closure else ())):
                for graph in COMMON_GRAPHS:
                    found = store.quads_for_pattern(
                        None, NamedNode(RDF_TYPE), NamedNode(name), NamedNode(graph)
                    )
                    for quad in found:
                        types[getattr(quad.subject, "value", "")].add(kind)


def _stances_on(snapshot: Snapshot, claims: Iterable[str]) -> list[str]:
    store, graph, prop = snapshot.open_store(), NamedNode(RECORD_GRAPH), NamedNode(_STANCE_ON)
    with reading():
        return [
            getattr(quad.subject, "value", "")
            for claim in sorted(claims)
            for quad in store.quads_for_pattern(None, prop, NamedNode(claim), graph)
        ]


def _record(snapshot: Snapshot) -> Blocks:
    return Blocks(snapshot.text(), snapshot.offsets([RECORD_GRAPH]).get(RECORD_GRAPH, (0, 0)))
