"""A claim as verbs show it: the cells of a row, for programs and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.claims.latest import latest
from kg.claims.model import Claim, Evidence, Extent, Named, Stance
from kg.claims.standing import claimants_party, others, party_of, positions
from kg.commands.words import phrase
from kg.rdf.terms import curie
from kg.shapes.claim import NO, YES, date_of

#: The columns of a table of claims.
CLAIM_COLUMNS = ("date", "claimant", "for", "stance", "claim", "source", "confirmed by", "denied by", "id")

#: The columns of the same table where people read it.
LINE_COLUMNS = ("date", "claimant", "stance", "claim", "source", "others", "id")

_SHOWN = 3  # speakers and sources behind a fact that one cell names; JSON has them all


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
        _labels(others(claim, *YES)),
        ", ".join(_against(_rejecting(claim, *NO))),
        curie(claim.iri),
    )


def claim_line(claim: Claim, *, stance: Stance | None = None) -> tuple[str, ...]:
    """The cells under LINE_COLUMNS: the same for people, in fewer columns."""
    at = stance.public_on if stance else _public_on(claim)
    speaker = stance.stance_of if stance else claim.claimant
    party = party_of(stance) if stance else claimants_party(claim)
    told = (
        ("confirmed by {parties}", others(claim, *YES)),
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
    against = [stance for claim in claims for stance in _rejecting(claim, *NO)]
    deny = {party_of(stance).iri for stance in against if stance.type == "denies"}
    kept = [s for s in against if s.type == "denies" or party_of(s).iri not in deny]
    return ", ".join(sorted(set(_against(kept))))
