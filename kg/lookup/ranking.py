"""What a whole name is worth as an answer: its words matched to those sought, one to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.lookup.nearness import (
    ALIKE_IN_ONE_SCRIPT,
    SAME,
    WEIGHTS,
    Near,
    alikeness,
    by_letters,
    least_alike,
    romanised,
)
from kg.lookup.normalise import fold, latin, script

_ROUNDED = 6
_LONGEST = 300


class Words(NamedTuple):
    """A text by its words: folded in its own script, and in Latin letters."""

    own: tuple[str, ...]
    latin: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text; of one that no name can be, its beginning."""
        text = text[:_LONGEST]
        own = tuple(fold(text).split(" "))
        return cls(own, own if text.isascii() else tuple(latin(text).split(" ")))

    @property
    def forms(self) -> list[tuple[str, str]]:
        """Each word in its own script and in Latin letters; where these differ in number, only the latter."""
        if len(self.own) == len(self.latin):
            return list(zip(self.own, self.latin, strict=True))
        return [(word, word) for word in self.latin]

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return sum(map(len, self.own))

    @property
    def joined(self) -> str:
        """Its letters without spaces."""
        return "".join(self.own)


class Score(NamedTuple):
    """What a name is worth, and why it matched."""

    score: float
    why: str


#: For each word sought: a word of a name -> how near it is. What letters alone tell needs no entry.
Nearby = Sequence[Mapping[str, Near]]


def score(sought: Words, name: Words, nearby: Nearby = (), *, is_weak: bool = False) -> Score | None:
    """What the name is worth for the words sought; ``None`` when a word sought is not in it.

    >>> score(Words.of("kim un"), Words.of("Kim Jong Un"))
    Score(score=0.768889, why='words of the name')
    """
    if sought.joined == name.joined and sorted(sought.own) != sorted(name.own):
        return _weighed(WEIGHTS["spacing"], "spacing", is_weak)
    pairs = _matched(sought, name, nearby)
    missing = len(sought.forms) - len(pairs)
    if missing and not _is_extra(missing, len(pairs), len(name.forms)):
        return None
    near = [near for _, _, near in pairs]
    if missing and min(n.value for n in near) < WEIGHTS["initials"]:
        return None  # two guesses at once are none
    value = 0.7 * min(n.value for n in near) + 0.3 * sum(n.value for n in near) / len(near)
    is_whole = len(pairs) == len(name.forms) and all(n.how != "beginning" for n in near)
    in_order = [place for _, place, _ in sorted(pairs)] == sorted(place for _, place, _ in pairs)
    if is_whole:
        if not in_order:
            value = WEIGHTS["order"] if value == 1 and not missing else value * WEIGHTS["other_order"]
        value -= WEIGHTS["extra_word"] * missing
    else:
        value *= WEIGHTS["part"] + WEIGHTS["share"] * min(1.0, sought.letters / max(1, name.letters))
        value += WEIGHTS["front"] * (in_order and any(place == other == 0 for place, other, _ in pairs))
    if any(n.how == "typo" for n in near) and not _same_script(sought, name):
        value *= WEIGHTS["other_script"]
    return _weighed(value, _why(near, sought, name, is_whole=is_whole, missing=missing), is_weak)


def score_joined(sought: Words, name: Words, *, is_weak: bool = False) -> Score | None:
    """What the name is worth when spaces do not count and both sound the same: 김정은 and Kim Jong Un."""
    from kg.lookup.skeleton import joined_skeletons, sound

    shared = set(joined_skeletons(sought.latin)) & set(joined_skeletons(name.latin))
    if not shared:
        return None
    one, other = (sound("".join(words.latin)) for words in (sought, name))
    alike = alikeness(one, other)
    if alike < (ALIKE_IN_ONE_SCRIPT if _same_script(sought, name) else least_alike(shared)):
        return None
    value = WEIGHTS["sound"] if one == other else romanised(alike).value
    return _weighed(value, _script(sought, name), is_weak)


def _weighed(value: float, why: str, is_weak: bool) -> Score:
    return Score(round(value * (WEIGHTS["weak_part"] if is_weak else 1.0), _ROUNDED), why)


def _matched(sought: Words, name: Words, nearby: Nearby) -> list[tuple[int, int, Near]]:
    """The words sought with the words of the name that answer to them, the nearest pairs first."""
    its = name.forms
    found: list[tuple[float, int, int, Near]] = []
    for place, forms in enumerate(sought.forms):
        for other, (own, romanised_word) in enumerate(its):
            near = _nearness(forms, own, romanised_word, nearby[place] if nearby else {})
            if near:
                found.append((-near.value, place, other, near))
    found.sort(key=lambda pair: pair[:3])
    pairs: list[tuple[int, int, Near]] = []
    places: set[int] = set()
    others: set[int] = set()
    for _, place, other, near in found:
        if place not in places and other not in others:
            places.add(place)
            others.add(other)
            pairs.append((place, other, near))
    return pairs


def _nearness(forms: tuple[str, str], own: str, in_latin: str, nearby: Mapping[str, Near]) -> Near | None:
    if forms[0] == own:
        return SAME
    found = [near for near in (by_letters(forms[0], own), nearby.get(own), nearby.get(in_latin)) if near]
    return max(found, key=lambda near: near.value) if found else None


def _is_extra(missing: int, matched: int, words: int) -> bool:
    """Whether all of a name of several words was said, with a title or a patronymic besides."""
    return matched == words >= 2 and missing <= (1 if matched < 3 else 2)


_NUMBERS = {1: "one typo", 2: "two typos", 3: "three typos", 4: "four typos"}


def _why(near: Sequence[Near], sought: Words, name: Words, *, is_whole: bool, missing: int) -> str:
    weakest = min(near, key=lambda n: n.value)
    typos = sum(n.typos for n in near)
    match weakest.how:
        case "typo":
            why = _NUMBERS.get(typos, f"{typos} typos")
        case "sound" | "romanised":
            why = _script(sought, name)
        case "initial":
            why = "initials"
        case "beginning":
            why = "beginning of a word"
        case _ if is_whole:
            why = "word order" if not missing else "all of the name"
        case _:
            why = "one word of the name" if len(near) == 1 else "words of the name"
    return f"{why}, and more words" if missing else why


def _script(sought: Words, name: Words) -> str:
    return "romanisation" if _same_script(sought, name) else "transliteration"


def _same_script(one: Words, other: Words) -> bool:
    return script(one.own[0]) == script(other.own[0])
