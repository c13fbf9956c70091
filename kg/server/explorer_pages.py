"""The explorer's pages, each a task: the graph, what lies around a thing, and what the service is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from kg.server import documents
from kg.server.documents import Document
from kg.server.explorer_asked import ON_RECORD, Place, parties
from kg.server.explorer_fault import told_as_document
from kg.server.explorer_record import send_sheet
from kg.server.reply import Reply
from kg.server.work import Work

if TYPE_CHECKING:
    from kg.page.model import Knowledge


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
    from kg.page.frame import Frame
    from kg.page.gather import gather
    from kg.page.phrases import phrase
    from kg.page.whose import fixed

    lang = place.lang
    view = work.view.in_language(lang)
    named = ", ".join(view.label(iri) for iri in things)
    title = phrase(lang, "title_of", things=named) if things else phrase(lang, "title")
    more = [("depth", str(depth))] if things else []
    bar = documents.render("bar", {"bar": place.bar(more), "say": documents.texts(lang)})
    script, steps = documents.script("bar", "chosen"), documents.texts(lang)["around_steps"]
    frame = Frame(
        bar=Markup(bar),
        style=documents.bar_style(),
        script=script,
        things="/things/",
        around=(documents.text(lang, "around"), *steps),
    )
    known = gather(view, lang=lang, title=title, perspective=fixed(view.definition, lang))
    work.started()
    if things and not _has_card(known, things, depth):
        send_sheet(work, reply, place, things[0])
        return
    page = render_page(known, things=things, depth=depth, frame=frame)
    start = page.index('content="', page.index("Content-Security-Policy")) + len('content="')
    policy = page[start : page.index('"', start)]
    documents.send_page(reply, page, f"{policy}; frame-ancestors 'none'")


def _has_card(known: Knowledge, things: Sequence[str], depth: int) -> bool:
    """Whether one of the things is drawn, itself or in the card of its host."""
    from kg.page.select import host_of, select

    hosts = {host_of(known, iri) for iri in things if iri in known.things}
    return not hosts.isdisjoint(select(known, things=things, depth=depth).cards)


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
