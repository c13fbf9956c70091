"""The explorer's pages, each a task: the graph, what lies around a thing, and what the service is."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from kg.errors import NotFoundError
from kg.page.frame import Frame
from kg.server.explorer import documents
from kg.server.explorer.asked import ON_RECORD, Place, parties
from kg.server.explorer.documents import Document
from kg.server.explorer.fault import told_as_document
from kg.server.explorer.known import known_of
from kg.server.explorer.record import send_sheet
from kg.server.reply import Reply
from kg.server.work import Work


@told_as_document("/")
def graph(work: Work, reply: Reply, place: Place) -> None:
    """The page of the whole store."""
    _send_page(work, reply, place, things=(), depth=1)


@told_as_document("/things/")
def around(work: Work, reply: Reply, place: Place) -> None:
    """What lies within ``depth`` relations of a ``thing``; of what is on record, what it says."""
    iri = work.graph.resolve(work.text("thing"))
    if iri.startswith(ON_RECORD):
        send_sheet(work, reply, place, iri)
        return
    _send_page(work, reply, place, things=(iri,), depth=int(work.text("depth", "1")))


def _send_page(work: Work, reply: Reply, place: Place, *, things: Sequence[str], depth: int) -> None:
    from kg.page.document import render as render_page

    lang = place.lang
    view = work.view.in_language(lang)
    try:
        known = known_of(view, lang=lang, things=things, depth=depth, speaking=lambda: parties(work, lang))
        work.started()
        page = render_page(known, things=things, depth=depth, frame=_frame(place, things, depth))
    except NotFoundError:  # no claim speaks of it that could be drawn
        send_sheet(work, reply, place, things[0])
        return
    start = page.index('content="', page.index("Content-Security-Policy")) + len('content="')
    policy = page[start : page.index('"', start)]
    documents.send_page(reply, page, f"{policy}; frame-ancestors 'none'")


def _frame(place: Place, things: Sequence[str], depth: int) -> Frame:
    says = documents.texts(place.lang)
    more = [("depth", str(depth))] if things else []
    return Frame(
        bar=Markup(documents.render("bar", {"bar": place.bar(more), "say": says})),
        style=documents.bar_style(),
        script=documents.script("bar", "chosen"),
        things="/things/",
        around=(documents.text(place.lang, "around"), *says["around_steps"]),
    )


@told_as_document("/about")
def about(work: Work, reply: Reply, place: Place) -> None:
    """What is served, and how to ask it; ``endpoint`` is its address."""
    from kg.version import VERSION

    lang, endpoint = place.lang, work.text("endpoint")
    view = work.view.in_language(lang)
    says = documents.texts(lang)
    sparql = place.href("/sparql", [("query", "ASK { ?s ?p ?o }")])
    told: dict[str, object] = {
        "bar": place.bar(),
        "claims": len(view.admitted),
        "parties": [{"label": party.label, "count": party.count} for party in parties(work, lang)[:5]],
        "lines": [
            f"curl '{endpoint}{sparql}'",
            f"curl '{endpoint}{place.href('/api/claims', [('limit', '5')])}'",
            f"kg claims --store {endpoint}/sparql",
        ],
        "links": [
            {"href": "/.well-known/void", "label": says["description"]},
            {"href": "/query", "label": says["endpoint"]},
            {"href": "/api/disputes", "label": says["api"]},
        ],
        "version": documents.text(lang, "version", version=VERSION),
    }
    documents.send(reply, Document("about", documents.text(lang, "about_title"), told=told), {}, lang=lang)
