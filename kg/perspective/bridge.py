"""A perspective as rdflib objects, for everything that rdflib can do."""

from __future__ import annotations

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple
from rdflib.term import Node

from kg.rdf.vocabulary import PREFIXES


def to_rdflib(store: Store) -> rdflib.Dataset:
    """A copy of the store's dataset, with our prefixes bound.

    :raises TypeError: for a triple term of RDF 1.2, which rdflib does not have.
    """
    dataset = rdflib.Dataset()
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    graphs: dict[NamedNode | BlankNode | DefaultGraph, rdflib.Graph]
    graphs = {DefaultGraph(): dataset.default_graph}
    graphs |= {name: dataset.graph(rdflib.URIRef(name.value)) for name in store.named_graphs()}
    for quad in store:
        graphs[quad.graph_name].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        raise TypeError(f"rdflib has no triple terms: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    is_plain = term.datatype.value == str(rdflib.XSD.string)
    datatype = None if is_plain else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
