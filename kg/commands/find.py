"""kg find: things by name, in any script, each hit with the reason why it matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import NotFoundError, UsageError
from kg.rdf.terms import curie
from kg.shapes.found import match_json

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

COLUMNS = ("name", "type", "score", "matched", "why", "id")


def _unknown(graph: KnowledgeGraph, text: str, types: tuple[str, ...]) -> NotFoundError:
    """The refusal for a name that nothing bears, with the names that are near; or that nothing of the type bears."""
    try:
        graph.resolve(text)
    except NotFoundError as refused:
        return refused
    except UsageError:
        pass
    what = f"nothing of type {' or '.join(types)} is named {text!r}"
    return NotFoundError(what, mend="'kg find' without --type finds others", rule="unknown-name")


@click.command(cls=options.ReadingVerb)
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--type", "types", metavar="TYPE", multiple=True, help="Only things of this class. May be repeated."
)
@options.reading(perspective=False, limit=20, limit_help="The most hits to give.")
def command(name: tuple[str, ...], types: tuple[str, ...], reading: Reading) -> None:
    """Find things by name, in any script or romanisation.

    Best first: exact names, then aliases, words of a name, transliterations and typos. Each hit says why it
    matched; a name that only a claim gives says by which. Exit code 1 when nothing matches.

    \b
    kg find Шойгу
    kg find Choïgou --format json
    kg find Kim --type Person --lang fr
    """
    text = " ".join(name)
    with options.open_graph(reading) as graph:
        found = graph.find(text, types=types, lang=reading.lang, limit=reading.limit or 20)
        missing = None if found else _unknown(graph, text, types)
    rows = [
        (
            match.label,
            ", ".join(curie(kind).removeprefix("kg:") for kind in match.types),
            f"{match.score:.2f}",
            f"{match.matched} ({match.lang})" if match.lang else match.matched,
            match.why,
            curie(match.iri),
        )
        for match in found
    ]
    data: list[output.Json] = [match_json(match) for match in found]
    output.write(output.Answer(data, COLUMNS, rows), format=reading.format, file=reading.output)
    if missing:
        raise missing
