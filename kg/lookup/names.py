"""The names of a store laid out for looking up: a few long strings, so that they load at once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kg.lookup.normalise import fold
from kg.rdf.terms import curie
from kg.rdf.vocabulary import PREFIXES

#: What a name is to its thing: its label, another name, one that other things may bear too, its identifier.
LABEL, ALIAS, WEAK, IDENTIFIER = "label", "alias", "weak", "id"

_FORMAT = 1


class Name(NamedTuple):
    """One name of one thing, as the data give it."""

    iri: str
    kind: str
    lang: str
    text: str


class Names:
    """The names as columns; those of one thing stand together, and things are in the order of their IRIs."""

    def __init__(
        self,
        *,
        names: Sequence[Name],
        folds: Sequence[str],
        types: Mapping[str, tuple[str, ...]],
        above: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.names = names
        self.folds = folds
        self.types = types
        self.above = above

    @classmethod
    def gather(
        cls,
        names: Iterable[Name],
        *,
        types: Mapping[str, tuple[str, ...]],
        above: Mapping[str, tuple[str, ...]],
    ) -> Names:
        """The names with an identifier added for each thing; ``above`` gives the superclasses of a class."""
        given = {Name(n.iri, n.kind, n.lang, " ".join(n.text.split())) for n in names if n.text.strip()}
        given |= {Name(iri, IDENTIFIER, "", curie(iri).rpartition(":")[2]) for iri in {n.iri for n in given}}
        ordered = sorted(given)
        return cls(names=ordered, folds=[fold(n.text) for n in ordered], types=types, above=above)

    @cached_property
    def by_fold(self) -> dict[str, list[int]]:
        """Folded name -> the positions of the names that fold to it."""
        found: dict[str, list[int]] = {}
        for position, key in enumerate(self.folds):
            found.setdefault(key, []).append(position)
        return found

    @cached_property
    def skeletons(self) -> list[list[str]]:
        """The skeletons of the words of each name, in the order of the names."""
        from kg.lookup.skeleton import word_skeletons

        return [[] if n.kind == IDENTIFIER else word_skeletons(n.text) for n in self.names]

    @cached_property
    def things(self) -> dict[str, range]:
        """Thing -> the positions of its names."""
        found: dict[str, range] = {}
        start = 0
        for position, name in enumerate(self.names):
            if name.iri != self.names[start].iri:
                found[self.names[start].iri] = range(start, position)
                start = position
        if self.names:
            found[self.names[start].iri] = range(start, len(self.names))
        return found

    def label(self, iri: str, lang: str = "en") -> str:
        """The label of the thing in this language, else in English, else the first that there is."""
        labels = {n.lang: n.text for n in self._of(iri) if n.kind == LABEL}
        for tag in (lang, lang.partition("-")[0], "en"):
            if tag in labels:
                return labels[tag]
        return next(iter(labels.values()), next((n.text for n in self._of(iri)), curie(iri)))

    def _of(self, iri: str) -> Iterator[Name]:
        return (self.names[position] for position in self.things.get(iri, ()))

    def has_type(self, iri: str, types: Iterable[str]) -> bool:
        """Whether the thing is of one of these classes, directly or by a subclass."""
        wanted = set(types)
        return any(t in wanted or wanted & set(self.above.get(t, ())) for t in self.types.get(iri, ()))

    def classes(self) -> set[str]:
        """Every class that a thing has, and every class above or below another."""
        used = {kind for kinds in self.types.values() for kind in kinds}
        return used | set(self.above) | {upper for uppers in self.above.values() for upper in uppers}

    def save(self, path: Path) -> None:
        """Write the names to a file, whole or not at all; the same names give the same bytes."""
        data = {
            "format": _FORMAT,
            "things": "\n".join(curie(iri) for iri in self.things),
            "counts": [len(positions) for positions in self.things.values()],
            "texts": "\n".join(n.text for n in self.names),
            "folds": "\n".join(self.folds),
            "kinds": "\n".join(n.kind for n in self.names),
            "langs": "\n".join(n.lang for n in self.names),
            "types": "\n".join(" ".join(curie(t) for t in self.types.get(iri, ())) for iri in self.things),
            "above": {curie(c): " ".join(map(curie, up)) for c, up in sorted(self.above.items())},
        }
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        aside.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        os.replace(aside, path)

    @classmethod
    def load(cls, path: Path) -> Names:
        """Read what :meth:`save` wrote.

        :raises ValueError: when the file is not of this format, so that the store is to be built anew.
        """
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.get("format") != _FORMAT:
            raise ValueError(f"{path} is not an index of names of format {_FORMAT}")
        try:
            return cls._from(data)
        except (KeyError, TypeError, AttributeError) as cause:
            raise ValueError(f"{path} lacks a column") from cause

    @classmethod
    def _from(cls, data: Mapping[str, Any]) -> Names:
        things = [_iri(thing) for thing in _lines(data["things"])]
        owners = [iri for iri, count in zip(things, data["counts"], strict=True) for _ in range(count)]
        columns = (owners, _lines(data["kinds"]), _lines(data["langs"]), _lines(data["texts"]))
        types = {
            iri: tuple(_iri(t) for t in line.split(" "))
            for iri, line in zip(things, _lines(data["types"]), strict=True)
            if line
        }
        above = {_iri(c): tuple(_iri(t) for t in up.split()) for c, up in data["above"].items()}
        names = [Name(*row) for row in zip(*columns, strict=True)]
        folds = _lines(data["folds"])
        if len(folds) != len(names):
            raise ValueError(f"{len(names)} names, and {len(folds)} folds")
        return cls(names=names, folds=folds, types=types, above=above)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _iri(text: str) -> str:
    """What ``curie`` made short, long again; quicker than ``expand``, which has to doubt its input."""
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else text
