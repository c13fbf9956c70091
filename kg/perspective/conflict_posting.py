"""From what a load posts to the tables of what there may be disputes of; see :mod:`kg.perspective.conflicts`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kg.dates import DateExtent
from kg.perspective.conflicts import INDEXES, TABLES
from kg.perspective.incompatible import clusters, suspects
from kg.perspective.ledger import STANCE_TYPES
from kg.perspective.one_valued import Fact, facts_of, is_telling
from kg.store.slices import Text

_NEVER = 1 << 30
_HOLDING, _REJECTING = (
    frozenset(map(STANCE_TYPES.index, names))
    for names in (("asserts", "confirms", "revises"), ("denies", "disputes"))
)

#: Of each claim its stances: day or 0, the number of their type, and of the voice.
Taken = Mapping[int, Sequence[tuple[int, int, int]]]


class ConflictPosting:
    """What is noted while a load goes through the graphs and the record, until it can be written."""

    def __init__(self, connection: sqlite3.Connection, text: Text) -> None:
        self._connection = connection
        self._text = text
        self._telling: dict[int, str] = {}
        self._links: set[tuple[int, int]] = set()
        self._clusters: list[set[int]] = []
        for table in TABLES.split(";"):
            connection.execute(table)
        connection.execute("CREATE TEMP TABLE told (key TEXT, claim INTEGER, said TEXT)")

    def note_graph(self, claim: int, name: str, graph: bytes) -> None:
        """A claim's graph may say what can have one value only."""
        if is_telling(graph):
            self._telling[claim] = name

    def note_claim(
        self, claim: int, said_on: DateExtent | None, issues: Iterable[int], contradicts: Iterable[int]
    ) -> None:
        """What the record says of a claim: when it was stated, what it addresses and contradicts."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO filing VALUES (?, ?)", [(claim, n) for n in issues]
        )
        self._links.update(pair for other in contradicts for pair in ((claim, other), (other, claim)))
        if claim in self._telling:
            facts = facts_of(str(claim), self._text.of(self._telling[claim]), said_on)
            rows = [("\n".join(fact.key), claim, fact.text()) for fact in facts]
            self._connection.executemany("INSERT INTO told VALUES (?, ?, ?)", rows)

    def write(self, taken: Taken, principals: Sequence[frozenset[str]]) -> None:
        """Write the tables; ``principals``: of each voice."""
        pairs = sorted((one, other) for one, other in self._links if one != other)
        self._connection.executemany("INSERT INTO contradiction VALUES (?, ?)", pairs)
        self._clusters += [{one, other} for one, other in pairs]
        self._write_facts()
        rows = self._conflicts(taken, principals)
        self._connection.executemany("INSERT INTO conflict VALUES (?, ?, ?, ?)", sorted(rows))
        for index in INDEXES.split(";"):
            self._connection.execute(index)

    def _write_facts(self) -> None:
        """Those that are incompatible with what another claim says, found key by key."""
        found = self._connection.execute("SELECT key, claim, said FROM told ORDER BY key, claim, said")
        rows = []
        for _, group in groupby(found, key=lambda row: row[0]):
            facts = [Fact.read(str(claim), said) for _, claim, said in group]
            known = suspects(facts) if len(facts) > 1 else frozenset[str]()
            for cluster in clusters(fact for fact in facts if fact.claim in known):
                number = len(self._clusters)
                rows += [(int(fact.claim), number, fact.about, fact.text()) for fact in cluster]
                self._clusters.append({int(fact.claim) for fact in cluster})
        self._connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("DROP TABLE told")

    def _conflicts(
        self, taken: Taken, principals: Sequence[frozenset[str]]
    ) -> Iterator[tuple[int, int, int | None, bool]]:
        """The days of each claim that somebody rejects or that has a rival."""

        def first(claim: int, types: frozenset[int]) -> int:
            return min(
                (day for day, kind, _ in taken.get(claim, ()) if day and kind in types), default=_NEVER
            )

        rivals = self._first_rivals(lambda claim: first(claim, _HOLDING))
        for claim, stances in taken.items():
            if claim not in rivals and all(kind not in _REJECTING for _, kind, _ in stances):
                continue
            against = min(rivals.get(claim, _NEVER), first(claim, _REJECTING))
            since = max(first(claim, _HOLDING), against)
            rivalled = claim in rivals or _is_outlived(stances, principals)
            for day in {day for day, kind, _ in stances if kind in _HOLDING or kind in _REJECTING}:
                yield day, claim, None if since == _NEVER else since, rivalled

    def _first_rivals(self, first: Callable[[int], int]) -> dict[int, int]:
        """Of each claim that has rivals the first day on which one of them was held."""
        found: dict[int, int] = {}
        for cluster in self._clusters:
            days = sorted((first(claim), claim) for claim in cluster)[:2]
            for claim in cluster if len(days) > 1 else ():
                day = next(day for day, other in days if other != claim)
                found[claim] = min(day, found.get(claim, _NEVER))
        return found


def _is_outlived(stances: Sequence[tuple[int, int, int]], principals: Sequence[frozenset[str]]) -> bool:
    """Whether a rejection no longer counts by rule 7, as somebody of the same state spoke later.

    The party in whose name it was made may reject the claim still: rule D1 of disputes is narrower.
    """
    return any(
        kind in _REJECTING and later > day and not principals[voice].isdisjoint(principals[other])
        for day, kind, voice in stances
        for later, _, other in stances
    )
