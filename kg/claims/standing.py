"""Where the parties stand on a claim: for whom a stance counts, and which one of each party."""

from __future__ import annotations

from kg.claims.latest import latest, public_day
from kg.claims.model import Claim, Named, Stance


def party_of(stance: Stance) -> Named:
    """The party whose position it is: the one that was spoken for, else the speaker."""
    return stance.on_behalf_of or stance.stance_of


def claimants_party(claim: Claim) -> Named:
    """The party whose claim it is."""
    return claim.on_behalf_of or claim.claimant


def positions(claim: Claim) -> list[Stance]:
    """The latest stance of each party, in order of date."""
    taken: dict[str, list[Stance]] = {}
    for stance in claim.stances:
        taken.setdefault(party_of(stance).iri, []).append(stance)
    return sorted(map(latest, taken.values()), key=lambda s: (public_day(s), s.iri))


def others(claim: Claim, *types: str) -> list[Stance]:
    """The latest stances of these types, of other parties than the claimant's."""
    own = claimants_party(claim).iri
    return [stance for stance in positions(claim) if stance.type in types and party_of(stance).iri != own]


def stance_of_claimant(claim: Claim) -> str:
    """Where the claimant's party stands now: ``asserts``, unless it has moved."""
    own = claimants_party(claim).iri
    return next((stance.type for stance in positions(claim) if party_of(stance).iri == own), "asserts")
