"""What an endpoint says of itself, in a worker: SPARQL 1.1 Service Description and VoID in one graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple, serialize

from kg.rdf.queries import named_query
from kg.rdf.rows import solutions
from kg.rdf.vocabulary import DCTERMS, ENTAILMENT, FORMAT, PREFIXES, RDF_TYPE, RDFS, SD, VOID, XSD_INTEGER
from kg.server.asked import Asked
from kg.server.negotiation import TRIPLES, choose, not_acceptable
from kg.server.plain import Plain
from kg.server.reply import Reply
from kg.server.served import Opened
from kg.server.task_graph import FORMATS
from kg.server.work import Work
from kg.store import manifest

#: Named graphs that a description lists; of more it says how many there are.
MOST_GRAPHS = 100
_NAMED = 10_000  # named graphs up to which they are counted
_COUNTED = 250_000  # quads up to which the sizes of graphs are counted, which takes a scan
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")

_Node = NamedNode | BlankNode


class _Size(NamedTuple):
    quads: int | None
    claims: int | None


def run(work: Work, reply: Reply) -> None:
    """Describe the endpoint; arguments: ``accept``, ``endpoint`` (its address) and ``writable``.

    :raises Problem: not-acceptable.
    """
    store = work.dataset("GRAPH")
    work.started()
    offer = choose(work.text("accept"), TRIPLES)
    if offer is None:
        raise not_acceptable(TRIPLES)
    endpoint = work.text("endpoint")
    triples = [
        *_service(NamedNode(endpoint), is_writable=bool(work.arguments.get("writable"))),
        *_dataset(store, _size(work.opened), NamedNode(endpoint), work.asked),
    ]
    reply.start(offer.content_type)
    prefixes = {"sd": SD, "void": VOID, **{name: PREFIXES[name] for name in ("rdfs", "dcterms", "xsd")}}
    serialize(triples, cast(BinaryIO, reply), format=FORMATS[offer.format], prefixes=prefixes)


def _service(endpoint: NamedNode, *, is_writable: bool) -> Iterator[Triple]:
    yield _triple(endpoint, RDF_TYPE, SD + "Service")
    yield _triple(endpoint, SD + "endpoint", endpoint.value)
    for language in ("SPARQL11Query", *(["SPARQL11Update"] if is_writable else [])):
        yield _triple(endpoint, SD + "supportedLanguage", SD + language)
    for format in (*_RESULTS, *_GRAPHS):
        yield _triple(endpoint, SD + "resultFormat", FORMAT + format)
    if is_writable:
        for format in _GRAPHS:
            yield _triple(endpoint, SD + "inputFormat", FORMAT + format)
    yield _triple(endpoint, SD + "feature", SD + "EmptyGraphs")
    yield _triple(endpoint, SD + "defaultEntailmentRegime", ENTAILMENT + "Simple")


def _dataset(store: Store, size: _Size, endpoint: NamedNode, asked: Asked) -> Iterator[Triple]:
    whole, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(endpoint, NamedNode(SD + "defaultDataset"), whole)
    yield from _kinds(whole, "Dataset")
    yield Triple(whole, NamedNode(DCTERMS + "title"), Literal(_title(asked, size), language="en"))
    yield Triple(whole, NamedNode(VOID + "sparqlEndpoint"), endpoint)
    yield Triple(whole, NamedNode(SD + "defaultGraph"), default)
    yield from _kinds(default, "Graph")
    is_counted = size.quads is not None and size.quads <= _COUNTED
    if size.quads is not None and asked.is_default:
        yield _number(whole, VOID + "triples", size.quads)
    if is_counted:
        row = next(solutions(store, named_query("dataset_size")))
        for name in ("triples", "classes", "properties"):
            yield Triple(default, NamedNode(VOID + name), _literal(row[name]))
    sizes = _sizes(store) if is_counted else {}
    named_graphs = (node.value for node in store.named_graphs() if isinstance(node, NamedNode))
    names = sorted(islice(named_graphs, _NAMED + 1))
    if len(names) > MOST_GRAPHS:
        many = f"more than {_NAMED}" if len(names) > _NAMED else str(len(names))
        said = f"Of {many} named graphs {MOST_GRAPHS} are described here."
        yield Triple(whole, NamedNode(RDFS + "comment"), Literal(said, language="en"))
    for number, name in enumerate(islice(names, MOST_GRAPHS)):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(whole, NamedNode(SD + "namedGraph"), named)
        yield _triple(named, RDF_TYPE, SD + "NamedGraph")
        yield _triple(named, SD + "name", name)
        yield Triple(named, NamedNode(SD + "graph"), graph)
        yield from _kinds(graph, "Graph")
        if is_counted:
            yield _number(graph, VOID + "triples", sizes.get(name, 0))


def _kinds(node: BlankNode, kind: str) -> Iterator[Triple]:
    yield _triple(node, RDF_TYPE, SD + kind)
    yield _triple(node, RDF_TYPE, VOID + "Dataset")


def _title(asked: Asked, size: _Size) -> str:
    """What is in the dataset, in a sentence."""
    if size.claims is None:
        return "An RDF dataset"
    parties = ", ".join(asked.according_to)
    words = [f"What {parties} holds" if parties else "What anyone asserts or confirms"]
    words += [f"as public by {asked.as_of}"] if asked.as_of else []
    words += [f"of what holds on {asked.on}"] if asked.on else []
    flags = ("undisputed", "disputed", "exactly", "infer")
    words += [flag for flag in flags if getattr(asked, flag)]
    return f"{', '.join(words)}; from a store of {size.claims} claims"


def _size(opened: Opened) -> _Size:
    """What the head of the generation says of its size: nothing is counted."""
    if isinstance(opened, Plain):
        return _Size(opened.quads(), None)
    head = manifest.read(opened.graph().perspective().generation)
    return _Size(head.quads, head.claims)


def _sizes(store: Store) -> dict[str, int]:
    found = {}
    for row in solutions(store, named_query("list_graphs")):
        graph, count = row["graph"], row["triples"]
        assert isinstance(graph, NamedNode | BlankNode)
        assert isinstance(count, Literal)
        found[graph.value] = int(count.value)
    return found


def _triple(subject: _Node, predicate: str, value: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(value))


def _number(subject: _Node, predicate: str, number: int) -> Triple:
    return Triple(subject, NamedNode(predicate), Literal(str(number), datatype=NamedNode(XSD_INTEGER)))


def _literal(term: object) -> Literal:
    assert isinstance(term, Literal)
    return term
