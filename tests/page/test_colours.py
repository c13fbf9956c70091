"""The palette by numbers: contrast as WCAG reckons it, and differences that remain for eyes without red or green."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import dist

import pytest

from kg.page.theme import theme

Rgb = tuple[float, float, float]

GROUNDS = ("bg", "surface", "camp")
TEXTS = ("ink", "sub", "contest", "assert", "evade", "focus")
STROKES = ("edge", "contest", "assert", "evade", "person", "treaty", "event", "focus", "head")
#: Who asserts, who denies, who evades: these three must never be taken for one another.
STANCES = ("assert", "contest", "evade")
#: How a colour looks to whom one kind of cone is missing, in linear light: Machado, Oliveira and Fernandes 2009,
#: doi:10.1109/TVCG.2009.113, severity 1.
EYES = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def linear(colour: str) -> Rgb:
    """A colour of the theme in linear light, each channel from 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: WCAG 2.2, 1.4.3.

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    bright, dim = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other))), reverse=True
    )
    return (bright + 0.05) / (dim + 0.05)


def lab(light: Rgb) -> Rgb:
    """Lightness and the two opponent axes of CIE 1976 under daylight."""
    r, g, b = (min(1.0, max(0.0, channel)) for channel in light)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, eye: str) -> float:
    """How far two colours are apart for an eye: the distance in that space."""

    def seen(colour: str) -> Rgb:
        r, g, b = linear(colour)
        x, y, z = (m[0] * r + m[1] * g + m[2] * b for m in EYES[eye])
        return lab((x, y, z))

    return dist(seen(one), seen(other))


@pytest.fixture(params=["light", "dark"])
def palette(request: pytest.FixtureRequest) -> Mapping[str, str]:
    colours: Mapping[str, str] = getattr(theme(), request.param)
    return colours


def test_texts_stand_out_from_every_ground(palette: Mapping[str, str]) -> None:
    for ground in GROUNDS:
        for text in TEXTS:
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    assert contrast(palette["onhead"], palette["head"]) >= 4.5
    assert contrast(palette["oncontest"], palette["contest"]) >= 4.5


def test_strokes_stand_out_from_what_they_are_drawn_on(palette: Mapping[str, str]) -> None:
    for ground in GROUNDS:
        for stroke in STROKES:
            assert contrast(palette[stroke], palette[ground]) >= 3, (stroke, ground)


@pytest.mark.parametrize("eye", list(EYES))
def test_the_stances_differ_for_every_eye(palette: Mapping[str, str], eye: str) -> None:
    for one, other in combinations(STANCES, 2):
        assert difference(palette[one], palette[other], eye) >= 25, (one, other)


def test_pairs_that_are_known_to_fail_are_seen() -> None:
    assert contrast("#E69F00", "#FFFFFF") < 3
    assert difference("#8A6100", "#C2390B", "usual") > 25
    assert difference("#8A6100", "#A04A00", "deutan") < 25
    assert min(difference("#C2390B", "#8A6100", eye) for eye in ("protan", "deutan")) < 25
