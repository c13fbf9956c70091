"""A generation without its files, so that many small dossiers can be tried."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.claims.completion import complete
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.perspective.materialise import materialise
from kg.perspective.posting import write_ledger
from kg.store import slices
from kg.store.offsets import write_offsets
from kg.store.snapshot import Snapshot


class InMemory(Snapshot):
    """What a load would write, of quads that nobody checked."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.generation = Path("memory")
        self.written = slices.write(complete(quads))
        self._tables = sqlite3.connect(":memory:", isolation_level=None)
        write_offsets(self._tables, self.written.graphs)
        write_ledger(self._tables, self.written)

    def ledger(self) -> sqlite3.Connection:
        return self._tables

    def text(self) -> bytes:
        return bytes(self.written.content)

    def slices(self, graphs: Iterable[str]) -> dict[str, bytes]:
        return {graph: self.written.of(graph) for graph in graphs}

    def offsets(self, graphs: Iterable[str]) -> dict[str, tuple[int, int]]:
        return {graph: self.written.graphs[graph] for graph in graphs if graph in self.written.graphs}

    def open_store(self) -> Store:
        return self.store(Definition())

    def admitted(self, definition: Definition) -> set[str]:
        """The claims of a perspective."""
        return set(Dataset(self, definition).admitted)

    def store(self, definition: Definition) -> Store:
        """Its dataset."""
        return materialise(self, definition, self.admitted(definition))
