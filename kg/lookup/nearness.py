"""How near one word is to another: the same, heard the same, begun, romanised otherwise, mistyped.

The page has the same rules in ``search.js``, fed from :data:`WEIGHTS` and the tables of letters and sounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

#: What a match is worth, 0 to 1, by how it came about; a test holds the page to the same numbers.
WEIGHTS: dict[str, float] = {
    "label": 1.0,
    "id": 0.99,
    "alias": 0.98,
    "weak": 0.8,
    "claimed": 0.9,
    "article": 0.97,
    "order": 0.95,
    "spacing": 0.94,
    "same": 1.0,
    "sound": 0.92,
    "initial": 0.82,
    "initials": 0.7,
    "beginning": 0.75,
    "long_beginning": 0.87,
    "front": 0.03,
    "other_script": 0.85,
    "romanised": 0.55,
    "alike": 0.33,
    "typo": 0.86,
    "each_typo": 0.12,
    "part": 0.6,
    "share": 0.25,
    "weak_part": 0.8,
    "extra_word": 0.12,
    "other_order": 0.98,
}
#: How alike two words with one skeleton must be, 0 to 1; less so when many consonants agree.
ALIKE, ALIKE_IF_LONG = 0.7, 0.6
MANY = 3


class Near(NamedTuple):
    """How a word answers to another: what it is worth, how it came about, and the typos in it."""

    value: float
    how: str
    typos: int = 0


SAME = Near(WEIGHTS["same"], "same")
SOUND = Near(WEIGHTS["sound"], "sound")
INITIAL = Near(WEIGHTS["initial"], "initial")
BEGINNING = Near(WEIGHTS["beginning"], "beginning")
LONG_BEGINNING = Near(WEIGHTS["long_beginning"], "beginning")
#: So much of a word typed is no chance.
LONG = 4
#: Two texts of one script that differ in their spaces must be more alike, for nothing else was lost.
ALIKE_IN_ONE_SCRIPT = 0.85


def by_letters(sought: str, word: str) -> Near | None:
    """A word that is the one sought, or begins with it, or is its initial."""
    if sought == word:
        return SAME
    if word.startswith(sought):
        if len(sought) == 1:
            return INITIAL
        return BEGINNING if len(sought) < LONG else LONG_BEGINNING
    if len(word) == 1 and sought.startswith(word):
        return INITIAL
    return None


def by_sound(sought: str, word: str) -> Near | None:
    """A word in Latin letters that may be the one sought in another romanisation."""
    from kg.lookup.skeleton import skeletons, sound

    if len(sound(word)) > 1 and sound(sought) == sound(word):
        return SOUND
    shared = set(skeletons(sought)) & set(skeletons(word))
    if not shared:
        return None
    alike = alikeness(sound(sought), sound(word))
    return romanised(alike) if alike >= least_alike(shared) else None


def least_alike(skeletons: Iterable[str]) -> float:
    """How alike words must be that have these skeletons in common."""
    return ALIKE_IF_LONG if max(map(len, skeletons)) >= MANY else ALIKE


def romanised(alike: float) -> Near:
    """A match of skeletons, worth what the sounds are alike."""
    share = max(0.0, alike - ALIKE) / (1 - ALIKE)
    return Near(WEIGHTS["romanised"] + WEIGHTS["alike"] * share, "romanised")


def by_typo(sought: str, word: str) -> Near | None:
    """A word that differs by one or two letters; two that changed places count once."""
    from rapidfuzz.distance import OSA

    allowed = typos_allowed(sought)
    if sought.startswith(word) and len(sought) == len(word) + 2 > LONG + 2:
        allowed = 2  # a case ending, as Lithuanian gives to every name
    typos = OSA.distance(sought, word, score_cutoff=allowed) if allowed else 1
    if typos > allowed or not typos:
        return None
    return Near(WEIGHTS["typo"] - WEIGHTS["each_typo"] * typos, "typo", int(typos))


def typos_allowed(word: str) -> int:
    """How many letters may be wrong in a word of this length."""
    if any(character.isdigit() for character in word):
        return 0  # another number is another thing
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def alikeness(one: str, other: str) -> float:
    """How alike two sounds are, 0 to 1: the mean of Jaro-Winkler and of the share of letters that stay."""
    from rapidfuzz.distance import OSA, JaroWinkler

    return float(JaroWinkler.similarity(one, other) + OSA.normalized_similarity(one, other)) / 2


def best(*found: Near | None) -> Near | None:
    """The best of what was found, if anything was."""
    return max((near for near in found if near), key=lambda near: near.value, default=None)
