"""kg compare: where two parties agree, differ, or one is silent; what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.compare.model import Comparison

_PARTIES = "'kg compare PARTY PARTY' compares two parties"
_DAYS = "'kg compare --according-to PARTY --as-of DATE --with-as-of DATE' what one party says on two days"


@click.command(cls=options.ReadingVerb)
@click.argument("party", nargs=-1)
@options.day_option(
    "--with-as-of", "with_as_of", help="Compare --as-of with this later day: what changed in between."
)
@options.day_option("--with-on", "with_on", help="Compare what holds --on a day with what holds on this one.")
@options.reading(limit_help="The most rows of each part to give.")
def command(party: tuple[str, ...], with_as_of: date | None, with_on: date | None, reading: Reading) -> None:
    """Compare two parties, PARTY and PARTY: where they agree, differ, or one is silent.

    With --with-as-of instead, what changed between two days in what a party says: gained, lost and kept. Each
    --according-to is then answered for itself; without one it is what anyone says. The verdicts are on claims;
    from them follow those on issues and on facts, triple by triple. Exit code 1 when there is nothing to compare.

    \b
    kg compare Russia Ukraine --as-of 2025-04-30
    kg compare --according-to Russia --as-of 2025-04-25 --with-as-of 2025-04-28
    kg compare --according-to Russia --according-to "North Korea" --as-of 2025-04-25 --with-as-of 2025-04-28
    """
    from kg.commands.compare_shape import comparison_answer

    _refuse_nonsense(party, with_as_of, with_on, reading)
    found = list(_comparisons(party, with_as_of, with_on, reading))
    answer = comparison_answer(found, limit=reading.limit)
    output.write(answer, format=reading.format, file=reading.output)
    if not any(comparison.claims for comparison in found):
        raise NotFoundError(
            "there is nothing to compare", mend="ask with fewer options", rule="nothing-found"
        )


def _comparisons(
    parties: Sequence[str], with_as_of: date | None, with_on: date | None, reading: Reading
) -> Iterator[Comparison]:
    """One for two parties; one for each party at two days."""
    from kg.commands.waiting import sign_of_life
    from kg.compare.sides import compare

    with options.open_graph(reading) as graph:
        if with_as_of or with_on:
            asked = [options.party(graph, name) for name in (*parties, *reading.according_to)]
            later = replace(reading, as_of=with_as_of or reading.as_of, on=with_on or reading.on)
            whose: list[tuple[str, ...]] = [(one,) for one in dict.fromkeys(asked)] or [()]
            pairs = [((one, reading), (one, later)) for one in whose]
        else:
            first, second = (options.party(graph, name) for name in parties)
            if first == second:
                raise _fault(f"{parties[0]!r} and {parties[1]!r} are one party", mend=_DAYS)
            pairs = [(((first,), reading), ((second,), reading))]
        for sides in pairs:
            with sign_of_life("comparing"):
                left, right = (options.view_of(graph, how, parties=names) for names, how in sides)
                found = compare(left, right, limit=reading.limit)
            yield found


def _refuse_nonsense(
    parties: Sequence[str], with_as_of: date | None, with_on: date | None, reading: Reading
) -> None:
    """Words that ask for no comparison, or for two at once.

    :raises UsageError: compare-what, compare-days.
    """
    if with_as_of or with_on:
        if len(parties) > 1:
            what = "two parties and two days are two questions"
            raise _fault(what, mend="give each party with --according-to, or leave the second day out")
        for first, second, name in (
            (reading.as_of, with_as_of, "as-of"),
            (reading.on, with_on, "on"),
        ):
            _refuse_days(first, second, name)
    elif reading.according_to:
        raise _fault("--according-to is for one party at two days", mend=f"{_PARTIES}; {_DAYS}")
    elif len(parties) != 2:
        what = f"two parties are compared, not {len(parties)}"
        mend = "put a name of several words in quotes" if len(parties) > 2 else f"{_PARTIES}, {_DAYS}"
        raise _fault(what, mend=mend)


def _refuse_days(first: date | None, second: date | None, name: str) -> None:
    if second is None:
        return
    if first is None:
        raise UsageError(
            f"--with-{name} {second} has nothing to be compared with",
            mend=f"give the first day with --{name}",
            rule="compare-days",
        )
    if first == second or (name == "as-of" and first > second):
        what = "the same day as" if first == second else "after"
        raise UsageError(
            f"--{name} {first} is {what} --with-{name} {second}",
            mend="give two days" if first == second else "give the earlier day first",
            rule="compare-days",
        )


def _fault(what: str, *, mend: str) -> UsageError:
    return UsageError(what, mend=mend, rule="compare-what")
