"""What a task function gets: the open graph, the view of the perspective that was asked for, its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.server.asked import Asked
from kg.server.messages import Json
from kg.server.served import Opened

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph import KnowledgeGraph
    from kg.view import View


class Work:
    """One task in a worker."""

    def __init__(
        self,
        opened: Opened,
        asked: Asked,
        arguments: Mapping[str, Json],
        body: bytes,
        *,
        rows: int,
        started: Callable[[], None],
    ) -> None:
        self.opened = opened
        self.asked = asked
        self.arguments = arguments
        self.body = body
        self.rows = rows  # the most rows that an answer may have; 0 for any number
        self.started = started  # to be called when all is prepared, by a task whose kind prepares

    @property
    def graph(self) -> KnowledgeGraph:
        """The store of claims.

        :raises NotFoundError: no-claims, when a plain dataset is served.
        """
        return self.opened.graph()

    @property
    def view(self) -> View:
        """The perspective that was asked for.

        :raises UsageError: unknown-party; ambiguous-name.
        :raises NotFoundError: no-claims, when a plain dataset is served.
        """
        return self.opened.view(self.asked)

    def dataset(self, text: str) -> Store:
        """As much of the perspective's dataset as a query of this text reads; made now if need be."""
        return self.opened.dataset(self.asked)(text)

    def text(self, name: str, default: str = "") -> str:
        """An argument that is a text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """An argument that is a list of texts."""
        value = self.arguments.get(name) or ()
        assert isinstance(value, list | tuple)
        return tuple(map(str, value))
