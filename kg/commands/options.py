"""The options that the reading verbs share, each defined once, and the view that they ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.commands.output import ROW_FORMATS
from kg.errors import NotFoundError, UsageError
from kg.rdf.vocabulary import ACTOR

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.view import View

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading verb was asked for, besides its own arguments."""

    store: str | None = None
    according_to: tuple[str, ...] = ()
    as_of: date | None = None
    on: date | None = None
    undisputed: bool = False
    disputed: bool = False
    exactly: bool = False
    infer: bool = False
    format: str = ""
    output: Path | None = None
    lang: str = "en"
    limit: int | None = None


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from kg.dates import parse_day

    return parse_day(value)


def _first_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    last = _day(ctx, param, value)
    if last is None or value is None:
        return last
    return last.replace(month=last.month if "-" in value else 1, day=last.day if value.count("-") > 1 else 1)


def day_option(name: str, variable: str, *, help: str, first: bool = False) -> Callable[[F], F]:
    """An option that takes a date: YYYY and YYYY-MM mean their last day, or their ``first``."""
    return click.option(name, variable, metavar="DATE", callback=_first_day if first else _day, help=help)


def _within_reach(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    return None if value is None else min(value, sys.maxsize)  # no answer has more, and no counter takes more


store_option = click.option(
    "--store",
    metavar="LOCATION",
    envvar="KG_STORE",
    help="A store folder or a SPARQL endpoint. Default: KG_STORE, else ./store.kg if there, else the shipped dossier.",
)

_perspective = (
    click.option(
        "--according-to",
        metavar="PARTY",
        multiple=True,
        help="Only what this party asserts or confirms, itself or by who speaks for it. May be repeated.",
    ),
    click.option(
        "--exactly",
        is_flag=True,
        help="With --according-to: only what it says itself or by name, without those who speak for it.",
    ),
    day_option(
        "--as-of", "as_of", help="Only what was SAID and public by this day, whatever day it speaks of."
    ),
    day_option("--on", "on", help="Only what is said to HOLD on this day, whenever it was said."),
    click.option("--undisputed", is_flag=True, help="Leave out what others dispute or deny."),
    click.option("--disputed", is_flag=True, help="Keep only what others dispute or deny."),
    click.option(
        "--infer", is_flag=True, help="Add what follows from each claim by itself and the ontology."
    ),
)

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file, whole or not at all, and not to stdout.",
)

lang_option = click.option(
    "--lang",
    metavar="TAG",
    default="en",
    show_default=True,
    help="The language of labels, and of the words of tables.",
)


#: What the ending of -o FILE means where no --format is given, in the verbs that have that format.
ENDINGS = {
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xml": "xml",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".html": "html",
}


class ReadingVerb(click.Command):
    """A verb that reads: it gets the shared options as one ``reading: Reading``."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the verb; an option that it does not have is as if not given."""
        _take_ending(ctx)
        given = {name: ctx.params.pop(name) for name in Reading.__dataclass_fields__ if name in ctx.params}
        ctx.params["reading"] = Reading(**given)
        super().invoke(ctx)


def _take_ending(ctx: click.Context) -> None:
    """Let the ending of the output's name tell the format, if none was asked for."""
    file = ctx.params.get("output")
    if file is None or ctx.get_parameter_source("format") is not click.core.ParameterSource.DEFAULT:
        return
    meant = ENDINGS.get(file.suffix.lower())
    kinds = [option.type for option in ctx.command.params if option.name == "format"]
    if ctx.params["format"] and any(
        isinstance(kind, click.Choice) and meant in kind.choices for kind in kinds
    ):
        ctx.params["format"] = meant


def reading(
    *,
    formats: Sequence[str] = ROW_FORMATS,
    format_by_ending: bool = False,
    limit: int | None = None,
    limit_help: str = "The most rows to give.",
    perspective: bool = True,
) -> Callable[[F], F]:
    """Give a ReadingVerb the shared options.

    The first of ``formats`` is the default, unless the ending of the output's name tells it. ``limit`` is the
    default of --limit. A verb that asks for names or terms needs no ``perspective``: they are nobody's claim.
    """
    options = (
        store_option,
        *(_perspective if perspective else ()),
        click.option(
            "--format",
            type=click.Choice(list(formats)),
            default=None if format_by_ending else formats[0],
            show_default=not format_by_ending,
            help="The form of the answer; without it the ending of -o FILE tells.",
        ),
        output_option,
        lang_option,
        click.option(
            "--limit",
            type=click.IntRange(min=1),
            metavar="N",
            default=limit,
            show_default=True,
            callback=_within_reach,
            help=limit_help,
        ),
    )

    def decorate(verb: F) -> F:
        for option in reversed(options):
            verb = option(verb)
        return verb

    return decorate


def _say_copying() -> None:
    """Say on a terminal why it takes a while; the shipped dossier is there before one would read it."""
    if sys.stderr.isatty():
        sys.stderr.write("making a store in the cache folder, once for these data\n")


@contextmanager
def open_graph(reading: Reading) -> Iterator[KnowledgeGraph]:
    """The graph in the store that was asked for; the shipped one is built on first use."""
    from kg import graph as graphs
    from kg.commands.waiting import sign_of_life

    with sign_of_life("opening the store"):
        opened = graphs.open(reading.store, lang=reading.lang, announce=_say_copying)
    with opened as graph:
        yield graph


@contextmanager
def open_view(reading: Reading) -> Iterator[tuple[KnowledgeGraph, View]]:
    """The graph and the perspective on it that the options ask for.

    :raises UsageError: unknown-party, ambiguous-name, opposite-options.
    """
    from kg.commands.waiting import sign_of_life

    with open_graph(reading) as graph:
        with sign_of_life("selecting the claims"):
            view = view_of(graph, reading, parties=[party(graph, name) for name in reading.according_to])
        yield graph, view


def view_of(graph: KnowledgeGraph, reading: Reading, *, parties: Sequence[str]) -> View:
    """The perspective of these parties (IRIs) that the other options ask for.

    :raises UsageError: opposite-options.
    """
    return graph.perspective(
        according_to=parties,
        as_of=reading.as_of,
        on=reading.on,
        undisputed=reading.undisputed,
        disputed=reading.disputed,
        exactly=reading.exactly,
        infer=reading.infer,
    )


def party(graph: KnowledgeGraph, name: str) -> str:
    """The IRI of the party that a name means.

    :raises UsageError: unknown-party, when it names no actor; ambiguous-name.
    """
    try:
        return graph.resolve(name, types=(ACTOR,))
    except NotFoundError as cause:
        raise UsageError(f"no party is named {name!r}", mend=cause.mend, rule="unknown-party") from cause
