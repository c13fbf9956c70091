"""A SPARQL query in a worker: the dataset is made, the engine runs, its writer streams."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat

from kg.server.negotiation import ROWS, TRIPLES, choose, not_acceptable
from kg.server.reply import Reply
from kg.server.rows import Counted
from kg.server.work import Work
from kg.store.answers import chosen_graphs
from kg.store.embedded import evaluating
from kg.store.embedded import run as evaluate
from kg.store.safety import check_query

#: The engine's name of each format of rows.
ROW_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
#: The engine's name of each format of triples.
TRIPLE_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdf-xml": RdfFormat.RDF_XML,
    "json-ld": RdfFormat.JSON_LD,
}


def open_only(work: Work, reply: Reply) -> None:
    """Nothing but to open the current generation, so that the next request need not wait for it."""
    reply.start("text/plain; charset=utf-8")


def run(work: Work, reply: Reply) -> None:
    """Answer a query; arguments: ``query``, ``accept``, ``base``; ``default`` and ``named``, the protocol's graphs.

    :raises UsageError: bad-query, query-update, query-service, query-from, query-failed.
    :raises Problem: not-acceptable; too-many-rows; too-many-bytes.
    """
    text, accept = work.text("query"), work.text("accept")
    checked = check_query(
        text, is_scoped=not work.asked.is_default, base=work.text("base"), hosts=work.texts("hosts")
    )
    default, named = work.texts("default"), work.texts("named")
    if default or named:  # they win over FROM
        checked = checked._replace(has_dataset=True, default=default, named=named)
    store = work.dataset("graph" if checked.has_dataset else text)
    if checked.has_dataset:
        store = chosen_graphs(store, checked)
    work.started()
    result = evaluate(store, checked.text, base=work.text("base") or None)
    is_graph = isinstance(result, QueryTriples)
    offer = choose(accept, TRIPLES if is_graph else ROWS)
    if offer is None:
        raise not_acceptable(TRIPLES if is_graph else ROWS)
    reply.start(offer.content_type)
    with evaluating():
        if isinstance(result, QueryTriples):
            result.serialize(reply.file, format=TRIPLE_FORMATS[offer.format])
        else:
            result.serialize(Counted(reply, offer.format, work.rows).file, format=ROW_FORMATS[offer.format])
