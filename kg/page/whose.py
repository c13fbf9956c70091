"""Whose perspective a page shows, in words."""

from __future__ import annotations

from kg.page.phrases import phrase, spoken_date
from kg.perspective.view import Perspective

_YES_OR_NO = ("exactly", "undisputed", "disputed", "infer")


def in_words(view: Perspective, lang: str) -> str:
    """The perspective as a page states it; empty for that of everybody, today."""
    asked = view.definition
    parts = []
    if asked.according_to:
        parties = ", ".join(view.label(party, lang) for party in asked.according_to)
        parts.append(phrase(lang, "according_to", parties=parties))
    if asked.as_of:
        parts.append(phrase(lang, "as_of", date=spoken_date(asked.as_of.isoformat(), lang)))
    if asked.on:
        parts.append(phrase(lang, "holds_on", date=spoken_date(asked.on.isoformat(), lang)))
    parts += [phrase(lang, name) for name in _YES_OR_NO if getattr(asked, name)]
    return ", ".join(parts)
