"""kg network: relations counted: networks of parties, obligations, meetings, and measures on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.network_shape import distance_answer, links, measure_answer, network_answer
from kg.commands.options import Reading
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.networks.apart import Distance
    from kg.networks.measures import Network
    from kg.view import View

    Link = tuple[str, str, str]

# As kg.networks has them: it loads only when the verb runs. A test compares.
NAMES = ("relations", "obligations", "opponents", "statements", "meetings", "agreement")
MEASURES = ("degree", "betweenness", "closeness", "eigenvector", "pagerank", "brokers", "communities")
DISTANCE = "distance"
PACES = ("day", "week", "month", "year")
FORMATS = (*output.ROW_FORMATS, "graphml", "gexf", "html")


@dataclass(frozen=True, slots=True)
class _Days:
    """On which days a distance is measured: at the end of every month, say, between two bounds."""

    every: str | None
    since: date | None
    until: date | None


@click.command(cls=options.ReadingVerb)
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.argument("things", nargs=-1, metavar="[THING]...")
@click.option(
    "--measure",
    type=click.Choice((*MEASURES, DISTANCE)),
    help="Give each thing its value, or two THINGs their distance, and not the edges.",
)
@click.option("--every", type=click.Choice(PACES), help="The distance as known at the end of each.")
@options.day_option("--from", "since", first=True, help="With --every: the first of these days.")
@options.day_option("--to", "until", help="With --every: the last of these days.")
@options.reading(formats=FORMATS, limit_help="The most rows to give; of html, edges.")
def command(
    name: str,
    things: tuple[str, ...],
    measure: str | None,
    every: str | None,
    since: date | None,
    until: date | None,
    reading: Reading,
) -> None:
    """Count relations: who is joined to whom in the network NAME, by how many claims.

    NAME is relations (all that claims and the reference tell), obligations (who owes what to whom by the
    treaties in force on --on), opponents (who denies, disputes, accuses, condemns whom), statements (who
    speaks of what), meetings (who met whom) or agreement (how often two parties take the same side of a
    disputed claim). THINGs keep the edges that touch them, and the values of them. graphml and gexf are for
    Gephi and the like. html is one page that opens offline: cards for a few things, a map of dots for
    thousands, with the measures, and who says what of each edge. Exit code 1 when there is no edge.

    \b
    kg network opponents --as-of 2024-10-31
    kg network obligations --on 2025-01-01
    kg network relations --measure brokers --limit 10
    kg network statements --lang fr -o statements.html
    kg network relations "Kim Jong Un" "Vladimir Putin" --measure distance --every month
    """
    days = _Days(every, since, until)
    _check(name, things, measure, days, reading)
    with options.open_view(reading) as (graph, view):
        chosen = [graph.resolve(thing) for thing in things]
        if measure == DISTANCE:
            measured = _distances(graph, view, name, chosen, days, reading)
            found = any(one.steps is not None for one in measured)
            answer: output.Answer | None = distance_answer(measured)
        else:
            answer, found = _network(view, name, chosen, measure, reading)
    if answer is not None:
        output.write(answer.first(reading.limit), format=reading.format, file=reading.output)
    if not found:
        raise _nothing(name, measure)


def _check(
    name: str,
    things: Sequence[str],
    measure: str | None,
    days: _Days,
    reading: Reading,
) -> None:
    """Tell what does not go together before the store is opened."""
    wrong = (
        (measure and reading.format in ("graphml", "gexf", "html"), "a measure is a table, json or csv"),
        (
            reading.limit and reading.format in ("graphml", "gexf"),
            "--limit counts rows, and the format has none",
        ),
        (reading.format == "html" and not reading.output, "a page needs -o FILE"),
        (measure == DISTANCE and len(things) != 2, "a distance is that of two THINGs"),
        (days.every and measure != DISTANCE, "--every is for --measure distance"),
        ((days.since or days.until) and not days.every, "--from and --to bound the days of --every"),
        (days.since and days.until and days.since > days.until, "--from is after --to"),
    )
    for is_so, what in wrong:
        if is_so:
            raise UsageError(what, mend="see 'kg network --help'", rule="bad-option")


def _network(
    view: View, name: str, chosen: Sequence[str], measure: str | None, reading: Reading
) -> tuple[output.Answer | None, bool]:
    """The answer, but for a file of another kind, which is written; and whether anything was found."""
    from kg.commands.waiting import sign_of_life
    from kg.networks.catalogue import network
    from kg.networks.measures import MEASURES

    with sign_of_life("counting"):
        made = network(view, name, also=chosen)
    if measure:
        with sign_of_life("measuring"):
            scores = MEASURES[measure](made)
        scores = [score for score in scores if not chosen or score.thing in chosen]
        return measure_answer(made, scores), bool(scores)
    found = links(made, chosen)
    if reading.format in output.ROW_FORMATS:
        return network_answer(made, found), bool(found)
    if found:
        _write_file(view, made, _part(made, found[: reading.limit]), chosen, reading)
    return None, bool(found)


def _part(made: Network, found: Sequence[Link]) -> Network:
    """The network of these edges alone, and of what they join."""
    part = made.copy()
    part.remove_edges_from(set(made.edges(keys=True)) - set(found))
    part.remove_nodes_from([thing for thing in made if not part.degree(thing)])
    return part


def _write_file(view: View, made: Network, part: Network, chosen: Sequence[str], reading: Reading) -> None:
    if reading.format == "html" and reading.output:
        from kg.commands.waiting import sign_of_life
        from kg.page.map import write

        whole = None if len(part) == len(made) and part.size() == made.size() else made
        with sign_of_life("drawing the page"):
            write(view, part, reading.output, lang=reading.lang, things=chosen, part_of=whole)
    else:
        from kg.exporters.network_files import write_network

        output.write_bytes(write_network(part, format=reading.format), file=reading.output)


def _distances(
    graph: KnowledgeGraph, view: View, name: str, chosen: Sequence[str], days: _Days, reading: Reading
) -> list[Distance]:
    """The distance in this perspective, or as known on each of the days.

    Where no first day is asked for, it is the first one on which something connects the two.
    """
    from kg.commands.waiting import sign_of_life
    from kg.networks.apart import Distance, distance, distances, paces, public_days
    from kg.networks.catalogue import network

    start, end = chosen
    if start == end:
        raise UsageError("both THINGs are one", mend="give two things", rule="bad-option")
    if not days.every:
        return [Distance(reading.as_of, distance(network(view, name, also=chosen), start, end))]
    changes = public_days(view)
    bounds = [day for day in (days.until, reading.as_of) if day] or changes[-1:]
    if not changes:
        return []

    def known(day: date) -> Network:
        parties = view.definition.according_to
        then = options.view_of(graph, replace(reading, as_of=day), parties=parties)
        return network(then, name, also=chosen)

    asked = paces(days.since or changes[0], min(bounds), days.every)
    with sign_of_life("measuring"):
        found = distances(known, start, end, days=asked, changes=changes)
    if days.since:
        return found
    first = next((n for n, one in enumerate(found) if one.steps is not None), len(found))
    return found[first:]


def _nothing(name: str, measure: str | None) -> NotFoundError:
    what, mend = f"the network of {name} has no edge here", "ask with fewer options"
    if measure == DISTANCE:
        what = f"nothing connects the two in the network of {name}"
    elif name == "obligations":
        what = "no treaty whose obligations are told is in force then"
        mend = "'kg treaty' tells since when each is in force"
    return NotFoundError(what, mend=mend, rule="nothing-found")
