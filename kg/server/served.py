"""What is served: a store of claims or a plain RDF dataset, as generations that never change.

The front asks a :class:`Source` which generation is the current one (one ``stat``); a worker opens it and has an
:class:`Opened`. Whoever publishes writes a new generation aside and then ``FOLDER/current`` with its name, by one
rename; readers keep what they opened. A kind of source is named in :data:`OPENERS` with the function that opens
it: ``claims`` is here, ``plain`` in kg/server/plain.py. An update is a task of its own (kg/server/task_update.py)
that publishes; the next request of anyone sees the new generation.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import NotFoundError, UsageError
from kg.rdf.vocabulary import ACTOR
from kg.server.asked import Asked

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import KnowledgeGraph
    from kg.view import View

#: The kinds of source, and the function ``(folder, lang) -> Opened`` that opens the current generation in a worker.
OPENERS = {"claims": "kg.server.served:open_claims", "plain": "kg.server.plain:open_plain"}
_VIEWS = 8


class Opened(Protocol):
    """One generation, open in a worker."""

    generation: str  # what tells it from every other that was or will be in the folder
    folder: Path  # of all generations

    def graph(self) -> KnowledgeGraph:
        """The store of claims.

        :raises NotFoundError: no-claims, when a plain dataset is served.
        """

    def view(self, asked: Asked) -> View:
        """The perspective that was asked for; the last few are kept.

        :raises UsageError: unknown-party; ambiguous-name.
        :raises NotFoundError: no-claims, when a plain dataset is served.
        """

    def dataset(self, asked: Asked) -> Callable[[str], Store]:
        """As much of a perspective's dataset as a query of a text reads; made when it is first asked for."""

    def mapped(self) -> int:
        """Bytes of files that it may map into memory, which no limit should count."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where generations come from; ``kind`` is a key of :data:`OPENERS`, ``lang`` the language of labels."""

    kind: str
    folder: Path
    lang: str = "en"


class Current:
    """Which generation is current, looked at again for every request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = os.fspath(folder / "current")
        self._seen: tuple[int, ...] = ()
        self._name = ""

    def name(self) -> str:
        """What tells the current generation; what was last known when it cannot be read just now."""
        try:
            seen = _sign(os.stat(self._file))
            if seen != self._seen:
                self._name, self._seen = named_generation(self._folder), seen
        except OSError:
            return self._name
        return self._name


def named_generation(folder: Path) -> str:
    """What tells the generation that is current now from every other that was or will be in this folder.

    A folder that is removed and made anew counts from ``gen-1`` again; the file that names it is another one.

    :raises OSError: when nothing is current.
    """
    with open(folder / "current", encoding="utf-8", errors="replace") as file:
        parts = [file.read().strip(), *(f"{part:x}" for part in _sign(os.fstat(file.fileno())))]
    return "-".join(parts)


def opening(folder: Path) -> str:
    """What tells the generation that is about to be opened.

    Asked before it is opened: if another is published in between, what is opened goes by the name of one that
    nobody asks for any more, and is opened anew for the next request.
    """
    with suppress(OSError):  # who opens says what is wrong
        return named_generation(folder)
    return ""


def _sign(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_size


class Claims:
    """A generation of a store of claims, and the perspectives on it that were asked for last."""

    def __init__(self, graph: KnowledgeGraph, generation: str) -> None:
        self._graph = graph
        self.generation = generation
        self._place = graph.perspective().generation
        self.folder = self._place.parent
        self._views: OrderedDict[Asked, View] = OrderedDict()

    def graph(self) -> KnowledgeGraph:
        """The store of claims."""
        return self._graph

    def view(self, asked: Asked) -> View:
        """The perspective that was asked for; the last few are kept.

        :raises UsageError: unknown-party; ambiguous-name.
        """
        if asked in self._views:
            self._views.move_to_end(asked)
            return self._views[asked]
        asked_by_iri = replace(asked, according_to=tuple(sorted(map(self._party, asked.according_to))))
        view = self._views.get(asked_by_iri) or self._make(asked_by_iri)
        self._views[asked] = self._views[asked_by_iri] = view
        while len(self._views) > _VIEWS:
            self._views.popitem(last=False)
        return view

    def dataset(self, asked: Asked) -> Callable[[str], Store]:
        """As much of a perspective's dataset as a query of a text reads; made when it is first asked for."""
        return self.view(asked).store_for

    def mapped(self) -> int:
        """Bytes of files that it may map into memory, which no limit should count."""
        return (self._place / "quads.nq").stat().st_size

    def _make(self, asked: Asked) -> View:
        return self._graph.perspective(
            according_to=asked.according_to,
            as_of=asked.as_of or None,
            on=asked.on or None,
            undisputed=asked.undisputed,
            disputed=asked.disputed,
            exactly=asked.exactly,
            infer=asked.infer,
        )

    def _party(self, name: str) -> str:
        try:
            return self._graph.resolve(name, types=(ACTOR,))
        except NotFoundError as cause:
            raise UsageError(f"no party is named {name!r}", mend=cause.mend, rule="unknown-party") from cause


def open_claims(folder: Path, lang: str) -> Opened:
    """Open the current generation of a store folder.

    :raises StoreError: no-such-store, store-damaged, store-version.
    """
    from kg.graph import open as open_graph

    generation = opening(folder)
    opened = Claims(open_graph(folder, lang=lang), generation)
    opened.graph().perspective().store  # noqa: B018 - opened now, not within the first request's time
    return opened
