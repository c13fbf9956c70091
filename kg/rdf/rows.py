"""The rows of our own named queries, as texts and in order: what is made of them is always the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import QuerySolution, QuerySolutions, Store, Triple

from kg.errors import StoreError

Row = tuple[str, ...]  # a value that is not there is ""


def solutions(store: Store, query: str) -> Iterator[QuerySolution]:
    """The solutions of a SELECT of ours, as they come.

    :raises StoreError: store-damaged.
    """
    with reading():
        found = store.query(query)
        if not isinstance(found, QuerySolutions):
            raise TypeError("the query is not a SELECT")
        yield from found


@contextmanager
def reading() -> Iterator[None]:
    """Turn what Oxigraph raises when a block of the disk is not as it was written into our error.

    :raises StoreError: store-damaged.
    """
    try:
        yield
    except (OSError, RuntimeError) as cause:
        raise StoreError(
            f"the store is damaged: {cause}",
            mend="delete its folder and load its dossiers again",
            rule="store-damaged",
        ) from cause


def rows(store: Store, query: str) -> list[Row]:
    """The rows of a SELECT of ours, sorted: the text of each term, without its kind, language or datatype.

    :raises StoreError: store-damaged.
    """
    return sorted(
        tuple("" if term is None or isinstance(term, Triple) else term.value for term in row)
        for row in solutions(store, query)
    )
