"""A comparison as kg compare gives it: the JSON that scripts rely on, flat rows, the parts that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.commands.claim_shape import claim_json, date_of, named, position_json
from kg.commands.compare_parts import changed_by, place, sections_of
from kg.commands.output import Answer, Json
from kg.commands.tables import Section
from kg.compare.model import count
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.compare.model import ClaimRow, Comparison, FactRow, IssueRow, Side, Standing

COLUMNS = (
    *("of", "kind", "verdict", "issue", "what"),
    *("left", "left by", "left on", "left source"),
    *("right", "right by", "right on", "right source"),
    *("changed by", "claims"),
)


def comparison_answer(found: Sequence[Comparison], *, limit: int | None) -> Answer:
    """The answer for one comparison, or for several; ``limit`` bounds each list and each part."""
    several = len(found) > 1
    objects: list[Json] = [_json(comparison, limit) for comparison in found]
    rows = [row for comparison in found for row in _rows(comparison, limit)]
    sections = [
        Section(part.title, part.columns, part.rows[:limit]) if part.columns else part
        for comparison in found
        if comparison.claims or several
        for part in sections_of(comparison)
    ]
    is_empty = not any(comparison.claims for comparison in found)
    return Answer(objects if several else objects[0], COLUMNS, rows, () if is_empty else sections)


def _json(comparison: Comparison, limit: int | None) -> dict[str, Json]:
    return {
        "left": _side_json(comparison.left),
        "right": _side_json(comparison.right),
        "change": comparison.is_change,
        "counts": {
            "issues": dict(sorted(count(comparison.issues).items())),
            "claims": dict(sorted(count(comparison.claims).items())),
            "facts": dict(sorted(count(comparison.facts).items())),
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


def _rows(comparison: Comparison, limit: int | None) -> Iterator[tuple[str, ...]]:
    of = str(comparison.left) if comparison.is_change else f"{comparison.left}; {comparison.right}"
    for row in comparison.claims[:limit]:
        yield (
            of,
            "claim",
            row.verdict,
            "; ".join(issue.label for issue in row.claim.issues),
            row.claim.text,
            *_standing_cells(row.left),
            *_standing_cells(row.right),
            changed_by(row, None),
            " ".join(map(curie, dict.fromkeys((row.claim.iri, *row.left.through, *row.right.through)))),
        )
    for fact in comparison.facts[:limit]:
        yield (
            of,
            "fact",
            fact.verdict,
            "",
            f"{fact.subject} | {fact.property} | {fact.label}",
            *(fact.left_position, "", "", ""),
            *(fact.right_position, "", "", ""),
            "",
            " ".join(map(curie, dict.fromkeys((*fact.left, *fact.right)))),
        )


def _standing_cells(standing: Standing) -> tuple[str, str, str, str]:
    stance = standing.stance
    if stance is None:
        return standing.position, "", "", ""
    return standing.position, stance.stance_of.label, date_of(stance.public_on), place(stance)
