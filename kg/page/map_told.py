"""The claims behind the edges of a network, as its page tells them: who, when, where, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.claims.codec import read_claims
from kg.claims.model import Claim, Evidence, Stance
from kg.claims.standing import others, party_of
from kg.page.map_data import Crowd
from kg.page.map_texts import text
from kg.page.payload import Json, link
from kg.page.phrases import phrase, phrases, spoken_date
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.networks.measures import Network
    from kg.perspective.view import Perspective

#: So many claims are told in the page, those of the edges with most of them first.
MOST_CLAIMS = 3000
#: Stances on a claim that are told beside it, where they are the latest of their party.
AGAINST = frozenset({"denies", "disputes"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the page tells of claims: of each edge, by its place, which; notes on edges; how many there are."""

    claims: Sequence[Json] = ()
    edges: Mapping[str, Sequence[int]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    told: int = 0
    all: int = 0

    def json(self) -> dict[str, Json]:
        """As the browser reads it."""
        return {"claims": self.claims, "edges": self.edges, "notes": self.notes}

    def note(self, edge: int) -> str:
        """What is noted of an edge besides its label."""
        return self.notes.get(str(edge), "")


def said(view: Perspective | None, network: Network, made: Crowd, lang: str) -> Said:
    """The claims of the edges, as many as a page holds; without a perspective only how many they are."""
    edges = list(made.edge_keys())
    held = [tuple(network.edges[edge]["claims"]) for edge in edges]
    every = {claim for claims in held for claim in claims}
    notes = {str(at): note for at, edge in enumerate(edges) if (note := _note(network, edge, lang))}
    if view is None:
        return Said(notes=notes, all=len(every))
    kept: dict[str, int] = {}
    ranked = sorted(range(len(edges)), key=lambda at: (-len(held[at]), at))
    whole: list[int] = []
    for at in ranked:
        if len(kept) + sum(claim not in kept for claim in held[at]) > MOST_CLAIMS:
            break
        for claim in held[at]:
            kept.setdefault(claim, len(kept))
        whole.append(at)
    known = {claim.iri: claim for claim in read_claims(view.store, claims=set(kept), lang=lang)}
    return Said(
        [_claim(known[iri], lang) for iri in kept],
        {str(at): [kept[claim] for claim in held[at]] for at in sorted(whole)},
        notes,
        len(kept),
        len(every),
    )


def _note(network: Network, edge: tuple[str, str, str], lang: str) -> str:
    """What an edge has besides its label, in words."""
    data = network.edges[edge]
    if "trigger" in data:
        article = text(lang, "article", number=data["article"]) if data["article"] else ""
        return " · ".join(part for part in (article, str(data["trigger"])) if part)
    if "same" in data:
        return text(lang, "sides", same=data["same"], opposite=data["opposite"])
    return ", ".join(spoken_date(day, lang) for day in str(data.get("date", "")).split())


def _claim(claim: Claim, lang: str) -> Json:
    day = claim.statement.published_on or claim.stated_on
    told: dict[str, Json] = {
        "i": curie(claim.iri),
        "t": claim.text,
        "b": claim.claimant.label,
        "h": claim.on_behalf_of.label if claim.on_behalf_of else "",
        "d": spoken_date(day.lexical, lang) if day else "",
        "s": [_source(evidence, lang) for evidence in claim.evidence],
        "x": [
            [
                _speaker(stance),
                stance.type,
                spoken_date(stance.public_on.lexical, lang) if stance.public_on else "",
            ]
            for stance in others(claim, *sorted(AGAINST))
        ],
    }
    return {name: value for name, value in told.items() if value}


def _speaker(stance: Stance) -> str:
    """Who says otherwise, and for whom."""
    party = party_of(stance)
    return stance.stance_of.label + (f" ({party.label})" if party != stance.stance_of else "")


def _source(evidence: Evidence, lang: str) -> Json:
    where = [evidence.locator or ""] if evidence.paragraph is None else []
    if evidence.paragraph is not None:
        where.append(phrase(lang, "paragraph", number=evidence.paragraph))
    return [evidence.source.label, link(evidence.url), ", ".join(part for part in where if part)]


def stances(lang: str) -> Json:
    """What each stance is called."""
    held = phrases(lang)["stance"]
    assert isinstance(held, dict)
    return {name: held[name] for name in sorted(AGAINST)}
