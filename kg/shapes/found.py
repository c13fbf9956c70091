"""A hit of a search by name as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.lookup.search import Match


def match_json(match: Match) -> dict[str, Json]:
    """A member of the answer of ``kg find`` in docs/cli.md."""
    return {
        "iri": match.iri,
        "label": match.label,
        "types": list(match.types),
        "score": match.score,
        "matched": match.matched,
        "lang": match.lang,
        "why": match.why,
        "claim": match.claim or None,
    }
