"""kg export: a perspective as a file that other programs read."""

from __future__ import annotations

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import UsageError
from kg.exporters.formats import FORMATS, WHOLE, format_of


@click.command(cls=options.ReadingVerb)
@click.option(
    "--all", "everything", is_flag=True, help="All that is stored, also what nobody holds any more."
)
@options.reading(formats=tuple(FORMATS), format_by_ending=True, limit_help="The most rows of csv.")
def command(everything: bool, reading: Reading) -> None:
    """Write a perspective as RDF, as the network of its relations, or as a table.

    Without --format the ending of the file's name tells; without either it is TriG. TriG, N-Quads and JSON-LD
    keep each claim in its graph; the other RDF is the merge. A claim that the perspective does not hold, such as
    one that was superseded, stays on record without its content, and a state that nothing speaks of is left
    out; with --all both are written, and 'kg load' makes the same store of such a TriG again. The same data give
    the same bytes.

    \b
    kg export -o dossier.trig
    kg export --according-to Ukraine --as-of 2025-04-27 --format turtle
    kg export -o relations.graphml
    kg export --all -o backup.trig
    """
    chosen = reading.format or (format_of(reading.output) if reading.output else "trig")
    if reading.limit and chosen != "csv":
        what = f"--limit counts rows, and {chosen} has none"
        raise UsageError(what, mend="leave --limit out, or write csv", rule="bad-option")
    with options.open_view(reading) as (graph, view):
        if not everything:
            data = view.serialize(chosen, limit=reading.limit)
        elif chosen in WHOLE and view.definition.is_default:
            from kg.exporters.rdf import write_rdf

            data = write_rdf(graph.quads(), format=chosen)
        else:
            what = f"--all writes {', '.join(WHOLE)}, and no perspective"
            raise UsageError(what, mend="leave --all out, or the other option", rule="bad-option")
    output.write_bytes(data, file=reading.output)
