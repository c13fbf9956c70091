"""Cards, camps, lines, kinds and legend as the templates draw them: numbers and texts, no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.page.geometry import Box, Card, Picture, Route
from kg.page.labels import LINE
from kg.page.layout import sub_rows
from kg.page.model import Asked, Knowledge
from kg.page.phrases import phrase, phrases
from kg.page.positions import MARKS
from kg.page.select import Line, Selection, headlines, host_of
from kg.page.shown import Look, look, shown
from kg.page.status import public_by
from kg.page.theme import theme

SIGNS = {"contested": "≠", "evaded": "~", "denied": "✕"}
DRAWN = ("several", "single", "contested", "evaded", "possible", "denied")
RADII = {"place": 14, "event": 7, "estimate": 7, "transfer": 7, "group": 10}


def drawing(
    known: Knowledge, picture: Picture, selection: Selection, numbers: Mapping[str, int]
) -> dict[str, object]:
    """Size, camps, cards and lines of the picture as it looks when the page opens."""
    claims = {claim.iri: claim for claim in known.claims}
    looks = {line.key: look(known, line, claims, known.asked) for line in selection.lines}
    loud, cards = headlines(selection), _Cards(known, numbers, selection, looks)
    lines = [
        _line(number, route, line, looks[line.key], loud=line.key in loud, asked=bool(known.asked.parties))
        for number, (route, line) in enumerate(zip(picture.routes, selection.lines, strict=True))
    ]
    return {
        "width": round(picture.width),
        "height": round(picture.height),
        "narrowed": bool(known.asked.parties),
        "camps": [{**_corners(camp.box), "title": camp.title} for camp in picture.camps],
        "cards": [cards.draw(card) for card in picture.cards],
        "lines": lines,
        "legend": legend(known.lang, lines, asked=bool(known.asked.parties)),
    }


def _short(value: float) -> float:
    """To a tenth of a pixel, and without it where it is naught: there are very many of these numbers."""
    short = round(value, 1)
    return int(short) if short == int(short) else short


def _corners(box: Box) -> dict[str, float]:
    """A box as the templates draw it."""
    return {"x": _short(box.x), "y": _short(box.y), "w": _short(box.w), "h": _short(box.h)}


def kinds(known: Knowledge, picture: Picture) -> list[dict[str, object]]:
    """The kinds of cards that are drawn, with how many there are."""
    counted = Counter(card.kind for card in picture.cards)
    names = phrases(known.lang)["kind"]
    assert isinstance(names, dict)
    return [
        {"name": kind, "label": names[kind], "count": counted[kind]}
        for kind in theme().order
        if counted[kind]
    ]


def legend(lang: str, lines: Iterable[Mapping[str, object]], *, asked: bool) -> list[dict[str, object]]:
    """What each stroke means, for everybody and for parties that are asked for, and how many lines have it."""
    counted = Counter(str(line["classes"]).split()[0] for line in lines if line["drawn"])
    strokes = [(f"s-{name}", SIGNS.get(name, ""), name) for name in DRAWN]
    strokes += [(f"p-{sign}", MARKS[sign], sign) for sign in "ade"] + [("silent", "", "says_nothing")]
    return [
        {
            "look": look,
            "sign": sign,
            "label": phrase(lang, name),
            "count": counted[look],
            "hidden": look.startswith("s-") == asked or (look == "s-denied" and not counted[look]),
        }
        for look, sign, name in strokes
    ]


def _lit(known: Knowledge, selection: Selection, looks: Mapping[str, Look]) -> set[str]:
    """The cards of what the parties asked for take a stance on, and their own."""
    ends = {
        end
        for line in selection.lines
        if looks[line.key].sign and not line.quiet
        for end in (line.start, line.end)
    }
    return ends | set(known.asked.parties)


def _heard_of(known: Knowledge) -> set[str]:
    """The cards of what was spoken of, and of who spoke, by the day asked for."""
    day = known.asked.day
    told = shown(known, known.claims, Asked(day=day))
    found = {
        actor
        for claim in told
        for stance in claim.stances
        if public_by(stance) <= day
        for actor in (stance.stance_of.iri, *known.speaks.get(stance.iri, ()))
    }
    names = {claim.iri for claim in told}
    for relation in known.relations:
        if names.intersection(relation.claims):
            found |= {host_of(known, iri) for iri in (relation.subject, relation.object)}
    return found


class _Cards:
    """Draws cards as they look when the page opens."""

    def __init__(
        self,
        known: Knowledge,
        numbers: Mapping[str, int],
        selection: Selection,
        looks: Mapping[str, Look],
    ) -> None:
        self._known = known
        self._numbers = numbers
        self._told = {claim.iri for claim in shown(known, known.claims, known.asked)}
        self._lit = _lit(known, selection, looks)
        self._heard_of = _heard_of(known)
        spoken_of = {
            iri
            for relation in known.relations
            if not self._told.isdisjoint(relation.claims)
            for iri in (relation.subject, relation.object)
        }
        self._crowds = Counter(
            thing.host for thing in known.things.values() if thing.kind != "part" and thing.iri in spoken_of
        )

    def draw(self, card: Card) -> dict[str, object]:
        """A card as the template draws it."""
        look, box = theme().card, card.box
        height = len(card.lines) * look["line"] + len(sub_rows(card.sub)) * look["sub_line"]
        top = box.y + (box.h - height) / 2
        thing = self._known.things[card.key]
        state = {
            "lit": card.key in self._lit,
            "early": card.kind != "state" and card.key not in self._heard_of,
            "undated": bool(thing.dated_by) and self._told.isdisjoint(thing.dated_by),
        }
        date, _, rest = card.sub.partition(" · ") if thing.when else ("", "", card.sub)
        return {
            "number": self._numbers[card.key],
            "kind": card.kind,
            "state": "".join(f" {name}" for name, on in state.items() if on),
            **_corners(box),
            "icon_y": _short(box.middle - 8),
            "inset": _short(look["pad_x"] + look["icon"]),
            "radius": _short(min(box.h / 2, 16)) if card.kind == "person" else RADII.get(card.kind, 2),
            "lines": [
                {"text": text, "y": _short(top + number * look["line"] + 11.5)}
                for number, text in enumerate(card.lines)
            ],
            "subs": self._subs(card, date, rest, top + len(card.lines) * look["line"] + 10.5),
            "spoken": ", ".join(part for part in (thing.label, thing.type, card.sub) if part),
        }

    def _subs(self, card: Card, date: str, crowd: str, y: float) -> list[dict[str, object]]:
        """The small lines: when it was, and how many are folded into it, of what is shown."""
        count = self._crowds[card.key]
        told = phrase(self._known.lang, "estimates", count=count) if crowd and count else ""
        rows = sub_rows(card.sub)
        if len(rows) == 1:
            parts = [(f"{date} · " if date and crowd else date, told)]
        else:
            parts = [(row, "") for row in rows[: len(rows) - bool(crowd)]] + [("", told)] * bool(crowd)
        step = theme().card["sub_line"]
        return [
            {
                "date": when,
                "crowd": bool(crowd) and not (at < len(parts) - 1),
                "told": many,
                "y": _short(y + step * at),
            }
            for at, (when, many) in enumerate(parts)
            if card.sub
        ]


def _line(number: int, route: Route, line: Line, look: Look, *, loud: bool, asked: bool) -> dict[str, object]:
    """A line as the template draws it, with the chip of its name."""
    chip = route.chip
    if asked:
        classes, meant = f"p-{look.sign}" if look.sign else "silent", MARKS.get(look.sign, "")
    else:
        classes, meant = f"s-{look.status}", SIGNS.get(look.status, "")
    states = {
        "quiet": line.quiet,
        "loud": look.status in ("contested", "evaded") or loud,
        "off": look.status == "unknown",
        "lit": bool(look.sign) and not line.quiet,
    }
    return {
        "number": number,
        "path": route.path,
        "drawn": not states["quiet"] and not states["off"],
        "named": states["lit"] if asked else states["loud"],
        "classes": classes + "".join(f" {name}" for name, on in states.items() if on),
        "sign": f"{meant} " if meant else "",
        "count": len(look.claims),
        "chip": chip
        and {
            **_corners(chip),
            "middle": _short(chip.x + chip.w / 2),
            "lines": [
                {"text": text, "y": _short(chip.y + 10.5 + LINE * at)} for at, text in enumerate(route.lines)
            ],
        },
    }
