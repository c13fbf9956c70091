"""kg view: write one self-contained interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import options
from kg.commands.options import Reading
from kg.rdf.terms import expand
from kg.rdf.vocabulary import KG

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

DEFAULT = Path("foedus.html")


@click.command(cls=options.ReadingVerb)
@click.argument("things", nargs=-1, metavar="[THING]...")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    show_default=True,
    help="How many relations away from a THING the page reaches.",
)
@click.option(
    "--lite",
    is_flag=True,
    help="Only what the page shows first, as a picture and a table: a small file without a script.",
)
@click.option(
    "--with-text",
    "texts",
    multiple=True,
    metavar="FILE",
    help="Quote the passages of a source whose text you have; SOURCE=FILE says of which. May be repeated.",
)
@options.reading(formats=("html",), limit_help="The most cards to draw; 40 when not given.")
def command(
    things: tuple[str, ...], depth: int, lite: bool, texts: tuple[str, ...], reading: Reading
) -> None:
    """Write one HTML file that opens offline: who is tied to whom, who says so, and who denies it.

    The whole dossier, or the neighbourhood of the THINGs; exit code 1 when no claim speaks of them. Nothing in
    the file asks for anything from outside.
    The page holds what every party says on every day: --according-to, --as-of, --disputed and --undisputed
    choose what it shows when it is opened, and its reader may choose otherwise. Prints the path of the file:
    foedus.html, unless --output names another.

    A page holds no text of its sources, only where in them a passage stands. With --with-text the passages of
    a file stand in the panel, and in the table of a --lite page, provided that it is, to the byte, the text on
    record.

    \b
    kg view
    kg view "Kim Jong Un" Shoigu --depth 2 -o meeting.html
    kg view --according-to Ukraine --as-of 2025-04-27 --lang fr -o ukraine.html
    kg view --lite --disputed -o disputed.html
    """
    from kg.commands.waiting import sign_of_life
    from kg.page.phrases import phrases

    phrases(reading.lang)  # a language that the page does not have is told before the store is opened
    target = reading.output or DEFAULT
    with options.open_view(reading) as (graph, view):
        chosen = [graph.resolve(name) for name in things]
        with sign_of_life("drawing the page"):
            view.page(
                target,
                lang=reading.lang,
                things=chosen,
                depth=depth,
                limit=reading.limit,
                lite=lite,
                texts=dict(_text(graph, given) for given in texts),
            )
    click.echo(str(target))


def _text(graph: KnowledgeGraph, given: str) -> tuple[Path, str]:
    """FILE, or SOURCE=FILE: the file, and the source that was named."""
    name, named, file = given.partition("=")
    if not named or Path(given).exists():
        return Path(given), ""
    return Path(file), expand(name) or graph.resolve(name, types=[KG + "SourceDocument"])
