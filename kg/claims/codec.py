"""Claims out of RDF: the only place that knows how a claim lies in a store; :func:`complete` prepares it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from pyoxigraph import Store

from kg.claims.completion import complete as complete
from kg.claims.model import Claim, Evidence, Extent, Named, Stance, Statement
from kg.claims.reading import ADDRESSEE, ISSUE, SUPPORT, Record, read_record
from kg.dates import parse_extent
from kg.rdf.queries import iri
from kg.rdf.rows import Row
from kg.rdf.vocabulary import CODE, DATE, KG


def read_claims(store: Store, *, claims: Collection[str] | None = None, lang: str = "en") -> list[Claim]:
    """The claims of a store, or those asked for, by date and then IRI; as many queries for one as for all.

    Labels are in ``lang``, or else in English, French, any language.
    """
    if claims is not None and not claims:
        return []
    terms = None if claims is None else [iri(claim) for claim in sorted(claims)]
    record = read_record(store, terms, lang=lang)
    builder = _Builder(record)
    return sorted(map(builder.claim, record.heads.values()), key=claim_order)


def claim_order(claim: Claim) -> tuple[str, str, str]:
    """The order of claims: by the first day on which it may have been stated, else the last, then by IRI."""
    return (*_days(claim.stated_on), claim.iri)


@cache
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


class _Builder:
    """Makes values of a record's rows, each thing, statement and passage once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._named: dict[str, Named] = {}
        self._statements: dict[str, Statement] = {}
        self._evidence: dict[str, Evidence] = {}

    def claim(self, row: Row) -> Claim:
        claim, claimant, party, statement, status, quotation = row
        record = self._record
        stances = {row[0]: row for row in record.stances.get(claim, ())}
        return Claim(
            iri=claim,
            text=record.labels[claim],
            claimant=self._thing(claimant),
            on_behalf_of=self._thing(party) if party else None,
            statement=self._statement(statement),
            epistemic_status=status.removeprefix(CODE) or None,
            evidence=self._passages(record.links.get((claim, SUPPORT), ()), claimant),
            stances=tuple(sorted(map(self._stance, stances.values()), key=_stance_order)),
            issues=self._things(record.links.get((claim, ISSUE), ())),
            quotation=quotation or None,
            contradicts=tuple(record.links.get((claim, KG + "contradicts"), ())),
            supersedes=tuple(record.links.get((claim, KG + "supersedes"), ())),
        )

    def _stance(self, row: Row) -> Stance:
        stance, claim, kind, actor, party, statement = row
        return Stance(
            iri=stance,
            claim=claim,
            type=kind.removeprefix(CODE),
            stance_of=self._thing(actor),
            on_behalf_of=self._thing(party) if party else None,
            statement=self._statement(statement),
            evidence=self._passages(self._record.passages.get(stance, ()), actor),
        )

    def _statement(self, statement: str) -> Statement:
        if made := self._statements.get(statement):
            return made
        record = self._record
        _, speaker, on, published, resolved, medium = record.statements.get(statement, (statement, *[""] * 5))
        relays = [record.statements[relay] for relay in record.relays.get(statement, ())]
        made = self._statements[statement] = Statement(
            iri=statement,
            label=record.labels.get(statement, statement),
            stated_by=self._thing(speaker) if speaker else None,
            stated_on=extent_of(on),
            published_on=extent_of(published),
            date_resolved_from=resolved or None,
            medium=self._thing(medium) if medium else None,
            addressees=self._things(record.links.get((statement, ADDRESSEE), ())),
            relayed_by=tuple(self._thing(relay[1] or relay[0]) for relay in relays),
        )
        return made

    def _passages(self, passages: Iterable[str], speaker: str) -> tuple[Evidence, ...]:
        """Those in the speaker's own publications first: the first one stands for all where there is room for one."""
        known = self._record.evidence
        cited = sorted((p for p in passages if p in known), key=lambda p: known[p][-1] != speaker)
        return tuple(map(self._passage, cited))

    def _passage(self, passage: str) -> Evidence:
        if made := self._evidence.get(passage):
            return made
        _, source, url, paragraph, start, end, locator, note, _ = self._record.evidence[passage]
        made = self._evidence[passage] = Evidence(
            iri=passage,
            source=self._thing(source),
            url=url or None,
            paragraph=_number(paragraph),
            start=_number(start),
            end=_number(end),
            locator=locator or None,
            note=note or None,
        )
        return made

    def _thing(self, thing: str) -> Named:
        made = self._named.get(thing)
        if made is None:
            made = self._named[thing] = Named(thing, self._record.labels.get(thing, thing))
        return made

    def _things(self, things: Iterable[str]) -> tuple[Named, ...]:
        return tuple(map(self._thing, things))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _stance_order(stance: Stance) -> tuple[str, str, str]:
    return (*_days(stance.public_on), stance.iri)


def _days(extent: Extent | None) -> tuple[str, str]:
    """For order of time; what has no date comes first."""
    if extent is None:
        return "", ""
    return extent.not_before or extent.not_after or "", extent.not_after or "9999"
