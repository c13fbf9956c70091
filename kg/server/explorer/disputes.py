"""The disputes of a perspective as a document: the sides beside each other, with dates and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.page.phrases import spoken_date
from kg.rdf.terms import curie
from kg.server.explorer import documents
from kg.server.explorer.asked import Place, controls
from kg.server.explorer.claims import claim_told, day_told, stance_told
from kg.server.explorer.documents import Document, text
from kg.server.explorer.fault import told_as_document
from kg.server.reply import Reply
from kg.server.work import Work

if TYPE_CHECKING:
    from kg.disputes.model import Dispute, Position, Side

#: So many are shown at first; more are asked for by the address.
SHOWN = 30


@told_as_document("/disputes")
def disputes(work: Work, reply: Reply, place: Place) -> None:
    """The disputes, or those about a ``thing``, at most ``limit`` of them."""
    from kg.disputes.find import disputes as find

    lang, limit = place.lang, int(work.text("limit", str(SHOWN)))
    parties = work.view.definition.according_to  # a party's own perspective has one side only
    view = work.opened.view(replace(work.asked, according_to=())).in_language(lang)
    thing = work.text("thing")
    about = work.graph.resolve(thing) if thing else None
    found = find(view, about=about, of=parties, limit=limit + 1)
    kept = [("thing", thing)] if thing else []
    title = text(lang, "disputes_about", thing=view.label(about)) if about else text(lang, "disputes_title")
    is_more = len(found) > limit
    told = {
        "bar": place.bar(kept),
        "asked": controls(work, place, action="/disputes", kept=kept),
        "count": text(lang, "disputes_of", shown=limit)
        if is_more
        else text(lang, "disputes_count", count=len(found)),
        "nothing": text(lang, "disputes_none_undisputed" if work.asked.undisputed else "disputes_none"),
        "disputes": [_dispute(dispute, place) for dispute in found[:limit]],
        "more": place.href("/disputes", [*kept, ("limit", str(2 * limit))]) if is_more else "",
    }
    documents.send(
        reply,
        Document("disputes", title, here="disputes", told=told, scripts=("perspective",)),
        {},
        lang=lang,
    )


def _dispute(dispute: Dispute, place: Place) -> dict[str, object]:
    return {
        "label": dispute.issue.label,
        "href": place.href("/disputes", [("thing", curie(dispute.issue.iri))]),
        "kind": dispute.kind,
        "how": text(place.lang, dispute.kind),
        "when": spoken_date(dispute.day, place.lang),
        "sides": [_side(dispute, side, place) for side in dispute.sides],
    }


def _side(dispute: Dispute, side: Side, place: Place) -> dict[str, object]:
    """What a side says of the conflicting claims, and whatever it does not hold; the rest of its claims folded."""
    held = {claim.iri for claim in side.holds}
    first = [p for p in side.positions if p.claim.iri in dispute.claims or p.claim.iri not in held]
    first = first or [side.position]
    rest = [position for position in side.positions if position not in first]
    latest = day_told(side.position.stance.public_on, place.lang)  # of one claim: not since when it speaks
    told = stance_told(side.position.type, place.lang)
    return {
        "party": side.party.label,
        "href": place.thing(side.party.iri),
        "position": told["stance"],
        "sign": told["sign"],
        "mark": told["mark"],
        "latest": text(place.lang, "latest", day=latest) if latest else "",
        "entries": _entries(first, place),
        "others": _entries(rest, place),
        "more": text(place.lang, "other_claims", count=len(rest)),
    }


def _entries(positions: Sequence[Position], place: Place) -> list[dict[str, object]]:
    return [
        {
            **claim_told(position.claim, place, stance=position.stance),
            "before": "; ".join(
                f"{day_told(stance.public_on, place.lang)} {stance_told(stance.type, place.lang)['stance']}"
                for stance in position.earlier
            ),
        }
        for position in positions
    ]
