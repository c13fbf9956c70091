"""A dispute as JSON: the sides with their claims, what conflicts, and how each party came to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.shapes.claim import claim_json, date_of, named, position_json
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.disputes.model import Dispute, Side


def dispute_json(dispute: Dispute) -> dict[str, Json]:
    """A member of the answer of ``kg disputes`` in docs/cli.md."""
    return {
        "issue": named(dispute.issue),
        "kind": dispute.kind,
        "day": dispute.day or None,
        "sides": [_side_json(side) for side in dispute.sides],
        "conflicts": [
            {"how": c.how, "claims": list(c.claims), "about": c.about or None} for c in dispute.conflicts
        ],
    }


def _side_json(side: Side) -> dict[str, Json]:
    evades = [p.claim.iri for p in side.positions if p.claim not in (*side.holds, *side.rejects)]
    return {
        "party": named(side.party),
        "position": side.position.type,
        "date": date_of(side.position.stance.public_on) or None,
        "since": date_of(side.position.since) or None,
        "holds": [claim.iri for claim in side.holds],
        "rejects": [claim.iri for claim in side.rejects],
        "neither": evades,
        "claims": [claim_json(position.claim, stance=position.stance) for position in side.positions],
        "history": [
            {"claim": stance.claim, **position_json(stance)}
            for position in side.positions
            for stance in position.history
        ],
    }
