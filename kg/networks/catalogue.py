"""The networks by name: what a command or a method may be asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.networks.owed import obligations
from kg.networks.projection import relations
from kg.networks.sides import agreement, opponents
from kg.networks.spoken import meetings, statements

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective

    Network = networkx.MultiDiGraph[str]

#: Name -> what joins two things in it, in one line.
NETWORKS: Mapping[str, str] = {
    "relations": "every relation that claims or the reference tell, from thing to thing",
    "obligations": "who owes what to whom by the treaties in force",
    "opponents": "which party denies, disputes, accuses or condemns which",
    "statements": "which party speaks of which things",
    "meetings": "who met whom",
    "agreement": "how often two parties take the same side of a disputed claim",
}


def network(
    view: Perspective, name: str, *, on: date | str | None = None, also: Collection[str] = ()
) -> Network:
    """The network of this name; ``on`` is the day of the obligations, ``also`` see :func:`relations`.

    :raises UsageError: unknown-network; bad-date.
    """
    if name not in NETWORKS:
        raise UsageError(
            f"there is no network {name!r}",
            mend=f"choose one of {', '.join(NETWORKS)}",
            rule="unknown-network",
        )
    made: Mapping[str, Callable[[], Network]] = {
        "relations": lambda: relations(view, also=also),
        "obligations": lambda: obligations(view, on=on),
        "opponents": lambda: opponents(view),
        "statements": lambda: statements(view),
        "meetings": lambda: meetings(view),
        "agreement": lambda: agreement(view),
    }
    return made[name]()
