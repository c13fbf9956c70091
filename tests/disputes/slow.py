"""The disputes of a perspective without cleverness: everything is read by plain queries over the whole of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kg.claims.codec import read_claims
from kg.dates import DateExtent, parse_extent
from kg.disputes.model import Dispute
from kg.disputes.positions import find_disputes
from kg.perspective.one_valued import LOSSES, MOMENTS, Fact
from kg.perspective.view import Perspective
from kg.rdf.rows import Row, rows
from kg.rdf.vocabulary import CODE, DATE, PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
CONTROLS = """SELECT ?claim ?state ?place ?holder ?from ?until ?modality {
  GRAPH ?claim {
    ?state kg:controlledBy ?holder ; kg:place ?place .
    OPTIONAL { ?state kg:holdsFrom ?from } OPTIONAL { ?state kg:holdsUntil ?until }
    OPTIONAL { ?state kg:modality ?modality }
  } GRAPH graph:record { ?claim a kg:Claim } }"""
COUNTS = """SELECT ?claim ?event ?estimate ?category ?actor ?low ?best ?high ?approximate ?modality ?on ?published {
  GRAPH ?claim {
    ?event kg:estimate ?estimate . ?estimate kg:category ?category ; kg:ofActor ?actor .
    OPTIONAL { ?estimate kg:low ?low } OPTIONAL { ?estimate kg:best ?best } OPTIONAL { ?estimate kg:high ?high }
    OPTIONAL { ?estimate kg:approximate ?approximate } OPTIONAL { ?event kg:modality ?modality }
  }
  OPTIONAL { GRAPH graph:record { ?claim kg:statedIn ?said . ?said kg:statedOn ?on } }
  OPTIONAL { GRAPH graph:record { ?claim kg:statedIn ?told . ?told kg:publishedOn ?published } } }"""
ACTS = """SELECT ?claim ?act ?type ?party ?date {
  GRAPH ?claim { ?act kg:actionType ?type ; kg:actingParty ?party ; kg:occurredOn ?date }
  GRAPH graph:record { ?claim a kg:Claim } }"""
ABOUT = """SELECT DISTINCT ?claim {
  { GRAPH ?claim { { <%s> ?p ?v } UNION { ?s ?p <%s> } } GRAPH graph:record { ?claim a kg:Claim } }
  UNION { GRAPH graph:record { ?claim kg:about|kg:addressesIssue <%s> ; a kg:Claim } } }"""


def slow_disputes(view: Perspective, *, about: str | None = None, of: Collection[str] = ()) -> list[Dispute]:
    """All disputes, the newest first, that are about a thing or have one of these parties on a side."""
    store = view.store
    facts = [
        *_controls(rows(store, HEAD + CONTROLS)),
        *_counts(rows(store, HEAD + COUNTS)),
        *_moments(rows(store, HEAD + ACTS)),
    ]
    claims = [claim for claim in read_claims(store, lang=view.lang) if view.admits(claim.iri)]
    found = find_disputes(claims, view.principals, view.labels, facts=facts)
    if about:
        told = {claim for (claim,) in rows(store, HEAD + ABOUT % ((about,) * 3))}
        found = [d for d in found if d.issue.iri == about or {about, *told} & d.claims]
    if of:
        found = [
            d
            for d in found
            if any(view.speaks_for(p.stance, party) for party in of for s in d.sides for p in s.positions)
        ]
    return found


def _controls(found: Iterable[Row]) -> Iterator[Fact]:
    for (claim, _, place), said in _grouped(found).items():
        starts, ends = (_dates(row[n] for row in said) for n in (4, 5))
        if not _is_actual(row[6] for row in said) or not starts + ends:
            continue
        if starts and ends:
            first, last = [d.not_after for d in starts], [d.not_before for d in ends]
        else:
            exact = {day for d in starts + ends for day in (d.not_before, d.not_after)}
            first = last = list(exact) if len(exact) == 1 else [None]
        begins = [day.toordinal() for day in first if day]
        ended = [day.toordinal() for day in last if day]
        if len(begins) == len(first) and len(ended) == len(last) and max(begins) <= min(ended):
            begin, end = max(begins), min(ended)
            holders = frozenset(row[3] for row in said)
            yield Fact("control", ("control", place), place, claim, end, begin, end - 1, begin, holders)


def _counts(found: Iterable[Row]) -> Iterator[Fact]:
    for (claim, event, _), said in _grouped(found).items():
        fates, days = {row[3] for row in said}, _dates(row[10] or row[11] for row in said)
        if len(fates) > 1 or len(days) != 1 or not _is_actual(row[9] for row in said):
            continue
        (fate,), (day,) = fates, days
        lows, bests, highs = ({float(row[n]) for row in said if row[n]} for n in (5, 6, 7))
        if not lows and not highs and "true" not in {row[8] for row in said}:
            lows = highs = bests
        low, high = min(lows, default=-math.inf), max(highs, default=math.inf)
        key = ("count", event, fate.removeprefix(CODE), *sorted({row[4] for row in said}))
        if key[2] in LOSSES:
            first = day.not_before.toordinal() if day.not_before else -math.inf
            last = day.not_after.toordinal() if day.not_after else math.inf
            yield Fact("count", key, event, claim, low, high, first, last)
        elif day.not_before and day.not_before == day.not_after:
            yield Fact("count", (*key, day.lexical), event, claim, low, high)


def _moments(found: Iterable[Row]) -> Iterator[Fact]:
    for claim, act, kind, party, on in found:
        (day,) = _dates([on])
        first = day.not_before.toordinal() if day.not_before else -math.inf
        last = day.not_after.toordinal() if day.not_after else math.inf
        if kind.removeprefix(CODE) in MOMENTS:
            key = ("date", act, kind.removeprefix(CODE), party)
            yield Fact("date", key, act, claim, first, last + 1)


def _grouped(found: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in found:
        told[row[0], row[1], row[2]].append(row)
    return told


def _dates(found: Iterable[str]) -> list[DateExtent]:
    return [parse_extent(day.removeprefix(DATE)) for day in sorted({*found} - {""})]


def _is_actual(modalities: Iterable[str]) -> bool:
    return not {*modalities} - {"", CODE + "actual"}
