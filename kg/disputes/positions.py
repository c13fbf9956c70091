"""Who stands where on which issue, and where that conflicts: worked on claims as values, read nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from kg.claims.codec import claim_order
from kg.claims.latest import order, public_day
from kg.claims.model import Claim, Named, Stance
from kg.disputes.model import CONTESTING, HOLDING, Conflict, Dispute, Position, Side
from kg.perspective.incompatible import Holders, incompatible
from kg.perspective.one_valued import Fact

#: In whose names a stance was taken: those of states, or of bodies, groups and media that stand alone.
Names = Callable[[Stance], frozenset[str]]
Labels = Callable[[Collection[str]], Mapping[str, str]]


def find_disputes(
    claims: Iterable[Claim],
    principals: Names,
    labels: Labels,
    *,
    facts: Iterable[Fact] = (),
    among: Set[str] | None = None,
) -> list[Dispute]:
    """The disputes among claims that are admitted, the newest conflict first, then by the issue's label.

    ``facts`` are what claims say that can have one value only; those of other claims do not count. ``among``:
    of the conflicts only those in which one of these claims stands.
    """
    desk = _Desk({claim.iri: claim for claim in sorted(claims, key=claim_order)}, principals)
    declared = [
        conflict
        for conflict in (*desk.denials(), *desk.contradictions())
        if among is None or not among.isdisjoint(conflict.claims)
    ]
    blocks: dict[tuple[str, Named], list[Conflict]] = defaultdict(list)
    for conflict in declared:
        for issue in desk.issues(conflict):
            blocks["declared", issue].append(conflict)
    undeclared = desk.incompatibilities(facts, among)
    names = labels({conflict.about for conflict in undeclared} | desk.parties())
    for conflict in undeclared:
        for issue in desk.issues(conflict) or [Named(conflict.about, names[conflict.about])]:
            blocks["incompatible", issue].append(conflict)
    found = [
        desk.dispute(issue, kind, sorted(conflicts, key=lambda c: (c.how, c.claims, c.about)), names)
        for (kind, issue), conflicts in blocks.items()
    ]
    return sorted(found, key=place)


def place(dispute: Dispute) -> tuple[int, str, str, str]:
    """The key of the order of disputes: the newest first, those of unknown day last; then by label."""
    day = date.fromisoformat(dispute.day).toordinal() if dispute.day else 0
    return -day, dispute.issue.label, dispute.issue.iri, dispute.kind


@dataclass(frozen=True, slots=True)
class Stand:
    """A party's position, and the names in which the stance that counts was taken."""

    position: Position
    names: frozenset[str]


class _Desk:
    """Where the stances on the claims become positions of parties, and positions become conflicts."""

    def __init__(self, claims: Mapping[str, Claim], principals: Names) -> None:
        self._claims = claims
        self._stands = {claim.iri: stands(claim, principals) for claim in claims.values()}
        self._on_issue: dict[str, list[str]] = defaultdict(list)
        for claim in claims.values():
            for issue in claim.issues:
                self._on_issue[issue.iri].append(claim.iri)

    def parties(self) -> frozenset[str]:
        """All that take any position."""
        return frozenset(party for stands in self._stands.values() for party in stands)

    def denials(self) -> Iterator[Conflict]:
        """Claims that one party holds and another one rejects."""
        for claim in self._claims:
            if _apart(self._names(claim, HOLDING), self._names(claim, CONTESTING)):
                yield Conflict("denial", (claim,))

    def contradictions(self) -> Iterator[Conflict]:
        """Claims that contradict each other, each held by another party; the contradicted one comes first."""
        seen: set[frozenset[str]] = set()
        for claim in self._claims.values():
            for other in claim.contradicts:
                pair = frozenset({claim.iri, other})
                if other not in self._claims or len(pair) < 2 or pair in seen:
                    continue
                seen.add(pair)
                if _apart(self._names(claim.iri, HOLDING), self._names(other, HOLDING)):
                    yield Conflict("contradiction", self._answered_first(claim.iri, other))

    def incompatibilities(self, facts: Iterable[Fact], among: Set[str] | None) -> list[Conflict]:
        """What cannot both hold and nobody declared, of those who commit themselves to it."""
        linked = {(claim.iri, other) for claim in self._claims.values() for other in claim.contradicts}

        def is_declared(one: str, other: str) -> bool:
            return (one, other) in linked or (other, one) in linked or self._is_denied(one, other)

        holders = {
            claim.iri: self._names(claim.iri, HOLDING)
            for claim in self._claims.values()
            if claim.epistemic_status in (None, "true-certain")
        }
        found = incompatible(facts, holders, is_declared, among=among)
        return [
            Conflict(one.how, tuple(sorted((one.claim, other.claim), key=self._place)), one.about)
            for one, other in found
        ]

    def issues(self, conflict: Conflict) -> list[Named]:
        """The issues that all of its claims address, else that any does, else the claim that is contested."""
        claims = [self._claims[claim] for claim in conflict.claims]
        shared = set(claims[0].issues).intersection(*(claim.issues for claim in claims))
        found = shared or {issue for claim in claims for issue in claim.issues}
        if not found and not conflict.about:
            return [Named(claims[0].iri, claims[0].text)]
        return sorted(found)

    def dispute(
        self, issue: Named, kind: str, conflicts: Sequence[Conflict], labels: Mapping[str, str]
    ) -> Dispute:
        """The dispute on an issue: of what is declared all who take a position on it, else who holds what."""
        inside = {claim for conflict in conflicts for claim in conflict.claims}
        members = inside | set(self._on_issue[issue.iri] if kind == "declared" else ())
        by_party: dict[str, list[Position]] = defaultdict(list)
        for claim in sorted(members, key=lambda claim: (claim not in inside, self._place(claim))):
            for party, stand in self._stands[claim].items():
                by_party[party].append(stand.position)
        sides = [_side(Named(party, labels[party]), found, inside) for party, found in by_party.items()]
        days = [
            public_day(position.stance)
            for side in sides
            for position in side.positions
            if position.claim.iri in inside and position.type in HOLDING | CONTESTING
        ]
        return Dispute(
            issue=issue,
            kind=kind,
            day=max(days, default=""),
            sides=tuple(sorted(sides, key=lambda side: _side_order(side, inside))),
            conflicts=tuple(dict.fromkeys(conflicts)),
        )

    def _names(self, claim: str, types: frozenset[str]) -> Holders:
        return frozenset(s.names for s in self._stands[claim].values() if s.position.type in types)

    def _is_denied(self, one: str, other: str) -> bool:
        """Whether who holds the one claim rejects the other."""
        for claim, counterpart in ((one, other), (other, one)):
            held = {party for party, s in self._stands[claim].items() if s.position.type in HOLDING}
            rejected = {
                party for party, s in self._stands[counterpart].items() if s.position.type in CONTESTING
            }
            if held & rejected:
                return True
        return False

    def _answered_first(self, claim: str, other: str) -> tuple[str, str]:
        is_mutual = claim in self._claims[other].contradicts
        first = min(claim, other, key=self._place) if is_mutual else other
        return (first, claim if first == other else other)

    def _place(self, claim: str) -> tuple[str, str, str]:
        return claim_order(self._claims[claim])


def stands(claim: Claim, principals: Names) -> dict[str, Stand]:
    """Where each party stands on a claim, in order of party."""
    taken: dict[str, list[Stance]] = defaultdict(list)
    names = {stance.iri: principals(stance) for stance in claim.stances}
    for stance in sorted(claim.stances, key=order):
        for party in names[stance.iri]:
            taken[party].append(stance)
    return {
        party: Stand(Position(claim, history[-1], tuple(history)), names[history[-1].iri])
        for party, history in sorted(taken.items())
    }


def _apart(some: Holders, others: Holders) -> bool:
    """Whether one of these takes its position in no name in which one of those does."""
    return any(one.isdisjoint(other) for one in some for other in others)


def _side(party: Named, positions: Sequence[Position], inside: Collection[str]) -> Side:
    on_conflict = [position for position in positions if position.claim.iri in inside]
    return Side(party, max(on_conflict or positions, key=lambda p: order(p.stance)), tuple(positions))


def _side_order(side: Side, inside: Collection[str]) -> tuple[bool, bool, str, str, str]:
    """Those in conflict first, then those who evade it, then who else speaks to the issue; by date and name."""
    types = {position.type for position in side.positions if position.claim.iri in inside}
    since = side.position.since
    day = (since.not_after if since else None) or "9999-12-31"
    return not types & (HOLDING | CONTESTING), not types, day, side.party.label, side.party.iri
