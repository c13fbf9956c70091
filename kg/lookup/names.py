"""The names of a store, laid out so that any of them is found without reading the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from kg.lookup.columns import Columns
from kg.lookup.name import KINDS, LABEL, WEAK, Name, long, short
from kg.rdf.terms import curie


class Names:
    """The names as columns; a number is a name's place, and shorter names come first."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        notes = columns.notes
        self._langs = cast("Sequence[str]", notes["langs"])
        self._types = [tuple(map(long, kinds)) for kinds in cast("Sequence[Sequence[str]]", notes["types"])]
        self.above = {
            long(one): tuple(map(long, up))
            for one, up in cast("Mapping[str, Sequence[str]]", notes["above"]).items()
        }
        self._texts = columns.texts("texts")
        self._kinds = columns.numbers("kinds", "B")
        self._lang_of = columns.numbers("langs", "H")
        self._thing_of = columns.numbers("thing-of")
        self._things = columns.texts("things")
        self._type_of = columns.numbers("type-of", "H")
        self._named, self._named_ends = columns.numbers("named"), columns.numbers("named-ends")

    @classmethod
    def load(cls, path: Path) -> Names:
        """Open what :meth:`save` wrote.

        :raises ValueError: when the file is not of this format, so that the store is to be built anew.
        """
        try:
            return cls(Columns.open(path))
        except (KeyError, TypeError, AttributeError) as cause:
            raise ValueError(f"{path} lacks a column") from cause

    def save(self, path: Path) -> None:
        """Write the names to a file, whole or not at all; the same names give the same bytes."""
        self.columns.save(path)

    def __len__(self) -> int:
        return len(self._kinds)

    def name(self, number: int) -> Name:
        """The name at this place."""
        said = self.columns.numbers("claimed")
        at = bisect_left(said, number)
        claim = self.columns.texts("claims")[at] if at < len(said) and said[at] == number else ""
        return Name(
            self.iri(self._thing_of[number]),
            KINDS[self._kinds[number]],
            self._langs[self._lang_of[number]],
            self._texts[number],
            long(claim) if claim else "",
        )

    def text(self, number: int) -> str:
        """The text of the name at this place."""
        return self._texts[number]

    def is_weak(self, number: int) -> bool:
        """Whether the name at this place names nobody for sure."""
        return KINDS[self._kinds[number]] == WEAK

    def thing_of(self, number: int) -> int:
        """The number of the thing that the name at this place names."""
        return int(self._thing_of[number])

    def iri(self, thing: int) -> str:
        """The IRI of the thing with this number."""
        return long(self._things[thing])

    def thing(self, iri: str) -> int | None:
        """The number of a thing; ``None`` when the index has no name of it."""
        return self._things.position(short(iri))

    def by_key(self, column: str, key: int) -> list[int]:
        """The numbers that stand under a key in a column of keys."""
        keys = self.columns.numbers(column, "Q")
        low = bisect_left(keys, key << 32)
        high = bisect_left(keys, (key + 1) << 32, low)
        return [entry & 0xFFFFFFFF for entry in keys[low:high]]

    def label(self, thing: int, lang: str = "en") -> str:
        """The label of the thing in this language, else in English, else the first that there is."""
        found = [self.name(number) for number in self.names_of(thing)]
        labels = {n.lang: n.text for n in reversed(found) if n.kind == LABEL}
        for tag in (lang, lang.partition("-")[0], "en"):
            if tag in labels:
                return labels[tag]
        by_lang = sorted(labels.items())
        return by_lang[0][1] if by_lang else next((n.text for n in found), curie(self.iri(thing)))

    def names_of(self, thing: int) -> Sequence[int]:
        """The places of the names of a thing, in the order of their kinds, languages and texts."""
        start = self._named_ends[thing - 1] if thing else 0
        return self._named[start : self._named_ends[thing]]

    def types(self, thing: int) -> tuple[str, ...]:
        """The classes of a thing."""
        return self._types[self._type_of[thing]]

    def has_type(self, thing: int, types: Iterable[str]) -> bool:
        """Whether the thing is of one of these classes, directly or by a subclass."""
        return self._type_of[thing] in self._kinds_within(types)

    def of_types(self, numbers: Iterable[int], types: Iterable[str]) -> Iterator[int]:
        """Of these names, those whose things are of one of the classes; all of them when none is given."""
        wanted = tuple(types)
        if not wanted:
            yield from numbers
            return
        within = self._kinds_within(wanted)
        yield from (n for n in numbers if self._type_of[self._thing_of[n]] in within)

    def _kinds_within(self, types: Iterable[str]) -> set[int]:
        wanted = set(types)
        return {
            number
            for number, kinds in enumerate(self._types)
            if any(t in wanted or wanted & set(self.above.get(t, ())) for t in kinds)
        }

    def classes(self) -> set[str]:
        """Every class that a thing has, and every class above or below another."""
        used = {kind for kinds in self._types for kind in kinds}
        return used | set(self.above) | {upper for uppers in self.above.values() for upper in uppers}
