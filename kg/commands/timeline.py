"""kg timeline: events, treaty acts and statements in order of time."""

from __future__ import annotations

from datetime import date

import click

from kg.claims.model import Extent
from kg.commands import options, output
from kg.commands.claim_cells import day, disputed_line, said_line, sources_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError, UsageError
from kg.rdf.terms import curie
from kg.shapes.entry import entry_json

COLUMNS = ("date", "precision", "kind", "what", "said by", "denied by", "id", "claims")
LINE_COLUMNS = ("date", "kind", "what", "said by", "denied by", "id")


@click.command(cls=options.ReadingVerb)
@click.argument("thing", nargs=-1)
@options.day_option("--from", "since", first=True, help="Only what may have happened on this day or later.")
@options.day_option("--to", "until", help="Only what may have happened by this day.")
@options.reading(limit_help="The most entries to give.")
def command(thing: tuple[str, ...], since: date | None, until: date | None, reading: Reading) -> None:
    """List in order of time what happened, or is said to have: all, or what concerns THING.

    Kinds are event, act (of a party to a treaty), state (from its beginning) and statement (what was said
    in public, with how many claims it asserts, confirms, denies ...). --from and --to choose by the day on which
    it HAPPENED; --as-of by the day on which it was SAID. --according-to keeps what PARTY holds; what it denies
    'kg claims --by PARTY --stance denies' lists. Exit code 1 when nothing fits.

    \b
    kg timeline csp-2024
    kg timeline "North Korea" --from 2025-04 --to 2025-04-28
    kg timeline --as-of 2024-12 --format json
    """
    from kg.timeline import first_entries

    if since and until and since > until:
        raise UsageError(f"--from {since} is after --to {until}", mend="exchange them", rule="bad-option")
    with options.open_view(reading) as (graph, view):
        about = graph.resolve(" ".join(thing)) if thing else None
        found = first_entries(view, about=about, since=since, until=until, limit=reading.limit)
        entries = found.entries
    rows = [
        (
            entry.date,
            entry.precision,
            entry.kind,
            entry.label,
            said_line(entry.stances) if entry.stances else sources_line(entry.claims),
            "" if entry.stances else disputed_line(entry.claims),
            curie(entry.iri),
            " ".join(curie(claim.iri) for claim in entry.claims),
        )
        for entry in entries
    ]
    data: list[output.Json] = [entry_json(entry) for entry in entries]
    lines = [(day(Extent(row[0], row[1], None, None)), *row[2:7]) for row in rows]
    answer = output.Answer(data, COLUMNS, rows, (Section("", LINE_COLUMNS, lines),))
    output.write(answer, format=reading.format, file=reading.output)
    if not entries:
        raise NotFoundError("nothing fits", mend=_mend(reading), rule="nothing-found")


def _mend(reading: Reading) -> str:
    if not reading.according_to:
        return "ask with fewer options"
    return "ask with fewer options; 'kg claims --by PARTY --stance denies' lists what a party denies"
