"""The words of tables in the language of --lang: headings, stances and the like; JSON and CSV keep theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click

_FOLDER = Path(__file__).with_name("languages")


@cache
def words(lang: str) -> Mapping[str, str]:
    """Our English words and phrases in a language; none where we have no such file.

    >>> words("fr-CA")["denies"], words("en")
    ('nie', {})
    """
    file = _FOLDER / f"{re.sub('[^a-z]', '', lang.lower().partition('-')[0])}.json"
    found: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def asked() -> Mapping[str, str]:
    """The words of the table that the running verb was asked for."""
    context = click.get_current_context(silent=True)
    reading = context.params.get("reading") if context else None
    if reading is None or reading.lang == "en" or reading.format != "table":
        return {}
    return words(reading.lang)


def phrase(text: str, **values: str) -> str:
    """One of our phrases with its values filled in; what a value holds is never read as a pattern.

    >>> phrase("by {day}", day="2025-04-28")
    'by 2025-04-28'
    """
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], asked().get(text, text))
