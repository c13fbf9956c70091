"""A claim as JSON wherever it occurs, and which stances take it for true."""

from __future__ import annotations

from kg.claims.model import Claim, Evidence, Extent, Named, Stance
from kg.claims.standing import claimants_party, others, party_of, stance_of_claimant
from kg.shapes.text import Json

#: The stances by which a party takes a claim for true, and those by which it does not.
YES = ("asserts", "confirms")
NO = ("denies", "disputes")


def public_order(stance: Stance | None) -> tuple[str, str]:
    """For order of time: the last day on which it may have become public, then the IRI."""
    return (_day(stance.public_on), stance.iri) if stance else ("", "")


def _day(extent: Extent | None) -> str:
    return (extent.not_after or extent.not_before or "") if extent else ""


def named(thing: Named | None) -> Json:
    """An IRI and its label."""
    return {"iri": thing.iri, "label": thing.label} if thing else None


def date_of(extent: Extent | None) -> str:
    """The date as it is known, or nothing."""
    return extent.lexical if extent else ""


def claim_json(claim: Claim, *, stance: Stance | None = None) -> dict[str, Json]:
    """The CLAIM of docs/cli.md; ``stance`` is the one asked for, when it is not the claimant's own."""
    first = claim.evidence[0] if claim.evidence else None
    stated = claim.stated_on
    published = claim.statement.published_on
    return {
        "claim": claim.iri,
        "text": claim.text,
        "claimant": named(claim.claimant),
        "on_behalf_of": named(claim.on_behalf_of),
        "stated_on": stated.lexical if stated else None,
        "precision": stated.precision if stated else None,
        "published_on": published.lexical if published else None,
        "date_resolved_from": claim.statement.date_resolved_from,
        "stance": stance.type if stance else stance_of_claimant(claim),
        "stance_of": named(party_of(stance)) if stance else named(claimants_party(claim)),
        "source": named(first.source) if first else None,
        "paragraph": first.paragraph if first else None,
        "start": first.start if first else None,
        "end": first.end if first else None,
        "confirmed_by": [position_json(s) for s in others(claim, *YES)],
        "denied_by": [position_json(s) for s in others(claim, *NO)],
        "not_denied_by": [position_json(s) for s in others(claim, "does-not-deny")],
        "declined_by": [position_json(s) for s in others(claim, "declines-to-comment")],
        "stances": [position_json(s) for s in claim.stances],
        "epistemic_status": claim.epistemic_status,
        "quotation": claim.quotation,
        "statement": {"iri": claim.statement.iri, "label": claim.statement.label},
        "medium": named(claim.statement.medium),
        "addressees": [named(addressee) for addressee in claim.statement.addressees],
        "relayed_by": [named(relay) for relay in claim.statement.relayed_by],
        "issues": [named(issue) for issue in claim.issues],
        "contradicts": list(claim.contradicts),
        "supersedes": list(claim.supersedes),
        "evidence": [_evidence(evidence) for evidence in claim.evidence],
    }


def position_json(stance: Stance) -> dict[str, Json]:
    """The POSITION of docs/cli.md: a stance with its party, speaker, day and source."""
    party = party_of(stance)
    return {
        "iri": party.iri,
        "label": party.label,
        "stance": stance.type,
        "by": named(stance.stance_of),
        "on": date_of(stance.public_on) or None,
        "source": named(stance.evidence[0].source) if stance.evidence else None,
        "paragraph": stance.evidence[0].paragraph if stance.evidence else None,
    }


def _evidence(evidence: Evidence) -> dict[str, Json]:
    return {
        "source": named(evidence.source),
        "url": evidence.url,
        "paragraph": evidence.paragraph,
        "start": evidence.start,
        "end": evidence.end,
        "locator": evidence.locator,
        "note": evidence.note,
    }
