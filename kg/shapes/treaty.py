"""A treaty as JSON: its life cycle, its status, what it obliges to, and who says that an obligation fell due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.claims.model import Claim
from kg.shapes.claim import claim_json, date_of, named
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.treaties.model import Act, CasusFoederis, Obligation, Position, Treaty


def treaty_json(treaty: Treaty) -> dict[str, Json]:
    """The TREATY of docs/cli.md."""
    return {
        "iri": treaty.iri,
        "label": treaty.label,
        "parties": [named(party) for party in treaty.parties],
        "lifecycle": [_act_json(act) for act in treaty.lifecycle],
        "status": treaty.status,
        "status_on": treaty.status_on,
        "status_by_party": [
            {
                "party": named(one.party),
                "status": one.status,
                "since": one.since or None,
                "acts": [_act_json(act) for act in one.acts],
                "dated_otherwise": [_act_json(act) for act in one.dated_otherwise],
            }
            for one in treaty.status_by_party
        ],
        "articles": [
            {
                "iri": article.iri,
                "number": article.number or None,
                "label": article.label,
                "obligations": [_obligation_json(obligation) for obligation in article.obligations],
                "claims": _claims(article.claims),
            }
            for article in treaty.articles
        ],
        "invocations": _claims(treaty.invocations),
        "casus_foederis": [_casus_json(casus) for casus in treaty.casus_foederis],
        "replaces": [named(older) for older in treaty.replaces],
    }


def _act_json(act: Act) -> Json:
    return {
        "act": named(act.type),
        "party": named(act.party),
        "date": act.date or None,
        "iri": act.iri,
        "modality": named(act.modality),
        "performed_by": [named(person) for person in act.performed_by],
        "claims": _claims(act.claims),
    }


def _casus_json(casus: CasusFoederis) -> Json:
    return {
        "obligation": named(casus.obligation),
        "type": named(casus.type),
        "obligor": [named(party) for party in casus.obligors],
        "obligee": [named(party) for party in casus.obligees],
        "trigger": [named(trigger) for trigger in casus.triggers],
        "claims": _claims(casus.claims),
        "claimed_by": _positions(casus.claimed_by),
        "rejected_by": _positions(casus.rejected_by),
        "declined_by": _positions(casus.declined_by),
        "not_denied_by": _positions(casus.not_denied_by),
        "justification_rejected_by": _positions(casus.justification_rejected_by),
        "under_treaty": _positions(casus.under_treaty),
    }


def _positions(positions: Sequence[Position]) -> list[Json]:
    return [
        {
            "party": named(position.party),
            "position": position.position,
            "by": named(position.stance.stance_of),
            "date": date_of(position.stance.public_on) or None,
            "claim": position.claim.iri,
            "text": position.claim.text,
            "source": named(evidence.source) if evidence else None,
            "paragraph": evidence.paragraph if evidence else None,
        }
        for position in positions
        for evidence in [next(iter(position.stance.evidence), None)]
    ]


def _obligation_json(obligation: Obligation) -> Json:
    return {
        "iri": obligation.iri,
        "type": named(obligation.type),
        "obligor": [named(party) for party in obligation.obligors],
        "obligee": [named(party) for party in obligation.obligees],
        "trigger": [named(trigger) for trigger in obligation.triggers],
        "at_request": obligation.at_request,
        "action": obligation.action or None,
        "promptness": named(obligation.promptness),
        "limits": [named(limit) for limit in obligation.limits],
        "claims": _claims(obligation.claims),
    }


def _claims(claims: Sequence[Claim]) -> list[Json]:
    return [claim_json(claim) for claim in claims]
