"""The casus foederis: who claims that an obligation fell due, and who rejects it; docs/model.md has the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.claims.codec import read_claims
from kg.claims.latest import latest, public_day
from kg.claims.model import Claim, Named, Stance
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import KG
from kg.treaties.model import CasusFoederis, Position

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

_HOLDS = frozenset({"asserts", "confirms", "revises"})
_REJECTS = frozenset({"denies", "disputes"})

_Pairs = Mapping[str, Sequence[str]]


def casus_foederis(view: Perspective, *, treaty: str | None = None) -> dict[str, tuple[CasusFoederis, ...]]:
    """For each treaty, or for this one, its obligations that are claimed to have fallen due, by label.

    The claims that invoke them are those that the perspective admits; the positions on them are all that
    are on its record, of whatever party.
    """
    asked = [iri(treaty)] if treaty else None
    invoked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for of, obligation, claim in rows(view.store, named_query("treaty_casus", treaty=asked)):
        invoked[of, obligation].append(claim)
    if not invoked:
        return {}
    bench = _read_bench(view, {claim for found in invoked.values() for claim in found}, asked)
    terms = _terms(view, sorted({obligation for _, obligation in invoked}))
    labels = view.labels({obligation for _, obligation in invoked}.union(*terms.values()))
    found: dict[str, list[CasusFoederis]] = defaultdict(list)
    for (of, obligation), claims in invoked.items():
        told = {
            term: tuple(
                sorted(
                    (Named(value, labels[value]) for value in terms.get((obligation, KG + term), ())),
                    key=lambda thing: (thing.label, thing.iri),
                )
            )
            for term in ("obligationType", "obligor", "obligee", "triggerType")
        }
        found[of].append(bench.casus(of, Named(obligation, labels[obligation]), told, claims))
    return {
        of: tuple(sorted(some, key=lambda one: (one.obligation.label, one.obligation.iri)))
        for of, some in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Bench:
    """The claims that bear on the invocations, and how they stand to each other."""

    claims: Mapping[str, Claim]
    positions: Mapping[str, Sequence[Position]]  # claim -> where each party stands on it
    against: _Pairs  # claim -> those that cannot be true together with it
    beside: _Pairs  # claim -> those on the same issues
    practice: _Pairs  # treaty -> claims that something was done under it

    def casus(
        self, treaty: str, obligation: Named, told: Mapping[str, tuple[Named, ...]], invoking: Sequence[str]
    ) -> CasusFoederis:
        """The positions on one obligation's having fallen due."""
        taken = [position for claim in invoking for position in self.positions[claim]]
        claimed = [position for position in taken if position.position in _HOLDS]
        invokers = {position.party for position in claimed}
        objections = (position for claim in invoking for position in self._objections(claim))
        practice = (
            position
            for claim in self.practice.get(treaty, ())
            if claim not in invoking
            for position in self.positions[claim]
            if position.position in _HOLDS and position.party not in invokers
        )
        return CasusFoederis(
            obligation=obligation,
            type=next(iter(told["obligationType"]), None),
            obligors=told["obligor"],
            obligees=told["obligee"],
            triggers=told["triggerType"],
            claims=tuple(self.claims[claim] for claim in invoking),
            claimed_by=_ordered(claimed),
            rejected_by=_ordered(objections),
            declined_by=_ordered(p for p in taken if p.position == "declines-to-comment"),
            not_denied_by=_ordered(p for p in taken if p.position == "does-not-deny"),
            justification_rejected_by=_ordered(self._other_objections(invoking, invokers)),
            under_treaty=_ordered(practice),
        )

    def _objections(self, claim: str) -> Iterator[Position]:
        """Who denies or disputes it, and who holds a claim that cannot be true together with it."""
        yield from (position for position in self.positions[claim] if position.position in _REJECTS)
        for other in self.against.get(claim, ()):
            for position in self.positions[other]:
                if position.position in _HOLDS:
                    yield Position(position.party, "contradicts", position.stance, position.claim)

    def _other_objections(self, invoking: Sequence[str], invokers: set[Named]) -> Iterator[Position]:
        """Objections to what those who invoke it say besides on the same issues."""
        beside = {other for claim in invoking for other in self.beside.get(claim, ())} - set(invoking)
        for claim in sorted(beside):
            if any(p.party in invokers and p.position in _HOLDS for p in self.positions[claim]):
                yield from (p for p in self._objections(claim) if p.party not in invokers)


def _read_bench(view: Perspective, invoking: set[str], treaties: Sequence[str] | None) -> _Bench:
    def pairs(query: str, claims: Iterable[str]) -> dict[str, list[str]]:
        terms = [iri(claim) for claim in sorted(claims)]
        return _grouped(rows(view.store, named_query(query, claim=terms)))

    beside = pairs("companions", invoking)
    against = pairs("contradictions", invoking.union(*beside.values()))
    practice = _grouped(rows(view.store, named_query("treaty_practice", treaty=treaties)))
    chosen = invoking.union(*beside.values(), *against.values(), *practice.values())
    claims = {claim.iri: claim for claim in read_claims(view.store, claims=chosen, lang=view.lang)}
    kept = [
        {key: [other for other in others if other in claims] for key, others in found.items()}
        for found in (against, beside, practice)
    ]
    return _Bench(claims, _positions(view, claims.values()), *kept)


def _positions(view: Perspective, claims: Collection[Claim]) -> dict[str, list[Position]]:
    """The latest stance of each party on each claim, by whoever spoke for it; none on what was taken back."""
    taken: dict[str, dict[str, list[Stance]]] = {}
    authors: dict[str, set[str]] = {}
    for claim in claims:
        by_party = taken[claim.iri] = {}
        authors[claim.iri] = set()
        for stance in claim.stances:
            parties = view.principals(stance)
            if stance.stance_of == claim.claimant:
                authors[claim.iri] |= parties
            for party in sorted(parties):
                by_party.setdefault(party, []).append(stance)
    labels = view.labels({party for by_party in taken.values() for party in by_party})
    found: dict[str, list[Position]] = {}
    for claim in claims:
        latest_of = {party: latest(stances) for party, stances in taken[claim.iri].items()}
        is_retracted = any(latest_of[party].type == "retracts" for party in authors[claim.iri])
        found[claim.iri] = [
            Position(Named(party, labels[party]), stance.type, stance, claim)
            for party, stance in ([] if is_retracted else latest_of.items())
        ]
    return found


def _terms(view: Perspective, obligations: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = named_query("obligation_terms", obligation=[iri(obligation) for obligation in obligations])
    for obligation, term, value in rows(view.store, query):
        found[obligation, term].append(value)
    return found


def _grouped(pairs: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def _ordered(positions: Iterable[Position]) -> tuple[Position, ...]:
    return tuple(
        sorted(
            positions,
            key=lambda p: (public_day(p.stance), p.party.label, p.party.iri, p.claim.iri, p.stance.iri),
        )
    )
