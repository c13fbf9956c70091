"""One graph of the dataset by the Graph Store Protocol, in a worker: read, put, added to, deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.parser import BytesParser
from email.policy import HTTP
from hashlib import sha256
from typing import BinaryIO, NamedTuple, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import Position, UsageError
from kg.server.negotiation import TRIPLES, choose, not_acceptable
from kg.server.problem import Headers, Problem
from kg.server.reply import Reply
from kg.server.task_update import change
from kg.server.work import Work

#: The formats that a graph is written in, by their names in negotiation.py.
FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdf-xml": RdfFormat.RDF_XML,
    "json-ld": RdfFormat.JSON_LD,
}
#: The media types that a graph is taken in.
TAKEN = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
_MULTIPART = "multipart/form-data"
_MOST_PARTS = 1000  # reading them takes time by the square of their number
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)  # the engine reads it in small letters too
_Graph = NamedNode | DefaultGraph


class Done(NamedTuple):
    """What became of a write: its status, and where a new graph is."""

    status: int
    location: str = ""


def read(work: Work, reply: Reply) -> None:
    """Answer with a graph; arguments: ``graph`` (empty for the default graph) and ``accept``.

    :raises Problem: not-acceptable; no-such-graph; too-many-bytes.
    """
    graph = _graph(work.text("graph"))
    store = work.dataset("GRAPH" if isinstance(graph, NamedNode) else "")
    work.started()
    if not _exists(store, graph):
        raise _no_such_graph(graph)
    offer = choose(work.text("accept"), TRIPLES)
    if offer is None:
        raise not_acceptable(TRIPLES)
    reply.start(offer.content_type)
    store.dump(cast(BinaryIO, reply), FORMATS[offer.format], from_graph=graph)


def write(work: Work, reply: Reply) -> None:
    """Put, add to or delete a graph; arguments: ``method``, ``graph``, ``type`` (of the body) and ``mint``.

    ``mint`` is where a POST that names no graph makes one.

    :raises UsageError: bad-rdf.
    :raises DataError: the rule of the first finding, when a store of claims would break one.
    :raises Problem: no-such-graph, unknown-media-type, default-graph, fixed-graph.
    :raises StoreError: store-locked, store-write, store-damaged.
    """
    method, mint = work.text("method"), work.text("mint")
    name = work.text("graph")
    triples: Sequence[Quad] = ()
    if method != "DELETE":
        triples = _parsed(work.body, work.text("type"), base=name or mint)
    done = change(work.opened, lambda store: _apply(store, method, name, mint, triples))
    headers: Headers = (("location", done.location),) if done.location else ()
    reply.start("", status=done.status, headers=headers)


def _apply(store: Store, method: str, name: str, mint: str, triples: Sequence[Quad]) -> Done:
    location = _minted(store, mint, triples) if mint else ""
    graph = _graph(location or name)
    existed = _exists(store, graph)
    if method == "DELETE":
        if not existed:
            raise _no_such_graph(graph)
        if isinstance(graph, NamedNode):
            store.remove_graph(graph)
        else:
            store.clear_graph(graph)
        return Done(204)
    if method == "PUT":
        store.clear_graph(graph)
    if isinstance(graph, NamedNode):
        store.add_graph(graph)
    store.extend(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    return Done(204 if existed else 201, location)


def _graph(name: str) -> _Graph:
    if not name:
        return DefaultGraph()
    try:
        return NamedNode(name)
    except ValueError as cause:
        raise UsageError(
            f"'{name}' is not the IRI of a graph", mend="give it in full", rule="bad-parameter"
        ) from cause


def _exists(store: Store, graph: _Graph) -> bool:
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def _minted(store: Store, mint: str, triples: Sequence[Quad]) -> str:
    """A name for a new graph: from what it holds, so that the same requests give the same names."""
    stamp = sha256("\n".join(sorted(str(triple.predicate) for triple in triples)).encode()).hexdigest()[:12]
    number = 1
    while store.contains_named_graph(NamedNode(f"{mint}{stamp}-{number}")):
        number += 1
    return f"{mint}{stamp}-{number}"


def _parsed(body: bytes, media_type: str, *, base: str) -> list[Quad]:
    """The triples of a body; of one in several parts, those of all."""
    if media_type.partition(";")[0].strip().lower() != _MULTIPART:
        return list(_part(body, media_type, base))
    head = f"Content-Type: {media_type}\r\n\r\n".encode()
    if body.count(b"\n--") > _MOST_PARTS:
        what = f"the body has more than {_MOST_PARTS} parts"
        raise UsageError(what, mend="put the triples into fewer", rule="bad-rdf")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if not parts:
        raise UsageError(
            "the body has no parts", mend="separate them by the boundary of Content-Type", rule="bad-rdf"
        )
    found: list[Quad] = []
    for part in parts:
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found += _part(content, str(part.get("Content-Type", "")), base)
    return found


def _part(body: bytes, media_type: str, base: str) -> Iterator[Quad]:
    name, _, options = media_type.partition(";")
    format = TAKEN.get(name.strip().lower())
    charset = options.replace('"', "").replace(" ", "").lower()
    if format is None or (charset.startswith("charset=") and charset != "charset=utf-8"):
        raise Problem(
            f"a graph is not taken as '{media_type}'",
            mend=f"send one of {', '.join(TAKEN)}, in UTF-8",
            rule="unknown-media-type",
            status=415,
        )
    # A document type can define entities that grow without bound.
    if format == RdfFormat.RDF_XML and _DOCTYPE.search(body):
        raise UsageError(
            "RDF/XML with a document type is not read", mend="write the entities out", rule="bad-rdf"
        )
    try:
        yield from parse(
            body, format=format, base_iri=base or None, without_named_graphs=True, rename_blank_nodes=True
        )
    except SyntaxError as cause:
        where = Position("body", cause.lineno or 0, cause.offset or 0)
        what = f"the graph cannot be read: {cause.msg}"
        raise UsageError(what, mend="correct it", rule="bad-rdf", position=where) from cause
    except ValueError as cause:
        raise UsageError(f"the graph cannot be read: {cause}", mend="correct it", rule="bad-rdf") from cause


def _no_such_graph(graph: _Graph) -> Problem:
    return Problem(f"there is no graph {graph}", mend="name another", rule="no-such-graph", status=404)
