"""Finding things by name: by letters, by sound, by typo; every hit says why it matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.lookup.candidates import Candidates
from kg.lookup.name import IDENTIFIER, identifier, key_of
from kg.lookup.names import Names
from kg.lookup.nearness import WEIGHTS
from kg.lookup.normalise import fold, without_article
from kg.lookup.ranking import Nearby, Score, Words, score, score_joined
from kg.rdf.terms import curie

#: A hit at or above this score leaves nothing to guess, so that no guess is made.
SURE = 0.6
#: A guess below this score is none; it may still be offered as "did you mean".
WORTH_TELLING = 0.56
#: Where there are several words, even what only sounds alike is worth telling at a lower score, if it is not little.
MUCH_OF_IT, PART_WORTH_TELLING = 0.34, 0.45
#: So many names are scored at most in one step; the shortest come first, which are meant most.
_SCORED = 150
_JOINED = 80
#: A name that more things bear than this names nothing; the strong ones are looked at first.
EXACT_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a name may mean: ``score`` 0 to 1, the name that ``matched``, its language, and why.

    ``claim`` is the claim by which the thing has that name, when it is only claimed.
    """

    iri: str
    label: str
    types: tuple[str, ...]
    score: float
    matched: str
    lang: str
    why: str
    claim: str = ""


class Hit(NamedTuple):
    """One name that answers to the text; an identifier is no name, and has no number."""

    thing: int
    number: int | None
    score: float
    why: str


def search(
    names: Names, text: str, *, types: Sequence[str] = (), lang: str | None = None, limit: int | None = 20
) -> list[Match]:
    """The things that the text may name, best first; ``types`` keeps those of these classes."""
    best: dict[int, Hit] = {}
    for hit in hits(names, text, types=types, most=max(_SCORED, 4 * (limit or _SCORED))):
        if hit.thing not in best or hit.score > best[hit.thing].score:
            best[hit.thing] = hit
    return _matches(names, best.values(), lang or "en", limit)


def _matches(names: Names, found: Iterable[Hit], lang: str, limit: int | None) -> list[Match]:
    """The best hits as matches; labels are looked up only for those that may be among them."""
    ordered = sorted(found, key=lambda hit: -round(hit.score, 3))
    if limit is not None and len(ordered) > limit:
        least = round(ordered[limit - 1].score, 3)
        ordered = [hit for hit in ordered if round(hit.score, 3) >= least]
    matches = [_match(names, hit, lang) for hit in ordered]
    matches.sort(key=lambda m: (-m.score, m.label, m.iri))
    return matches[:limit]


def _match(names: Names, hit: Hit, lang: str) -> Match:
    name = None if hit.number is None else names.name(hit.number)
    iri = names.iri(hit.thing)
    return Match(
        iri=iri,
        label=names.label(hit.thing, lang),
        types=names.types(hit.thing),
        score=round(hit.score, 3),
        matched=name.text if name else identifier(iri),
        lang=name.lang if name else "",
        why=f"{hit.why} ({curie(name.claim)})" if name and name.claim else hit.why,
        claim=name.claim if name else "",
    )


def hits(names: Names, text: str, *, types: Sequence[str] = (), most: int = _SCORED) -> Iterator[Hit]:
    """Every name that answers; guesses by sound and typo only when no name holds what was sought."""
    if not fold(text):
        return
    sought, candidates = Words.of(text), Candidates(names)
    surest = 0.0
    seen: set[int] = set()
    for hit in _without_article(names, text, types):
        surest = max(surest, hit.score)
        yield hit
    for hit in _by_letters(names, candidates, sought, types, most):
        surest = max(surest, hit.score)
        if hit.number is not None:
            seen.add(hit.number)
        yield hit
    if surest < SURE:
        yield from _by_guess(names, candidates, sought, types, most, seen)


def exact(names: Names, text: str, *, types: Sequence[str] = ()) -> Iterator[Hit]:
    """The names that are the text, but for case, accents and punctuation; and the thing with this identifier."""
    yield from _identified(names, text, types)
    sought = fold(text)
    if not sought:
        return
    numbers = sorted(Candidates(names).with_letters(sought), key=names.is_weak)
    for number in _first(names, numbers, types, EXACT_SHOWN):
        if fold(names.text(number)) == sought:
            yield _exact(names, number)


def _without_article(names: Names, text: str, types: Sequence[str]) -> Iterator[Hit]:
    """The exact names that are found when an article before the text is left out."""
    bare = without_article(text)
    for hit in exact(names, bare, types=types) if bare else ():
        yield hit._replace(score=hit.score * WEIGHTS["article"], why=f"{hit.why}, article left out")


def _exact(names: Names, number: int) -> Hit:
    name = names.name(number)
    lang = name.lang or "any language"
    if name.claim:
        return Hit(names.thing_of(number), number, WEIGHTS["claimed"], f"claimed name in {lang}")
    why = {"label": f"exact name ({lang})", "alias": f"alias in {lang}"}.get(name.kind, "weak name")
    return Hit(names.thing_of(number), number, WEIGHTS[name.kind], why)


def _identified(names: Names, text: str, types: Sequence[str]) -> Iterator[Hit]:
    sought = fold(text)
    for thing in names.by_key("identifiers", key_of(sought.replace(" ", ""))):
        same = fold(identifier(names.iri(thing))) == sought
        if same and (not types or names.has_type(thing, types)):
            yield Hit(thing, None, WEIGHTS[IDENTIFIER], "identifier")


def _by_letters(
    names: Names, candidates: Candidates, sought: Words, types: Sequence[str], most: int
) -> Iterator[Hit]:
    """Exact folds first, then other word order or spacing, whole words of a name, beginnings, initials."""
    text = " ".join(sought.own)
    yield from exact(names, text, types=types)
    numbers = _first(names, candidates.with_letters(text), types, most)
    numbers += _first(names, candidates.with_words(sought.own), types, most)
    if len(sought.own) == 1 and sought.latin == sought.own and len(text) > 1:
        for number in names.of_types(candidates.with_initials(text), types):
            weight = WEIGHTS["weak_part"] if names.is_weak(number) else 1.0
            yield _hit(names, number, Score(WEIGHTS["initials"] * weight, "initials"))
    for number in dict.fromkeys(numbers):
        name = Words.of(names.text(number))
        if name.own == sought.own:
            continue
        found = score(sought, name, is_weak=names.is_weak(number)) or _inside(sought, name)
        if found:
            yield _hit(names, number, found)


def _inside(sought: Words, name: Words) -> Score | None:
    """A part of a name in a script that has no spaces."""
    if len(sought.own) > 1 or sought.own[0].isascii() or sought.own[0] not in name.joined:
        return None
    share = min(1.0, sought.letters / name.letters)
    return Score(WEIGHTS["part"] + WEIGHTS["share"] * share, "part of the name")


def _by_guess(
    names: Names,
    candidates: Candidates,
    sought: Words,
    types: Sequence[str],
    most: int,
    seen: Iterable[int],
) -> Iterator[Hit]:
    """Names that sound like it, or have its words with typos or in other romanisations."""
    known = set(seen)
    nearby = [candidates.near(*forms) for forms in sought.forms]
    whole = _first(names, candidates.sounding(sought.latin), types, _JOINED)
    for number in whole:
        name = Words.of(names.text(number))
        found = score_joined(sought, name, is_weak=names.is_weak(number))
        if found and _is_worth_telling(found, sought, name):
            yield _hit(names, number, found)
    numbers = _first(names, candidates.with_near(sought, nearby), types, most)
    if not numbers and len(sought.forms) > 2:
        numbers = _first(
            names, candidates.with_near(sought, nearby, but=2 if len(sought.forms) > 3 else 1), types, most
        )
    yield from _scored(names, [n for n in numbers if n not in known], sought, nearby)


def _scored(names: Names, numbers: Iterable[int], sought: Words, nearby: Nearby) -> Iterator[Hit]:
    for number in numbers:
        name = Words.of(names.text(number))
        found = score(sought, name, nearby, is_weak=names.is_weak(number))
        if found and _is_worth_telling(found, sought, name):
            yield _hit(names, number, found)


def _is_worth_telling(found: Score, sought: Words, name: Words) -> bool:
    has_words = len(sought.own) > 1 or len(name.own) > 1
    is_much = has_words and sought.letters >= MUCH_OF_IT * name.letters
    return found.score >= (PART_WORTH_TELLING if is_much else WORTH_TELLING)


def _hit(names: Names, number: int, found: Score) -> Hit:
    return Hit(names.thing_of(number), number, found.score, found.why)


def _first(names: Names, numbers: Iterable[int], types: Sequence[str], most: int) -> list[int]:
    """The first names of these classes."""
    found: list[int] = []
    for number in names.of_types(numbers, types):
        found.append(number)
        if len(found) >= most:
            break
    return found


def nearest(names: Names, text: str, *, types: Sequence[str] = (), most: int = 3) -> list[Match]:
    """The things whose names are nearest to the text, for "did you mean"; none when nothing is near."""
    from rapidfuzz import fuzz

    found = search(names, text, types=types, limit=most)
    if found or not fold(text):
        return found
    sought, candidates = Words.of(text), Candidates(names)
    nearby: list[Mapping[str, object]] = [candidates.near(*forms) for forms in sought.forms]
    numbers = _first(names, candidates.with_near(sought, nearby, but=len(nearby) - 1), types, 4 * _SCORED)
    best: dict[int, Hit] = {}
    for number in numbers:
        name = Words.of(names.text(number))
        pairs = ((sought.own, name.own), (sought.latin, name.latin))
        alike = max(fuzz.ratio(" ".join(one), " ".join(other)) for one, other in pairs)
        thing = names.thing_of(number)
        if alike >= _ALIKE_ENOUGH and (thing not in best or best[thing].score < alike / 100):
            best[thing] = Hit(thing, number, alike / 100, "near")
    return _matches(names, best.values(), "en", most)


_ALIKE_ENOUGH = 65
