"""The dataset behind a perspective: made when it is first read, whole or near one thing."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from pyoxigraph import Store

from kg.perspective.definition import Definition
from kg.perspective.ledger import Ledger
from kg.perspective.voices import Voices
from kg.store.snapshot import Snapshot


class Dataset:
    """The graphs that a perspective holds, of all claims that it admits or of those near a thing."""

    def __init__(self, snapshot: Snapshot, definition: Definition) -> None:
        self.snapshot = snapshot
        self.definition = definition

    @cached_property
    def ledger(self) -> Ledger:
        """Who holds what."""
        return Ledger.of(self.snapshot)

    @property
    def speakers(self) -> Voices:
        """Who speaks for whom, by all that anyone claims: it does not hang on the perspective."""
        return self.ledger.speakers

    @cached_property
    def admitted(self) -> Collection[str]:
        """The IRIs of all claims that the perspective admits."""
        from kg.perspective.select import select

        return self.ledger.names(select(self.ledger, self.definition))

    @cached_property
    def store(self) -> Store:
        """The whole dataset; the default perspective is there already, any other is made.

        :raises StoreError: store-damaged.
        """
        if self.definition.is_default:
            return self.snapshot.open_store()
        from kg.perspective.materialise import materialise

        return materialise(self.snapshot, self.definition, self.admitted)
