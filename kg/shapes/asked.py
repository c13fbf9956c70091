"""The claims that are asked for, each with the stance that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.claims.model import Claim, Stance
from kg.shapes.claim import public_order
from kg.shapes.record import claims_of

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

#: The code list of stances, as a look-up of claims takes it.
STANCES = (
    "asserts",
    "confirms",
    "does-not-deny",
    "declines-to-comment",
    "disputes",
    "denies",
    "retracts",
    "revises",
)


def asked_claims(
    view: Perspective,
    *,
    about: str | None = None,
    by: str | None = None,
    stance: str | None = None,
    limit: int | None = None,
) -> list[tuple[Claim, Stance | None]]:
    """The claims of ``kg claims``, by date; with a stance, each stance by its own date.

    ``about`` and ``by`` are IRIs; the stance of a pair is None where the claimant's own is meant.

    :raises NotFoundError: unknown-claim, for a claim that is not on record.
    """
    parties = (by,) if by else view.definition.according_to
    view = view.around([about]) if about else view.around(parties=parties)
    first = None if stance else limit
    found = claims_of(view, about) if about else view.claims(by=by, stance=stance, limit=first)
    if about and (by or stance):
        kept = {claim.iri for claim in view.claims(by=by, stance=stance)}
        found = [claim for claim in found if claim.iri in kept]
    pairs = [pair for claim in found for pair in _asked_for(view, claim, by, stance)]
    if stance:
        pairs.sort(key=lambda pair: public_order(pair[1]))
    return pairs[:limit]


def _asked_for(
    view: Perspective, claim: Claim, by: str | None, stance: str | None
) -> list[tuple[Claim, Stance | None]]:
    """The claim with each stance that was asked for; with none where the claimant's own is meant."""
    if stance is None:
        return [(claim, None)]
    return [
        (claim, taken)
        for taken in claim.stances
        if taken.type == stance and (by is None or view.speaks_for(taken, by))
    ]
