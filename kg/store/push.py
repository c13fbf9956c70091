"""What a load changes in a remote store, in batches: the marker says so before the first and after the last.

The graphs of claims, the record, the reference and the ontology lie there under their own names. The merge that
a plain query reads is the engine's default graph; or, where that is the union of all graphs, a graph by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Quad, QueryBoolean

from kg.errors import StoreError
from kg.rdf.rows import reading
from kg.rdf.vocabulary import DEFAULT_GRAPH, LOAD_GRAPH, ONTOLOGY_GRAPH
from kg.store.fetch import count
from kg.store.marker import COMING, DEFAULT, IDENTIFIER, QUADS, Marker, fact, in_graph, read_marker
from kg.store.remote import Remote
from kg.store.rows_there import results
from kg.store.slices import Text, nameless
from kg.store.snapshot import Snapshot

_BYTES = 1 << 19  # of one update
_IS_BLANK = "?s ?p ?o FILTER (isBlank(?s) || isBlank(?o))"
_BLANK = re.compile(rb"_:|<[^>]*> <[^>]*> _:")


class Before(NamedTuple):
    """What lies there: its text; and the copy that is the same, unless nothing is known of its default graph."""

    text: Text
    copy: Snapshot | None


def push(remote: Remote, marker: Marker, before: Before, after: Snapshot) -> None:
    """Make a remote store what a generation is; broken off, it can be done again.

    :raises StoreError: remote-write, when the store holds other data or another load is under way; and what an
        update raises.
    """
    coming = after.manifest.input
    if marker.identifier == coming and before.copy is not None:  # nothing has changed
        return
    if marker.coming not in ("", coming):
        raise _refused(remote, "another load is under way there, or broke off", "repeat that one first")
    has_union = _begin(remote, marker, coming)
    text = text_of(after)
    default = DEFAULT_GRAPH if has_union else ""
    if before.copy is None:
        _empty_default(remote, marker, default)
    for perspective in sorted(marker.kept):
        remote.update(f"DROP SILENT GRAPH <{perspective}>")
    blank = _changed_blank(before.text, text)
    _forget_blank(remote, blank, default)
    run_updates(remote, "DELETE DATA", _named(text, before.text))
    run_updates(remote, "INSERT DATA", _named(before.text, text))
    if before.copy is not None:
        run_updates(remote, "DELETE DATA", ((default, line) for line in _default(after, before.copy)))
    run_updates(remote, "INSERT DATA", ((default, line) for line in _default(before.copy, after)))
    _write_blank(remote, text, blank, default, everywhere=before.copy is None)
    found = count(remote)
    if found != after.manifest.quads:
        what = f"it has {found} quads after a load that should leave {after.manifest.quads}"
        raise _refused(remote, what, "repeat the load, when nobody else writes there")
    facts = [
        fact(IDENTIFIER, f'"{coming}"'),
        fact(QUADS, str(found)),
        *([fact(DEFAULT, f"<{default}>")] if default else []),
    ]
    remote.update(f"DELETE WHERE {{ {in_graph(f'<{LOAD_GRAPH}> ?p ?o .')} }}")
    remote.update(f"INSERT DATA {{ {in_graph(*facts)} }}")


def push_whole(remote: Remote, marker: Marker, before: Before, after: Snapshot) -> None:
    """The same for our own service, which takes one update whole or not at all, and checks it as a load does.

    :raises StoreError: whatever an update raises.
    """
    text = text_of(after)
    changes = (("DELETE DATA", _named(text, before.text)), ("INSERT DATA", _named(before.text, text)))
    parts = []
    for verb, lines in changes:
        # The ontology is always that of the installation that serves it.
        if kept := [(graph, line) for graph, line in lines if graph != ONTOLOGY_GRAPH]:
            parts.append(_update(verb, kept))
    if parts:
        remote.update(";\n".join(parts))


def text_of(snapshot: Snapshot) -> Text:
    """The text of a generation, with the place of every graph."""
    names = [name for (name,) in snapshot.ledger().execute("SELECT name FROM graph ORDER BY id")]
    content = snapshot.text()
    return Text(content, snapshot.offsets(names), snapshot.manifest.quads)


def _begin(remote: Remote, marker: Marker, coming: str) -> bool:
    """Say that a load has begun; whether the engine's default graph is the union of all."""
    if not marker.coming:
        # Only what still is as we have seen it is taken, so that of two loads at once one gives way.
        was = in_graph(fact(IDENTIFIER, f'"{marker.identifier}"'))
        none = f"FILTER NOT EXISTS {{ {in_graph(f'<{LOAD_GRAPH}> ?p ?o .')} }}"
        begun = in_graph(fact(COMING, f'"{coming}"'))
        if marker.identifier:
            remote.update(f"DELETE {{ {was} }} INSERT {{ {begun} }} WHERE {{ {was} }}")
        else:
            remote.update(f"INSERT {{ {begun} }} WHERE {{ {none} }}")
    if read_marker(remote).coming != coming:
        raise _refused(remote, "another load is under way there", "wait until it is done")
    answer = results(remote, remote.query(f"ASK {{ <{LOAD_GRAPH}> <{COMING}> ?coming }}"))
    return isinstance(answer, QueryBoolean) and bool(answer)


def _empty_default(remote: Remote, marker: Marker, default: str) -> None:
    """Have nothing in the default graph; what is not ours is left, and nothing is loaded beside it."""
    if default:
        remote.update(f"DROP SILENT GRAPH <{default}>")
        return
    if not marker.identifier and not marker.coming:
        answer = results(remote, remote.query("ASK { ?s ?p ?o }"))
        if bool(answer):
            remote.update(f"DELETE WHERE {{ {in_graph(f'<{LOAD_GRAPH}> ?p ?o .')} }}")
            what, mend = "its default graph holds other data", "empty it, or load into a store of its own"
            raise _refused(remote, what, mend)
    remote.update("DROP SILENT DEFAULT")


def _named(without: Text, text: Text) -> Iterator[tuple[str, str]]:
    """The lines of named graphs that one text has and the other does not; but those with a blank node."""
    for graph in text.graphs:
        lines, others = text.of(graph), without.of(graph)
        if lines != others:
            known = set(others.splitlines())
            for line in lines.splitlines():
                if line not in known and not _BLANK.match(line):
                    yield graph, nameless(graph, line + b"\n").decode()


def _default(without: Snapshot | None, snapshot: Snapshot) -> Iterator[str]:
    """The triples of the merge that the default perspective of one has and of the other does not."""
    other = without.open_store() if without else None
    with reading():
        for quad in snapshot.open_store().quads_for_pattern(None, None, None, DefaultGraph()):
            is_blank = isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
            if not is_blank and (other is None or quad not in other):
                yield f"{_line(quad)}\n"


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} ."


def _changed_blank(before: Text, after: Text) -> list[str]:
    """The graphs in which quads with a blank node have changed; they cannot be written or taken one by one."""
    graphs = sorted({*before.graphs, *after.graphs})
    return [graph for graph in graphs if _blank(before, graph) != _blank(after, graph)]


def _blank(text: Text, graph: str) -> list[bytes]:
    return [line for line in text.of(graph).splitlines() if _BLANK.match(line)]


def _forget_blank(remote: Remote, graphs: Iterable[str], default: str) -> None:
    """Take the triples with a blank node out of graphs and, if there are any, out of the merge."""
    chosen = list(graphs)
    for graph in [*chosen, *([default] if chosen else [])]:
        if graph:
            pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
            where = f"GRAPH <{graph}> {{ {_IS_BLANK} }}"
        else:
            pattern, where = "?s ?p ?o", _IS_BLANK
        remote.update(f"DELETE {{ {pattern} }} WHERE {{ {where} }}")


def _write_blank(remote: Remote, text: Text, changed: list[str], default: str, *, everywhere: bool) -> None:
    """Write the triples with a blank node, graph by graph in one update: in two, the same node would be two."""
    graphs = {graph: b"".join(line + b"\n" for line in _blank(text, graph)) for graph in text.graphs}
    for graph in changed:
        if lines := nameless(graph, graphs.get(graph, b"")).decode():
            remote.update(f"INSERT {{ GRAPH <{graph}> {{\n{lines}}} }} WHERE {{}}")
    merge = f"GRAPH <{default}> {{ ?s ?p ?o }}" if default else "?s ?p ?o"
    for graph in sorted(graph for graph, lines in graphs.items() if lines):
        if changed or everywhere:  # copied there, where they keep their identity
            where = f"GRAPH <{graph}> {{ {_IS_BLANK} }}"
            remote.update(f"INSERT {{ {merge} }} WHERE {{ {where} }}")


def run_updates(remote: Remote, verb: str, lines: Iterable[tuple[str, str]]) -> None:
    """Send updates of as many lines as the engine takes at once; each line with the graph it is for, or none.

    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
    """
    batch: list[tuple[str, str]] = []
    size = 0
    for graph, line in lines:
        if batch and (len(batch) >= remote.engine.batch or size + len(line) > _BYTES):
            remote.update(_update(verb, batch))
            batch, size = [], 0
        batch.append((graph, line))
        size += len(line)
    if batch:
        remote.update(_update(verb, batch))


def _update(verb: str, batch: Iterable[tuple[str, str]]) -> str:
    graphs: dict[str, list[str]] = {}
    for graph, line in batch:
        graphs.setdefault(graph, []).append(line)
    parts = [f"GRAPH <{g}> {{\n{''.join(lines)}}}" if g else "".join(lines) for g, lines in graphs.items()]
    return f"{verb} {{\n" + "\n".join(parts) + "\n}"


def _refused(remote: Remote, what: str, mend: str) -> StoreError:
    return StoreError(f"cannot load into '{remote.address}': {what}", mend=mend, rule="remote-write")
