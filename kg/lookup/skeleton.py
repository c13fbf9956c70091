"""Names by their sound: the order of the consonants, the same for most romanisations of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

from kg.lookup.normalise import fold, latin

#: Spellings of one sound in several romanisations -> kinds of sound, the usual one first; "" is not heard.
#: French ch is Russian sh, German ch is kh; j is a vowel in German, a sibilant in English, kh in Spanish.
KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("schtsch", "chtch", "shch", "tsch", "tch", "sch", "sh", "zh", "dzh", "dsch", "dzs"), ("S",)),
    **dict.fromkeys(("ts", "tz", "dz", "zs", "cs", "cz", "sz", "dj", "s", "z", "ci", "ce", "cy"), ("S",)),
    "ch": ("S", "K"), "j": ("S", "", "K"), "x": ("KS", "S"),
    **dict.fromkeys(("kh", "gh", "qu", "ck", "gui", "gue", "guy", "k", "g", "c", "q"), ("K",)),
    **dict.fromkeys(("th", "t", "d"), ("T",)),
    **dict.fromkeys(("ph", "p", "b", "f", "v", "w"), ("P",)),
    **dict.fromkeys(("l", "r"), ("L",)),
    "m": ("M",),
    **dict.fromkeys(("ngh", "ng", "gn", "n"), ("N",)),
    **dict.fromkeys("aeiouyh ", ("",)),
}  # fmt: skip
_PIECES = re.compile("|".join(sorted(KINDS, key=lambda piece: -len(piece))))
_TWICE = re.compile(r"(.)\1+")
#: What is doubled is heard once. Three of a kind are no spelling of anything, and sound like nothing else.
_DOUBLED = re.compile(r"(.)(?<!\1\1)\1(?!\1)")
_MOST = 6

#: What romanisations of one sound have in common, its vowels kept: finer than a skeleton.
SOUNDS: dict[str, str] = {
    **dict.fromkeys(("schtsch", "chtch", "shch", "tsch", "tch", "sch", "sh", "ch"), "S"),
    **dict.fromkeys(("zh", "dzh", "dj", "dsch", "dzs", "zs", "dz"), "S"),
    **dict.fromkeys(("ss", "ci", "ce", "cy"), "s"),
    "gui": "gi", "gue": "ge", "guy": "gi", "gh": "g", "kh": "h", "ck": "k", "qu": "k", "q": "k", "c": "k",
    "x": "ks", "ph": "f", "th": "t", "w": "v", "ngh": "n", "ng": "n", "tz": "ts",
    **dict.fromkeys(("ou", "oo", "wu", "eu"), "u"), "eo": "o", "ae": "e", "oe": "o",
    **dict.fromkeys(("yi", "ij", "iy", "yy", "ji", "ii", "y", "j"), "i"),
    **dict.fromkeys(("ye", "ie", "je"), "e"), **dict.fromkeys(("ya", "ia", "ja", "iya"), "a"),
    **dict.fromkeys(("yo", "io", "jo"), "o"), **dict.fromkeys(("yu", "iu", "ju", "iou"), "u"),
}  # fmt: skip
SOUNDS |= {"ci": "si", "ce": "se", "cy": "si"}
_HEARD = re.compile("|".join(sorted(SOUNDS, key=lambda piece: -len(piece))))
_ENDS = (("ff", "v"), ("f", "v"))
#: A j that begins a word, or follows the end of a Korean syllable, is heard as in "Jong".
_SOUNDED_J = re.compile(r"(?:^|(?<=[mng]))j(?=[aeiou])")


@lru_cache(maxsize=1 << 19)
def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons that a word in Latin letters may have, the usual one first.

    >>> skeletons("choigou"), skeletons("schoigu"), skeletons("sojgu")
    (('SK', 'K'), ('SK',), ('SK',))

    A word without consonants is its own skeleton.
    """
    kinds: list[tuple[str, ...]] = []
    for match in _PIECES.finditer(word):
        heard = KINDS[match[0]]
        if match[0] == "h" and match.start() == 0:
            heard = ("", "K")  # Ukrainian Herasymov is Russian Gerasimov
        if heard != ("",):
            kinds.append(heard)
    found = ("".join(parts) for parts in islice(product(*kinds), _MOST))
    return tuple(dict.fromkeys(_TWICE.sub(r"\1", each) for each in found if each)) or (word,)


def skeleton(text: str) -> str:
    """The order of the consonants by kind of sound: the same for most romanisations of one name.

    >>> skeleton("Шойгу") == skeleton("Choïgou") == skeleton("Schoigu") == skeleton("Šojgu")
    True
    >>> skeleton("김정은") == skeleton("Kim Jong Un") == skeleton("Kim Chŏng-ŭn")
    True

    It finds candidates; their worth is scored later.
    """
    return joined_skeletons(latin(text).split())[0] or fold(text)


def joined_skeletons(words: Iterable[str]) -> list[str]:
    """The skeletons that the words have when they are written as one."""
    each = [skeletons(word) for word in words]
    return list(dict.fromkeys(map(_run_together, islice(product(*each), _MOST))))


def _run_together(parts: Iterable[str]) -> str:
    """Skeletons as one: a sound that ends one and begins the next counts once."""
    whole = ""
    for part in parts:
        whole += part[1:] if whole and whole[-1] == part[:1] else part
    return whole


@lru_cache(maxsize=1 << 19)
def sound(word: str) -> str:
    """A word in Latin letters with what only romanisations differ in taken out; its vowels stay.

    >>> sound("choigou") == sound("shoygu") == sound("schoigu") == sound("shojgu")
    True
    >>> sound("putin") == sound("budin")
    False
    """
    heard = _HEARD.sub(lambda match: SOUNDS[match[0]], _SOUNDED_J.sub("S", word))
    for written, end in _ENDS:
        if heard.endswith(written) and len(heard) > 3:
            heard = heard[: -len(written)] + end
    return _DOUBLED.sub(r"\1", heard) or word
