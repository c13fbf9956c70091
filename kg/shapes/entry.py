"""An entry of a timeline as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.shapes.claim import claim_json
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.timeline import Entry


def entry_json(entry: Entry) -> dict[str, Json]:
    """A member of the answer of ``kg timeline`` in docs/cli.md."""
    return {
        "date": entry.date,
        "precision": entry.precision,
        "kind": entry.kind,
        "iri": entry.iri,
        "label": entry.label,
        "claims": _claims(entry),
    }


def _claims(entry: Entry) -> list[Json]:
    """The claims of an entry; those of a statement with the stance that it takes on them."""
    if not entry.stances:
        return [claim_json(claim) for claim in entry.claims]
    taken = zip(entry.claims, entry.stances, strict=True)
    return [claim_json(claim, stance=stance) for claim, stance in taken]
