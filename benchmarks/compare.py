"""What a comparison and a timeline of a whole perspective cost in stores of 1k to 1M claims, and a party's dataset.

Run ``python benchmarks/compare.py [--sizes 1000 10000 100000] [--stores FOLDER]``. Each size runs in a process of its
own, so its memory is its own; the stores are made if they are not in the folder. Times are seconds of processor time
of a first call, with the store opened anew, and of the next calls.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from perspectives import milliseconds
from sizes import over_sizes

from kg import graph as graphs
from kg.compare.sides import compare
from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.rdf.vocabulary import ID
from kg.timeline import first_entries

LIMIT = 20
LEFT, RIGHT = Definition((ID + "state-03",)), Definition((ID + "state-04",))
EARLY, LATE = Definition(as_of=date(2022, 12, 31)), Definition(as_of=date(2023, 12, 31))
POINT = "SELECT ?p ?o { id:event-0000050 ?p ?o }"
NAMED = "SELECT ?p ?o { GRAPH ?g { id:event-0000050 ?p ?o } }"

#: What is asked of an open store, in this order; each answers with how much there is.
QUESTIONS: dict[str, Callable[[KnowledgeGraph], int]] = {
    "timeline of all, the first 20": lambda graph: first_entries(graph.perspective(), limit=LIMIT).total,
    "timeline of a party, the first 20": lambda graph: first_entries(graph._view(LEFT), limit=LIMIT).total,
    "timeline of all as of a day": lambda graph: first_entries(graph._view(LATE), limit=LIMIT).total,
    "timeline about a state": lambda graph: (
        first_entries(graph.perspective(), about=RIGHT.according_to[0], limit=LIMIT).total
    ),
    "two parties, 20 rows of each part": lambda graph: _compared(graph, LEFT, RIGHT, LIMIT),
    "two parties, all rows": lambda graph: _compared(graph, LEFT, RIGHT, None),
    "anyone at two days, 20 rows": lambda graph: _compared(graph, EARLY, LATE, LIMIT),
    "dataset of a party: first query": lambda graph: _asked(graph, LEFT, POINT),
    "dataset of another: first with GRAPH": lambda graph: _asked(graph, RIGHT, NAMED),
}


def _compared(graph: KnowledgeGraph, left: Definition, right: Definition, limit: int | None) -> int:
    return compare(graph._view(left), graph._view(right), limit=limit).counts.total


def _asked(graph: KnowledgeGraph, definition: Definition, query: str) -> int:
    view = graph._view(definition)
    view.query(query)
    return len(view.admitted)


def measure(folder: Path) -> dict[str, float]:
    """All figures of one store; seconds, unless the name says otherwise."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        os.environ["KG_CACHE"] = scratch
        for name, ask in QUESTIONS.items():
            start = time.process_time()
            graph = graphs.open(folder)
            there_are = ask(graph)
            found[name] = time.process_time() - start
            taken, again = milliseconds(partial(ask, graph), 1)
            assert again == there_are, name
            found[f"{name}: again"] = taken / 1000
            found[f"{name}: in all"] = there_are
            found[f"{name}: memory of its own, MB"] = _memory()
    return found


def _memory() -> float:
    """What this process holds of its own, in MB: the pages of the store's text are not counted."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"RssAnon:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    """Measure every size in a process of its own and print one table, with the growth from size to size."""
    over_sizes(measure, script=__file__, manual=__doc__, unit="figure")


if __name__ == "__main__":
    main()
