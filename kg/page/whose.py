"""Whose perspective a page shows, in words."""

from __future__ import annotations

from kg.page.model import Knowledge
from kg.page.phrases import phrase, spoken_date
from kg.page.status import LAST_DAY
from kg.perspective.definition import Definition

_YES_OR_NO = ("exactly", "infer")


def fixed(asked: Definition, lang: str) -> str:
    """What the page cannot be asked otherwise; empty for most pages."""
    parts = [phrase(lang, name) for name in _YES_OR_NO if getattr(asked, name)]
    if asked.on:
        parts.insert(0, phrase(lang, "holds_on", date=spoken_date(asked.on.isoformat(), lang)))
    return ", ".join(parts)


def in_words(known: Knowledge) -> str:
    """The perspective as a page states it when it opens; empty for that of everybody, today."""
    asked, lang = known.asked, known.lang
    parts = []
    if asked.parties:
        parts.append(phrase(lang, "according_to", parties=", ".join(map(known.label, asked.parties))))
    if asked.day != LAST_DAY:
        parts.append(phrase(lang, "as_of", date=spoken_date(asked.day, lang)))
    parts += [phrase(lang, asked.mode)] if asked.mode else []
    parts += [known.perspective] if known.perspective else []
    return phrase(lang, "perspective", perspective=", ".join(parts)) if parts else ""
