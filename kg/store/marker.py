"""What a load writes about itself into a remote engine, in a graph of its own: what is there, and whether all of it.

``graph:load`` has the hash of all that was loaded as its identifier. While a load is under way it has instead,
as what it requires, the hash of what there will be; whoever finds that knows that the store is half one and half
the other.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.errors import StoreError
from kg.rdf.queries import named_query
from kg.rdf.vocabulary import DCTERMS, LOAD_GRAPH, SERVICE_DESCRIPTION, VOID
from kg.store.foedus import read_identity
from kg.store.remote import Remote
from kg.store.rows_there import rows

IDENTIFIER, COMING = DCTERMS + "identifier", DCTERMS + "requires"
#: The graph that plain queries are to read, where the engine's own default graph is the union of all.
DEFAULT = SERVICE_DESCRIPTION + "defaultGraph"
#: How many quads were loaded.
QUADS = VOID + "triples"
#: A perspective that is kept there; and that it is whole.
PART, WHOLE = DCTERMS + "hasPart", DCTERMS + "hasVersion"


class Marker(NamedTuple):
    """What the graph of the load says; all empty where no load of ours wrote it."""

    identifier: str = ""
    coming: str = ""
    default: str = ""
    quads: int = 0
    kept: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    @property
    def state(self) -> tuple[str, str]:
        """What changes with what is loaded, and not with the perspectives that are kept."""
        return self.identifier, self.coming


def read_marker(remote: Remote) -> Marker:
    """What the last load wrote.

    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
    """
    if remote.engine.is_foedus:
        return Marker(read_identity(remote).identifier)
    found: dict[str, list[str]] = {}
    for row in rows(remote, named_query("remote_marker")):
        prop, value = (getattr(row[name], "value", "") for name in ("property", "value"))
        found.setdefault(prop, []).append(value)
    if remote.engine.is_foedus:  # as its answer has told
        return Marker(read_identity(remote).identifier)
    first = {prop: sorted(values)[0] for prop, values in found.items()}
    return Marker(
        first.get(IDENTIFIER, ""),
        " ".join(sorted(found.get(COMING, ()))),  # two, if two loads began at once: neither may go on
        first.get(DEFAULT, ""),
        int(first.get(QUADS, "0")) if first.get(QUADS, "0").isdecimal() else 0,
        frozenset(found.get(PART, ())),
        frozenset(found.get(WHOLE, ())),
    )


def refuse_unfinished(remote: Remote, marker: Marker) -> None:
    """Refuse to read what is half loaded.

    :raises StoreError: remote-unfinished.
    """
    if marker.coming:
        raise StoreError(
            f"a load into '{remote.address}' is under way or broke off",
            mend="wait until it is done, or repeat it; what is there is half old and half new",
            rule="remote-unfinished",
        )


def fact(prop: str, value: str) -> str:
    """A triple of the marker; ``value`` is a term."""
    return f"<{LOAD_GRAPH}> <{prop}> {value} ."


def in_graph(*facts: str) -> str:
    """Triples as they stand in the marker's graph."""
    return f"GRAPH <{LOAD_GRAPH}> {{ {' '.join(facts)} }}"
