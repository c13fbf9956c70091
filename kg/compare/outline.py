"""A comparison in outline: every verdict and how many there are of each, before any claim is read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kg.compare.known import Pair
from kg.compare.model import REJECTING, Counts
from kg.compare.verdicts import Stood, claim_verdict, fact_verdict, first_position, issue_verdict
from kg.perspective.said import Said

T = TypeVar("T")


class OnIssue(NamedTuple):
    """An issue, or nothing where a claim answers none, and the claims on it."""

    issue: str
    claims: Sequence[str]
    stood: Stood


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sides stand on each claim, issue and fact, in the order of the answer; claims go by their IRI."""

    claims: Mapping[str, Stood]
    issues: Sequence[OnIssue]
    facts: Mapping[Said, Stood]
    counts: Counts

    def first_claims(self, limit: int | None) -> list[str]:
        """The first of all, and of each verdict; of those on which one is silent, of each who speaks."""
        groups = (
            (claim, (stood.verdict, stood.left == "holds" or stood.left in REJECTING))
            for claim, stood in self.claims.items()
        )
        return _first_of_each(groups, limit)

    def first_issues(self, limit: int | None) -> list[OnIssue]:
        """The first of all, and those of each verdict that have a name."""
        return _first_of_each(((one, (one.stood.verdict, bool(one.issue))) for one in self.issues), limit)

    def first_facts(self, limit: int | None) -> list[tuple[Said, Stood]]:
        """The first of all, and of each verdict."""
        return _first_of_each(((one, one[1].verdict) for one in self.facts.items()), limit)


def outlined(pair: Pair, issues: Iterable[tuple[str, str]], *, is_change: bool) -> Outline:
    """Where the two sides stand on each claim that is compared; ``issues``: of each claim those it addresses."""
    left, right = pair.left, pair.right
    claims: dict[str, Stood] = {}
    for claim in pair.claims:
        says = left.said.get(claim) or right.said.get(claim) or ()
        positions = [side.position(claim, says, is_change=is_change) for side in (left, right)]
        claims[claim] = Stood(claim_verdict(*positions, is_change=is_change), *positions)
    on_issues = _on_issues(claims, issues)
    facts = _facts(pair, claims, is_change=is_change)
    counts = Counts(
        issues=Counter(one.stood.verdict for one in on_issues),
        facts=Counter(stood.verdict for stood in facts.values()),
        standings=Counter((stood.verdict, stood.left, stood.right) for stood in claims.values()),
    )
    return Outline(claims, on_issues, facts, counts)


def _on_issues(claims: Mapping[str, Stood], issues: Iterable[tuple[str, str]]) -> list[OnIssue]:
    """Rules C5 and C8: the claims by the question that they answer; one that answers none stands alone."""
    addressed: dict[str, list[str]] = defaultdict(list)
    for claim, issue in issues:
        addressed[claim].append(issue)
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in claims:
        for issue in sorted(addressed[claim]) if claim in addressed else ():
            asked[issue, ""].append(claim)
        if claim not in addressed:
            asked["", claim].append(claim)
    found = []
    for (issue, _), members in asked.items():
        stood = [claims[claim] for claim in members]
        sides = [first_position(side) for side in ((s.left for s in stood), (s.right for s in stood))]
        found.append(OnIssue(issue, members, Stood(issue_verdict(stood), *sides)))
    return found


def _facts(pair: Pair, claims: Mapping[str, Stood], *, is_change: bool) -> dict[Said, Stood]:
    """Rules C4 and C6: every fact that a side holds, once."""
    ours, theirs = pair.left.holders, pair.right.holders
    found = {}
    for fact in sorted(ours.keys() | theirs.keys()):
        left = "holds" if fact in ours else first_position(claims[claim].left for claim in theirs[fact])
        right = "holds" if fact in theirs else first_position(claims[claim].right for claim in ours[fact])
        found[fact] = Stood(fact_verdict(left, right, is_change=is_change), left, right)
    return found


def _first_of_each(found: Iterable[tuple[T, Hashable]], limit: int | None) -> list[T]:
    """The first of all and of each group, in order."""
    kept = []
    seen: Counter[Hashable] = Counter()
    for number, (one, group) in enumerate(found):
        if limit is None or number < limit or seen[group] < limit:
            kept.append(one)
        seen[group] += 1
    return kept
