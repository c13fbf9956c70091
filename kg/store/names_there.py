"""The names of a remote store, for an index of them: a small part of it, and all that finding things needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolution, Store

from kg.rdf.queries import iri, named_query
from kg.rdf.vocabulary import ONTOLOGY_GRAPH
from kg.store.excerpt_there import There
from kg.store.marker import Marker
from kg.store.remote import Remote
from kg.store.rows_there import CutError, rows

_DEEPEST = 3  # 4096 parts
_DIGITS = "0123456789abcdef"


class NameThere(NamedTuple):
    """A name as some graph gives it; ``claim``: by whose graph, empty for the reference and the sources."""

    thing: str
    kind: str
    text: str
    lang: str
    claim: str = ""


class NamesThere:
    """Names and classes of all things of a remote store, or of one (an IRI)."""

    def __init__(self, remote: Remote, marker: Marker, thing: str = "") -> None:
        self._remote = remote
        self._default = (marker.default,) if marker.default else ()
        self._thing = thing

    def names(self) -> list[NameThere]:
        """What the reference names, the sources, and what claims name otherwise, whoever holds these.

        :raises StoreError: whatever a query raises.
        """
        known = [self._name(row) for how in ("reference", "sources") for row in self._rows(how)]
        told = {name[:4] for name in known}
        claimed = (self._name(row, row["claim"]) for row in self._rows("claimed"))
        return known + [name for name in claimed if name[:4] not in told]

    def types(self) -> dict[str, tuple[str, ...]]:
        """The classes of each thing that the reference labels and of each source, by the default perspective.

        :raises StoreError: whatever a query raises.
        """
        found: dict[str, set[str]] = {}
        for how in ("types", "source_types"):
            for row in self._rows(how):
                found.setdefault(_value(row["thing"]), set()).add(_value(row["type"]))
        return {thing: tuple(sorted(kinds)) for thing, kinds in sorted(found.items())}

    def above(self) -> dict[str, tuple[str, ...]]:
        """The superclasses of each class.

        :raises StoreError: whatever a query raises.
        """
        ontology = Store()
        ontology.extend(There(self._remote).said_in([ONTOLOGY_GRAPH]))
        found: dict[str, tuple[str, ...]] = {}
        for lower, upper in ontology.query(named_query("class_ancestors")):  # type: ignore[union-attr]
            found[_value(lower)] = (*found.get(_value(lower), ()), _value(upper))
        return found

    def _name(self, row: QuerySolution, claim: object = None) -> NameThere:
        text = row["name"]
        lang = text.language or "" if isinstance(text, Literal) else ""
        return NameThere(_value(row["thing"]), _value(row["kind"]), _value(text), lang, _value(claim))

    def _rows(self, how: str) -> Iterator[QuerySolution]:
        """The rows at once, or by the first hex digits of a hash of the things."""
        for depth in range(_DEEPEST + 1):
            parts = map("".join, product(_DIGITS, repeat=depth))
            try:
                found = [row for part in parts for row in self._asked(how, part)]
            except CutError:
                if depth == _DEEPEST:
                    raise
                continue
            yield from found
            return

    def _asked(self, how: str, part: str = "") -> Iterator[QuerySolution]:
        thing = [iri(self._thing)] if self._thing else None
        query = named_query(f"names_{how}", thing=thing, part=[f'"{part}"'] if part else None)
        for row in rows(self._remote, query, default=self._default):
            if isinstance(row["thing"], NamedNode):
                yield row


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
