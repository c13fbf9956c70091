"""What the newest disputes cost in stores of 1k to 1M claims, and all of them beside it.

Run ``python benchmarks/disputes.py [--sizes 1000 10000 100000] [--stores FOLDER]``. Each size runs in a process of its
own, so its memory is its own; the stores are made if they are not in the folder. All times are in milliseconds,
within the process; the first call also opens the store and reads who speaks for whom.
"""

from __future__ import annotations

import resource
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perspectives import milliseconds
from sizes import over_sizes

from kg import graph as graphs
from kg.disputes.find import disputes
from kg.perspective.definition import Definition
from kg.perspective.view import Perspective
from kg.rdf.vocabulary import ID
from kg.store.snapshot import open_snapshot

LIMIT = 20


class Question(NamedTuple):
    """What is asked for."""

    definition: Definition = Definition()
    about: str | None = None
    of: tuple[str, ...] = ()


QUESTIONS = {
    "the newest": Question(),
    "as of 2025": Question(Definition(as_of=date(2025, 1, 1))),
    "as of 2021": Question(Definition(as_of=date(2021, 1, 1))),
    "undisputed": Question(Definition(undisputed=True)),
    "holding on a day": Question(Definition(on=date(2025, 1, 1))),
    **{
        f"about {name}": Question(about=ID + name)
        for name in ("issue-000007", "event-0000024", "place-003", "state-03")
    },
    **{f"of {name}": Question(of=(ID + name,)) for name in ("body-03-1", "medium-1", "state-03")},
}
#: Beyond this size all disputes at once take too long to be asked for.
MOST = 10_000


def measure(folder: Path) -> dict[str, float]:
    """All figures of one store; the newest disputes must be the first of all, where all are read."""
    found: dict[str, float] = {}
    newest = {}
    for name, question in QUESTIONS.items():
        start = time.perf_counter()
        view = graphs.open(folder)._view(question.definition)
        newest[name] = _ask(view, question, LIMIT)
        found[f"{name}: first call"] = (time.perf_counter() - start) * 1000
        found[f"{name}: next calls"], _ = milliseconds(partial(_ask, view, question, LIMIT))
        found[f"{name}: disputes given"] = len(newest[name])
    found["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, question in QUESTIONS.items() if open_snapshot(folder).manifest.claims <= MOST else ():
        view = graphs.open(folder)._view(question.definition)
        found[f"{name}: all, without a limit"], every = milliseconds(partial(_ask, view, question, None), 1)
        found[f"{name}: disputes in all"] = len(every)
        assert every[:LIMIT] == newest[name], name
    return found


def _ask(view: Perspective, question: Question, limit: int | None) -> list[str]:
    found = disputes(view, about=question.about, of=question.of, limit=limit)
    return [dispute.issue.iri for dispute in found]


if __name__ == "__main__":
    over_sizes(measure, script=__file__, manual=__doc__, unit="ms")
