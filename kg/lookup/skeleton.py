"""Names by their sound: the order of the consonants, the same for most romanisations of one name."""

from __future__ import annotations

import re

from kg.lookup.normalise import fold, latin

#: Spellings of one sound in several romanisations -> one letter; the longest first, then by what follows.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"s?chtch|shch|tsch|tch|sch|sh|ch|zh|ts|dz|cz|sz|dj|[cx](?=[eiy])", "S"),
        (r"kh|gh|qu|ck|gu(?=[eiy])", "K"),
        (r"th", "T"),
        (r"ph", "P"),
        (r"ng|gn", "N"),
    )
)
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("szj", "S"),
        **dict.fromkeys("kgcqx", "K"),
        **dict.fromkeys("td", "T"),
        **dict.fromkeys("pbfvw", "P"),
        **dict.fromkeys("lr", "L"),
        **dict.fromkeys("m", "M"),
        **dict.fromkeys("n", "N"),
        **dict.fromkeys("aeiouyh ", None),
    }
)
_TWICE = re.compile(r"(.)\1+")


def skeleton(text: str) -> str:
    """The order of the consonants by kind of sound: the same for most romanisations of one name.

    >>> skeleton("Шойгу") == skeleton("Choïgou") == skeleton("Schoigu") == skeleton("Šojgu")
    True
    >>> skeleton("김정은") == skeleton("Kim Jong Un") == skeleton("Kim Chŏng-ŭn")
    True

    A name without such consonants is its own skeleton. It finds candidates; their worth is scored later.
    """
    return _consonants(latin(text)) or fold(text)


def word_skeletons(text: str) -> list[str]:
    """The skeleton of each word of the name, in order; a word without consonants keeps its Latin form."""
    return [_consonants(word) or word for word in latin(text).split()]


def _consonants(letters: str) -> str:
    for pattern, letter in _SOUNDS:
        letters = pattern.sub(letter, letters)
    return _TWICE.sub(r"\1", letters.translate(_LETTERS))
