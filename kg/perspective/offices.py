"""The offices that a person holds, or the holders of an office, from when and until when, by whose claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.claims.codec import claim_order, read_claims
from kg.claims.model import Claim, Named
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import DATE, KG

if TYPE_CHECKING:
    from kg.perspective.view import Perspective


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A tenure; of a date that is given in several ways the texts stand side by side, none is empty."""

    tenure: str
    holder: Named
    office: Named
    held_from: str
    held_until: str
    claims: tuple[Claim, ...]


def offices_held(view: Perspective, thing: str, *, known: Iterable[Claim] = ()) -> list[OfficeHeld]:
    """The tenures of a person or of an office (an IRI), by their beginning; of unknown beginning first.

    ``known``: claims that are at hand already and need not be read again.
    """
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    graphs: dict[str, set[str]] = defaultdict(set)
    for tenure, relation, value, graph in rows(view.store, named_query("tenures_of", thing=[iri(thing)])):
        said[tenure][relation.removeprefix(KG)].add(value)
        graphs[tenure].add(graph)
    claims = {claim.iri: claim for claim in known}
    missing = set().union(*graphs.values()).difference(claims) if said else set()
    claims |= {claim.iri: claim for claim in read_claims(view.store, claims=missing, lang=view.lang)}
    ends = {end for about in said.values() for term in ("holder", "office") for end in about[term]}
    labels = view.labels(sorted(ends))
    found = [
        OfficeHeld(
            tenure=tenure,
            holder=Named(holder, labels[holder]),
            office=Named(office, labels[office]),
            held_from=_dates(about["holdsFrom"]),
            held_until=_dates(about["holdsUntil"]),
            claims=tuple(sorted((claims[g] for g in graphs[tenure] if g in claims), key=claim_order)),
        )
        for tenure, about in said.items()
        for holder in about["holder"]
        for office in about["office"]
    ]
    return sorted(found, key=lambda held: (held.held_from, held.office.label, held.holder.label, held.tenure))


def _dates(values: set[str]) -> str:
    """The dates; those of which only one bound is known stand back when a whole one is given."""
    texts = sorted(value.removeprefix(DATE) for value in values)
    whole = [text for text in texts if not text.startswith(("from-", "until-"))]
    return " or ".join(whole or [_plain(text) for text in texts])


def _plain(text: str) -> str:
    if text.startswith("until-"):
        return f"by {text.removeprefix('until-')}"
    return f"{text.removeprefix('from-')} or later"
