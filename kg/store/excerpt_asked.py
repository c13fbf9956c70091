"""The questions of an excerpt, asked in plain SPARQL: of some things at a time, and never in an order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Self

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolution, Triple

from kg.rdf.queries import iri, named_query
from kg.rdf.vocabulary import CLAIM
from kg.store.remote import Remote
from kg.store.rows_there import CutError, whole_rows

#: So many things are asked for at once; fewer where the server then holds rows back.
_BATCH = 500


#: Gives the rows of a query.
Ask = Callable[[str], Iterable[QuerySolution]]


class Asked:
    """Whatever answers SPARQL, as the source of an excerpt.

    Every query has one block of values and one pattern: engines join two such blocks with each other first.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @classmethod
    def there(cls, remote: Remote) -> Self:
        """A remote engine."""
        return cls(partial(whole_rows, remote))

    def graphs(self, how: str, things: Collection[str]) -> set[str]:
        """The claims whose graphs say something of the things.

        :raises StoreError: whatever asking raises.
        """
        return {graph for graph in self._found(how, things) if graph.startswith(CLAIM)}

    def subjects(self, how: str, things: Collection[str]) -> set[str]:
        """What points to the things in the record or in the reference.

        :raises StoreError: whatever asking raises.
        """
        return set(self._found(how, things))

    def said_in(self, graphs: Collection[str]) -> Iterator[Quad]:
        """All that these graphs say.

        :raises StoreError: whatever asking raises.
        """
        return self._quads("said_in", "g", graphs)

    def said_of(self, subjects: Collection[str]) -> Iterator[Quad]:
        """All that the record and the reference say of these subjects.

        :raises StoreError: whatever asking raises.
        """
        return self._quads("said_of", "s", subjects)

    def _found(self, how: str, things: Collection[str]) -> Iterator[str]:
        def query(some: list[str]) -> str:
            return named_query(f"excerpt_{how.replace('-', '_')}", thing=some)

        for row in self._rows(query, things):
            if isinstance(row["found"], NamedNode):
                yield row["found"].value

    def _quads(self, how: str, what: str, things: Collection[str]) -> Iterator[Quad]:
        def query(some: list[str]) -> str:
            return named_query(f"excerpt_{how}", **{what: some})

        for subject, predicate, value, graph in self._rows(query, things):
            if (
                not isinstance(subject, NamedNode | BlankNode)
                or not isinstance(predicate, NamedNode)
                or not isinstance(graph, NamedNode)
                or value is None
                or isinstance(value, Triple)
            ):
                raise ValueError(f"no quad of a dossier: {subject} {predicate} {value} {graph}")
            yield Quad(subject, predicate, value, graph)

    def _rows(self, query: Callable[[list[str]], str], things: Collection[str]) -> Iterator[QuerySolution]:
        """The rows for all of the things, asked for in parts; a part that is cut is asked for in halves."""
        terms = [iri(thing) for thing in sorted(things)]
        waiting = [terms[start : start + _BATCH] for start in range(0, len(terms), _BATCH)]
        waiting.reverse()
        while waiting:
            some = waiting.pop()
            try:
                found = list(self._ask(query(some)))
            except CutError:
                if len(some) == 1:
                    raise
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
                continue
            yield from found
