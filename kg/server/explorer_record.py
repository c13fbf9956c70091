"""Two documents of the explorer, each a task: the names that fit a text, and what is on record."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import NotFoundError
from kg.rdf.terms import curie
from kg.server import documents
from kg.server.documents import Document
from kg.server.explorer_asked import Place
from kg.server.explorer_claims import claim_told
from kg.server.explorer_fault import told_as_document
from kg.server.reply import Reply
from kg.server.work import Work
from kg.shapes.record import Said, recorded

_MOST_HITS = 50


@told_as_document("/things")
def names(work: Work, reply: Reply, place: Place) -> None:
    """The things that a ``text`` may name."""
    asked, lang = work.text("text"), place.lang
    found = work.graph.find(asked, lang=lang, limit=_MOST_HITS) if asked.strip() else []
    kinds = sorted({kind for match in found for kind in match.types})
    labels = work.graph.perspective().in_language(lang).labels(kinds)
    count = (
        documents.text(lang, "found_count", count=len(found))
        if found
        else documents.text(lang, "found_nothing")
    )
    told = {
        "bar": place.bar([("q", asked)]),
        "count": count,
        "hits": [
            {
                "label": match.label,
                "href": place.thing(match.iri),
                "kinds": ", ".join(labels[kind] for kind in match.types),
                "matched": match.matched if match.matched != match.label else "",
                "why": match.why,
            }
            for match in found
        ],
    }
    title = documents.text(lang, "found_title", text=asked)
    documents.send(reply, Document("found", title, told=told), {}, lang=lang)


def send_record(work: Work, reply: Reply, place: Place, iri: str) -> None:
    """A claim, a statement or a source as it is on record in the perspective."""
    view = work.view.in_language(place.lang)
    found = recorded(view, iri)
    if found is None:
        raise NotFoundError(
            f"'{curie(iri)}' is not on record here", mend="ask with fewer options", rule="nothing-found"
        )

    def fact(said: Said) -> Mapping[str, object]:
        return {
            "property": found.labels[said.property],
            "value": said.value if said.is_literal else found.labels[said.value],
            "href": place.thing(said.value) if not said.is_literal and _is_ours(said.value) else "",
            "away": False,
            "subject": "" if said.subject == iri else found.labels[said.subject],
            "subject_href": place.thing(said.subject),
        }

    told = {
        "bar": place.bar(),
        "iri": curie(iri),
        "kinds": ", ".join(found.labels[kind] for kind in found.types),
        "says": [fact(said) for said in found.says],
        "facts": [fact(said) for said in found.facts],
        "claims": [claim_told(claim, place) for claim in found.claims],
    }
    documents.send(reply, Document("record", found.labels[iri], told=told), {}, lang=place.lang)


def _is_ours(iri: str) -> bool:
    """Whether it has a document here: a thing or something on record, and no code, term or date."""
    return curie(iri).startswith(("id:", "claim:", "source:", "statement:", "stance:", "evidence:"))
