"""What the page needs in order to find names as we do: the tables of letters and sounds, and the weights."""

from __future__ import annotations

from kg.lookup import nearness, search
from kg.lookup.layout import SMALL_WORDS
from kg.lookup.normalise import WHOLE
from kg.lookup.scripts import ALPHABETS, HANGUL, TOGETHER
from kg.lookup.skeleton import KINDS, SOUNDS
from kg.lookup.syllables import HAN, spelled

#: The blocks whose letters are spelled by what Unicode calls them: India, Thai, Lao, Burmese, Ethiopic, Khmer, kana.
_BLOCKS = (
    (0x0900, 0x0DFF),
    (0x0E00, 0x0EFF),
    (0x1000, 0x104F),
    (0x1200, 0x137F),
    (0x1780, 0x17D3),
    (0x3041, 0x30FF),
)


def tables() -> dict[str, object]:
    """The tables by name; ``names.js`` reads them, and a test compares what both find."""
    named = {chr(code): spelled(chr(code)) for low, high in _BLOCKS for code in range(low, high + 1)}
    letters = {letter: latin for letter, latin in named.items() if letter != latin}
    return {
        "weights": nearness.WEIGHTS,
        "alike": nearness.ALIKE,
        "alikeIfLong": nearness.ALIKE_IF_LONG,
        "many": nearness.MANY,
        "alikeInOneScript": nearness.ALIKE_IN_ONE_SCRIPT,
        "long": nearness.LONG,
        "sure": search.SURE,
        "worthTelling": search.WORTH_TELLING,
        "muchOfIt": search.MUCH_OF_IT,
        "partWorthTelling": search.PART_WORTH_TELLING,
        "letters": letters | HAN | ALPHABETS,
        "together": TOGETHER,
        "whole": {chr(code): letter for code, letter in WHOLE.items()},
        "hangul": HANGUL,
        "kinds": KINDS,
        "sounds": SOUNDS,
        "small": sorted(SMALL_WORDS),
    }
