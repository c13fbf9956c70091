"""What there may be disputes of, as tables of the ledger: which claims, since when, with which others.

It hangs on no perspective, so it is written once at a load (kg/perspective/conflict_posting.py), and a look-up
of the newest disputes goes back in time from the last day and reads no more claims than it needs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.perspective.one_valued import Fact
from kg.store.offsets import reading

TABLES = """
CREATE TABLE conflict (          -- of each claim that may be disputed the days on which it was held or rejected
  day INTEGER NOT NULL,          -- 0 when it is not known
  claim INTEGER NOT NULL,
  since INTEGER,                 -- the first day on which what may conflict was public, if that is known
  rivalled INTEGER NOT NULL,     -- whether it may be disputed where nobody contests it in the sense of rule 7
  PRIMARY KEY (day, claim)
) WITHOUT ROWID;
CREATE TABLE contradiction (     -- in both directions
  claim INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (claim, other)
) WITHOUT ROWID;
CREATE TABLE filing (claim INTEGER NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (claim, issue)) WITHOUT ROWID;
CREATE TABLE fact (              -- what can have one value only and is incompatible with what another claim says
  claim INTEGER NOT NULL,
  cluster INTEGER NOT NULL,      -- facts of different ones are not incompatible
  about TEXT NOT NULL,
  said TEXT NOT NULL             -- JSON
)
"""
#: Made when the tables are full, which is quicker.
INDEXES = """
CREATE INDEX conflict_claim ON conflict (claim);
CREATE INDEX filing_issue ON filing (issue, claim);
CREATE INDEX fact_claim ON fact (claim);
CREATE INDEX fact_cluster ON fact (cluster);
CREATE INDEX fact_about ON fact (about)
"""
_SOME = "IN (SELECT value FROM json_each(?))"


class Conflicts:
    """The tables of one generation, open for reading; claims go by their number, days by their ordinal."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def claims(self, *, among: Iterable[int] | None = None) -> set[int]:
        """The claims that may be disputed, on whatever day."""
        if among is None:
            return self._numbers("SELECT claim FROM conflict")
        return self._numbers(f"SELECT claim FROM conflict WHERE claim {_SOME}", _list(among))

    def newest(
        self,
        *,
        as_of: int | None = None,
        rivalled: bool = False,
        among: Iterable[int] | None = None,
        size: int = 32,
    ) -> Iterator[tuple[list[int], int]]:
        """The claims that may be disputed, by the last day on which they were held or rejected, newest first.

        They come whole days at a time, first about ``size`` of them and then ever more; beside them stands the
        last day of those that are still to come, -1 when there are none. ``as_of``: what was public by then.
        ``rivalled``: those that may be disputed where nobody contests them.
        """
        table, condition, values = "conflict", "TRUE", list[object]()
        if as_of is not None:
            condition, values = "day > 0 AND day <= ? AND since <= ?", [as_of, as_of]
        if rivalled:
            condition += " AND rivalled"
        if among is not None:
            table = "conflict INDEXED BY conflict_claim"
            condition += f" AND claim {_SOME}"
            values.append(_list(among))

        def page(days: str, limit: int) -> list[tuple[int, int]]:
            query = f"SELECT day, claim FROM {table} WHERE {condition} AND {days} ORDER BY day DESC, claim LIMIT ?"
            return self._rows(query, *values, limit)

        seen = set[int]()
        days = "TRUE"
        while days:
            found = page(days, size + 1)  # one more than is asked for tells which day comes next
            rest = found[-1][0] if len(found) > size else -1
            if found and found[0][0] == rest:  # one day alone has more than that
                found = page(f"day = {rest}", -1)
                rest = next((day for day, _ in page(f"day < {rest}", 1)), -1)
            new = dict.fromkeys(claim for day, claim in found if day > rest and claim not in seen)
            seen.update(new)
            yield list(new), rest
            days, size = (f"day <= {rest}" if rest >= 0 else ""), size * 2

    def rivals(self, claims: Iterable[int]) -> set[int]:
        """What contradicts one of these claims by the record, or says what cannot hold beside it."""
        asked = _list(claims)
        return self._numbers(f"SELECT other FROM contradiction WHERE claim {_SOME}", asked) | self._numbers(
            f"SELECT claim FROM fact WHERE cluster IN (SELECT cluster FROM fact WHERE claim {_SOME})", asked
        )

    def contradictions(self, claims: Iterable[int]) -> list[tuple[int, int]]:
        """Each of these claims with each that contradicts it by the record, in either direction."""
        return self._rows(
            f"SELECT claim, other FROM contradiction WHERE claim {_SOME} ORDER BY claim, other", _list(claims)
        )

    def issues(self, claims: Iterable[int]) -> list[tuple[int, str]]:
        """Each of these claims with the IRI of each issue that it addresses, by claim and IRI."""
        query = f"SELECT claim, iri FROM filing JOIN thing ON thing.id = issue WHERE claim {_SOME}"
        return sorted(self._rows(query, _list(claims)))

    def kin(self, claims: Iterable[int]) -> set[int]:
        """Those which say something incompatible about the same thing as one of these."""
        query = f"SELECT claim FROM fact WHERE about IN (SELECT about FROM fact WHERE claim {_SOME})"
        return self._numbers(query, _list(claims))

    def mates(self, claims: Iterable[int]) -> set[int]:
        """The claims that address an issue which one of these addresses."""
        query = f"SELECT claim FROM filing WHERE issue IN (SELECT issue FROM filing WHERE claim {_SOME})"
        return self._numbers(query, _list(claims))

    def on(self, issues: Iterable[str]) -> set[int]:
        """The claims that address one of these, are one of these, or say something incompatible about one."""
        asked = _list(issues)
        queries = (
            f"SELECT claim FROM thing JOIN filing ON thing.id = issue WHERE iri {_SOME}",
            f"SELECT claim.id FROM graph JOIN claim ON claim.id = graph.id WHERE name {_SOME}",
            f"SELECT claim FROM fact WHERE about {_SOME}",
        )
        return set[int]().union(*(self._numbers(query, asked) for query in queries))

    def facts(self, claims: Iterable[int]) -> list[Fact]:
        """What these claims say that can have one value only and another claim tells otherwise."""
        query = f"SELECT name, said FROM fact JOIN graph ON graph.id = claim WHERE claim {_SOME} ORDER BY fact.rowid"
        return [Fact.read(name, said) for name, said in self._rows(query, _list(claims))]

    def _numbers(self, query: str, *values: object) -> set[int]:
        return {number for (number,) in self._rows(query, *values)}

    def _rows(self, query: str, *values: object) -> list[Any]:
        with reading(self._file):
            return self._connection.execute(query, values).fetchall()


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values))
