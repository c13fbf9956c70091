"""Finding things by name: by letters, by sound, by typo; every hit says why it matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.lookup.names import ALIAS, IDENTIFIER, LABEL, WEAK, Name, Names
from kg.lookup.normalise import fold, latin

#: A hit at or above this score leaves nothing to guess, so that no guess is made.
_SURE = 0.6
#: How alike two romanisations with one skeleton must be (Jaro-Winkler, 0 to 1).
_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a name may mean: ``score`` 0 to 1, the name that ``matched``, its language, and why."""

    iri: str
    label: str
    types: tuple[str, ...]
    score: float
    matched: str
    lang: str
    why: str


class Hit(NamedTuple):
    """One name that answers to the text."""

    position: int
    score: float
    why: str


def search(
    names: Names, text: str, *, types: Sequence[str] = (), lang: str | None = None, limit: int | None = 20
) -> list[Match]:
    """The things that the text may name, best first; ``types`` keeps those of these classes."""
    best: dict[str, Hit] = {}
    for hit in _hits(names, text):
        iri = names.names[hit.position].iri
        if iri not in best or hit.score > best[iri].score:
            best[iri] = hit
    found = [
        Match(
            iri=iri,
            label=names.label(iri, lang or "en"),
            types=names.types.get(iri, ()),
            score=round(hit.score, 3),
            matched=names.names[hit.position].text,
            lang=names.names[hit.position].lang,
            why=hit.why,
        )
        for iri, hit in best.items()
        if not types or names.has_type(iri, types)
    ]
    found.sort(key=lambda m: (-m.score, m.label, m.iri))
    return found[:limit]


def _hits(names: Names, text: str) -> Iterator[Hit]:
    sought = fold(text)
    if not sought:
        return
    sure = False
    for hit in _by_letters(names, sought):
        sure = sure or hit.score >= _SURE
        yield hit
    if not sure:
        yield from _by_sound(names, text)
        yield from _by_typo(names, sought)


def exact(names: Names, text: str) -> Iterator[Hit]:
    """The names that are the text, but for case, accents and punctuation."""
    for position in names.by_fold.get(fold(text), ()):
        name = names.names[position]
        score, why = _EXACT[name.kind]
        yield Hit(position, score, why.format(lang=name.lang or "any language"))


_EXACT = {
    LABEL: (1.0, "exact name ({lang})"),
    IDENTIFIER: (0.99, "identifier"),
    ALIAS: (0.98, "alias in {lang}"),
    WEAK: (0.8, "weak name"),
}


def _by_letters(names: Names, sought: str) -> Iterator[Hit]:
    """Exact folds first, then other word order or spacing, whole words of a name, beginnings."""
    yield from exact(names, sought)
    words = sought.split()
    ordered, joined = sorted(words), "".join(words)
    in_words = not sought.isascii() and len(words) == 1
    for position, key in enumerate(names.folds):
        if words[0] not in key and joined not in key.replace(" ", ""):
            continue
        name = names.names[position]
        if name.kind == IDENTIFIER or key == sought:
            continue
        weight = 0.75 if name.kind == WEAK else 1.0
        its = key.split()
        share = len(joined) / max(1, len(key.replace(" ", "")))
        if sorted(its) == ordered:
            yield Hit(position, 0.95 * weight, "word order")
        elif "".join(its) == joined:
            yield Hit(position, 0.94 * weight, "spacing")
        elif all(word in its for word in words):
            yield Hit(position, (0.6 + 0.25 * share) * weight, _part(words))
        elif all(any(word.startswith(start) for word in its) for start in words):
            yield Hit(position, (0.45 + 0.25 * share) * weight, "beginning of a word")
        elif in_words and len(sought) > 1 and sought in key:
            yield Hit(position, (0.45 + 0.25 * share) * weight, "part of the name")


def _part(words: Sequence[str]) -> str:
    return "one word of the name" if len(words) == 1 else "words of the name"


def _by_sound(names: Names, text: str) -> Iterator[Hit]:
    """Names whose words have the same skeletons, scored by how alike the romanisations are."""
    from kg.lookup.skeleton import word_skeletons

    sought, letters = word_skeletons(text), latin(text)
    joined = _squeezed("".join(sought))
    if len(joined) < 2 or joined == fold(text):
        return
    for position, skeletons in enumerate(names.skeletons):
        if not skeletons:
            continue
        name = names.names[position]
        its = latin(name.text)
        if sorted(skeletons) == sorted(sought) or _squeezed("".join(skeletons)) == joined:
            alike, weight = _alike_in_whole(letters, its), 1.0
        elif set(sought) <= set(skeletons):
            alike, weight = _alike_by_words(letters, its), 0.75 + 0.2 * len(sought) / len(skeletons)
        else:
            continue
        if alike >= _ALIKE:
            weight *= 0.75 if name.kind == WEAK else 1.0
            score = (0.5 + 0.4 * (alike - _ALIKE) / (1 - _ALIKE)) * weight
            same_script = _is_latin(text) == _is_latin(name.text)
            yield Hit(position, score, "romanisation" if same_script else "transliteration")


def _alike_in_whole(one: str, other: str) -> float:
    """How alike two names in Latin letters are, 0 to 1, in their own order of words or sorted."""
    from rapidfuzz.distance import JaroWinkler

    return max(
        JaroWinkler.similarity(one.replace(" ", ""), other.replace(" ", "")),
        JaroWinkler.similarity("".join(sorted(one.split())), "".join(sorted(other.split()))),
    )


def _alike_by_words(part: str, whole: str) -> float:
    """How alike the least alike word of the part is to the best word of the whole that sounds so, 0 to 1."""
    from rapidfuzz.distance import JaroWinkler

    from kg.lookup.skeleton import word_skeletons

    sounds: dict[str, list[str]] = {}
    for word in whole.split():
        sounds.setdefault("".join(word_skeletons(word)), []).append(word)
    return min(
        max(
            (JaroWinkler.similarity(word, o) for o in sounds.get("".join(word_skeletons(word)), ())),
            default=0.0,
        )
        for word in part.split()
    )


def _is_latin(text: str) -> bool:
    return latin(text) == fold(text)


def _squeezed(skeleton: str) -> str:
    return "".join(c for n, c in enumerate(skeleton) if n == 0 or skeleton[n - 1] != c)


def _by_typo(names: Names, sought: str) -> Iterator[Hit]:
    """Names that differ by one or two letters (a transposition counts once) in the whole or word by word."""
    from rapidfuzz.distance import OSA

    near: list[dict[str, int]] = []
    vocabulary = {word for key in names.folds for word in key.split()}
    for word in sought.split():
        allowed = _typos_allowed(word)
        distances = ((other, OSA.distance(word, other, score_cutoff=allowed)) for other in vocabulary)
        near.append({other: distance for other, distance in distances if distance <= allowed})
    for position, key in enumerate(names.folds):
        name = names.names[position]
        if name.kind == IDENTIFIER:
            continue
        its = key.split()
        options = [[words[other] for other in its if other in words] for words in near]
        if not all(options):
            continue
        typos = sum(min(distances) for distances in options)
        share = min(1.0, len(near) / len(its))
        weight = 0.75 if name.kind == WEAK else 1.0
        if typos:
            score = (0.75 - 0.12 * typos) * (0.8 + 0.2 * share) * weight
            yield Hit(
                position,
                max(score, 0.05),
                "one typo" if typos == 1 else f"{_NUMBERS.get(typos, typos)} typos",
            )


_NUMBERS = {2: "two", 3: "three", 4: "four"}


def _typos_allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(names: Names, text: str, *, types: Iterable[str] = ()) -> str | None:
    """The name nearest to the text, for "did you mean"; None when nothing is near."""
    from rapidfuzz import fuzz, process

    wanted = tuple(types)
    found = search(names, text, types=wanted, limit=1)
    if found:
        return found[0].matched
    usable = {
        position: key
        for position, key in enumerate(names.folds)
        if _nameable(names.names[position])
        and (not wanted or names.has_type(names.names[position].iri, wanted))
    }
    hit = process.extractOne(fold(text), usable, scorer=fuzz.ratio, score_cutoff=65)
    return names.names[hit[2]].text if hit else None


def _nameable(name: Name) -> bool:
    return name.kind in {LABEL, ALIAS}
