"""A claim as the explorer's documents tell it: who stands where on it, in words, with date, source and passage."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.model import Claim, Evidence, Extent, Stance
from kg.claims.standing import claimants_party, others, party_of, stance_of_claimant
from kg.page.payload import link
from kg.page.phrases import spoken_date
from kg.page.status import SIGNS
from kg.server.explorer.asked import Place
from kg.server.explorer.documents import text, texts
from kg.shapes.claim import NO, YES

#: Colour is never the only channel: a mark for each sign.
MARKS = {"a": "●", "d": "✕", "e": "◇", "r": "○"}


def stance_told(stance: str, lang: str) -> dict[str, str]:
    """A stance in words, with its sign and its mark."""
    said = texts(lang)["stance"]
    assert isinstance(said, dict)
    sign = SIGNS[stance]
    return {"stance": said[stance], "sign": sign, "mark": MARKS[sign]}


def day_told(extent: Extent | None, lang: str) -> str:
    """A date as people write it."""
    return spoken_date(extent.lexical, lang) if extent else ""


def claim_told(claim: Claim, place: Place, *, stance: Stance | None = None) -> dict[str, object]:
    """What the templates are given of a claim; ``stance`` is the one that is meant, if not the claimant's own."""
    lang = place.lang
    speaker = stance.stance_of if stance else claim.claimant
    party = party_of(stance) if stance else claimants_party(claim)
    public = stance.public_on if stance else claim.statement.published_on or claim.stated_on
    return {
        **stance_told(stance.type if stance else stance_of_claimant(claim), lang),
        "who": speaker.label if speaker == party else f"{speaker.label} ({party.label})",
        "speaker": "" if speaker == party else text(lang, "said_by", speaker=speaker.label),
        "when": day_told(public, lang),
        "text": claim.text,
        "href": place.thing(claim.iri),
        "confirmed": ", ".join(party_of(one).label for one in others(claim, *YES)),
        "denied": ", ".join(party_of(one).label for one in others(claim, *NO)),
        "before": "",
        **passage_told(stance.evidence if stance else claim.evidence, lang),
    }


def passage_told(evidence: Sequence[Evidence], lang: str) -> dict[str, str]:
    """The first source and the place in it; its address only where a reader may follow it."""
    if not evidence:
        return {"source": "", "url": "", "place": ""}
    first = evidence[0]
    where = text(lang, "paragraph", number=first.paragraph) if first.paragraph is not None else ""
    return {"source": first.source.label, "url": link(first.url), "place": where or first.locator or ""}
