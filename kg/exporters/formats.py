"""What a perspective can be written as: the formats, and the endings of file names that mean them."""

from __future__ import annotations

import os
from pathlib import PurePath

from kg.errors import UsageError

#: format -> what it holds; the endings of file names that mean it.
FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "trig": ("RDF, each claim in its graph", (".trig",)),
    "nquads": ("RDF, each claim in its graph, a line for each quad", (".nq",)),
    "jsonld": ("RDF, each claim in its graph, as JSON", (".jsonld",)),
    "turtle": ("RDF, merged", (".ttl",)),
    "ntriples": ("RDF, merged, a line for each triple", (".nt",)),
    "rdfxml": ("RDF, merged, as XML", (".rdf", ".owl")),
    "graphml": ("the network of relations, for Gephi, yEd, Cytoscape", (".graphml",)),
    "gexf": ("the network of relations, for Gephi", (".gexf",)),
    "csv": ("a row for each triple and claim", (".csv",)),
}

#: The formats that keep each claim in its graph, and those of networks.
WHOLE = ("trig", "nquads", "jsonld")
NETWORKS = ("graphml", "gexf")


def format_of(file: str | os.PathLike[str]) -> str:
    """The format that the ending of a file's name means.

    >>> format_of("relations.graphml")
    'graphml'

    :raises UsageError: unknown-format.
    """
    ending = PurePath(file).suffix.lower()
    for name, (_, endings) in FORMATS.items():
        if ending in endings:
            return name
    raise UsageError(
        f"the ending of '{os.fspath(file)}' tells no format",
        mend=f"name one of {', '.join(FORMATS)}",
        rule="unknown-format",
    )


def known_format(name: str) -> str:
    """The format of this name.

    :raises UsageError: unknown-format.
    """
    if name not in FORMATS:
        raise UsageError(
            f"there is no format '{name}'", mend=f"choose one of {', '.join(FORMATS)}", rule="unknown-format"
        )
    return name
