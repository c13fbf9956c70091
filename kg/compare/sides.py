"""Compares two perspectives: verdicts from the ledger, and of the claims only those read that the answer tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from kg.claims.latest import order
from kg.claims.model import Claim, Named, Stance
from kg.compare.known import HOLDING, Known, Pair, Voiced, read_pair, read_recorded
from kg.compare.model import REJECTING, ClaimRow, Comparison, FactRow, IssueRow, Side, Standing
from kg.compare.outline import OnIssue, Outline, outlined
from kg.compare.verdicts import Stood
from kg.errors import UsageError
from kg.perspective.said import Said
from kg.perspective.view import Perspective


def compare(left: Perspective, right: Perspective, *, limit: int | None = None) -> Comparison:
    """Where two perspectives of one graph agree, differ, or one is silent; of one party, what changed.

    It asks for gained, lost and kept when both are of the same parties and differ in anything else. With ``limit``
    the first of all and of each verdict, and how many there are.

    Cost: what both sides hold is gone through triple by triple; a claim is read where a row tells of it.

    :raises UsageError: compare-stores, when the perspectives are of two stores, or of a store before and after
        a load.
    """
    whose = left.definition.according_to, right.definition.according_to
    if all(whose):
        parties = {party for side in whose for party in side}
        left, right = left.around(parties=parties), right.around(parties=parties)
    if left.generation != right.generation:
        raise UsageError(
            "the two perspectives are of two stores",
            mend="load both into one store and take both perspectives of it",
            rule="compare-stores",
        )
    one, other = left.definition, right.definition
    is_change = one != other and one.according_to == other.according_to
    pair = read_pair(left, right, is_change=is_change)
    numbers = left.ledger.numbered(pair.claims)
    names = {number: claim for claim, number in numbers.items()}
    filed = left.ledger.conflicts.issues(names)
    outline = outlined(pair, [(names[claim], issue) for claim, issue in filed], is_change=is_change)
    return _Telling((left, right), pair, outline, numbers, limit, is_change=is_change).comparison()


class _Told:
    """One side with the claims that the answer tells of, as its own record has them."""

    def __init__(self, view: Perspective, known: Known, numbers: Iterable[int]) -> None:
        self.view = view
        self.known = known
        self.claims = read_recorded(view, numbers)
        self.voiced = Voiced(view)

    def standing(self, claim: str, position: str, says: Collection[Said]) -> Standing:
        """Rule C2: the stance by which this side stands so on a claim, or the claims through which it does."""
        if position == "holds-the-contrary":
            return Standing(position, None, tuple(self.known.opposed[claim]))
        if position == "says-the-same":
            through = {self.known.holders[fact][0] for fact in says}  # all of them may be very many
            return Standing(position, None, tuple(sorted(through)))
        if claim not in self.claims or position == "silent":
            return Standing(position)
        if position == "holds" and not self.known.has_parties:  # whoever said so first
            taken = self.voiced.taken(self.claims[claim])
            return Standing(position, next((stance for stance in taken if stance.type in HOLDING), None))
        latest = self.voiced.latest(self.claims[claim])
        types = HOLDING if position == "holds" else REJECTING if position in REJECTING else None
        counting = [stance for stance in latest if types is None or stance.type in types]
        return Standing(position, max(counting, key=order, default=None))

    def on(
        self, claims: Iterable[str], positions: Sequence[str], wanted: Collection[str]
    ) -> tuple[Claim, ...]:
        """Those of the claims on which it stands so, as its own record has them."""
        pairs = zip(claims, positions, strict=True)
        return tuple(self.claims[claim] for claim, position in pairs if position in wanted)

    def labels(self, things: Collection[str]) -> Mapping[str, str]:
        """The labels of things, as the whole of this perspective has them."""
        self._names.know(things)
        return self._names.labels(things)

    @cached_property
    def _names(self) -> Perspective:
        return self.view.with_claims(())

    @cached_property
    def names(self) -> frozenset[str]:
        """All that what it holds speaks of."""
        return frozenset(name for fact in self.known.holders for name in fact.names)

    @property
    def side(self) -> Side:
        """Whose it is, and of which days."""
        asked = self.view.definition
        labels = self.labels(asked.according_to)
        parties = tuple(Named(party, labels[party]) for party in asked.according_to)
        return Side(parties, asked.as_of, asked.on)


class _Telling:
    """The rows of an answer: as many as it gives, of claims that are read together."""

    def __init__(
        self,
        views: tuple[Perspective, Perspective],
        pair: Pair,
        outline: Outline,
        numbers: Mapping[str, int],
        limit: int | None,
        *,
        is_change: bool,
    ) -> None:
        self._pair = pair
        self._outline = outline
        self._is_change = is_change
        self._chosen = outline.first_claims(limit)
        self._issues = outline.first_issues(limit)
        self._facts = outline.first_facts(limit)
        told = dict.fromkeys([*self._chosen, *(claim for one in self._issues for claim in one.claims)])
        wanted = {numbers[claim] for claim in told}
        if is_change:
            wanted |= {newer for newer, _, _ in views[0].ledger.supersessions(among=set(wanted))}
        self._left = _Told(views[0], pair.left, wanted)
        self._right = _Told(views[1], pair.right, wanted)
        days = [told.view.definition.as_of or date.max for told in (self._left, self._right)]
        is_in_order = days[0] <= days[1]
        self._earlier = self._left if is_in_order else self._right
        self._later = self._right if is_in_order else self._left

    def comparison(self) -> Comparison:
        """All of it."""
        return Comparison(
            left=self._left.side,
            right=self._right.side,
            is_change=self._is_change,
            issues=tuple(map(self._issue_row, self._issues)),
            claims=tuple(self._claim_rows()),
            facts=tuple(self._fact_rows()),
            counts=self._outline.counts,
        )

    def _claim_rows(self) -> Iterator[ClaimRow]:
        heirs: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._later.claims.values() if self._is_change else ():
            for older in claim.supersedes:
                heirs[older].append(claim)
        for iri in self._chosen:
            stood, claim = self._outline.claims[iri], self._later.claims[iri]
            says = self._pair.left.said.get(iri) or self._pair.right.said.get(iri) or ()
            left = self._left.standing(iri, stood.left, says)
            right = self._right.standing(iri, stood.right, says)
            if not self._is_change:
                yield ClaimRow(claim, stood.verdict, left, right)
                continue
            newer = heirs.get(iri, ())
            successors = [heir for heir in newer if heir.iri not in self._earlier.claims]
            stances = self._new_stances(claim, newer)
            yield ClaimRow(claim, stood.verdict, left, right, stances, tuple(successors))

    def _new_stances(self, claim: Claim, heirs: Sequence[Claim]) -> tuple[Stance, ...]:
        """Rule C7: what was said between the two days by those who speak for the party; retractions by anyone.

        A retraction of what superseded the claim brings it back. When the disputed is left out anyone's counts.
        """
        before, later = self._earlier.claims, self._later
        asked = later.view.definition
        known = {s.iri for one in (claim, *heirs) if one.iri in before for s in before[one.iri].stances}
        counted = {stance.iri for stance in later.voiced.taken(claim)}
        is_partial = asked.undisputed or asked.disputed
        found = [
            stance
            for one in (claim, *heirs)
            for stance in one.stances
            if stance.iri not in known
            and (stance.type == "retracts" or (one is claim and (is_partial or stance.iri in counted)))
        ]
        return tuple(sorted(found, key=order))

    def _issue_row(self, one: OnIssue) -> IssueRow:
        first = self._later.claims[one.claims[0]]
        issue = next((issue for issue in first.issues if issue.iri == one.issue), None)
        stood = [self._outline.claims[claim] for claim in one.claims]
        left, right = [found.left for found in stood], [found.right for found in stood]
        return IssueRow(
            issue,
            issue.label if issue else first.text,
            one.stood.verdict,
            left=self._left.on(one.claims, left, {"holds"}),
            right=self._right.on(one.claims, right, {"holds"}),
            left_rejects=self._left.on(one.claims, left, REJECTING),
            right_rejects=self._right.on(one.claims, right, REJECTING),
            left_position=one.stood.left,
            right_position=one.stood.right,
        )

    def _fact_rows(self) -> Iterator[FactRow]:
        things = {name for fact, _ in self._facts for name in fact.names}
        theirs = things & self._right.names
        labels = {**self._left.labels(things - theirs), **self._right.labels(theirs)}
        for fact, stood in self._facts:
            yield self._fact_row(fact, stood, labels)

    def _fact_row(self, fact: Said, stood: Stood, labels: Mapping[str, str]) -> FactRow:
        return FactRow(
            subject=Named(fact.subject, labels[fact.subject]),
            property=Named(fact.prop, labels[fact.prop]),
            value=fact.value,
            label=fact.value if fact.kind else labels[fact.value],
            is_literal=bool(fact.kind),
            verdict=stood.verdict,
            left=tuple(self._pair.left.holders.get(fact, ())),
            right=tuple(self._pair.right.holders.get(fact, ())),
            left_position=stood.left,
            right_position=stood.right,
        )
