"""Names made comparable: folded, and in Latin letters; a name never becomes nothing."""

from __future__ import annotations

import re
import unicodedata

from kg.lookup.scripts import CYRILLIC, hangul_letters

#: Scripts in which people leave a letter's marks out; in others a mark is half of the letter.
_MARKS_ARE_LIGHT = re.compile(r"(?<=[A-Za-zΑ-ωЀ-ӿא-תء-ي])[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+")

#: Letters that Unicode does not take apart.
_WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
#: What stands inside a word and is often left out: apostrophes, soft and hard signs, invisible joiners.
_DROPPED = re.compile(
    "['\u2018\u2019\u201a\u201b\u2032\u2033`\u00b4\u02b9-\u02bc\u02be\u02bf\u00ad\u200b-\u200f\u2060\ufeff]"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The name without case, accents, apostrophes and punctuation; its words apart by one space.

    >>> fold("Choïgou, Sergueï"), fold("김정은"), fold("Шойгу́")
    ('choigou serguei', '김정은', 'шоигу')

    A name of signs alone stays as it is, so that nothing but nothing folds to nothing.
    """
    if text.isascii():
        bare = _DROPPED.sub("", text.casefold())
    else:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        joined = unicodedata.normalize("NFC", _MARKS_ARE_LIGHT.sub("", _DROPPED.sub("", apart)))
        bare = joined.translate(_WHOLE)
    return _BETWEEN_WORDS.sub(_gap, bare).strip() or " ".join(text.split())


def _gap(match: re.Match[str]) -> str:
    # \W also matches marks that are half of the letter before them (Thai, Devanagari): those stay.
    marks = next((n for n, c in enumerate(match[0]) if unicodedata.category(c)[0] != "M"), len(match[0]))
    return match[0] if marks == len(match[0]) else match[0][:marks] + " "


def latin(text: str) -> str:
    """The folded name in Latin letters, as far as our tables carry: Cyrillic and Hangul; the rest as it is.

    >>> latin("Шойгу"), latin("김정은"), latin("Київ")
    ('shoygu', 'gimjeongeun', 'kiyiv')
    """
    if text.isascii():
        return fold(text)
    lowered = unicodedata.normalize("NFC", text).casefold()
    return fold("".join(CYRILLIC.get(c, c) for c in hangul_letters(lowered)))
