"""What a page cannot draw, as a document: a claim, a statement or a source on record; a thing that has no card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.claims.model import Claim
from kg.errors import NotFoundError
from kg.page.phrases import spoken_date
from kg.rdf.terms import curie
from kg.rdf.vocabulary import DATE
from kg.server.explorer import documents
from kg.server.explorer.asked import ON_RECORD, Place
from kg.server.explorer.claims import claim_told
from kg.server.explorer.documents import Document, text
from kg.server.reply import Reply
from kg.server.work import Work
from kg.shapes.record import Recorded, Said, recorded
from kg.shapes.thing import Told, told

_OURS = ("id:", "claim:", "source:", "statement:", "stance:", "evidence:")
_MOST_CLAIMS = 200


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a sheet; ``subject`` only where it is another than in the line before."""

    property: str
    value: str
    href: str = ""
    subject: str = ""
    subject_href: str = ""
    by: str = ""


def send_sheet(work: Work, reply: Reply, place: Place, iri: str) -> None:
    """All that is held of a thing, or is on record of it, in the perspective.

    :raises NotFoundError: nothing-found.
    """
    view = work.view.in_language(place.lang)
    found = recorded(view, iri) if iri.startswith(ON_RECORD) else told(view, iri)
    if found is None:
        raise NotFoundError(
            f"nothing is said of '{curie(iri)}' in this perspective",
            mend="ask with fewer options",
            rule="nothing-found",
        )
    facts, says = _on_record(found, place) if isinstance(found, Recorded) else (_held(found, place), [])
    claims: Sequence[Claim] = found.claims or view.claims(about=iri)
    context = {
        "bar": place.bar(),
        "iri": curie(iri),
        "kinds": ", ".join(found.labels[kind] for kind in found.types),
        "facts_title": text(place.lang, "facts" if says or iri.startswith(ON_RECORD) else "told"),
        "says": says,
        "facts": facts,
        "names": " · ".join(dict.fromkeys(n.text for n in found.names if n.text != found.labels[iri])),
        "disputes": place.href("/disputes", [("thing", curie(iri))]),
        "claims": [claim_told(claim, place) for claim in claims[:_MOST_CLAIMS]],
        "claim_count": len(claims),
    }
    documents.send(reply, Document("record", found.labels[iri], told=context), {}, lang=place.lang)


def _on_record(found: Recorded, place: Place) -> tuple[list[_Row], list[_Row]]:
    def rows(parts: Sequence[Said]) -> list[_Row]:
        made: list[_Row] = []
        before = found.iri
        for said in parts:
            made.append(
                _Row(
                    found.labels[said.property],
                    said.value if said.is_literal else _spoken(said.value, found.labels[said.value], place),
                    "" if said.is_literal else _address(said.value, place),
                    "" if said.subject == before else found.labels[said.subject],
                    place.thing(said.subject),
                )
            )
            before = said.subject
        return made

    return rows(found.facts), rows(found.says)


def _held(found: Told, place: Place) -> list[_Row]:
    return [
        _Row(
            f"← {fact.property_label}" if fact.inverse else fact.property_label,
            fact.label if fact.is_literal else _spoken(fact.value, fact.label, place),
            "" if fact.is_literal else _address(fact.value, place),
            by=", ".join(dict.fromkeys(claim.claimant.label for claim in fact.claims)),
        )
        for fact in found.facts
    ]


def _spoken(iri: str, label: str, place: Place) -> str:
    return spoken_date(iri.removeprefix(DATE), place.lang) if iri.startswith(DATE) else label


def _address(iri: str, place: Place) -> str:
    """That of its document: things and what is on record have one, codes, terms and dates have none."""
    return place.thing(iri) if curie(iri).startswith(_OURS) else ""
