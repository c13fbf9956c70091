"""kg claims: who said what, for whom, when, in which source; and who confirmed or denied it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.claims.model import Claim, Stance
from kg.commands import options, output
from kg.commands.claim_shape import (
    CLAIM_COLUMNS,
    LINE_COLUMNS,
    claim_cells,
    claim_json,
    claim_line,
    public_order,
)
from kg.commands.options import Reading
from kg.commands.record import claims_of
from kg.commands.tables import Section
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

#: The code list of stances, as --stance takes it.
STANCES = (
    "asserts",
    "confirms",
    "does-not-deny",
    "declines-to-comment",
    "disputes",
    "denies",
    "retracts",
    "revises",
)


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
        first = None if stance else reading.limit
        found = claims_of(view, about) if about else view.claims(by=by, stance=stance, limit=first)
        if about and (by or stance):
            kept = {claim.iri for claim in view.claims(by=by, stance=stance)}
            found = [claim for claim in found if claim.iri in kept]
        pairs = [pair for claim in found for pair in _asked_for(view, claim, by, stance)]
        if stance:
            pairs.sort(key=lambda pair: public_order(pair[1]))
        pairs = pairs[: reading.limit]
    rows = [claim_cells(claim, stance=taken) for claim, taken in pairs]
    data: list[output.Json] = [claim_json(claim, stance=taken) for claim, taken in pairs]
    table = Section("", LINE_COLUMNS, [claim_line(claim, stance=taken) for claim, taken in pairs])
    output.write(
        output.Answer(data, CLAIM_COLUMNS, rows, (table,)), format=reading.format, file=reading.output
    )
    if not pairs:
        raise NotFoundError("no claim fits", mend="ask with fewer options", rule="nothing-found")


def _asked_for(
    view: Perspective, claim: Claim, by: str | None, stance: str | None
) -> list[tuple[Claim, Stance | None]]:
    """The claim with each stance that was asked for; with none where the claimant's own is meant."""
    if stance is None:
        return [(claim, None)]
    return [
        (claim, taken)
        for taken in claim.stances
        if taken.type == stance and (by is None or view.speaks_for(taken, by))
    ]
