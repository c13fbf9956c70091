"""The names of a remote store, for an index of them: a small part of it, and all that finding things needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolution, Store

from kg.rdf.queries import iri, named_query
from kg.rdf.rows import solutions
from kg.rdf.vocabulary import KG, RDFS_LABEL, REFERENCE_GRAPH, SKOS_ALT_LABEL
from kg.store.excerpt_asked import Asked
from kg.store.marker import Marker
from kg.store.ontology_there import ontology_there
from kg.store.remote import Remote
from kg.store.rows_there import CutError, whole_rows

_DEEPEST = 3  # 4096 parts
_DIGITS = "0123456789abcdef"
_KINDS = (RDFS_LABEL, SKOS_ALT_LABEL, KG + "weakName")
_SOURCE, _REFERENCE = NamedNode(KG + "SourceDocument"), NamedNode(REFERENCE_GRAPH)


class NameThere(NamedTuple):
    """A name as some graph gives it; ``claim``: by whose graph, empty for the reference and the sources."""

    thing: str
    kind: str
    text: str
    lang: str
    claim: str = ""


class NamesThere:
    """Names and classes of the things of a remote store."""

    def __init__(self, remote: Remote, marker: Marker) -> None:
        self._remote = remote
        self._marker = marker
        self._default = (marker.default,) if marker.default else ()

    def names(self) -> list[NameThere]:
        """What the reference names, the sources, and what claims name otherwise, whoever holds these.

        :raises StoreError: whatever a query raises.
        """
        known = [_name(row) for how in ("reference", "sources") for row in self._all(how)]
        told = {name[:4] for name in known}
        claimed = (_name(row, row["claim"]) for row in self._all("claimed"))
        return known + [name for name in claimed if name[:4] not in told]

    def types(self) -> dict[str, tuple[str, ...]]:
        """The classes of each thing, by the default perspective; not those of what the record is made of but sources.

        :raises StoreError: whatever a query raises.
        """
        return _types(self._all("types", default=self._default))

    def names_of(self, thing: str) -> list[NameThere]:
        """What the reference names one thing, or a source.

        :raises StoreError: whatever a query raises.
        """
        said = list(Asked.there(self._remote).said_of([thing]))
        is_source = any(quad.object == _SOURCE for quad in said)
        return [
            NameThere(thing, quad.predicate.value, quad.object.value, quad.object.language or "")
            for quad in said
            if quad.predicate.value in _KINDS
            and isinstance(quad.object, Literal)
            and (is_source or quad.graph_name == _REFERENCE)
        ]

    def types_of(self, thing: str) -> dict[str, tuple[str, ...]]:
        """The classes of one thing.

        :raises StoreError: whatever a query raises.
        """
        return _types(self._asked(named_query("names_types_of", thing=[iri(thing)]), self._default))

    def above(self) -> dict[str, tuple[str, ...]]:
        """The superclasses of each class.

        :raises StoreError: whatever a query raises.
        """
        ontology = Store()
        ontology.extend(ontology_there(self._remote, self._marker))
        found: dict[str, tuple[str, ...]] = {}
        for lower, upper in solutions(ontology, named_query("class_ancestors")):
            found[_value(lower)] = (*found.get(_value(lower), ()), _value(upper))
        return found

    def _all(self, how: str, *, default: tuple[str, ...] = ()) -> Iterator[QuerySolution]:
        """The rows at once, or by the first hex digits of a hash of the things."""
        for depth in range(_DEEPEST + 1):
            parts = map("".join, product(_DIGITS, repeat=depth))
            queries = (named_query(f"names_{how}", part=[f'"{part}"']) for part in parts)
            try:
                found = [row for query in queries for row in self._asked(query, default)]
            except CutError:
                if depth == _DEEPEST:
                    raise
                continue
            yield from found
            return

    def _asked(self, query: str, default: tuple[str, ...] = ()) -> Iterator[QuerySolution]:
        for row in whole_rows(self._remote, query, default=default):
            if isinstance(row["thing"], NamedNode):
                yield row


def _name(row: QuerySolution, claim: object = None) -> NameThere:
    text = row["name"]
    lang = text.language or "" if isinstance(text, Literal) else ""
    return NameThere(_value(row["thing"]), _value(row["kind"]), _value(text), lang, _value(claim))


def _types(found: Iterable[QuerySolution]) -> dict[str, tuple[str, ...]]:
    types: dict[str, set[str]] = {}
    for row in found:
        types.setdefault(_value(row["thing"]), set()).add(_value(row["type"]))
    return {thing: tuple(sorted(kinds)) for thing, kinds in sorted(types.items())}


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
