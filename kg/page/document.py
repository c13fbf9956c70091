"""The page as one file: the only place that puts picture, texts, data and scripts together."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from kg.errors import NotFoundError
from kg.page import layout, positions, select
from kg.page.drawing import drawing, kinds
from kg.page.frame import Frame
from kg.page.gather import gather
from kg.page.geometry import Picture
from kg.page.limit import around, limited
from kg.page.model import Knowledge
from kg.page.network import KgNetwork, packed, packed_vis, vis_bundle
from kg.page.payload import Payload
from kg.page.phrases import phrase, phrases, spoken_date
from kg.page.shown import days as shown_days
from kg.page.shown import shown
from kg.page.status import LAST_DAY, STATUSES, status
from kg.page.templates import digest, environment, source, style
from kg.page.texts import passage_texts
from kg.page.whose import fixed, in_words
from kg.perspective.over_time import OverTime
from kg.perspective.view import Perspective
from kg.rdf.terms import curie
from kg.whole_file import write_whole

#: In the order in which they are put together.
SCRIPTS = (
    "dom",
    "state",
    "status",
    "stage",
    "picture",
    "legend",
    "around",
    "panel",
    "told",
    "treaty",
    "timeline",
    "positions",
    "names",
    "ranking",
    "search",
    "keys",
    "exports",
    "main",
)


def write(
    view: Perspective,
    path: str | os.PathLike[str],
    *,
    lang: str | None = None,
    things: Sequence[str] = (),
    depth: int = 1,
    limit: int | None = None,
    title: str = "",
    perspective: str | None = None,
    lite: bool = False,
    texts: Mapping[Path, str] | None = None,
) -> Path:
    """Write the page to a file, whole or not at all, and return its path.

    It holds what any party holds as known on any day; the parties, the day and the mode of the perspective
    are what it shows when it opens. ``lang`` is that of the interface and of labels, the view's when not
    given; ``things`` (IRIs) limit it to what lies within ``depth`` relations of them; ``limit`` is the most
    cards to draw; ``perspective`` says in words what cannot be asked otherwise in the page. ``lite``: only
    what it shows when it opens, as a picture and a table, without a script. ``texts``: files with the IRI of
    the source whose text they are, or with nothing where their hash tells: the panel quotes their passages.

    :raises NotFoundError: nothing-found, when no claim speaks of the things.
    :raises UsageError: unknown-language, when the page has no texts in the language; cannot-write;
        not-on-record, for a file that is not the text of its source.
    """
    lang = lang or view.lang
    phrases(lang)  # the fault comes before the work
    named = ", ".join(view.label(iri, lang) for iri in things)
    heading = title or (phrase(lang, "title_of", things=named) if things else phrase(lang, "title"))
    whose = fixed(view.definition, lang) if perspective is None else perspective
    known = gathered(
        view, lang=lang, title=heading, perspective=whose, things=things, depth=depth, limit=limit
    )
    if texts:
        known = replace(known, words=passage_texts(OverTime(view), texts))
    make = render_lite if lite else render
    return write_whole(path, make(known, things=things, depth=depth, limit=limit).encode())


def gathered(
    view: Perspective,
    *,
    lang: str,
    title: str,
    perspective: str = "",
    things: Sequence[str] = (),
    depth: int = 1,
    limit: int | None = None,
) -> Knowledge:
    """What :func:`render` draws: of a large store only what there is room for.

    :raises NotFoundError: nothing-found, when no claim speaks of the things.
    """
    return gather(
        view,
        lang=lang,
        title=title,
        perspective=perspective,
        keep=lambda known: _selected(known, things, depth, limit)[0],
    )


def render(
    known: Knowledge,
    *,
    things: Sequence[str] = (),
    depth: int = 1,
    limit: int | None = None,
    frame: Frame | None = None,
) -> str:
    """The page as text; the same knowledge gives the same bytes. ``frame``: what it is served within."""
    known, selection = _selected(known, things, depth, limit)
    picture = _picture(known, selection)
    payload = Payload(known, selection)
    data = payload.json()
    numbers = {card.key: payload.number(card.key) for card in picture.cards}
    first = {"first": payload.number(things[0])} if len(things) == 1 and things[0] in known.things else {}
    network = KgNetwork()
    network.place(picture, numbers)
    context = {
        "lang": known.lang,
        "title": known.title,
        "perspective": in_words(known),
        "summary": _summary(known, selection),
        **_controls(known, payload),
        "kinds": kinds(known, picture),
        "arrows": ["asserted", *(name for name in STATUSES if name != "unknown")],
        **_left_out(known, selection),
        "data": data | first | _left_out(known, selection) | ({"served": frame.told} if frame else {}),
        "names": packed(json.dumps(payload.names(), ensure_ascii=False, separators=(",", ":"))),
        **drawing(known, picture, selection, numbers),
        **positions.table(known),
    }
    return network.render({"page": context | _scripts(frame), "say": phrases(known.lang)})


def render_lite(
    known: Knowledge, *, things: Sequence[str] = (), depth: int = 1, limit: int | None = None
) -> str:
    """The page without a script: the same geometry, and of the table only what is shown."""
    known, selection = _selected(known, things, depth, limit)
    css = style("picture.css", "lite.css")
    policy = f"default-src 'none'; style-src '{digest(css)}'; base-uri 'none'; form-action 'none'"
    picture = _picture(known, selection)
    context = {
        "lang": known.lang,
        "title": known.title,
        "policy": Markup(policy),
        "style": Markup(css),
        "arrows": ["asserted", *(name for name in STATUSES if name != "unknown")],
        "summary": _summary(known, selection),
        "perspective": in_words(known),
        **_left_out(known, selection, "left_out_lite"),
        **drawing(known, picture, selection, {card.key: 0 for card in picture.cards}),
        **positions.table(known),
    }
    return environment().get_template("lite.html.jinja").render(page=context, say=phrases(known.lang))


def _picture(known: Knowledge, selection: select.Selection) -> Picture:
    items, titles = select.items(known, selection)
    spoken = {
        camp: str(phrases(known.lang)["voices"]) if title == "voices" else title
        for camp, title in titles.items()
    }
    return layout.draw(items, select.ties(known, selection), titles=spoken)


def _selected(
    known: Knowledge, things: Sequence[str], depth: int, limit: int | None
) -> tuple[Knowledge, select.Selection]:
    """What is in the page, and what of it is drawn."""
    most = limit or select.LIMIT
    first = select.select(known, things=things, depth=depth, limit=most)
    if things and not first.cards:
        raise NotFoundError(
            f"no claim speaks of {', '.join(map(curie, things))}",
            mend="'kg show' tells what only identifies it",
            rule="nothing-found",
        )
    if things and not known.near:
        near = replace(around(known, first, things), near=tuple(things))
        return _selected(near, things, depth, limit)
    if known.omitted:
        return known, replace(first, left_out=tuple(sorted({*known.drawable}.difference(first.cards))))
    fewer = limited(known, first)
    return (known, first) if fewer is known else _selected(fewer, things, depth, limit)


def _left_out(known: Knowledge, selection: select.Selection, name: str = "left_out") -> dict[str, str]:
    """How many things are not drawn, and how many claims are not in the page, in words."""
    count, claims = len(selection.left_out), known.omitted
    name = "left_out_lite" if claims else name  # search finds what the page has
    omitted = phrase(known.lang, "omitted", count=claims, all=claims + len(known.claims)) if claims else ""
    return {"left_out": phrase(known.lang, name, count=count) if count else "", "omitted": omitted}


def _controls(known: Knowledge, payload: Payload) -> dict[str, object]:
    """Who can be asked, and the steps of the slider: the last of them is today."""
    own, days = positions.columns(known), shown_days(known)
    asked, last = known.asked, (days or [""])[-1]
    parties = [
        {
            "number": payload.number(party),
            "label": known.label(party),
            "own": party in own,
            "asked": party in asked.parties,
        }
        for party in positions.choices(known)
    ]
    steps = [day for day in days[:-1] if day <= asked.day]
    day = asked.day if asked.day != LAST_DAY else last
    return {
        "parties": parties,
        "mode": asked.mode,
        "days": max(len(days), 1),
        "step": max(len(days) - 1, 0) if asked.day == LAST_DAY else max(len(steps) - 1, 0),
        "last_day": spoken_date(day, known.lang) if day else phrase(known.lang, "no_date"),
    }


def _summary(known: Knowledge, selection: select.Selection) -> str:
    """How much is shown when the page opens."""
    claims = shown(known, known.claims, known.asked)
    contested = sum(
        status([claim], known.speaks, known.parties, known.modality, day=known.asked.day) == "contested"
        for claim in claims
    )
    told = {claim.iri for claim in claims}
    return phrase(
        known.lang,
        "summary",
        things=len(selection.cards),
        relations=sum(not told.isdisjoint(line.claims) for line in selection.lines),
        claims=len(claims),
        contested=contested,
    )


def _scripts(frame: Frame | None) -> dict[str, object]:
    """Style and scripts with the policy that admits these and nothing else; what is long travels deflated."""
    css = style("page.css", "picture.css") + (frame.style if frame else "")
    parts = (source(f"{name}.js") for name in SCRIPTS)
    script = "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();"
    vis, early, start = vis_bundle(), source("early.js"), source("start.js")
    scripts = (early, start, script, vis, *([frame.script] if frame else []))
    admitted = " ".join(f"'{digest(text)}'" for text in scripts)
    policy = (
        f"default-src 'none'; script-src {admitted}; style-src '{digest(css)}'; "
        "img-src data: blob:; base-uri 'none'; "
        + ("form-action 'self'; connect-src 'self'" if frame else "form-action 'none'")
    )
    # our own files, no data in them; they are hashed as they stand
    return {
        "policy": Markup(policy),
        "style": Markup(css),
        "early": Markup(early),
        "start": Markup(start),
        "script": packed(script),
        "bar": frame.bar if frame else "",
        "bar_script": Markup(frame.script) if frame else "",
        "vis": packed_vis(),
    }
