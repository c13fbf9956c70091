"""kg claims: who said what, for whom, when, in which source; and who confirmed or denied it."""

from __future__ import annotations

import click

from kg.commands import options, output
from kg.commands.claim_cells import CLAIM_COLUMNS, LINE_COLUMNS, claim_cells, claim_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.shapes.asked import STANCES, asked_claims
from kg.shapes.claim import claim_json


@click.command(cls=options.ReadingVerb)
@click.argument("thing", nargs=-1)
@click.option(
    "--by",
    "party",
    metavar="PARTY",
    help="Only claims of this party, or of who speaks for it; with --stance, those on which it takes it.",
)
@click.option(
    "--stance",
    type=click.Choice(STANCES),
    metavar="TYPE",
    help="Only claims on which somebody (with --by: PARTY) takes this stance.",
)
@options.reading(limit_help="The most claims to give.")
def command(thing: tuple[str, ...], party: str | None, stance: str | None, reading: Reading) -> None:
    """List claims: all, or those about THING.

    In order of date. With --stance each row is one stance, with its own date and source; else it is the
    claimant's own. --as-of asks what had been SAID by a day, --on what is said to HOLD on one. Exit code 1
    when no claim fits.

    \b
    kg claims "Kursk deployment"
    kg claims --by Ukraine --stance denies
    kg claims --according-to Russia --as-of 2025-04-25
    """
    with options.open_view(reading) as (graph, view):
        about = graph.resolve(" ".join(thing)) if thing else None
        by = options.party(graph, party) if party else None
        pairs = asked_claims(view, about=about, by=by, stance=stance, limit=reading.limit)
    rows = [claim_cells(claim, stance=taken) for claim, taken in pairs]
    data: list[output.Json] = [claim_json(claim, stance=taken) for claim, taken in pairs]
    table = Section("", LINE_COLUMNS, [claim_line(claim, stance=taken) for claim, taken in pairs])
    output.write(
        output.Answer(data, CLAIM_COLUMNS, rows, (table,)), format=reading.format, file=reading.output
    )
    if not pairs:
        raise NotFoundError("no claim fits", mend="ask with fewer options", rule="nothing-found")
