"""The page as one file: the only place that puts picture, texts, data and scripts together."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from kg.page import layout, positions, select
from kg.page.gather import gather
from kg.page.geometry import Card, Picture, Route
from kg.page.labels import LINE
from kg.page.model import Knowledge
from kg.page.network import KgNetwork, digest, packed, vis_bundle
from kg.page.payload import Payload
from kg.page.phrases import phrase, phrases, spoken_date
from kg.page.status import LAST_DAY, STATUSES, status
from kg.page.theme import ASSETS, stylesheet_colours, theme
from kg.page.whose import in_words
from kg.perspective.view import Perspective
from kg.whole_file import write_whole

#: In the order in which they are put together.
SCRIPTS = (
    "dom",
    "state",
    "status",
    "stage",
    "picture",
    "panel",
    "timeline",
    "positions",
    "names",
    "ranking",
    "search",
    "keys",
    "main",
)
SIGNS = {"contested": "≠", "evaded": "~", "denied": "✕"}


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
) -> Path:
    """Write the page of this perspective to a file, whole or not at all, and return its path.

    ``lang`` is that of the interface and of labels, the view's when not given; ``things`` (IRIs)
    limit it to what lies within ``depth`` relations of them; ``limit`` is the most cards to draw;
    ``perspective`` says in words whose it is, in place of what its definition says.

    :raises UsageError: unknown-language, when the page has no texts in the language; cannot-write.
    """
    lang = lang or view.lang
    texts = phrases(lang)  # the fault comes before the work
    named = ", ".join(view.label(iri, lang) for iri in things)
    heading = title or (phrase(lang, "title_of", things=named) if things else str(texts["title"]))
    whose = in_words(view, lang) if perspective is None else perspective
    known = gather(view, lang=lang, title=heading, perspective=whose)
    return write_whole(path, render(known, things=things, depth=depth, limit=limit).encode())


def render(known: Knowledge, *, things: Sequence[str] = (), depth: int = 1, limit: int | None = None) -> str:
    """The page as text; the same knowledge gives the same bytes."""
    selection = select.select(known, things=things, depth=depth, limit=limit or select.LIMIT)
    items, titles = select.items(known, selection)
    spoken = {
        camp: str(phrases(known.lang)["voices"]) if title == "voices" else title
        for camp, title in titles.items()
    }
    picture = layout.draw(items, select.ties(known, selection), titles=spoken)
    payload = Payload(known, selection)
    data = payload.json()
    numbers = {card.key: payload.number(card.key) for card in picture.cards}
    network = KgNetwork()
    network.place(picture, numbers)
    held = _held(known, selection)
    context = {
        "lang": known.lang,
        "title": known.title,
        "perspective": phrase(known.lang, "perspective", perspective=known.perspective)
        if known.perspective
        else "",
        "summary": _summary(known, selection, held),
        "parties": [
            {"number": payload.number(party), "label": known.label(party)}
            for party in positions.ordered_parties(known)
        ],
        "kinds": _kinds(known, picture),
        "legend": _legend(known.lang),
        "arrows": ["asserted", *(name for name in STATUSES if name != "unknown")],
        "left_out": phrase(known.lang, "left_out", count=len(selection.left_out))
        if selection.left_out
        else "",
        "cards": [_card(known, card, numbers) for card in picture.cards],
        "data": data,
        **_days(known.lang, data["days"]),
        **_drawing(picture, selection, held),
        **positions.table(known, day=LAST_DAY),
    }
    return network.render({"page": context | _scripts(), "say": phrases(known.lang)})


def _days(lang: str, days: object) -> dict[str, object]:
    """The steps of the slider, and the last day in words."""
    assert isinstance(days, list)
    last = spoken_date(str(days[-1]), lang) if days else phrase(lang, "no_date")
    return {"days": max(len(days), 1), "last_day": last}


def _drawing(picture: Picture, selection: select.Selection, held: Mapping[str, str]) -> dict[str, object]:
    """Size, camps and lines of the picture as the template draws them."""
    headlines = select.headlines(selection)
    return {
        "width": round(picture.width),
        "height": round(picture.height),
        "camps": [
            {"x": c.box.x, "y": c.box.y, "w": c.box.w, "h": c.box.h, "title": c.title} for c in picture.camps
        ],
        "lines": [
            _line(number, route, line, held[line.key], line.key in headlines)
            for number, (route, line) in enumerate(zip(picture.routes, selection.lines, strict=True))
        ],
    }


def _held(known: Knowledge, selection: select.Selection) -> dict[str, str]:
    """The status of each line today."""
    claims = {claim.iri: claim for claim in known.claims}
    return {
        line.key: status(
            [claims[iri] for iri in line.claims if iri in claims], known.speaks, known.parties, known.modality
        )
        for line in selection.lines
    }


def _summary(known: Knowledge, selection: select.Selection, held: Mapping[str, str]) -> str:
    contested = sum(
        status([claim], known.speaks, known.parties, known.modality) == "contested" for claim in known.claims
    )
    return phrase(
        known.lang,
        "summary",
        things=len(selection.cards),
        relations=len(held),
        claims=len(known.claims),
        contested=contested,
    )


def _kinds(known: Knowledge, picture: Picture) -> list[dict[str, object]]:
    counted = Counter(card.kind for card in picture.cards)
    names = phrases(known.lang)["kind"]
    assert isinstance(names, dict)
    return [
        {"name": kind, "label": names[kind], "count": counted[kind]}
        for kind in theme().order
        if counted[kind]
    ]


def _legend(lang: str) -> list[dict[str, str]]:
    names = ("several", "single", "contested", "evaded", "possible")
    return [{"status": name, "sign": SIGNS.get(name, ""), "label": phrase(lang, name)} for name in names]


def _card(known: Knowledge, card: Card, numbers: Mapping[str, int]) -> dict[str, object]:
    """A card as the template draws it."""
    look, box = theme().card, card.box
    sub = card.sub
    height = len(card.lines) * look["line"] + (look["sub_line"] if sub else 0)
    top = box.y + (box.h - height) / 2
    thing = known.things[card.key]
    return {
        "number": numbers[card.key],
        "kind": card.kind,
        "x": box.x,
        "y": box.y,
        "w": box.w,
        "h": box.h,
        "inset": look["pad_x"] + look["icon"],
        "radius": {"place": 14, "event": 7, "estimate": 7, "transfer": 7, "group": 10}.get(card.kind, 2),
        "lines": [
            {"text": text, "y": round(top + number * look["line"] + 11.5, 1)}
            for number, text in enumerate(card.lines)
        ],
        "sub": sub,
        "sub_y": round(top + len(card.lines) * look["line"] + 10, 1),
        "spoken": ", ".join(part for part in (thing.label, thing.type, sub) if part),
    }


def _line(number: int, route: Route, line: select.Line, held: str, headline: bool) -> dict[str, object]:
    """A line as the template draws it, with the chip of its name."""
    chip = route.chip
    return {
        "number": number,
        "path": route.path,
        "status": held,
        "quiet": line.quiet,
        "loud": held in ("contested", "evaded") or headline,
        "sign": f"{SIGNS[held]} " if held in SIGNS else "",
        "count": len(line.claims),
        "chip": chip
        and {
            "x": chip.x,
            "y": chip.y,
            "w": chip.w,
            "h": chip.h,
            "middle": round(chip.x + chip.w / 2, 1),
            "lines": [
                {"text": text, "y": round(chip.y + 10.5 + LINE * at, 1)}
                for at, text in enumerate(route.lines)
            ],
        },
    }


def _scripts() -> dict[str, object]:
    """Style and scripts with the policy that admits these and nothing else."""
    style = stylesheet_colours() + _compact((ASSETS / "page.css").read_text(encoding="utf-8"))
    parts = (_compact((ASSETS / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS)
    script = "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();"
    vis = vis_bundle()
    policy = (
        f"default-src 'none'; script-src '{digest(vis)}' '{digest(script)}'; style-src '{digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    # our own files, no data in them; they are hashed as they stand
    return {"policy": Markup(policy), "style": Markup(style), "script": Markup(script), "vis": packed(vis)}


def _compact(source: str) -> str:
    """Our sources without indentation and whole-line comments; nothing else is changed."""
    lines = (line.strip() for line in source.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
