"""Where each graph lies in the text of a generation: the first table of its ``ledger.sqlite``.

SQLite, as opening it reads nothing, one graph of a million is found in microseconds, and it comes with Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.embedded import damaged, unreadable

if TYPE_CHECKING:
    from sqlite3 import Connection

NAME = "ledger.sqlite"
_BATCH = 900  # below the smallest number of variables that a SQLite may be built with


@contextmanager
def new_ledger(file: Path, graphs: Mapping[str, tuple[int, int]]) -> Iterator[Connection]:
    """A ledger that does not exist yet, open for writing more tables; it lasts when the block ends well."""
    import sqlite3  # a query under the default perspective does without, and 4 ms are a tenth of its time

    connection = sqlite3.connect(file, isolation_level=None)
    try:
        # Nobody reads it before it is published as a whole, and it is synced then.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        write_offsets(connection, graphs)
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def write_offsets(connection: Connection, graphs: Mapping[str, tuple[int, int]]) -> None:
    """The table of the graphs, numbered in their order."""
    connection.execute(
        "CREATE TABLE graph (id INTEGER PRIMARY KEY, name TEXT NOT NULL, offset INTEGER, length INTEGER)"
    )
    rows = ((name, offset, length) for name, (offset, length) in graphs.items())
    connection.executemany("INSERT INTO graph (name, offset, length) VALUES (?, ?, ?)", rows)
    connection.execute("CREATE UNIQUE INDEX graph_name ON graph (name)")


def open_ledger(file: Path) -> Connection:
    """Open for reading; any number of readers may.

    :raises StoreError: store-damaged, when it is not there; store-read.
    """
    import sqlite3

    with reading(file):
        # Immutable: a generation does not change, so nothing is locked and nothing is written beside it.
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            connection.execute("SELECT id FROM graph LIMIT 1")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Turn what SQLite raises for a file that is not as it was written into our error.

    :raises StoreError: store-damaged; store-read, when the file does not let itself be read.
    """
    from sqlite3 import DatabaseError

    try:
        yield
    except DatabaseError as cause:
        try:
            file.open("rb").close()
        except FileNotFoundError:
            pass
        except OSError as refused:  # SQLite does not tell
            raise unreadable(file.parent.parent, refused) from cause
        raise damaged(file.parent.parent, f"its {file.name} cannot be read") from cause


def offsets(connection: Connection, graphs: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Offset and length of these graphs; what is not there is left out."""
    wanted = list(graphs)
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        query = f"SELECT name, offset, length FROM graph WHERE name IN ({','.join('?' * len(batch))})"
        found |= {name: (offset, length) for name, offset, length in connection.execute(query, batch)}
    return found
