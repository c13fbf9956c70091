"""kg disputes: where parties contradict each other, side by side, with dates and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.claims.model import Named, Stance
from kg.commands import options, output
from kg.commands.claim_cells import day, where
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie
from kg.shapes.claim import date_of
from kg.shapes.dispute import dispute_json

if TYPE_CHECKING:
    from kg.disputes.model import Dispute, Position, Side

COLUMNS = (
    "issue",
    "kind",
    "party",
    "position",
    "date",
    "since",
    "by",
    "conflicts",
    "claim",
    "source",
    "before",
    "issue id",
    "party id",
    "claim id",
)
LINE_COLUMNS = ("party", "position", "date", "claim", "said by", "before")


@click.command(cls=options.ReadingVerb)
@click.argument("thing", nargs=-1)
@options.reading(limit_help="The most disputes to give.")
def command(thing: tuple[str, ...], reading: Reading) -> None:
    """Show where parties contradict each other: all disputes, or those about THING, side by side.

    The newest conflict first. A party counts by the latest that was said in its name; what it said before
    stands beside it. 'incompatible' marks what cannot both hold though nobody says so. --according-to PARTY
    keeps the disputes in which PARTY takes a side; --undisputed those without a denial. Exit code 1 when
    there is none.

    \b
    kg disputes
    kg disputes "Kursk Oblast"
    kg disputes --according-to Russia --as-of 2024-10-31 --format json
    """
    from kg.disputes.find import disputes

    with options.open_view(replace(reading, according_to=())) as (graph, view):
        about = graph.resolve(" ".join(thing)) if thing else None
        parties = [options.party(graph, name) for name in reading.according_to]
        found = disputes(view, about=about, of=parties, limit=reading.limit)
    rows = [
        _cells(dispute, side, position)
        for dispute in found
        for side in dispute.sides
        for position in side.positions
    ]
    data: list[output.Json] = [dispute_json(dispute) for dispute in found]
    sections = [_section(dispute) for dispute in found]
    output.write(output.Answer(data, COLUMNS, rows, sections), format=reading.format, file=reading.output)
    if not found:
        raise NotFoundError(
            "no parties contradict each other here", mend=_mend(reading), rule="nothing-found"
        )


def _mend(reading: Reading) -> str:
    if reading.undisputed:
        return "leave --undisputed out: it hides every claim that somebody denies"
    return "ask with fewer options"


def _section(dispute: Dispute) -> Section:
    """The block of one dispute: a line for each position that matters; the other claims are counted."""
    note = " (incompatible, though nobody says so)" if dispute.kind == "incompatible" else ""
    lines = [line for side in dispute.sides for line in _lines(dispute, side)]
    width = len(LINE_COLUMNS) if any(line[-1] for line in lines) else len(LINE_COLUMNS) - 1
    return Section(dispute.issue.label + note, LINE_COLUMNS[:width], [line[:width] for line in lines])


def _lines(dispute: Dispute, side: Side) -> Iterable[tuple[str, ...]]:
    """What a side says of the conflicting claims, and whatever it does not hold; at least where it stands."""
    shown = [p for p in side.positions if p.claim.iri in dispute.claims or p not in _held(side)]
    shown = shown or [side.position]
    for position in shown:
        yield (
            side.party.label,
            position.type,
            day(position.stance.public_on),
            position.claim.text,
            _said_by(side.party, position.stance),
            "; ".join(f"{day(s.public_on)} {s.type}" for s in position.earlier),
        )
    if more := len(side.positions) - len(shown):
        yield (side.party.label, "", "", f"and {more} more {'claim' if more == 1 else 'claims'}", "", "")


def _said_by(party: Named, stance: Stance) -> str:
    """Who spoke, where it was another, and the first source by its identifier."""
    place = ""
    if stance.evidence:
        first = stance.evidence[0]
        place = curie(first.source.iri) + (f" ¶{first.paragraph}" if first.paragraph is not None else "")
    if stance.stance_of == party:
        return place
    return f"{stance.stance_of.label} ({place})" if place else stance.stance_of.label


def _held(side: Side) -> list[Position]:
    holds = {claim.iri for claim in side.holds}
    return [position for position in side.positions if position.claim.iri in holds]


def _cells(dispute: Dispute, side: Side, position: Position) -> tuple[str, ...]:
    return (
        dispute.issue.label,
        dispute.kind,
        side.party.label,
        position.type,
        date_of(position.stance.public_on),
        date_of(position.since),
        position.stance.stance_of.label,
        "yes" if position.claim.iri in dispute.claims else "",
        position.claim.text,
        where(position.stance.evidence),
        "; ".join(f"{date_of(s.public_on)} {s.type}" for s in position.earlier),
        curie(dispute.issue.iri),
        curie(side.party.iri),
        curie(position.claim.iri),
    )
