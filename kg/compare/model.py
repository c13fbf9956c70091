"""What a comparison of two perspectives is made of: sides, where they stand, and verdicts on claims, facts, issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.claims.model import Claim, Named, Stance

#: Verdicts on claims and facts of two parties; ``apart`` only of issues.
AGREE, DIFFER, SILENT, APART = "agree", "differ", "silent", "apart"
#: Verdicts on claims and facts of one party at two days; ``changed`` only of issues.
GAINED, LOST, KEPT, CHANGED = "gained", "lost", "kept", "changed"

#: Where a side may stand on a claim; of several the first is where it stands on an issue or a fact.
POSITIONS = (
    "holds",
    "denies",
    "disputes",
    "holds-the-contrary",
    "says-the-same",
    "retracts",
    "left-out",
    "does-not-deny",
    "declines-to-comment",
    "silent",
)
#: Those that speak against a claim.
AGAINST = frozenset({"denies", "disputes", "holds-the-contrary"})
REJECTING = frozenset({"denies", "disputes"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two perspectives: whose (nobody's in particular when empty), as known when, holding when."""

    parties: tuple[Named, ...]
    as_of: date | None
    on: date | None

    def __str__(self) -> str:
        return ", ".join(party.label for party in self.parties) or "anyone"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a side stands on a claim: one of :data:`POSITIONS`.

    ``stance`` is the one that says so, if one does; ``through`` are claims that it holds and by which it says
    the same (one for each fact), or the contrary.
    """

    position: str
    stance: Stance | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim that at least one side holds, denies or disputes.

    ``stances`` and ``successors`` are what changed between two days: the stances, and the claims that
    supersede it.
    """

    claim: Claim
    verdict: str
    left: Standing
    right: Standing
    stances: tuple[Stance, ...] = ()
    successors: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """A triple that at least one side holds; ``left`` and ``right`` are the claims by which they do.

    ``value`` is an IRI, or the text of a literal; the positions are those on the claims that say so.
    """

    subject: Named
    property: Named
    value: str
    label: str
    is_literal: bool
    verdict: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_position: str
    right_position: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A question, or a claim that answers none (``issue`` is None), and the claims of each side on it.

    ``left`` and ``right`` are the claims that are held, the others those that are denied or disputed; all as
    each side's own record has them.
    """

    issue: Named | None
    text: str
    verdict: str
    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    left_rejects: tuple[Claim, ...]
    right_rejects: tuple[Claim, ...]
    left_position: str
    right_position: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each verdict in all, of which a limit gives fewer.

    ``standings``: on how many claims the verdict is so, and the left and the right stand so.
    """

    issues: Mapping[str, int]
    facts: Mapping[str, int]
    standings: Mapping[tuple[str, str, str], int]

    @property
    def claims(self) -> Counter[str]:
        """The claims by verdict."""
        found: Counter[str] = Counter()
        for (verdict, _, _), number in self.standings.items():
            found[verdict] += number
        return found

    @property
    def total(self) -> int:
        """All issues, claims and facts."""
        return sum(sum(part.values()) for part in (self.issues, self.facts, self.standings))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two perspectives side by side; see docs/perspectives.md.

    ``is_change``: one party (or anyone) at two days, so that verdicts are gained, lost and kept. Claims come by
    date and IRI, issues by their first claim, facts by their IRIs. With a limit there are the first of all and the
    first of each verdict (of claims on which one is silent, of each who speaks); ``counts`` has how many there are.
    """

    left: Side
    right: Side
    is_change: bool
    issues: tuple[IssueRow, ...]
    claims: tuple[ClaimRow, ...]
    facts: tuple[FactRow, ...]
    counts: Counts


def count(rows: Iterable[ClaimRow] | Iterable[FactRow] | Iterable[IssueRow]) -> Counter[str]:
    """How many rows have each verdict."""
    return Counter(row.verdict for row in rows)
