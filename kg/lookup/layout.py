"""Laying names out as columns: every name under its letters, its words, their sounds, and its initials."""

from __future__ import annotations

import gc
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.lookup.columns import Columns, Writer
from kg.lookup.name import IDENTIFIER, INITIALS, KINDS, WEAK, Name, identifier, key_of, short
from kg.lookup.normalise import fold, latin
from kg.lookup.skeleton import joined_skeletons, skeletons, sound

#: Scripts that leave no space between words, so that a part of a name may begin anywhere in it.
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{3,}")
_ARTICLES_AND_SUCH = (
    "a and d da das de del der des die do dos du e et for fur i in l la le les of on the und y"
)
SMALL_WORDS = frozenset(_ARTICLES_AND_SUCH.split())
_LONGEST_WORD = 60


def lay_out(
    names: Iterable[Name], *, types: Mapping[str, tuple[str, ...]], above: Mapping[str, tuple[str, ...]]
) -> Columns:
    """The columns of an index; the order of what is given does not matter."""
    collected = gc.isenabled()
    gc.disable()  # millions of small lists are made and none goes: to look through them again and again costs half
    try:
        return _lay_out(names, types, above)
    finally:
        if collected:
            gc.enable()


def _lay_out(
    names: Iterable[Name], types: Mapping[str, tuple[str, ...]], above: Mapping[str, tuple[str, ...]]
) -> Columns:
    given = {_tidy(n) for n in names if n.text.strip() and n.kind != IDENTIFIER}
    ordered = sorted(given)
    folds = [fold(name.text) for name in ordered]
    # The shortest names first: of the many that hold a word, those are meant most, and a look-up may stop early.
    places = sorted(range(len(ordered)), key=lambda n: len(folds[n]))
    writer = Writer()
    _write_things(writer, ordered, places, types)
    ordered, folds = [ordered[n] for n in places], [folds[n] for n in places]
    langs = sorted({name.lang for name in ordered})
    _write_names(writer, ordered, langs)
    vocabulary = _write_words(writer, ordered, folds)
    _write_sounds(writer, vocabulary)
    kinds = sorted({types.get(name.iri, ()) for name in ordered})
    notes: dict[str, object] = {
        "langs": langs,
        "types": [list(map(short, each)) for each in kinds],
        "above": {short(one): list(map(short, up)) for one, up in sorted(above.items())},
    }
    return writer.finish(notes)


def _tidy(name: Name) -> Name:
    text = " ".join(name.text.split())
    return name if text == name.text else name._replace(text=text)


def _write_things(
    writer: Writer, names: Sequence[Name], places: Sequence[int], types: Mapping[str, tuple[str, ...]]
) -> None:
    """Things and what they are, and in both directions what they are called."""
    things = sorted((short(iri), iri) for iri in {name.iri for name in names})
    numbers = {iri: number for number, (_, iri) in enumerate(things)}
    kinds = {each: number for number, each in enumerate(sorted({types.get(iri, ()) for iri in numbers}))}
    owners = [numbers[name.iri] for name in names]
    number_of = array("I", bytes(4 * len(names)))
    for number, place in enumerate(places):
        number_of[place] = number
    named: list[list[int]] = [[] for _ in things]
    for owner, number in zip(owners, number_of, strict=True):
        named[owner].append(number)
    writer.texts("things", [text for text, _ in things])
    writer.numbers("type-of", (kinds[types.get(iri, ())] for _, iri in things), "H")
    writer.numbers("thing-of", (owners[place] for place in places))
    writer.lists("named", named)
    keys = (key_of(_joined(fold(identifier(iri)))) << 32 | numbers[iri] for _, iri in things)
    writer.numbers("identifiers", sorted(keys), "Q")


def _write_names(writer: Writer, names: Sequence[Name], langs: Sequence[str]) -> None:
    at = {lang: number for number, lang in enumerate(langs)}
    writer.texts("texts", [name.text for name in names])
    writer.numbers("kinds", (KINDS.index(name.kind) for name in names), "B")
    writer.numbers("langs", (at[name.lang] for name in names), "H")
    claimed = [number for number, name in enumerate(names) if name.claim]
    writer.numbers("claimed", claimed)
    writer.texts("claims", [short(names[number].claim) for number in claimed])


def _write_words(writer: Writer, names: Sequence[Name], folds: Sequence[str]) -> list[str]:
    """Each name under its letters without spaces, its sound as a whole, and each of its words."""
    under: dict[str, list[int]] = defaultdict(list)
    letters, wholes = array("Q"), array("Q")
    spelled: dict[str, str] = {}
    for number, (name, key) in enumerate(zip(names, folds, strict=True)):
        words = key.split(" ")
        letters.append(key_of("".join(words)) << 32 | number)
        romanised = words if name.text.isascii() else _latin_words(name.text, spelled)
        for whole in joined_skeletons(romanised):
            wholes.append(key_of(whole) << 32 | number)
        for word in index_words(words, romanised, has_initials=name.kind != WEAK):
            under[word].append(number)
    writer.numbers("letters", sorted(letters), "Q")
    writer.numbers("wholes", sorted(wholes), "Q")
    vocabulary = sorted(under)
    writer.texts("words", vocabulary)
    writer.lists("word-names", (under[word] for word in vocabulary))
    # A typo late in a word leaves its beginning; one early leaves its end, which stands here first.
    writer.texts("ends", sorted(word[::-1] for word in vocabulary if word[0] != INITIALS))
    return vocabulary


def _write_sounds(writer: Writer, vocabulary: Sequence[str]) -> None:
    """Each word in Latin letters under its skeletons and its sound."""
    under: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(vocabulary):
        if word.isascii() and word[0] != INITIALS:
            heard = sound(word)
            for skeleton in skeletons(word):
                under[f"{skeleton}\t{heard}"].append(number)
    rows = sorted(under)
    writer.texts("sounds", rows)
    writer.lists("sound-words", (under[row] for row in rows))


def index_words(words: Sequence[str], romanised: Sequence[str], *, has_initials: bool) -> set[str]:
    """The words under which a name is found: its own, those in Latin letters, parts, its initials."""
    found = {word[:_LONGEST_WORD] for word in words}
    if romanised is not words:
        found.update(word[:_LONGEST_WORD] for word in romanised)
        for word in words:
            if match := _UNSPACED.search(word):
                found.update(match[0][start:] for start in range(1, len(match[0]) - 1))
    if has_initials and len(romanised) > 2:
        found.add(INITIALS + initials(romanised))
    return found


def initials(words: Sequence[str]) -> str:
    """The first letters of the words that count.

    >>> initials(["joint", "chiefs", "of", "staff"])
    'jcs'
    """
    return "".join(word[0] for word in words if word not in SMALL_WORDS)


def _latin_words(text: str, spelled: dict[str, str]) -> list[str]:
    """The words of a name in Latin letters; most were met before."""
    for token in text.split(" "):
        if token not in spelled:
            spelled[token] = latin(token)
    return " ".join(spelled[token] for token in text.split(" ")).split(" ")


def _joined(text: str) -> str:
    return text.replace(" ", "")
