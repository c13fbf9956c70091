"""One thing with all that is held of it: names, offices, facts with their claims, read and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.shapes.claim import claim_json, named
from kg.shapes.record import RECORDED, identity_json, recorded, recorded_json
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.perspective.facts import Fact, ThingName
    from kg.perspective.offices import OfficeHeld
    from kg.perspective.view import Perspective


@dataclass(frozen=True, slots=True)
class Told:
    """All that is held of one thing; ``claims`` are those behind the facts, by date."""

    iri: str
    types: tuple[str, ...]
    names: tuple[ThingName, ...]
    offices: tuple[OfficeHeld, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    labels: Mapping[str, str]


def told(view: Perspective, iri: str, *, limit: int | None = None) -> Told | None:
    """What is held of a thing; None when nothing is. ``limit``: the most facts to give."""
    from kg.perspective.offices import offices_held

    near = view.near(iri)
    facts = near.statements(iri, limit=limit)
    names = near.names(iri)
    if not facts and not names:
        return None
    types = near.types(iri)
    claims = list({claim.iri: claim for fact in facts for claim in fact.claims}.values())
    offices = offices_held(near, iri, known=[claim for fact in facts for claim in fact.claims])
    claims.sort(key=lambda claim: (claim.stated_on.not_before or "" if claim.stated_on else "", claim.iri))
    labels = near.labels([iri, *types])
    return Told(iri, tuple(types), tuple(names), tuple(offices), tuple(facts), tuple(claims), labels)


def told_json(found: Told) -> dict[str, Json]:
    """The answer of ``kg show`` in docs/cli.md for what claims speak of."""
    return {
        **identity_json(found.iri, found.types, found.names, found.labels),
        "offices": [_office_json(office) for office in found.offices],
        "facts": [_fact_json(fact) for fact in found.facts],
        "claims": [claim_json(claim) for claim in found.claims],
    }


def show_json(view: Perspective, iri: str, *, limit: int | None = None) -> dict[str, Json] | None:
    """The answer of ``kg show`` for any thing, also one of the record; None when nothing is said of it."""
    if iri.startswith(RECORDED):
        on_record = recorded(view, iri, limit=limit)
        return recorded_json(on_record) if on_record else None
    found = told(view, iri, limit=limit)
    return told_json(found) if found else None


def _fact_json(fact: Fact) -> Json:
    value: Json = fact.label if fact.is_literal else {"iri": fact.value, "label": fact.label}
    return {
        "property": {"iri": fact.property, "label": fact.property_label},
        "value": value,
        "label": fact.label,
        "inverse": fact.inverse,
        "claims": [claim_json(claim) for claim in fact.claims],
    }


def _office_json(held: OfficeHeld) -> Json:
    return {
        "tenure": held.tenure,
        "holder": named(held.holder),
        "office": named(held.office),
        "from": held.held_from or None,
        "until": held.held_until or None,
        "claims": [claim_json(claim) for claim in held.claims],
    }
