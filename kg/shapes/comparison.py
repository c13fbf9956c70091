"""A comparison as JSON: verdicts on issues, claims and facts, with how many there are of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.shapes.claim import claim_json, named, position_json
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.compare.model import ClaimRow, Comparison, FactRow, IssueRow, Side, Standing


def comparison_json(comparison: Comparison, *, limit: int | None = None) -> dict[str, Json]:
    """The answer of ``kg compare`` in docs/cli.md for one comparison; ``limit`` bounds each list."""
    return {
        "left": _side_json(comparison.left),
        "right": _side_json(comparison.right),
        "change": comparison.is_change,
        "counts": {
            "issues": dict(sorted(comparison.counts.issues.items())),
            "claims": dict(sorted(comparison.counts.claims.items())),
            "facts": dict(sorted(comparison.counts.facts.items())),
        },
        "issues": [_issue_json(row) for row in comparison.issues[:limit]],
        "claims": [_claim_row_json(row) for row in comparison.claims[:limit]],
        "facts": [_fact_json(row) for row in comparison.facts[:limit]],
    }


def _side_json(side: Side) -> dict[str, Json]:
    return {
        "parties": [named(party) for party in side.parties],
        "as_of": side.as_of.isoformat() if side.as_of else None,
        "on": side.on.isoformat() if side.on else None,
    }


def _issue_json(row: IssueRow) -> dict[str, Json]:
    def side(position: str, held: Iterable[Claim], rejected: Iterable[Claim]) -> Json:
        return {
            "position": position,
            "claims": [claim_json(claim) for claim in held],
            "rejects": [claim_json(claim) for claim in rejected],
        }

    return {
        "issue": named(row.issue),
        "text": row.text,
        "verdict": row.verdict,
        "left": side(row.left_position, row.left, row.left_rejects),
        "right": side(row.right_position, row.right, row.right_rejects),
    }


def _claim_row_json(row: ClaimRow) -> dict[str, Json]:
    return {
        "claim": row.claim.iri,
        "text": row.claim.text,
        "verdict": row.verdict,
        "issues": [named(issue) for issue in row.claim.issues],
        "left": _standing_json(row.left),
        "right": _standing_json(row.right),
        "changed_by": [position_json(stance) for stance in row.stances],
        "superseded_by": [claim.iri for claim in row.successors],
    }


def _standing_json(standing: Standing) -> dict[str, Json]:
    return {
        "position": standing.position,
        "by": position_json(standing.stance) if standing.stance else None,
        "through": list(standing.through),
    }


def _fact_json(row: FactRow) -> dict[str, Json]:
    value: Json = row.value if row.is_literal else {"iri": row.value, "label": row.label}
    return {
        "subject": named(row.subject),
        "property": named(row.property),
        "value": value,
        "label": row.label,
        "verdict": row.verdict,
        "left": list(row.left),
        "right": list(row.right),
        "left_position": row.left_position,
        "right_position": row.right_position,
    }
