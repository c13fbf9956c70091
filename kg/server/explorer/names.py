"""The names that fit a text as a document, a task: what the search of the bar leads to without a choice."""

from __future__ import annotations

from kg.server.explorer import documents
from kg.server.explorer.asked import Place
from kg.server.explorer.documents import Document
from kg.server.explorer.fault import told_as_document
from kg.server.reply import Reply
from kg.server.work import Work

_MOST_HITS = 50


@told_as_document("/things")
def names(work: Work, reply: Reply, place: Place) -> None:
    """The things that the text ``q`` may name."""
    asked, lang = work.text("q"), place.lang
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
