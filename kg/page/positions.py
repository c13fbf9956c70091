"""The matrix of claims and parties as rows of text: what the page shows without a script."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.model import Claim
from kg.page.model import Asked, Knowledge
from kg.page.phrases import phrase, short_date, spoken_date
from kg.page.shown import days, is_shown
from kg.page.status import LAST_DAY, STATUSES, positions, public_by, status, word

MARKS = {"a": "●", "d": "✕", "e": "◇", "r": "○"}
FIRST = ("contested", "evaded", "several")
COLUMN_KINDS = ("state", "league")


def columns(known: Knowledge) -> list[str]:
    """The parties that have a column of their own; the other voices share the last one."""
    return [iri for iri in known.parties if iri in known.things and known.things[iri].kind in COLUMN_KINDS]


def choices(known: Knowledge) -> list[str]:
    """Who can be asked, in the order of the columns, then the other voices by name."""
    own = columns(known)
    others = {*known.parties, *known.choices}.difference(own)
    return own + sorted(others, key=lambda iri: (known.label(iri).lower(), iri))


def table(known: Knowledge, *, asked: Asked | None = None) -> dict[str, object]:
    """Caption, columns and rows: contested first, then evaded, then what several say, each by date.

    A row that is not shown when the page opens is there all the same: it may be asked for.
    """
    lang, own, asked = known.lang, columns(known), asked or known.asked
    others = [party for party in known.parties if party not in own]
    numbered = []
    for number, claim in enumerate(known.claims):
        held = status([claim], known.speaks, known.parties, known.modality, day=asked.day)
        rank = STATUSES.index(held) if held in FIRST else len(STATUSES)
        numbered.append((rank, number, held, claim))
    last = asked.day if asked.day != LAST_DAY else (days(known) or [""])[-1]
    return {
        "caption": phrase(lang, "positions_caption", date=spoken_date(last, lang)),
        "columns": [known.label(iri) for iri in own] + ([phrase(lang, "others")] if others else []),
        "rows": [
            {
                "number": number,
                "text": claim.text,
                "source": _source(known, claim),
                "cells": _cells(known, claim, own, others, asked.day),
                "said": ", ".join(_said(known, claim, [*own, *others], asked.day)),
                "status": phrase(lang, held),
                "change": short_date(_last_change(claim, asked.day), lang) or phrase(lang, "no_date"),
                "hidden": not is_shown(known, claim, asked),
                "words": _words(known, claim, asked.day),
            }
            for _, number, held, claim in sorted(numbered, key=lambda row: row[:2])
        ],
    }


def _cells(
    known: Knowledge, claim: Claim, own: list[str], others: list[str], day: str
) -> list[dict[str, str]]:
    found = positions([claim], known.speaks, day=day)
    cells = []
    for party in own:
        sign, stances = found.get(party, ("", ()))
        said = f"{MARKS[sign]} {phrase(known.lang, word(sign, stances))}" if sign else ""
        cells.append({"sign": sign, "text": said})
    if others:
        cells.append({"sign": "", "text": ", ".join(_said(known, claim, others, day))})
    return cells


def _words(known: Knowledge, claim: Claim, day: str) -> list[tuple[str, str]]:
    """The passages on which its stances rest, each with who speaks there, where the user has the text."""
    if not known.words:
        return []
    found = {
        known.words[evidence.iri]: stance.stance_of.label
        for stance in reversed(claim.stances)
        if public_by(stance) <= day
        for evidence in stance.evidence
        if evidence.iri in known.words
    }
    return [(who, words) for words, who in reversed(found.items())]


def _said(known: Knowledge, claim: Claim, parties: Sequence[str], day: str) -> list[str]:
    """Each of the parties that says something of it, with the mark of what it says."""
    found = positions([claim], known.speaks, day=day)
    return [f"{MARKS[found[party][0]]} {known.label(party)}" for party in parties if party in found]


def _last_change(claim: Claim, day: str) -> str:
    """The last day by the one asked for on which somebody took a stance on it; empty when none is known."""
    days = {public_by(stance) for stance in claim.stances}
    return max((found for found in days if found <= day and found != LAST_DAY), default="")


def _source(known: Knowledge, claim: Claim) -> str:
    """Who, when, where: one short line."""
    lang = known.lang
    extent = claim.statement.published_on or claim.stated_on  # a denial may be older than the claim
    parts = [claim.claimant.label, spoken_date(extent.lexical, lang) if extent else phrase(lang, "no_date")]
    if claim.evidence:
        first = claim.evidence[0]
        parts.append(first.source.label)
        if first.paragraph is not None:
            parts.append(phrase(lang, "paragraph", number=first.paragraph))
    return " · ".join(parts)
