"""Names made comparable: folded, and in Latin letters; a name never becomes nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

#: Scripts in which people leave a letter's marks out; in others a mark is half of the letter.
_MARKS_ARE_LIGHT = re.compile(r"(?<=[A-Za-zΑ-ωЀ-ӿא-תء-ي])[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+")

#: Letters that Unicode does not take apart.
WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
#: What stands inside a word and is often left out: apostrophes, soft and hard signs, invisible joiners.
_DROPPED = re.compile(
    "['\u2018\u2019\u201a\u201b\u2032\u2033`\u00b4\u02b9-\u02bc\u02be\u02bf\u00ad\u200b-\u200f\u2060\ufeff]"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
#: Articles that people put before a name and the data leave out.
_ARTICLE = re.compile(
    "(?:the|le|la|les|der|die|das|den|el|los|las|il|lo|gli|o|os|as) |(?:l|d)['\u2019]", re.IGNORECASE
)
_ASCII_GAP = re.compile(r"[^a-z0-9]+")
_LONG_SIGNS = str.maketrans("", "", "ーｰـ\u0e4c\u0e47")
#: Vowels of Thai and Lao that are written before the consonant they follow.
_BEFORE = re.compile("([เแโใไເແໂໃໄ])([\u0e01-\u0e2e\u0e81-\u0eae])")
_SMALL = re.compile("[aeiou]~y?(?=[aeiou])")
#: Where a letter stands tells its sound: vav before all others, bet after them; small kana after u.
_PLACED = ((re.compile("(?<![א-ת])ו(?=[א-ת])"), "v"), (re.compile("ב(?![א-ת])"), "v"))
_ROUNDED = re.compile("(?<![a-z])u~(?=[aeo])")


def fold(text: str) -> str:
    """The name without case, accents, apostrophes and punctuation; its words apart by one space.

    >>> fold("Choïgou, Sergueï"), fold("김정은"), fold("Шойгу́")
    ('choigou serguei', '김정은', 'шоигу')

    A name of signs alone stays as it is, so that nothing but nothing folds to nothing.
    """
    if text.isascii():
        bare = text.lower().replace("'", "").replace("`", "")
        return " ".join(_ASCII_GAP.sub(" ", bare).split()) or " ".join(text.split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    joined = unicodedata.normalize("NFC", _MARKS_ARE_LIGHT.sub("", _DROPPED.sub("", apart)))
    bare = joined.translate(WHOLE)
    return _BETWEEN_WORDS.sub(_gap, bare).strip() or " ".join(text.split())


def without_article(text: str) -> str | None:
    """The text without an article before it; ``None`` when there is none.

    >>> without_article("l'Ukraine"), without_article("the Kremlin"), without_article("Laos")
    ('Ukraine', 'Kremlin', None)
    """
    text = text.strip()
    match = _ARTICLE.match(text)
    return text[match.end() :].strip() or None if match else None


def _gap(match: re.Match[str]) -> str:
    # \W also matches marks that are half of the letter before them (Thai, Devanagari): those stay.
    marks = next((n for n, c in enumerate(match[0]) if unicodedata.category(c)[0] != "M"), len(match[0]))
    return match[0] if marks == len(match[0]) else match[0][:marks] + " "


def script(word: str) -> str:
    """The script of a folded word, told by its first letter: the beginning of what Unicode calls that.

    >>> script("shoigu"), script("шойгу"), script("이")
    ('LATIN', 'CYRILLIC', 'HANGUL')
    """
    if word.isascii():
        return "LATIN"
    return unicodedata.name(word[0], "").partition(" ")[0]


class _Spelling(dict[int, str]):
    """Character -> Latin letters, for str.translate; what is in no table is worked out when it is met."""

    def __missing__(self, code: int) -> str:
        from kg.lookup.scripts import hangul_syllable
        from kg.lookup.syllables import spelled

        character = chr(code)
        if character in " \n" or not character.isprintable():
            found = character
        elif unicodedata.category(character)[0] in "PSNZ":
            found = str(unicodedata.digit(character, character))
        elif "LATIN" in unicodedata.name(character, ""):
            found = character  # its mark folds away
        else:
            found = hangul_syllable(code) or spelled(character)
        self[code] = found
        return found


_spelling = _Spelling({code: chr(code) for code in range(128)})


@cache
def _together() -> re.Pattern[str]:
    from kg.lookup.scripts import TOGETHER

    return re.compile("|".join(sorted(TOGETHER, key=lambda letters: (-len(letters), letters))))


def latin(text: str) -> str:
    """The folded name in Latin letters, as far as our tables carry; a letter that they lack stays.

    >>> latin("Шойгу"), latin("김정은"), latin("Київ"), latin("शोइगु"), latin("ショイグ")
    ('shoygu', 'gimjeongeun', 'kiyiv', 'shoigu', 'shoigu')
    """
    if text.isascii():
        return fold(text)
    from kg.lookup.scripts import ALPHABETS, TOGETHER

    if len(_spelling) <= 128:
        _spelling.update({ord(letter): spelled for letter, spelled in ALPHABETS.items()})
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if _BEFORE.search(lowered):
        lowered = _BEFORE.sub(r"\2\1", lowered)
    for place, spelled in _PLACED:
        lowered = place.sub(spelled, lowered)
    lowered = _together().sub(lambda match: TOGETHER[match[0]], lowered)
    letters = _ROUNDED.sub("w", lowered.translate(_LONG_SIGNS).translate(_spelling))
    return fold(_SMALL.sub("", letters)) or fold(text)
