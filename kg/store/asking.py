"""A user's query sent to an endpoint: our prefixes before it, our grammar over it, its answer as any other is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.errors import StoreError
from kg.rdf.tokens import prologue, tokens
from kg.rdf.vocabulary import PREFIXES
from kg.store.answers import Boolean, Solutions, Triples
from kg.store.embedded import run
from kg.store.marker import Marker, read_marker
from kg.store.remote import RESULTS, TRIPLES, Remote
from kg.store.rows_there import hearing, results, triples


class Place(NamedTuple):
    """The dataset that a query is to run over, and what else the server is told; all empty: its own default."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()


def ask(
    remote: Remote, text: str, place: Place, *, name: str, marker: Marker | None = None
) -> Solutions | Boolean | Triples:
    """What an endpoint answers. With ``marker`` it is an error if a load began meanwhile: no answer is half old.

    :raises UsageError: bad-query, as our own engine finds it, so that a query is right or wrong everywhere.
    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer, remote-unfinished.
    """
    gives_triples = _gives_triples(text, name)
    query = prefixed(text)

    @contextmanager
    def reading() -> Iterator[None]:
        with hearing(remote):
            yield
        if marker is not None:
            _refuse_changed(remote, marker)

    if gives_triples:
        body = remote.query(query, accept=TRIPLES, default=place.default, named=place.named, also=place.also)
        return Triples(triples(remote, body), reading)

    def again() -> QuerySolutions | QueryBoolean:
        body = remote.query(query, accept=RESULTS, default=place.default, named=place.named, also=place.also)
        return results(remote, body)

    found = again()
    if isinstance(found, QuerySolutions):
        return Solutions(found, _solutions(again), reading)
    with reading():
        return Boolean(found)


def prefixed(text: str) -> str:
    """A query with the declarations of those of our prefixes that may occur in it and that it does not declare.

    >>> prefixed("ASK { ?claim a kg:Claim }")
    'PREFIX kg: <https://w3id.org/foedus/ontology#> ASK { ?claim a kg:Claim }'
    >>> prefixed("PREFIX kg: <http://a.example/> ASK { ?a a kg:Claim }")
    'PREFIX kg: <http://a.example/> ASK { ?a a kg:Claim }'
    """
    own = prologue(list(tokens(text))).prefixes
    ours = ((prefix, iri) for prefix, iri in PREFIXES.items() if prefix not in own and f"{prefix}:" in text)
    used = [f"PREFIX {prefix}: <{iri}> " for prefix, iri in ours]
    return "".join(used) + text


def _gives_triples(text: str, name: str) -> bool:
    """Read it by our own grammar; what comes of that is dropped here, as only the thread that made it may."""
    return not isinstance(run(Store(), text, name=name), QuerySolutions | QueryBoolean)


def _solutions(again: Callable[[], QuerySolutions | QueryBoolean]) -> Callable[[], QuerySolutions]:
    def solutions() -> QuerySolutions:
        found = again()
        assert isinstance(found, QuerySolutions)
        return found

    return solutions


def _refuse_changed(remote: Remote, marker: Marker) -> None:
    if read_marker(remote).state != marker.state:
        raise StoreError(
            f"'{remote.address}' was loaded into while it answered",
            mend="ask again, when the load is done",
            rule="remote-unfinished",
        )
