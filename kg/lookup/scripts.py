"""Letters of other scripts in Latin ones, near enough to find a name by: Cyrillic and Hangul."""

from __future__ import annotations

#: Russian, Ukrainian and other Cyrillic letters, near the way English newspapers spell them.
_LETTERS = "абвгґдеєёжзиіїйклмнопрстуўфхцчшщыэюяјљњћђџ"
_SPELLED = (
    "a b v g g d e ye yo zh z i i yi y k l m n o p r s t u w f kh ts ch sh shch y e yu ya j lj nj c dj dz"
)
_SIGNS_WITHOUT_SOUND = {"ъ": "", "ь": ""}
CYRILLIC: dict[str, str] = dict(zip(_LETTERS, _SPELLED.split(), strict=True)) | _SIGNS_WITHOUT_SOUND

# Revised Romanisation of Korean, letter by letter (National Institute of Korean Language, 2000-08-04); "-" is
# no sound. A syllable's code point is 0xAC00 + (initial * 21 + vowel) * 28 + final.
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = "- k k ks n nj nh t l lk lm lp ls lt lp lh m p ps t t ng t t k t p t"
_PARTS = tuple([("" if p == "-" else p) for p in column.split()] for column in (_INITIALS, _VOWELS, _FINALS))
_FIRST, _LAST = 0xAC00, 0xD7A3


def hangul_letters(text: str) -> str:
    """The text with each Hangul syllable spelled in Latin letters.

    >>> hangul_letters("북한")
    'bukhan'
    """
    return "".join(_syllable(c) if _FIRST <= ord(c) <= _LAST else c for c in text)


def _syllable(character: str) -> str:
    initial, rest = divmod(ord(character) - _FIRST, 21 * 28)
    vowel, final = divmod(rest, 28)
    return _PARTS[0][initial] + _PARTS[1][vowel] + _PARTS[2][final]
