"""What decides who holds a claim, as tables: written once at a load, so that no perspective reads the record.

The record says the same; the ledger is made of its text (kg/perspective/posting.py) and can be made again.
Days are ordinals of :class:`datetime.date`; one that is not known is 0 where days are ordered, else NULL.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from kg.errors import UsageError
from kg.perspective.voices import Voices
from kg.store.offsets import NAME, reading

if TYPE_CHECKING:
    from sqlite3 import Connection

    from kg.perspective.conflicts import Conflicts
    from kg.store.snapshot import Snapshot

#: In order of their number in the tables.
STANCE_TYPES = (
    "asserts",
    "confirms",
    "revises",
    "declines-to-comment",
    "does-not-deny",
    "disputes",
    "denies",
    "retracts",
)
_MANY = 1 << 32  # rows; more than any store has, and still a number that SQLite takes
ASSERTS, RETRACTS = STANCE_TYPES.index("asserts"), STANCE_TYPES.index("retracts")
#: A claim is *plain* when its claimant's assertion is all that there is about it: then rules 3 to 7 have
#: nothing to weigh. Most claims are, and one query chooses among them.
TABLES = """
CREATE TABLE claim (
  id INTEGER PRIMARY KEY,        -- that of its graph
  plain INTEGER NOT NULL,
  voice INTEGER,                 -- of a plain claim: who asserts it
  public INTEGER,                -- the day on which it was public
  claimants TEXT NOT NULL,       -- JSON
  begins INTEGER, ends INTEGER,  -- the days between which its states of affairs may hold
  place INTEGER NOT NULL         -- in the order of claims: by date, then IRI
);
CREATE TABLE contested (         -- the claims that are not plain
  claim INTEGER PRIMARY KEY,
  stances BLOB NOT NULL          -- of each stance its type, voice and day, as native integers, by day
);
CREATE TABLE stance (claim INTEGER NOT NULL, type INTEGER NOT NULL, voice INTEGER NOT NULL);
CREATE TABLE voice (
  id INTEGER PRIMARY KEY, parties TEXT NOT NULL, exactly TEXT NOT NULL, principals TEXT NOT NULL  -- JSON
);
CREATE TABLE supersession (newer INTEGER NOT NULL, older INTEGER NOT NULL);
CREATE TABLE organ (organ TEXT NOT NULL, superior TEXT NOT NULL);
CREATE TABLE office (holder TEXT NOT NULL, body TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL);
CREATE TABLE lone (actor TEXT NOT NULL);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE mention (thing INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (thing, claim)) WITHOUT ROWID;
"""
#: Made when the tables are full, which is quicker.
INDEXES = """
CREATE UNIQUE INDEX claim_place ON claim (place);
CREATE INDEX claim_plain ON claim (voice, public) WHERE plain = 1;
CREATE INDEX stance_voice ON stance (voice, type, claim);
CREATE INDEX supersession_older ON supersession (older);
CREATE UNIQUE INDEX thing_iri ON thing (iri);
"""


class Voice(NamedTuple):
    """One who takes stances, in an office or on behalf of a party perhaps; see rule 2."""

    parties: frozenset[str]  # all for whom it speaks
    exactly: frozenset[str]  # itself, and the party that it names
    principals: frozenset[str]


class Contested(NamedTuple):
    """What the rules ask of a claim that is not plain."""

    id: int
    public: int | None
    stances: Sequence[int]  # of each its type, the number of its voice and its day, or 0; by day


class Ledger:
    """The tables of one generation, open for reading; claims go by their number."""

    def __init__(self, connection: Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    @classmethod
    def of(cls, snapshot: Snapshot) -> Ledger:
        """That of a generation.

        :raises StoreError: store-damaged.
        """
        found = _OPEN.get(snapshot)
        if found is None:
            found = _OPEN[snapshot] = cls(snapshot.ledger(), snapshot.generation / NAME)
        return found

    @cached_property
    def voices(self) -> Sequence[Voice]:
        """All voices: the place in the list is the number in the tables."""
        return [
            Voice(*(frozenset(json.loads(column)) for column in row))
            for row in self._rows("SELECT parties, exactly, principals FROM voice ORDER BY id")
        ]

    @cached_property
    def speakers(self) -> Voices:
        """Who speaks for whom on which day, for stances as values."""
        return Voices(
            self._rows("SELECT organ, superior FROM organ"),
            self._rows("SELECT holder, body, since, until FROM office"),
            [actor for (actor,) in self._rows("SELECT actor FROM lone")],
        )

    @cached_property
    def conflicts(self) -> Conflicts:
        """What there may be disputes of."""
        from kg.perspective.conflicts import Conflicts  # most look-ups ask for none

        return Conflicts(self._connection, self._file)

    def plain(
        self, *, voices: Iterable[int] | None, as_of: int | None, among: Iterable[int] | None
    ) -> list[int]:
        """The plain claims that one of these voices (or anyone) asserts, public by a day."""
        conditions, values = ["plain = 1"], list[object]()
        if (
            voices is not None
        ):  # '+' keeps SQLite to the numbers where they are given: voices have more claims
            column = "voice" if among is None else "+voice"
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(_list(voices))
        if as_of is not None:
            conditions.append("public <= ?")
            values.append(as_of)
        if among is not None:
            conditions.append("id IN (SELECT value FROM json_each(?))")
            values.append(_list(among))
        query = f"SELECT id FROM claim WHERE {' AND '.join(conditions)}"
        return [number for (number,) in self._rows(query, *values)]

    def contested(
        self,
        *,
        voices: Iterable[int] | None = None,
        as_of: int | None = None,
        among: Iterable[int] | None = None,
    ) -> Iterator[Contested]:
        """The claims that are not plain and were public by a day: all, those on which one of these voices takes
        a stance, or of some.
        """
        conditions, values = ["TRUE"], list[object]()
        if as_of is not None:
            conditions.append("public <= ?")
            values.append(as_of)
        if voices is not None:
            conditions.append(
                "claim IN (SELECT claim FROM stance WHERE voice IN (SELECT value FROM json_each(?)))"
            )
            values.append(_list(voices))
        if among is not None:
            conditions.append("claim IN (SELECT value FROM json_each(?))")
            values.append(_list(among))
        found = self._rows(
            "SELECT claim, public, stances FROM contested JOIN claim ON claim.id = claim"
            f" WHERE {' AND '.join(conditions)}",
            *values,
        )
        for number, public, stances in found:
            yield Contested(number, public, memoryview(stances).cast("i").tolist())

    def claimants(self, claim: int) -> frozenset[str]:
        """The claimant, and the party on whose behalf it spoke."""
        ((claimants,),) = self._rows("SELECT claimants FROM claim WHERE id = ?", claim)
        return frozenset(json.loads(claimants))

    def public(self, day: int, *, among: Iterable[int]) -> set[int]:
        """Rule 1: those of the claims that were public by a day."""
        query = "SELECT id FROM claim WHERE public <= ? AND id IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._rows(query, day, _list(among))}

    def supersessions(self, *, among: Iterable[int] | None) -> list[tuple[int, int, int | None]]:
        """Each newer and older claim, and the day on which the newer was public; ``among`` the older."""
        query = "SELECT newer, older, public FROM supersession JOIN claim ON claim.id = newer"
        if among is None:
            return self._rows(query)
        return self._rows(f"{query} WHERE older IN (SELECT value FROM json_each(?))", _list(among))

    def not_holding(self, day: int, *, among: Iterable[int] | None) -> set[int]:
        """Rule 8: the claims with a state of affairs that surely has ended by a day, or has not begun."""
        query, values = "SELECT id FROM claim WHERE (begins > ? OR ends < ?)", [day, day, *_optional(among)]
        if among is not None:
            query += " AND id IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._rows(query, *values)}

    def mentioning(self, things: Iterable[str]) -> set[int]:
        """The claims that name one of these things, or are filed under it in the record."""
        query = """SELECT claim FROM thing JOIN mention ON thing.id = thing
                   WHERE iri IN (SELECT value FROM json_each(?))"""
        return {number for (number,) in self._rows(query, _list(things))}

    def taken_by(self, voices: Iterable[int], *, types: Iterable[str] = STANCE_TYPES) -> set[int]:
        """The claims on which one of these voices takes a stance of one of these types.

        :raises UsageError: unknown-stance.
        """
        numbers = [_number(name) for name in types]
        query = """SELECT claim FROM stance WHERE voice IN (SELECT value FROM json_each(?))
                   AND type IN (SELECT value FROM json_each(?))"""
        return {number for (number,) in self._rows(query, _list(voices), _list(numbers))}

    def in_order(self, *, size: int, among: Collection[int] | None = None) -> Iterator[list[int]]:
        """All claims, or some, in order of date and IRI, some at a time: first ``size``, then ever more."""
        after, size = -1, min(size, _MANY)
        if among is not None:
            ordered, start = list(self.in_place(among)), 0
            while start < len(ordered):
                yield ordered[start : start + size]
                start, size = start + size, size * 2
            return
        while found := self._rows(
            "SELECT id, place FROM claim WHERE place > ? ORDER BY place LIMIT ?", after, size
        ):
            yield [number for number, _ in found]
            after, size = found[-1][1], size * 2

    def numbers(self, claims: Iterable[str]) -> list[int]:
        """The numbers of claims; those that the ledger does not have are left out."""
        query = """SELECT claim.id FROM graph JOIN claim ON claim.id = graph.id
                   WHERE name IN (SELECT value FROM json_each(?))"""
        return [number for (number,) in self._rows(query, _list(claims))]

    def numbered(self, claims: Iterable[str]) -> dict[str, int]:
        """Each claim with its number; those that the ledger does not have are left out."""
        query = """SELECT name, claim.id FROM graph JOIN claim ON claim.id = graph.id
                   WHERE name IN (SELECT value FROM json_each(?))"""
        return dict(self._rows(query, _list(claims)))

    def in_place(self, claims: Iterable[int]) -> dict[int, str]:
        """The IRIs of claims, in order of date and IRI."""
        query = """SELECT claim.id, name FROM claim JOIN graph ON graph.id = claim.id
                   WHERE claim.id IN (SELECT value FROM json_each(?)) ORDER BY place"""
        return dict(self._rows(query, _list(claims)))

    def length(self, claims: Iterable[int]) -> int:
        """How many bytes of N-Quads the graphs of these claims have."""
        query = "SELECT TOTAL(length) FROM graph WHERE id IN (SELECT value FROM json_each(?))"
        ((length,),) = self._rows(query, _list(claims))
        return int(length)

    def silent(self, claims: Collection[str]) -> list[str]:
        """Those of these claims whose graphs are empty, in order."""
        rows = self._rows("SELECT name FROM graph WHERE length = 0 ORDER BY name")
        return sorted({name for (name,) in rows}.intersection(claims))

    def names(self, claims: Iterable[int]) -> list[str]:
        """The IRIs of claims, in order."""
        query = "SELECT name FROM graph WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name"
        return [name for (name,) in self._rows(query, _list(claims))]

    def _rows(self, query: str, *values: object) -> list[Any]:
        with reading(self._file):
            return self._connection.execute(query, values).fetchall()


def _number(stance: str) -> int:
    if stance not in STANCE_TYPES:
        mend = f"choose one of {', '.join(STANCE_TYPES)}"
        raise UsageError(f"there is no stance '{stance}'", mend=mend, rule="unknown-stance")
    return STANCE_TYPES.index(stance)


#: Every perspective on a generation reads the same voices.
_OPEN: WeakKeyDictionary[Snapshot, Ledger] = WeakKeyDictionary()


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values))


def _optional(values: Iterable[object] | None) -> list[object]:
    return [] if values is None else [_list(values)]
