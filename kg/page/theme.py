"""Colours, kinds and text widths of the page: how a label becomes lines that are known to fit."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
PHRASES = Path(__file__).parent / "phrases"

#: A real font may be a little wider than the one that was measured.
SAFETY = 1.03


@dataclass(frozen=True, slots=True)
class Theme:
    """What theme.toml holds."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    classes: Mapping[str, str]
    folds: Mapping[str, str]
    crowds: Mapping[str, int]  # property -> how many things may each have a card of their own
    contained: frozenset[str]
    quiet: frozenset[str]
    reversed: frozenset[str]
    order: tuple[str, ...]
    actors: frozenset[str]
    card: Mapping[str, float]


@cache
def theme() -> Theme:
    """The one theme; it has a light and a dark half."""
    held = tomllib.loads((ASSETS / "theme.toml").read_text(encoding="utf-8"))
    kinds = held["kinds"]
    return Theme(
        light=held["light"],
        dark=held["dark"],
        classes=held["classes"],
        folds=held["folds"],
        crowds=held["crowds"],
        contained=frozenset(held["lines"]["contained"]),
        quiet=frozenset(held["lines"]["quiet"]),
        reversed=frozenset(held["lines"]["reversed"]),
        order=tuple(kinds["order"]),
        actors=frozenset(kinds["actors"]),
        card=held["card"],
    )


@cache
def _widths(weight: str) -> dict[str, int]:
    table = json.loads((ASSETS / "widths.json").read_text(encoding="utf-8"))[weight]
    return {character: int(width) for width, characters in table.items() for character in characters}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels of one line of text, a little more than it will take.

    >>> 30 < text_width("Russia", 12) < 42
    True
    """
    table = _widths("bold" if bold else "regular")
    return sum(table.get(character, 1000) for character in text) * size * SAFETY / 1000


def wrap(text: str, size: float, width: float, *, lines: int = 3, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines, broken at blanks; what does not fit ends in an ellipsis.

    >>> wrap("Treaty on Comprehensive Strategic Partnership", 12, 120)
    ('Treaty on', 'Comprehensive', 'Strategic Partnership')
    """
    made: list[str] = []
    # a no-break space is kept: French sets one inside its quotation marks
    words = [word for word in text.replace("\n", " ").split(" ") if word]
    while words and len(made) < lines:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        if words and len(made) == lines - 1:
            line = f"{line} …"
        made.append(_shorten(line, size, width, bold=bold))
    return tuple(made)


def _shorten(line: str, size: float, width: float, *, bold: bool) -> str:
    if text_width(line, size, bold=bold) <= width:
        return line
    kept = line.removesuffix(" …")
    while kept and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def stylesheet_colours() -> str:
    """The colours as CSS custom properties, light first, dark where the reader asks for it."""
    light = "".join(f"--{name}:{value};" for name, value in theme().light.items())
    dark = "".join(f"--{name}:{value};" for name, value in theme().dark.items())
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )
