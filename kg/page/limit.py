"""What of a store that is too large for a page is in it: the claims with the strongest ties, and how many are not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.page.model import Knowledge, Thing, Told
from kg.page.select import Selection, host_of

#: With more, a change of the day would no longer be drawn at once, and the file could not be sent by mail.
MOST_CLAIMS = 1000


def limited(known: Knowledge, selection: Selection, most: int = MOST_CLAIMS) -> Knowledge:
    """The same without the claims beyond the limit: those of drawn lines come first, then those most spoken of."""
    if len(known.claims) <= most:
        return known
    drawn = {claim for line in selection.lines if not line.quiet for claim in line.claims}
    ranked = sorted(known.claims, key=lambda claim: (claim.iri not in drawn, -len(claim.stances), claim.iri))
    kept = {claim.iri for claim in ranked[:most]}
    return replace(
        _only(known, kept),
        omitted=len(known.claims) - most,
        drawable=tuple(sorted({*selection.cards, *selection.left_out})),
    )


def around(known: Knowledge, selection: Selection, things: Collection[str]) -> Knowledge:
    """The same with what is told of these cards and between them, and what these things say themselves."""
    cards = {*selection.cards, *selection.left_out}
    inside = {iri for iri in known.things if host_of(known, iri) in cards}
    asked = {iri for iri in known.things if host_of(known, iri) in things}
    kept = {
        claim
        for relation in known.relations
        if relation.subject in inside and relation.object in inside
        for claim in relation.claims
    }
    for iri in inside:
        thing = known.things[iri]
        kept.update(thing.dated_by, *(fact.claims for fact in (*thing.offices, *thing.texts)))
    kept.update(
        claim.iri
        for claim in known.claims
        for stance in claim.stances
        if stance.stance_of.iri in asked or (stance.on_behalf_of and stance.on_behalf_of.iri in asked)
    )
    return _only(known, kept)


def _only(known: Knowledge, kept: Collection[str]) -> Knowledge:
    """The same with these claims and who speaks to them, without what only others tell."""
    claims = tuple(claim for claim in known.claims if claim.iri in kept)
    speaking = {
        known.speaks[stance.iri][0]
        for claim in claims
        for stance in claim.stances
        if stance.iri in known.speaks
    }
    return replace(
        known,
        claims=claims,
        relations=tuple(
            replace(relation, claims=tuple(claim for claim in relation.claims if claim in kept))
            for relation in known.relations
            if _is_told(relation.claims, kept)
        ),
        things={iri: _of_thing(thing, kept) for iri, thing in known.things.items()},
        parties=tuple(party for party in known.parties if party in speaking),
    )


def _is_told(claims: Collection[str], kept: Collection[str]) -> bool:
    """What no claim tells is a matter of reference; else one that is kept must tell it."""
    return not claims or any(claim in kept for claim in claims)


def _of_thing(thing: Thing, kept: Collection[str]) -> Thing:
    dated = _is_told(thing.dated_by, kept)
    return replace(
        thing,
        when=thing.when if dated else "",
        dated_by=thing.dated_by if dated else (),
        offices=_of_facts(thing.offices, kept),
        texts=_of_facts(thing.texts, kept),
    )


def _of_facts(facts: tuple[Told, ...], kept: Collection[str]) -> tuple[Told, ...]:
    return tuple(fact for fact in facts if _is_told(fact.claims, kept))
