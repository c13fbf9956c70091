"""Where a call of a tool is answered: the open graph, the perspective that its arguments ask for, its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.dates import last_day
from kg.errors import NotFoundError, UsageError
from kg.rdf.vocabulary import ACTOR
from kg.server.agents.parameters import Value
from kg.server.asked import Asked
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.view import View

#: The arguments of a call, checked.
Arguments: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a question is answered: the open graph, and the perspectives on it."""

    graph: KnowledgeGraph
    take: Callable[[Asked], View]
    made: Callable[[], None]  # to be called when the perspective is made, before a text of the user's is run

    def view(self, arguments: Arguments, *, parties: tuple[str, ...] | None = None) -> View:
        """The perspective that the arguments ask for; ``parties`` (IRIs) in place of their own.

        :raises UsageError: unknown-party, ambiguous-name, bad-date, opposite-options.
        """
        view = self.take(_asked(self.graph, arguments, parties))
        return view.in_language(text(arguments, "lang") or "en")

    def perspective_json(self, arguments: Arguments) -> dict[str, Json]:
        """The perspective that the arguments ask for, as the answer tells of it."""
        asked = _asked(self.graph, arguments, None)
        labels = self.graph.perspective().labels(asked.according_to, text(arguments, "lang"))
        return {
            "according_to": [{"iri": iri, "label": labels[iri]} for iri in asked.according_to],
            "as_of": asked.as_of or None,
            "on": asked.on or None,
            "undisputed": asked.undisputed,
            "disputed": asked.disputed,
            "exactly": asked.exactly,
            "infer": asked.infer,
        }


def _asked(graph: KnowledgeGraph, arguments: Arguments, parties: tuple[str, ...] | None) -> Asked:
    names = texts(arguments, "according_to")
    if arguments.get("undisputed") and arguments.get("disputed"):
        raise UsageError(
            "a perspective cannot be both undisputed and disputed",
            mend="give undisputed or disputed",
            rule="opposite-options",
        )
    as_of, on = last_day(text(arguments, "as_of")), last_day(text(arguments, "on"))
    return Asked(
        according_to=tuple(sorted({party(graph, name) for name in names})) if parties is None else parties,
        as_of=as_of.isoformat() if as_of else "",
        on=on.isoformat() if on else "",
        undisputed=bool(arguments.get("undisputed")),
        disputed=bool(arguments.get("disputed")),
        exactly=bool(arguments.get("exactly")),
        infer=bool(arguments.get("infer")),
    )


def party(graph: KnowledgeGraph, name: str) -> str:
    """The IRI of the party that a name means.

    :raises UsageError: unknown-party, ambiguous-name.
    """
    try:
        return graph.resolve(name, types=(ACTOR,))
    except NotFoundError as cause:
        raise UsageError(f"no party is named {name!r}", mend=cause.mend, rule="unknown-party") from cause


def text(arguments: Arguments, name: str) -> str | None:
    """An argument that is a text, if it was given."""
    value = arguments.get(name)
    return None if value is None else str(value)


def texts(arguments: Arguments, name: str) -> tuple[str, ...]:
    """An argument that is a list of texts."""
    value = arguments.get(name, ())
    assert isinstance(value, tuple)
    return value


def limit_of(arguments: Arguments) -> int:
    """The most members that an answer may have."""
    return int(str(arguments["limit"]))
