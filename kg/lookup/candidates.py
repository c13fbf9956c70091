"""Which names may answer: a few of many, taken from the columns of an index by what each look-up needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.lookup.name import INITIALS, key_of
from kg.lookup.names import Names
from kg.lookup.nearness import ALIKE_IF_LONG, Near, best, by_sound, by_typo, typos_allowed
from kg.lookup.ranking import Words

#: Words near to one word that are looked at, and entries of one slice that are compared for them.
_NEAR_WORDS, _COMPARED = 60, 60_000


class Candidates:
    """The columns of an index as questions; names come as numbers, the shortest first."""

    def __init__(self, names: Names) -> None:
        self._names = names
        columns = names.columns
        self._words = columns.texts("words")
        self._at: dict[str, int | None] = {}  # where words stand that were met
        self._of_word, self._of_word_ends = columns.numbers("word-names"), columns.numbers("word-names-ends")

    def with_letters(self, text: str) -> list[int]:
        """The names with these letters, spaces left out; perhaps also others."""
        return self._names.by_key("letters", key_of(text.replace(" ", "")))

    def sounding(self, words: Sequence[str]) -> list[int]:
        """The names that sound like these words in Latin letters as a whole; perhaps also others."""
        from kg.lookup.skeleton import joined_skeletons

        keys = (key_of(each) for each in joined_skeletons(list(words)))
        return sorted({number for key in keys for number in self._names.by_key("wholes", key)})

    def with_initials(self, text: str) -> list[int]:
        """The names whose words begin with these letters, one by one."""
        return self._slice(*self._range(INITIALS + text)).tolist()

    def with_words(self, words: Iterable[str], *, whole: bool = False) -> list[int]:
        """The names that have all of these words, or words that begin so unless they are ``whole``."""
        ranges = (self._range(word) if whole else self._words.beginning(word) for word in words)
        slices = [self._slice(*each) for each in ranges]
        return _common(slices)

    def with_near(self, sought: Words, nearby: Sequence[Iterable[str]], *, but: int = 0) -> list[int]:
        """The names that have, for each word sought, one that it begins or is near to, ``but`` for some of them."""
        sets: list[set[int]] = []
        for forms, words in zip(sought.forms, nearby, strict=True):
            found: set[int] = set()
            for form in set(forms):
                if len(form) > 1:
                    found.update(self._slice(*self._words.beginning(form)))
            for word in words:
                found.update(self._slice(*self._range(word)))
            sets.append(found)
        if not but:
            return sorted(set.intersection(*sorted(sets, key=len)))
        counted: dict[int, int] = {}
        for found in sets:
            for number in found:
                counted[number] = counted.get(number, 0) + 1
        return sorted(number for number, count in counted.items() if count >= max(1, len(sets) - but))

    def near(self, own: str, in_latin: str) -> dict[str, Near]:
        """The words of all names that are near to a word sought: heard like it, mistyped."""
        found: dict[str, Near] = {}
        for word in self._sounding_words(in_latin):
            if near := best(by_sound(in_latin, word), by_typo(in_latin, word)):
                found[word] = near
        for form in dict.fromkeys((own, in_latin)):
            for word in self._mistyped(form):
                if word not in found and (near := by_typo(form, word)):
                    found[word] = near
        return found

    def _range(self, word: str) -> tuple[int, int]:
        if word not in self._at:
            self._at[word] = self._words.position(word)
        at = self._at[word]
        return (0, 0) if at is None else (at, at + 1)

    def _slice(self, low: int, high: int) -> memoryview[int]:
        if low >= high:
            return self._of_word[:0]
        return self._of_word[self._of_word_ends[low - 1] if low else 0 : self._of_word_ends[high - 1]]

    def _sounding_words(self, word: str) -> Iterator[str]:
        """Words with a skeleton of this one, those that sound most alike."""
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        from kg.lookup.skeleton import skeletons, sound

        if not word.isascii():
            return
        columns = self._names.columns
        sounds = columns.texts("sounds")
        of_sound, ends = columns.numbers("sound-words"), columns.numbers("sound-words-ends")
        heard = sound(word)
        for each in skeletons(word):
            low, high = sounds.beginning(f"{each}\t")
            rows = [row[len(each) + 1 :] for row in sounds.between(low, min(high, low + _COMPARED))]
            hits = process.extract(
                heard,
                rows,
                scorer=JaroWinkler.similarity,
                score_cutoff=ALIKE_IF_LONG - 0.1,
                limit=_NEAR_WORDS,
            )
            for _, _, at in hits:
                row = low + at
                for number in of_sound[ends[row - 1] if row else 0 : ends[row]][:4]:
                    found = self._words[number]
                    self._at[found] = number
                    yield found

    def _mistyped(self, word: str) -> Iterator[str]:
        """Words within the typos allowed that share the beginning or the end of this one.

        One typo, even of two letters that changed places, leaves the first or the last half as it is.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = typos_allowed(word)
        if not allowed:
            return
        if len(word) > 6:
            yield word[:-2]  # without a case ending
        kept = max(1, (len(word) - 2) // 2) if allowed == 1 else max(2, (len(word) - 3) // 3)
        columns = (self._words, self._names.columns.texts("ends"))
        for column, form, turn in ((columns[0], word, 1), (columns[1], word[::-1], -1)):
            low, high = column.beginning(form[:kept])
            rows = column.between(low, min(high, low + _COMPARED))
            hits = process.extract(form, rows, scorer=OSA.distance, score_cutoff=allowed, limit=_NEAR_WORDS)
            for row, _, at in hits:
                if turn == 1:
                    self._at[row] = low + at
                yield row[::turn]


def _common(slices: Sequence[memoryview[int]]) -> list[int]:
    fewest, *others = sorted(slices, key=len)
    found = set(fewest)
    for each in others:
        found.intersection_update(each)
    return sorted(found)
