"""kg find: things by name, in any script, each hit with the reason why it matched."""

from __future__ import annotations

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import NotFoundError
from kg.rdf.terms import curie

COLUMNS = ("name", "type", "score", "matched", "why", "id")


@click.command(cls=options.ReadingVerb)
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--type", "types", metavar="TYPE", multiple=True, help="Only things of this class. May be repeated."
)
@options.reading(perspective=False, limit=20, limit_help="The most hits to give.")
def command(name: tuple[str, ...], types: tuple[str, ...], reading: Reading) -> None:
    """Find things by name, in any script or romanisation.

    Best first: exact names, then aliases, words of a name, transliterations and typos. Each hit says why it
    matched. Exit code 1 when nothing matches.

    \b
    kg find Шойгу
    kg find Choïgou --format json
    kg find Kim --type Person --lang fr
    """
    text = " ".join(name)
    with options.open_graph(reading) as graph:
        found = graph.find(text, types=types, lang=reading.lang, limit=reading.limit or 20)
        missing = None if found else f"nothing is named {text!r}"
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
    data: list[output.Json] = [
        {
            "iri": match.iri,
            "label": match.label,
            "types": list(match.types),
            "score": match.score,
            "matched": match.matched,
            "lang": match.lang,
            "why": match.why,
        }
        for match in found
    ]
    output.write(output.Answer(data, COLUMNS, rows), format=reading.format, file=reading.output)
    if missing:
        raise NotFoundError(missing, mend="try another spelling or fewer words", rule="unknown-name")
