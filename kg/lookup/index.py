"""The index of names of a store: built when data are loaded, read at every look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

from kg.errors import UsageError
from kg.lookup import search as _search
from kg.lookup.name import ALIAS, LABEL, WEAK, Name
from kg.lookup.names import Names
from kg.lookup.search import Match
from kg.rdf.queries import named_query
from kg.rdf.terms import expand, local_name
from kg.rdf.vocabulary import KG, RDFS, SKOS

_KINDS = {RDFS + "label": LABEL, SKOS + "altLabel": ALIAS, KG + "weakName": WEAK}


class Queryable(Protocol):
    """A store that answers SPARQL SELECT with rows of terms."""

    def query(self, query: str) -> object:
        """The rows that answer the query."""


class _Term(Protocol):
    value: str
    language: str | None


class NameIndex:
    """Names of every script and the things they name."""

    def __init__(self, names: Names) -> None:
        self.names = names

    @classmethod
    def build(cls, store: Queryable) -> NameIndex:
        """Gather the labels, aliases, weak names and identifiers of the things in a store."""
        types: dict[str, tuple[str, ...]] = {}
        for thing, kind in _rows(store, "thing_types"):
            types[thing.value] = (*types.get(thing.value, ()), kind.value)
        above: dict[str, tuple[str, ...]] = {}
        for lower, upper in _rows(store, "class_ancestors"):
            above[lower.value] = (*above.get(lower.value, ()), upper.value)
        names = (
            (thing.value, kind.value, text.value, text.language or "", claim.value if claim else "")
            for thing, kind, text, claim in _rows(store, "thing_names")
        )
        return cls.of(names, types=types, above=above)

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[str, str, str, str, str]],
        *,
        types: Mapping[str, tuple[str, ...]],
        above: Mapping[str, tuple[str, ...]],
    ) -> NameIndex:
        """An index of names as a store has them: thing, property, text, language, and the claim that gives it."""
        found = [Name(thing, _KINDS[kind], lang, text, claim) for thing, kind, text, lang, claim in names]
        return cls.gather(found, types=types, above=above)

    @classmethod
    def gather(
        cls,
        names: Iterable[Name],
        *,
        types: Mapping[str, tuple[str, ...]],
        above: Mapping[str, tuple[str, ...]],
    ) -> NameIndex:
        """An index of these names; ``types`` are the classes of things, ``above`` the superclasses of a class."""
        from kg.lookup.layout import lay_out

        return cls(Names(lay_out(names, types=types, above=above)))

    @classmethod
    def load(cls, path: Path) -> NameIndex:
        """Read the index that :meth:`save` wrote.

        :raises ValueError: when the file is of another format.
        """
        return cls(Names.load(path))

    def save(self, path: Path) -> None:
        """Write the index; the same names give the same bytes."""
        self.names.save(path)

    def search(
        self, name: str, *, types: Sequence[str] = (), lang: str | None = None, limit: int | None = 20
    ) -> list[Match]:
        """The things that the name may mean, best first; ``types`` are classes, ``lang`` that of labels.

        :raises UsageError: unknown-type, when a class is none of the ontology's.
        """
        classes = [self._class(text) for text in types]
        return _search.search(self.names, name, types=classes, lang=lang, limit=limit)

    def resolve(self, text: str, *, types: Sequence[str] = ()) -> str:
        """The IRI of the one thing that is meant.

        :raises UsageError: ambiguous-name, when several things fit.
        :raises NotFoundError: unknown-name, when none does.
        """
        from kg.lookup.resolve import resolve

        return resolve(self.names, text, types=types)

    def _class(self, text: str) -> str:
        known = self.names.classes()
        given = expand(text)
        for iri in sorted(known):
            if given == iri or local_name(iri).casefold() == text.casefold():
                return iri
        from difflib import get_close_matches

        near = get_close_matches(text.casefold(), sorted(local_name(iri).casefold() for iri in known), n=1)
        mend = f"did you mean '{near[0]}'?" if near else "'kg terms' lists the classes"
        raise UsageError(f"there is no class {text!r}", mend=mend, rule="unknown-type")


def _rows(store: Queryable, query: str) -> Iterable[Sequence[_Term]]:
    return cast("Iterable[Sequence[_Term]]", store.query(named_query(query)))
