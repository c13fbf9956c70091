"""The rules of comparing once more, on claims as values, all of which were read: for tests to agree with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.claims.codec import claim_order
from kg.claims.latest import order
from kg.claims.model import Claim, Named, Stance
from kg.compare.model import (
    AGAINST,
    AGREE,
    APART,
    CHANGED,
    DIFFER,
    GAINED,
    KEPT,
    LOST,
    POSITIONS,
    REJECTING,
    SILENT,
    ClaimRow,
    Comparison,
    Counts,
    FactRow,
    IssueRow,
    Side,
    Standing,
    count,
)

#: The kind of a fact whose value is a text that has a language.
TEXT = "text"

_HOLDING = frozenset({"asserts", "confirms", "revises"})
_YES = frozenset({"holds", "says-the-same"})


class Fact(NamedTuple):
    """A triple that a claim says; ``kind`` is the datatype of a literal, ``TEXT``, or empty for an IRI."""

    subject: str
    prop: str
    value: str
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The IRIs in it."""
        return (self.subject, self.prop) if self.kind else (self.subject, self.prop, self.value)


@dataclass(frozen=True, slots=True)
class Known:
    """One side as read: its record, what it holds and says, and the stances of those who speak for it.

    ``latest`` are those of ``taken`` that count now (rule R3). ``is_partial``: what is disputed, or is not, was
    left out.
    """

    side: Side
    claims: Mapping[str, Claim]
    held: frozenset[str]
    said: Mapping[str, Sequence[Fact]]
    taken: Mapping[str, Sequence[Stance]]
    latest: Mapping[str, Sequence[Stance]]
    labels: Mapping[str, str]
    is_partial: bool


class _View:
    """A side with what can be asked of it by claim and by fact."""

    def __init__(self, known: Known, *, is_change: bool) -> None:
        self.known = known
        self.is_change = is_change
        self.holders: dict[Fact, list[str]] = defaultdict(list)
        for claim in sorted(known.held):
            for fact in known.said.get(claim, ()):
                self.holders[fact].append(claim)
        self.opposed: dict[str, set[str]] = defaultdict(set)  # claim -> those held that contradict it
        for told in known.claims.values():
            for other in told.contradicts:
                for one, against in ((told.iri, other), (other, told.iri)):
                    if against in known.held:
                        self.opposed[one].add(against)

    def standing(self, claim: str, says: Sequence[Fact]) -> Standing:
        """Rule C2: where this side stands on a claim that says these facts."""
        latest = self.known.latest.get(claim, ())
        if claim in self.known.held:
            return Standing("holds", self._voice(claim))
        if self.known.side.parties:
            rejecting = [stance for stance in latest if stance.type in REJECTING]
            if rejecting:
                stance = max(rejecting, key=order)
                return Standing(stance.type, stance)
        if not self.is_change:
            if opposed := self.opposed.get(claim):
                return Standing("holds-the-contrary", None, tuple(sorted(opposed)))
            if says and all(fact in self.holders for fact in says):
                through = {self.holders[fact][0] for fact in says}  # all of them may be very many
                return Standing("says-the-same", None, tuple(sorted(through)))
        if not latest:
            return Standing("silent")
        stance = max(latest, key=order)
        is_set_aside = stance.type in _HOLDING or not self.known.side.parties
        return Standing("left-out" if is_set_aside else stance.type, stance)

    def _voice(self, claim: str) -> Stance | None:
        """The stance by which it is held: the last that counts; when anyone may hold it, the first of all."""
        if not self.known.side.parties:
            taken = self.known.taken.get(claim, ())
            return next((stance for stance in taken if stance.type in _HOLDING), None)
        holding = [stance for stance in self.known.latest.get(claim, ()) if stance.type in _HOLDING]
        return max(holding, key=order, default=None)


def weigh(left: Known, right: Known, *, is_change: bool) -> Comparison:
    """The comparison of two sides; ``is_change`` when they are one party at two days."""
    one, other = _View(left, is_change=is_change), _View(right, is_change=is_change)
    claims = tuple(_claim_rows(one, other))
    return Comparison(
        left=left.side,
        right=right.side,
        is_change=is_change,
        issues=(issues := tuple(_issue_rows(claims, left, right))),
        claims=claims,
        facts=(facts := tuple(_fact_rows(claims, one, other))),
        counts=Counts(
            count(issues),
            count(facts),
            Counter((row.verdict, row.left.position, row.right.position) for row in claims),
        ),
    )


def _claim_rows(left: _View, right: _View) -> Iterable[ClaimRow]:
    """Rules C3 and C6: each claim that a side holds or, between parties, denies or disputes."""
    earlier, later = sorted((left.known, right.known), key=lambda known: known.side.as_of or date.max)
    heirs: dict[str, list[Claim]] = defaultdict(list)
    if left.is_change:
        for claim in later.claims.values():
            for older in claim.supersedes:
                heirs[older].append(claim)
    chosen = left.known.held | right.known.held
    if not left.is_change:
        chosen |= _rejected(left.known) | _rejected(right.known)
    for claim in sorted((later.claims[iri] for iri in chosen), key=claim_order):
        says = left.known.said.get(claim.iri) or right.known.said.get(claim.iri, ())
        standings = left.standing(claim.iri, says), right.standing(claim.iri, says)
        if left.is_change:
            successors = [heir for heir in heirs.get(claim.iri, ()) if heir.iri not in earlier.claims]
            yield ClaimRow(
                claim,
                _change(*standings),
                *standings,
                _new_stances(claim, heirs.get(claim.iri, ()), earlier, later),
                tuple(successors),
            )
        else:
            yield ClaimRow(claim, _verdict(*standings), *standings)


def _rejected(known: Known) -> frozenset[str]:
    """The claims that the parties deny or dispute; what anyone denies is nobody's in particular."""
    if not known.side.parties:
        return frozenset()
    return frozenset(
        claim
        for claim, latest in known.latest.items()
        if claim not in known.held and any(stance.type in REJECTING for stance in latest)
    )


def _verdict(left: Standing, right: Standing) -> str:
    """Rule C3, of two parties on one claim; two that reject it are of one mind."""
    positions = {left.position, right.position}
    if not positions & _YES:
        return AGREE if positions <= AGAINST else SILENT
    if positions & AGAINST:
        return DIFFER
    return AGREE if positions <= _YES else SILENT


def _change(left: Standing, right: Standing) -> str:
    """Rule C6."""
    held = left.position == "holds", right.position == "holds"
    return KEPT if all(held) else GAINED if held[1] else LOST


def _new_stances(claim: Claim, heirs: Sequence[Claim], earlier: Known, later: Known) -> tuple[Stance, ...]:
    """Rule C7: what was said between the two days by those who speak for the party; retractions by anyone.

    A retraction of what superseded the claim brings it back. When the disputed is left out anyone's stance counts.
    """
    known = {stance.iri for one in (claim, *heirs) for stance in _stances(earlier, one.iri)}
    counted = {stance.iri for stance in later.taken.get(claim.iri, ())}
    found = [
        stance
        for one in (claim, *heirs)
        for stance in one.stances
        if stance.iri not in known
        and (stance.type == "retracts" or (one is claim and (later.is_partial or stance.iri in counted)))
    ]
    return tuple(sorted(found, key=order))


def _stances(known: Known, claim: str) -> Sequence[Stance]:
    return known.claims[claim].stances if claim in known.claims else ()


def _fact_rows(claims: Sequence[ClaimRow], left: _View, right: _View) -> Iterable[FactRow]:
    """Rules C4 and C6: every fact that a side holds, once."""
    standings = {row.claim.iri: (row.left, row.right) for row in claims}
    labels = {**left.known.labels, **right.known.labels}
    for fact in sorted(left.holders.keys() | right.holders.keys()):
        holders = left.holders.get(fact, ()), right.holders.get(fact, ())
        positions = [
            "holds" if holders[n] else _first(standings[claim][n].position for claim in holders[1 - n])
            for n in (0, 1)
        ]
        yield FactRow(
            subject=Named(fact.subject, labels[fact.subject]),
            property=Named(fact.prop, labels[fact.prop]),
            value=fact.value,
            label=fact.value if fact.kind else labels[fact.value],
            is_literal=bool(fact.kind),
            verdict=_fact_verdict(positions, is_change=left.is_change),
            left=tuple(holders[0]),
            right=tuple(holders[1]),
            left_position=positions[0],
            right_position=positions[1],
        )


def _fact_verdict(positions: Sequence[str], *, is_change: bool) -> str:
    held = [position == "holds" for position in positions]
    if is_change:
        return KEPT if all(held) else GAINED if held[1] else LOST
    if all(held):
        return AGREE
    return DIFFER if AGAINST.intersection(positions) else SILENT


def _issue_rows(claims: Sequence[ClaimRow], left: Known, right: Known) -> Iterable[IssueRow]:
    """Rules C5 and C8: the claims by the question that they answer; one that answers none stands alone."""
    asked: dict[str, tuple[Named | None, str, list[ClaimRow]]] = {}
    for row in claims:
        for issue in row.claim.issues:
            asked.setdefault(issue.iri, (issue, issue.label, []))[2].append(row)
        if not row.claim.issues:
            asked[row.claim.iri] = (None, row.claim.text, [row])
    for question, text, found in asked.values():
        standings = [row.left for row in found], [row.right for row in found]
        iris = [row.claim.iri for row in found]
        yield IssueRow(
            question,
            text,
            _issue_verdict(found),
            left=_on(left, iris, standings[0], {"holds"}),
            right=_on(right, iris, standings[1], {"holds"}),
            left_rejects=_on(left, iris, standings[0], REJECTING),
            right_rejects=_on(right, iris, standings[1], REJECTING),
            left_position=_first(standing.position for standing in standings[0]),
            right_position=_first(standing.position for standing in standings[1]),
        )


def _on(
    known: Known, claims: Sequence[str], standings: Sequence[Standing], positions: Iterable[str]
) -> tuple[Claim, ...]:
    """Those of the claims on which a side stands so, as its own record has them."""
    wanted = set(positions)
    pairs = zip(claims, standings, strict=True)
    return tuple(known.claims[claim] for claim, standing in pairs if standing.position in wanted)


def _issue_verdict(rows: Sequence[ClaimRow]) -> str:
    """Rule C5: one quarrel makes a quarrel; without one, one accord makes accord. Rule C8 for changes."""
    found = {row.verdict for row in rows}
    if found & {GAINED, LOST, KEPT}:
        changes = found - {KEPT}
        return CHANGED if len(changes) > 1 else next(iter(changes), KEPT)
    for verdict in (DIFFER, AGREE):
        if verdict in found:
            return verdict
    both = any(row.left.position == "holds" for row in rows) and any(
        row.right.position == "holds" for row in rows
    )
    return APART if both else SILENT


def _first(positions: Iterable[str]) -> str:
    """The one that counts most."""
    return min(positions, key=POSITIONS.index)
