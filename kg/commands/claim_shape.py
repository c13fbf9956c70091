"""A claim as verbs give it: the JSON shape that scripts rely on, and the cells of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.claims.latest import latest, public_day
from kg.claims.model import Claim, Evidence, Extent, Named, Stance
from kg.commands.output import Json
from kg.commands.words import phrase
from kg.rdf.terms import curie

#: The columns of a table of claims.
CLAIM_COLUMNS = ("date", "claimant", "for", "stance", "claim", "source", "confirmed by", "denied by", "id")

#: The columns of the same table where people read it.
LINE_COLUMNS = ("date", "claimant", "stance", "claim", "source", "others", "id")

_SHOWN = 3  # speakers and sources behind a fact that one cell names; JSON has them all
_YES = ("asserts", "confirms")
_NO = ("denies", "disputes")


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
        "confirmed_by": [position_json(s) for s in others(claim, *_YES)],
        "denied_by": [position_json(s) for s in others(claim, *_NO)],
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


def where(evidence: Sequence[Evidence]) -> str:
    """The first source and the place in it: ``Euronews, 28 April 2025 ¶4``."""
    return _place(evidence[0], evidence[0].source.label) if evidence else ""


def _place(evidence: Evidence, source: str) -> str:
    if evidence.paragraph is not None:
        return f"{source} ¶{evidence.paragraph}"
    return f"{source}, {evidence.locator}" if evidence.locator else source


def who(speaker: Named, party: Named) -> str:
    """The speaker, and the party where it is another: ``General Staff for Ukraine``."""
    if party == speaker:
        return speaker.label
    return phrase("{speaker} for {party}", speaker=speaker.label, party=party.label)


def day(extent: Extent | None) -> str:
    """The date for people: an open one in words.

    >>> day(Extent("until-2025-04-27", "interval", None, "2025-04-27"))
    'by 2025-04-27'
    """
    text = date_of(extent)
    if text.startswith("until-"):
        return phrase("by {day}", day=text.removeprefix("until-"))
    if text.startswith("from-"):
        return phrase("{day} or later", day=text.removeprefix("from-"))
    first, dots, last = text.partition("..")
    return phrase("{first} to {last}", first=first, last=last) if dots else text


def claim_cells(claim: Claim, *, stance: Stance | None = None) -> tuple[str, ...]:
    """The cells under CLAIM_COLUMNS."""
    at = stance.public_on if stance else _public_on(claim)
    speaker = stance.stance_of if stance else claim.claimant
    party = party_of(stance) if stance else claimants_party(claim)
    return (
        date_of(at),
        speaker.label,
        "" if party == speaker else party.label,
        stance.type if stance else _own_word(claim),
        claim.text,
        where(stance.evidence if stance else claim.evidence),
        _labels(others(claim, *_YES)),
        ", ".join(_against(_rejecting(claim, *_NO))),
        curie(claim.iri),
    )


def claim_line(claim: Claim, *, stance: Stance | None = None) -> tuple[str, ...]:
    """The cells under LINE_COLUMNS: the same for people, in fewer columns."""
    at = stance.public_on if stance else _public_on(claim)
    speaker = stance.stance_of if stance else claim.claimant
    party = party_of(stance) if stance else claimants_party(claim)
    told = (
        ("confirmed by {parties}", others(claim, *_YES)),
        ("denied by {parties}", _rejecting(claim, "denies")),
        ("disputed by {parties}", _rejecting(claim, "disputes")),
    )
    return (
        day(at),
        who(speaker, party),
        stance.type if stance else _own_word(claim),
        claim.text,
        where(stance.evidence if stance else claim.evidence),
        "; ".join(phrase(words, parties=_labels(stances)) for words, stances in told if stances),
        curie(claim.iri),
    )


def _own_word(claim: Claim) -> str:
    """The claimant's own last word: what another says for the same party is not put in its mouth."""
    own = [
        s for s in claim.stances if s.stance_of == claim.claimant and party_of(s) == claimants_party(claim)
    ]
    return latest(own).type if own else "asserts"


def _rejecting(claim: Claim, *types: str) -> list[Stance]:
    """The latest stances of these types: of other parties, and of the claimant's own by another speaker."""
    party, speaker = claimants_party(claim), claim.claimant
    return [
        s for s in positions(claim) if s.type in types and (party_of(s) != party or s.stance_of != speaker)
    ]


def _labels(stances: Sequence[Stance]) -> str:
    return ", ".join(party_of(stance).label for stance in stances)


def _against(stances: Sequence[Stance]) -> list[str]:
    """The parties under "denied by": of one that only disputes it, that is said."""
    return [
        f"{party_of(s).label} ({phrase(s.type)})" if s.type == "disputes" else party_of(s).label
        for s in stances
    ]


def _public_on(claim: Claim) -> Extent | None:
    """The day from which the public could know it, as :attr:`Stance.public_on` has it."""
    return claim.statement.published_on or claim.stated_on


def sources_line(claims: Sequence[Claim]) -> str:
    """Who claims a fact, when, and where it is written, in one cell; sources by their identifiers."""
    places: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        said = f"{who(claim.claimant, claimants_party(claim))}, {day(_public_on(claim))}"
        first = claim.evidence[0] if claim.evidence else None
        found = places.setdefault((said, curie(first.source.iri) if first else ""), [])
        if first and (place := _place(first, "").strip(", ")) and place not in found:
            found.append(place)
    cells = [
        f"{said} ({' '.join([source, ', '.join(found)]).strip()})" if source else said
        for (said, source), found in places.items()
    ]
    more = [phrase("and {count} more", count=str(len(cells) - _SHOWN))] if len(cells) > _SHOWN else []
    return "; ".join([*cells[:_SHOWN], *more])


def said_line(stances: Sequence[Stance]) -> str:
    """Who takes which stances in a statement, on how many claims, when it became public if that was another day,
    and the first source, in one cell.
    """
    taken: dict[str, Counter[str]] = {}
    for stance in stances:
        taken.setdefault(who(stance.stance_of, party_of(stance)), Counter())[stance.type] += 1
    said = "; ".join(
        f"{speaker} {', '.join(f'{phrase(kind)} {count}' for kind, count in sorted(types.items()))}"
        for speaker, types in taken.items()
    )
    told = next((s.statement for s in stances if s.statement.published_on), None)
    if told and told.stated_on and told.published_on != told.stated_on:
        said = phrase("{said}, public on {day}", said=said, day=day(told.published_on))
    source = next((curie(stance.evidence[0].source.iri) for stance in stances if stance.evidence), "")
    return f"{said} ({source})" if source else said


def disputed_line(claims: Sequence[Claim]) -> str:
    """Who denies or disputes it, of all the claims behind a fact."""
    against = [stance for claim in claims for stance in _rejecting(claim, *_NO)]
    deny = {party_of(stance).iri for stance in against if stance.type == "denies"}
    kept = [s for s in against if s.type == "denies" or party_of(s).iri not in deny]
    return ", ".join(sorted(set(_against(kept))))
