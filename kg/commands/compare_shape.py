"""A comparison as kg compare gives it: JSON, flat rows, the parts that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.commands.compare_parts import changed_by, place, sections_of
from kg.commands.output import Answer, Json
from kg.commands.tables import Section
from kg.rdf.terms import curie
from kg.shapes.claim import date_of
from kg.shapes.comparison import comparison_json

if TYPE_CHECKING:
    from kg.compare.model import Comparison, Standing

COLUMNS = (
    *("of", "kind", "verdict", "issue", "what"),
    *("left", "left by", "left on", "left source"),
    *("right", "right by", "right on", "right source"),
    *("changed by", "claims"),
)


def comparison_answer(found: Sequence[Comparison], *, limit: int | None) -> Answer:
    """The answer for one comparison, or for several; ``limit`` bounds each list and each part."""
    several = len(found) > 1
    objects: list[Json] = [comparison_json(comparison, limit=limit) for comparison in found]
    rows = [row for comparison in found for row in _rows(comparison, limit)]
    sections = [
        Section(part.title, part.columns, part.rows[:limit]) if part.columns else part
        for comparison in found
        if comparison.claims or several
        for part in sections_of(comparison)
    ]
    is_empty = not any(comparison.claims for comparison in found)
    return Answer(objects if several else objects[0], COLUMNS, rows, () if is_empty else sections)


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
