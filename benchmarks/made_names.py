"""Made-up names shaped like real ones, in several scripts, the same for the same seed; and how people mistype them.

A few given names and family names are borne by many, most by few, as in any telephone book.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from kg.lookup.name import ALIAS, LABEL, WEAK, Name
from kg.rdf.vocabulary import ID, KG

PERSON, BODY = KG + "Person", KG + "Organization"

_CONSONANTS = "b k d f g h j l m n p r s t v z br dr gr kr pr st sh ch kh zh tr vl"
_ONSETS = _CONSONANTS.split(" ")
_VOWELS = ["a", "e", "i", "o", "u", "a", "e", "o"]
_ENDS = ["ov", "enko", "ski", "in", "ev", "son", "ez", "ini", "er", "mann", "ić", "escu", "as", "aki", ""]
_KOREAN = "김이박최정강조윤장임한오서신권황안송류전"
_SYLLABLES = "민서준지현우진호영수미은성재훈동경희상철규병하선일태용남순옥"
_HAN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN_HAN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰红建国志文"
_CYRILLIC = dict(zip("abvgdezijklmnoprstufh", "абвгдезийклмнопрстуфх", strict=True))
_PAIRS = {"shch": "щ", "sh": "ш", "ch": "ч", "kh": "х", "zh": "ж", "ć": "ч"}
_FIELDS = (
    "Foreign Affairs",
    "Defence",
    "Finance",
    "Trade",
    "Health",
    "Energy",
    "Justice",
    "Culture",
    "Science",
)
_KINDS = (
    "Ministry of {} of {}",
    "{} Council of {}",
    "Institute for {} of {}",
    "State Committee for {} of {}",
)


def made_names(things: int, *, seed: int = 4) -> Iterator[Name]:
    """Two to four names for each of so many things."""
    chance = random.Random(seed)
    given = [_word(chance, 2, "") for _ in range(max(50, min(5000, things // 20)))]
    family = [
        _word(chance, chance.choice((1, 2, 2, 3)), chance.choice(_ENDS)) for _ in range(max(200, things // 4))
    ]
    makers: Sequence[Callable[[], list[tuple[str, str, str]]]] = (
        lambda: _european(chance, given, family),
        lambda: _european(chance, given, family),
        lambda: _slavic(chance, given, family),
        lambda: _slavic(chance, given, family),
        lambda: _korean(chance),
        lambda: _chinese(chance),
        lambda: _body(chance, family),
    )
    for number in range(things):
        iri = f"{ID}made-{number}"
        for kind, lang, text in chance.choice(makers)():
            yield Name(iri, kind, lang, text)


def types_of(names: Sequence[Name]) -> dict[str, tuple[str, ...]]:
    """A class for each thing."""
    return {name.iri: (BODY,) if " of " in name.text else (PERSON,) for name in names}


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one letter wrong, missing, too many, or two that changed places."""
    places = [n for n, c in enumerate(text[:-1]) if c.isalpha() and text[n + 1].isalpha()] or [0]
    at = chance.choice(places)
    letter = chance.choice("aeinorst") if text[at].isascii() else text[at]
    return chance.choice(
        (
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )
    )


def _rare(chance: random.Random, pool: Sequence[str]) -> str:
    return pool[int(len(pool) * chance.random() ** 3)]


def _word(chance: random.Random, syllables: int, end: str) -> str:
    return (
        "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables)).capitalize() + end
    )


def _european(
    chance: random.Random, given: Sequence[str], family: Sequence[str]
) -> list[tuple[str, str, str]]:
    one, other = _rare(chance, given), _rare(chance, family)
    names = [(LABEL, "en", f"{one} {other}"), (WEAK, "en", other)]
    if chance.random() < 0.3:
        names.append((ALIAS, "en", f"{one} {_rare(chance, given)} {other}"))
    return names


def _slavic(chance: random.Random, given: Sequence[str], family: Sequence[str]) -> list[tuple[str, str, str]]:
    one, other = _rare(chance, given), _rare(chance, family)
    french = f"{one} {other}".replace("sh", "ch").replace("u", "ou")
    return [
        (LABEL, "en", f"{one} {other}"),
        (LABEL, "ru", _cyrillic(f"{one} {other}")),
        (ALIAS, "fr", french),
    ]


def _cyrillic(text: str) -> str:
    text = text.lower()
    for latin, letter in _PAIRS.items():
        text = text.replace(latin, letter)
    return "".join(_CYRILLIC.get(c, c) for c in text).title()


def _korean(chance: random.Random) -> list[tuple[str, str, str]]:
    from kg.lookup.normalise import latin

    parts = [_KOREAN[int(20 * chance.random() ** 2)], chance.choice(_SYLLABLES), chance.choice(_SYLLABLES)]
    romanised = [latin(part).capitalize() for part in parts]
    return [(LABEL, "en", " ".join(romanised)), (LABEL, "ko", "".join(parts))]


def _chinese(chance: random.Random) -> list[tuple[str, str, str]]:
    given = "".join(chance.choice(_GIVEN_HAN) for _ in range(chance.choice((1, 2, 2))))
    spelled = " ".join(_word(chance, 1, "ng") for _ in range(2))
    return [(LABEL, "en", spelled), (LABEL, "zh", _HAN[int(20 * chance.random() ** 2)] + given)]


def _body(chance: random.Random, family: Sequence[str]) -> list[tuple[str, str, str]]:
    name = chance.choice(_KINDS).format(chance.choice(_FIELDS), f"{_rare(chance, family)}ia")
    return [(LABEL, "en", name), (ALIAS, "en", name.replace(" of ", " ", 1))]
