"""What a perspective knows by name and says nothing of, as of most states that every store knows."""

from __future__ import annotations

from collections import defaultdict

from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows


def idle(view: Perspective) -> frozenset[str]:
    """The states and places of which neither a claim nor the record speaks, nor of anything that lies in them.

    An office, a body or any other relation of the reference speaks of a state; that a place lies in it does not.
    """
    silent: set[str] = set()
    lies_in: dict[str, list[str]] = defaultdict(list)
    for thing, area in rows(view.store, named_query("idle_things")):
        if area:
            lies_in[thing].append(area)
        else:
            silent.add(thing)
    waiting = [area for thing, areas in lies_in.items() if thing not in silent for area in areas]
    while waiting:
        area = waiting.pop()
        if area in silent:
            silent.remove(area)
            waiting += lies_in[area]
    return frozenset(silent)
