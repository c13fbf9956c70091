"""Where a query to a remote store is answered: there, if the engine then answers as we do; else on our copy.

The merge of the default perspective lies there already. Another one is kept there, as a graph under a hash, if
reading verbs may write (``KG_REMOTE_WRITE``); our own service is told which perspective is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.perspective.definition import Definition
from kg.perspective.record import public_record
from kg.rdf.vocabulary import PERSPECTIVE_GRAPHS, RECORD_GRAPH
from kg.store.asking import Place, ask
from kg.store.marker import PART, WHOLE, fact, in_graph, read_marker
from kg.store.push import run_updates
from kg.store.remote import Remote, may_write
from kg.store.safety import check_query
from kg.store.slices import nameless
from kg.store.snapshot import COMMON_GRAPHS, Snapshot
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.store.answers import Boolean, Solutions, Triples

#: The claims that the perspective admits; working them out may need our copy.
Admitted = Callable[[], Collection[str]]
#: The most perspectives that are kept in a remote store; a load removes them.
MOST = 32
_BATCH = 200  # claims whose graphs are copied by one update


def answer_there(
    snapshot: Snapshot, definition: Definition, text: str, *, admitted: Admitted, name: str
) -> Solutions | Boolean | Triples | None:
    """The answer of the remote engine, or None where only our copy gives the right one.

    :raises UsageError: bad-query, query-update, query-service, query-from.
    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer, remote-unfinished.
    """
    remote, marker = snapshot.remote, snapshot.marker
    assert remote
    assert marker is not None
    checked = check_query(text, is_scoped=not definition.is_default, name=name)
    if remote.engine.is_foedus:
        return ask(remote, text, Place(also=tuple(_words(definition))), name=name)
    if not marker.identifier or checked.has_dataset:
        return (
            None  # who loaded it is not known, nor what its default graph is; FROM would count triples twice
        )
    # Only GRAPH reaches a named graph. Whatever may be read as that word counts, in a name or a text too.
    asks_graphs = "graph" in text.lower()
    if definition.is_default and not asks_graphs:
        place = Place(default=(marker.default,) if marker.default else ())
        return ask(remote, checked.text, place, name=name, marker=marker)
    if not may_write() or definition.infer:
        return None
    if snapshot.is_large and (definition.as_of or not definition.according_to):
        return None  # what was public by a day is told by the whole record; what anyone says, by all claims
    named: tuple[str, ...] = ()
    if asks_graphs:
        # With a date, the record that the perspective has is a part of the one that lies there.
        if definition.as_of or len(admitted()) + len(COMMON_GRAPHS) > remote.engine.named:
            return None
        named = (*COMMON_GRAPHS, *admitted())
    graph = _kept(snapshot, definition, admitted)
    if graph is None:
        return None
    return ask(remote, checked.text, Place((graph,), named), name=name, marker=marker)


def too_large(snapshot: Snapshot) -> StoreError:
    """The refusal of a query that only a copy would answer, where there is none."""
    assert snapshot.remote
    return StoreError(
        f"'{snapshot.remote.address}' is too large to be copied, and this query does not run there under a perspective",
        mend="ask of a party alone with KG_REMOTE_WRITE, or about a thing by another verb; or raise KG_MIRROR_QUADS",
        rule="remote-too-large",
    )


def _words(definition: Definition) -> Iterator[tuple[str, str]]:
    """The perspective in the words of our service."""
    for party in definition.according_to:
        yield "according-to", party
    for word, day in (("as-of", definition.as_of), ("on", definition.on)):
        if day:
            yield word, day.isoformat()
    for flag in ("undisputed", "disputed", "exactly", "infer"):
        if getattr(definition, flag):
            yield flag, ""


def _kept(snapshot: Snapshot, definition: Definition, admitted: Admitted) -> str | None:
    """The graph with the merge of a perspective, made there if need be; None when there are too many."""
    remote, marker = snapshot.remote, snapshot.marker
    assert remote
    assert marker is not None
    key = "\n".join((marker.identifier, VERSION, repr(definition)))
    graph = PERSPECTIVE_GRAPHS + sha256(key.encode()).hexdigest()[:32]
    now = read_marker(remote)
    if graph in now.whole:
        return graph
    if len(now.kept) >= MOST or now.state != marker.state:
        return None
    remote.update(f"INSERT DATA {{ {in_graph(fact(PART, f'<{graph}>'))} }}")
    _copy(remote, graph, [RECORD_GRAPH])
    run_updates(remote, "DELETE DATA", ((graph, line) for line in _hidden(snapshot, definition.as_of)))
    _copy(remote, graph, [common for common in COMMON_GRAPHS if common != RECORD_GRAPH])
    claims = list(admitted())
    for start in range(0, len(claims), _BATCH):
        _copy(remote, graph, claims[start : start + _BATCH])
    remote.update(f"INSERT DATA {{ {in_graph(fact(WHOLE, f'<{graph}>'))} }}")
    return graph


def _copy(remote: Remote, graph: str, others: list[str]) -> None:
    """Add what other graphs hold to a graph, where equal triples are one."""
    names = " ".join(f"<{other}>" for other in others)
    where = f"VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }}"
    remote.update(f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ {where} }}")


def _hidden(snapshot: Snapshot, day: date | None) -> Iterator[str]:
    """The triples of the record that were not public by the day asked for."""
    if day is None:
        return
    record = snapshot.lines(RECORD_GRAPH)
    public = {line for some in public_record(record, day) for line in some.splitlines()}
    for line in record.splitlines():
        if line not in public:
            yield nameless(RECORD_GRAPH, line + b"\n").decode()
