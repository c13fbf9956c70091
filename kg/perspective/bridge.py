"""A perspective as rdflib objects, for everything that rdflib can do."""

from __future__ import annotations

import rdflib
from pyoxigraph import RdfFormat, Store

from kg.rdf.vocabulary import PREFIXES


def to_rdflib(store: Store) -> rdflib.Dataset:
    """A copy of the store's dataset, with our prefixes bound."""
    dataset = rdflib.Dataset()
    dataset.parse(data=store.dump(format=RdfFormat.N_QUADS) or b"", format="nquads")
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
