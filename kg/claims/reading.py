"""The record of claims as rows: a fixed number of queries, whatever the number of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pyoxigraph import Store

from kg.claims.labels import read_labels
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import Row, rows
from kg.rdf.vocabulary import KG

K = TypeVar("K")
V = TypeVar("V")
ADDRESSEE, ISSUE, RELAYS, SUPPORT = (
    KG + name for name in ("addressee", "addressesIssue", "relays", "supportedBy")
)


class Record(NamedTuple):
    """What the queries brought back, by the IRI that it is about."""

    heads: Mapping[str, Row]
    links: Mapping[tuple[str, str], Sequence[str]]  # by claim or statement, and property
    stances: Mapping[str, Sequence[Row]]  # by claim
    passages: Mapping[str, Sequence[str]]  # by stance
    statements: Mapping[str, Row]
    relays: Mapping[str, Sequence[str]]  # by statement: those that relayed it, nearest first
    evidence: Mapping[str, Row]
    labels: Mapping[str, str]


def read_record(store: Store, claims: Sequence[str] | None, *, lang: str) -> Record:
    """The record of these claims, given as terms, or of all; with labels of all that it names."""
    heads = {row[0]: row for row in rows(store, named_query("claim_heads", claim=claims))}
    links = _grouped(
        ((subject, prop), value)
        for name, chosen in (("claim_links", {"claim": claims}), ("statement_links", {}))
        for subject, prop, value in rows(store, named_query(name, **chosen))
    )
    stances = _grouped((row[1], row) for row in rows(store, named_query("stances", claim=claims)))
    passages = _grouped(
        (stance, passage) for stance, passage in rows(store, named_query("stance_evidence", claim=claims))
    )
    direct = {row[3] for row in heads.values()} | {row[5] for taken in stances.values() for row in taken}
    relays = _relay_chains(direct, links)
    spoken = direct.union(*relays.values())
    cited = {passage for (_, prop), found in links.items() if prop == SUPPORT for passage in found}
    cited.update(passage for found in passages.values() for passage in found)
    is_all = claims is None
    statements = rows(store, named_query("statements", statement=None if is_all else _terms(spoken)))
    evidence = rows(store, named_query("evidence", evidence=None if is_all else _terms(cited)))

    things = {thing for row in heads.values() for thing in row[:3]}
    things |= {thing for taken in stances.values() for row in taken for thing in row[3:5]}
    things |= {thing for row in statements for thing in (row[0], row[1], row[5])}
    things |= {row[1] for row in evidence}
    things.update(
        thing for (_, prop), found in links.items() if prop in (ISSUE, ADDRESSEE) for thing in found
    )
    return Record(
        heads,
        links,
        stances,
        passages,
        {row[0]: row for row in statements},
        relays,
        {row[0]: row for row in evidence},
        read_labels(store, things - {""}, lang=lang),
    )


def _relay_chains(
    statements: Iterable[str], links: Mapping[tuple[str, str], Sequence[str]]
) -> dict[str, list[str]]:
    """The statements that relayed each of these, directly or not; a circle in the data ends its chain."""
    relayed_by = _grouped(
        (original, relay)
        for (relay, prop), originals in links.items()
        if prop == RELAYS
        for original in originals
    )
    chains = {}
    for statement in statements:
        chain = [statement]
        for link in chain:
            chain += [relay for relay in relayed_by.get(link, ()) if relay not in chain]
        if len(chain) > 1:
            chains[statement] = chain[1:]
    return chains


def _terms(things: Iterable[str]) -> list[str]:
    return [iri(thing) for thing in sorted(things)]


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    grouped: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)
