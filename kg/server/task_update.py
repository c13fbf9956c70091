"""Changing what is served, in a worker: applied to a copy, checked, published by one rename, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.rdf.vocabulary import ONTOLOGY_GRAPH
from kg.server.plain import Plain
from kg.server.plain import change as change_plain
from kg.server.problem import Problem
from kg.server.reply import Reply
from kg.server.served import Opened
from kg.server.work import Work
from kg.store.embedded import run_update
from kg.store.safety_update import check_update
from kg.store.snapshot import open_snapshot

_Done = TypeVar("_Done")
_DEFAULT = DefaultGraph()
_PATIENCE_S = 5.0  # for the lock of a writer that was just killed, or of a quick one in another process


def run(work: Work, reply: Reply) -> None:
    """Do an update; arguments: ``update``, ``base``, ``hosts``, and the graphs of the protocol,
    ``using`` and ``using_named``.

    :raises UsageError: bad-query, query-failed, query-service, update-load, update-dataset.
    :raises DataError: the rule of the first finding, when a store of claims would break one.
    :raises Problem: default-graph, fixed-graph.
    :raises StoreError: store-locked, store-write, store-damaged.
    """
    text = check_update(
        work.text("update"),
        using=work.texts("using"),
        using_named=work.texts("using_named"),
        hosts=work.texts("hosts"),
    )
    change(work.opened, lambda store: run_update(store, text, base=work.text("base") or None))
    reply.start("", status=204)


def change(opened: Opened, apply: Callable[[Store], _Done]) -> _Done:
    """Change what is served; what was there stays when anything fails.

    :raises DataError: the rule of the first finding, when a store of claims would break one.
    :raises Problem: default-graph, fixed-graph.
    :raises StoreError: store-locked, store-write, store-damaged.
    """
    if isinstance(opened, Plain):
        return change_plain(opened.folder, apply, patience=_PATIENCE_S)
    return _change_claims(opened.folder, apply)


def _change_claims(folder: Path, apply: Callable[[Store], _Done]) -> _Done:
    """Change the named graphs; the default graph is there to be read, and is what they come to."""
    from kg.loading import ontology_quads, rewrite

    done: list[_Done] = []

    def rewritten(before: Sequence[Quad]) -> Iterable[Quad]:
        ontology = set(ontology_quads())
        merged = set(open_snapshot(folder).open_store().quads_for_pattern(None, None, None, _DEFAULT))
        store = Store()
        store.bulk_extend([*before, *ontology, *merged])
        done.append(apply(store))
        if set(store.quads_for_pattern(None, None, None, _DEFAULT)) != merged:
            raise _bare_fact()
        if set(store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))) != ontology:
            raise _fixed_graph()
        return (quad for quad in store if quad.graph_name != _DEFAULT and quad not in ontology)

    rewrite(folder, rewritten, patience=_PATIENCE_S)
    return done[0]


def _bare_fact() -> Problem:
    return Problem(
        "the default graph of a store of claims cannot be written: no fact stands without who claims it",
        mend="write into the graph of a claim, and say in graph:record who claims it",
        rule="default-graph",
        status=422,
    )


def _fixed_graph() -> Problem:
    return Problem(
        "the graph of the ontology cannot be written: it is always that of the installation",
        mend="leave graph:ontology as it is, and name the graphs that are to change",
        rule="fixed-graph",
        status=422,
    )
