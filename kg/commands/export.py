"""kg export: a perspective as a file that other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.perspective.view import Perspective
    from kg.rdf.trig import Quad

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

#: The formats that keep each claim in its graph.
WHOLE = ("trig", "nquads", "jsonld")

_NETWORKS = ("graphml", "gexf")


@click.command(cls=options.ReadingVerb)
@click.option(
    "--all", "everything", is_flag=True, help="All that is stored, also what nobody holds any more."
)
@options.reading(formats=tuple(FORMATS), format_by_ending=True)
def command(everything: bool, reading: Reading) -> None:
    """Write a perspective as RDF, as the network of its relations, or as a table.

    Without --format the ending of the file's name tells; without either it is TriG. TriG, N-Quads and JSON-LD
    keep each claim in its graph; the other RDF is the merge. A claim that the perspective does not hold, such as
    one that was superseded, stays on record without its content; with --all it is written out, and 'kg load'
    makes the same store of such a TriG again. The same data give the same bytes.

    \b
    kg export -o dossier.trig
    kg export --according-to Ukraine --as-of 2025-04-27 --format turtle
    kg export -o relations.graphml
    kg export --all -o backup.trig
    """
    chosen = reading.format or _format_of(reading)
    with options.open_view(reading) as (graph, view):
        if everything and (chosen not in WHOLE or not view.definition.is_default):
            what = f"--all writes {', '.join(WHOLE)}, and no perspective"
            raise UsageError(what, mend="leave --all out, or the other option", rule="bad-option")
        data = _exported(view, graph.quads() if everything else view.quads(), chosen)
    output.write_bytes(data, file=reading.output)


def _format_of(reading: Reading) -> str:
    if reading.output is None:
        return "trig"
    ending = reading.output.suffix.lower()
    for name, (_, endings) in FORMATS.items():
        if ending in endings:
            return name
    raise UsageError(
        f"the ending of '{reading.output}' tells no format", mend="give --format NAME", rule="bad-option"
    )


def _exported(view: Perspective, quads: Iterable[Quad], format: str) -> bytes:
    if format in _NETWORKS:
        from kg.exporters.network_files import write_network
        from kg.networks.projection import relations

        return write_network(relations(view), format=format)
    if format == "csv":
        from kg.exporters.tables import TABLE_COLUMNS, claim_rows

        rows = claim_rows(view.store, view.claims(), label=view.label)
        return output.as_csv(TABLE_COLUMNS, list(rows)).encode()
    from kg.exporters.rdf import write_rdf

    return write_rdf(quads, format=format)
