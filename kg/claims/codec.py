"""Claims out of RDF: the only place that knows how a claim lies in a store; :func:`complete` prepares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from kg.claims.completion import complete as complete
from kg.claims.labels import read_labels
from kg.claims.model import Claim, Evidence, Extent, Named, Stance, Statement
from kg.dates import parse_extent
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import Row, rows
from kg.rdf.vocabulary import CODE, DATE, KG

Links = Mapping[tuple[str, str], list[str]]


def read_claims(store: Store, *, claims: Collection[str] | None = None, lang: str = "en") -> list[Claim]:
    """The claims of a store, or those asked for, by date and then IRI; as many queries for one as for all.

    Labels are in ``lang``, or else in English, French, any language.
    """
    if claims is not None and not claims:
        return []
    terms = None if claims is None else [iri(claim) for claim in sorted(claims)]
    record = _read_record(store, terms, lang)
    return sorted((_claim(record, row) for row in record.heads), key=claim_order)


def claim_order(claim: Claim) -> tuple[str, str, str]:
    """The order of claims: by the first day on which it may have been stated, else the last, then by IRI."""
    return (*_days(claim.stated_on), claim.iri)


def extent_of(date: str) -> Extent | None:
    """The value of a ``date:`` IRI; of none, none.

    :raises DataError: bad-date.
    """
    if not date:
        return None
    extent = parse_extent(date.removeprefix(DATE))
    first, last = extent.not_before, extent.not_after
    return Extent(
        extent.lexical,
        extent.precision,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """What the queries brought back."""

    heads: Sequence[Row]
    links: Links  # by claim or statement, and property
    stances: Mapping[str, list[Row]]  # by claim
    passages: Mapping[str, list[str]]  # by stance
    statements: Mapping[str, Row]
    relayed_by: Mapping[str, list[str]]
    evidence: Mapping[str, Row]
    labels: Mapping[str, str]


def _read_record(store: Store, claims: Sequence[str] | None, lang: str) -> _Record:
    heads = rows(store, named_query("claim_heads", claim=claims))
    links = _grouped(
        rows(store, named_query("claim_links", claim=claims)) + rows(store, named_query("statement_links"))
    )
    stances: dict[str, list[Row]] = defaultdict(list)
    for row in rows(store, named_query("stances", claim=claims)):
        stances[row[1]].append(row)
    passages: dict[str, list[str]] = defaultdict(list)
    for stance, passage in rows(store, named_query("stance_evidence", claim=claims)):
        passages[stance].append(passage)
    relayed_by: dict[str, list[str]] = defaultdict(list)
    for (statement, prop), relayed in links.items():
        for original in relayed if prop == KG + "relays" else ():
            relayed_by[original].append(statement)

    spoken = {row[3] for row in heads} | {row[5] for taken in stances.values() for row in taken}
    spoken.update([relay for statement in sorted(spoken) for relay in _relays(statement, relayed_by)])
    statements = rows(
        store,
        named_query("statements", statement=None if claims is None else [iri(s) for s in sorted(spoken)]),
    )
    cited = {passage for (_, prop), cited in links.items() if prop == KG + "supportedBy" for passage in cited}
    cited.update(passage for group in passages.values() for passage in group)
    evidence = rows(
        store, named_query("evidence", evidence=None if claims is None else [iri(p) for p in sorted(cited)])
    )

    things = {name for row in heads for name in row[:3]}
    things |= {name for taken in stances.values() for row in taken for name in row[3:5]}
    things |= {name for row in statements for name in (row[0], row[1], row[5])}
    things |= {row[1] for row in evidence}
    for (_, prop), values in links.items():
        things.update(values if prop in (KG + "addressesIssue", KG + "addressee") else ())
    labels = read_labels(store, things - {""}, lang=lang)
    return _Record(
        list({row[0]: row for row in heads}.values()),
        links,
        stances,
        passages,
        {row[0]: row for row in statements},
        relayed_by,
        {row[0]: row for row in evidence},
        labels,
    )


def _claim(record: _Record, row: Row) -> Claim:
    claim, claimant, party, statement, status, quotation = row
    stances = {stance[0]: _stance(record, stance) for stance in record.stances[claim]}
    return Claim(
        iri=claim,
        text=record.labels[claim],
        claimant=_named(record, claimant),
        on_behalf_of=_named(record, party) if party else None,
        statement=_statement(record, statement),
        epistemic_status=status.removeprefix(CODE) or None,
        evidence=_evidence(record, record.links.get((claim, KG + "supportedBy"), ())),
        stances=tuple(sorted(stances.values(), key=lambda stance: (*_days(stance.public_on), stance.iri))),
        issues=tuple(_named(record, issue) for issue in record.links.get((claim, KG + "addressesIssue"), ())),
        quotation=quotation or None,
        contradicts=tuple(record.links.get((claim, KG + "contradicts"), ())),
        supersedes=tuple(record.links.get((claim, KG + "supersedes"), ())),
    )


def _stance(record: _Record, row: Row) -> Stance:
    stance, claim, kind, actor, party, statement = row
    return Stance(
        iri=stance,
        claim=claim,
        type=kind.removeprefix(CODE),
        stance_of=_named(record, actor),
        on_behalf_of=_named(record, party) if party else None,
        statement=_statement(record, statement),
        evidence=_evidence(record, record.passages.get(stance, ())),
    )


def _statement(record: _Record, statement: str) -> Statement:
    _, speaker, on, published, resolved, medium = record.statements.get(statement, (statement, *[""] * 5))
    relays = [record.statements[relay] for relay in _relays(statement, record.relayed_by)]
    return Statement(
        iri=statement,
        label=record.labels.get(statement, statement),
        stated_by=_named(record, speaker) if speaker else None,
        stated_on=extent_of(on),
        published_on=extent_of(published),
        date_resolved_from=resolved or None,
        medium=_named(record, medium) if medium else None,
        addressees=tuple(_named(record, to) for to in record.links.get((statement, KG + "addressee"), ())),
        relayed_by=tuple(_named(record, relay[1] or relay[0]) for relay in relays),
    )


def _evidence(record: _Record, passages: Iterable[str]) -> tuple[Evidence, ...]:
    found = []
    for passage in passages:
        if passage in record.evidence:
            _, source, url, paragraph, start, end, locator, note = record.evidence[passage]
            found.append(
                Evidence(
                    passage,
                    _named(record, source),
                    url or None,
                    _number(paragraph),
                    _number(start),
                    _number(end),
                    locator or None,
                    note or None,
                )
            )
    return tuple(found)


def _relays(statement: str, relayed_by: Mapping[str, list[str]]) -> list[str]:
    """The statements that relayed this one, nearest first; a circle in the data ends it."""
    chain = [statement]
    for link in chain:
        chain += [relay for relay in relayed_by.get(link, ()) if relay not in chain]
    return chain[1:]


def _named(record: _Record, thing: str) -> Named:
    return Named(thing, record.labels.get(thing, thing))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _days(extent: Extent | None) -> tuple[str, str]:
    """For order of time; what has no date comes first."""
    if extent is None:
        return "", ""
    return extent.not_before or extent.not_after or "", extent.not_after or "9999"


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, prop, value in rows:
        grouped[subject, prop].append(value)
    return grouped
