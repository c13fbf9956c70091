"""The rows of our own named queries, as texts and in order: what is made of them is always the same."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolution, QuerySolutions, Store, Triple

Row = tuple[str, ...]  # a value that is not there is ""


def solutions(store: Store, query: str) -> Iterator[QuerySolution]:
    """The solutions of a SELECT of ours, as they come."""
    found = store.query(query)
    if not isinstance(found, QuerySolutions):
        raise TypeError("the query is not a SELECT")
    return iter(found)


def rows(store: Store, query: str) -> list[Row]:
    """The rows of a SELECT of ours, sorted: the text of each term, without its kind, language or datatype."""
    return sorted(
        tuple("" if term is None or isinstance(term, Triple) else term.value for term in row)
        for row in solutions(store, query)
    )
