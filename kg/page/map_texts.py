"""The texts of the pages of networks, in English or French, and the formulas of their measures."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import cast

from kg.page.phrases import phrases
from kg.page.theme import ASSETS, PHRASES

#: A text, texts by name, or of each name several.
Text = str | Mapping[str, str] | Mapping[str, Mapping[str, str]]


@cache
def texts(lang: str) -> Mapping[str, Text]:
    """The texts of a language; ``fr-CA`` reads ``fr``.

    :raises UsageError: unknown-language, when the pages have no texts in it.
    """
    phrases(lang)
    name = lang.lower().partition("-")[0]
    held: Mapping[str, Text] = json.loads((PHRASES / "map" / f"{name}.json").read_text(encoding="utf-8"))
    return held


def text(lang: str, name: str, *, within: str = "", **values: object) -> str:
    """One text, or one of the texts ``within`` a name, with its values filled in.

    >>> text("en", "persons", within="families"), text("fr", "article", number=4)
    ('Persons', 'article 4')
    """
    held = cast("Mapping[str, str]", texts(lang)[within] if within else texts(lang))[name]
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), held)


def named(lang: str, group: str, name: str) -> Mapping[str, str]:
    """What a network or a measure is called, and what it is.

    >>> named("fr", "measures", "degree")["name"]
    'Degré'
    """
    held = cast("Mapping[str, Mapping[str, str]]", texts(lang)[group])
    return held[name] if name in held else held[""]


@cache
def formulas() -> Mapping[str, Mapping[str, str]]:
    """Formula, source and DOI of each measure."""
    held: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (ASSETS / "measures.toml").read_text(encoding="utf-8")
    )
    return held
