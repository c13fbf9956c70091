"""The disputes of a perspective: rules D1 to D12 of docs/perspectives.md, which is their norm."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.claims.codec import read_claims
from kg.disputes.facts import read_facts
from kg.disputes.incompatible import suspects
from kg.disputes.model import Dispute
from kg.disputes.positions import find_disputes
from kg.errors import UsageError
from kg.perspective.view import Perspective
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows


def disputes(view: Perspective, *, about: str | None = None, of: Iterable[str] = ()) -> list[Dispute]:
    """The issues on which parties conflict, the newest conflict first.

    ``about`` keeps those on a thing: it is the issue, or a conflicting claim, or such a claim speaks of it.
    ``of`` keeps those in which one of these parties stands on a side.

    :raises NotFoundError: unknown-name.
    :raises UsageError: ambiguous-name; one-sided-disputes, for a perspective of a party.
    """
    if view.definition.according_to:
        raise UsageError(
            "a party's own perspective has one side of a dispute only",
            mend="take a perspective without a party and name the party with 'of'",
            rule="one-sided-disputes",
        )
    facts = read_facts(view)
    chosen = candidates(view) | suspects(facts)
    claims = read_claims(view.store, claims=chosen | _on_same_issues(view, chosen), lang=view.lang)
    admitted = [claim for claim in claims if view.admits(claim.iri)]
    found = find_disputes(admitted, view.principals, view.labels, facts=facts)
    if about is not None:
        thing = view.resolve(about)
        told = {claim for (claim,) in rows(view.store, named_query("claims_about", thing=[iri(thing)]))}
        found = [dispute for dispute in found if _is_about(dispute, thing, told)]
    parties = [view.resolve(party) for party in of]
    return [dispute for dispute in found if not parties or _is_of(view, dispute, parties)]


def candidates(view: Perspective) -> frozenset[str]:
    """The claims that may be in a declared dispute: somebody rejects them, or they contradict another."""
    return frozenset(claim for (claim,) in rows(view.store, named_query("contested_claims")))


def _on_same_issues(view: Perspective, claims: Collection[str]) -> frozenset[str]:
    asked = [iri(claim) for claim in sorted(claims)]
    return frozenset(other for (other,) in rows(view.store, named_query("claims_on_issues", claim=asked)))


def _is_about(dispute: Dispute, thing: str, told: Collection[str]) -> bool:
    return dispute.issue.iri == thing or thing in dispute.claims or not dispute.claims.isdisjoint(told)


def _is_of(view: Perspective, dispute: Dispute, parties: Iterable[str]) -> bool:
    """Whether one of the parties, or who speaks for it, has a position in it."""
    stances = [position.stance for side in dispute.sides for position in side.positions]
    return any(view.speaks_for(stance, party) for party in parties for stance in stances)
