"""A plain RDF dataset in a folder: Oxigraph kept as generations, without claims, checks or perspectives.

The folder is laid out as a store of claims is, with less in each generation::

    FOLDER/current  lock  gen-3/{store/, manifest.json}
"""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph
from pyoxigraph import Store

from kg.errors import NotFoundError, StoreError
from kg.server.asked import DEFAULT, Asked
from kg.server.served import opening
from kg.store.embedded import damaged, is_empty, open_folder, unreadable, unwritable
from kg.store.generations import HEAD, current, publish_generation
from kg.store.lock import mark_as_read, writing
from kg.store.manifest import PLAIN, sizes
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.view import View

FORMAT = 1
_COUNTED = 1 << 27  # bytes of a dataset up to which its quads are counted, which takes a scan
_MOST_TABLES, _TABLE = 100, 1 << 18  # tables beyond which they are merged: so many, and one for so many bytes
_TRIES = 5  # a reader may come just when two updates in a row remove what it was about to open
_Done = TypeVar("_Done")


class PlainSnapshot:
    """One generation of a plain dataset, open for reading: later updates do not change what it says."""

    def __init__(self, generation: Path, quads: int | None, descriptor: int) -> None:
        self.generation = generation
        #: How many there are; ``None`` when nobody counted.
        self.quads = quads
        self._store: Store | None = None
        weakref.finalize(self, os.close, descriptor)

    def open_store(self) -> Store:
        """The dataset; opened at the first call.

        :raises StoreError: store-damaged.
        """
        if self._store is None:
            self._store = open_folder(self.generation / "store")
            if self.quads and is_empty(self._store):
                raise damaged(self.generation.parent, "it opens empty")
        return self._store


def read_plain(folder: Path) -> PlainSnapshot:
    """Open the current generation of a plain dataset.

    :raises StoreError: no-such-store, store-damaged, store-read; store-kind, for a store of claims.
    """
    for _ in range(_TRIES):
        generation = current(folder)
        if generation is None:
            raise StoreError(
                f"there is no plain dataset at '{folder}'",
                mend="give the folder of one, or --writable to begin one there",
                rule="no-such-store",
            )
        try:
            descriptor = mark_as_read(generation / HEAD)
            try:
                return PlainSnapshot(generation, _read_head(generation), descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except FileNotFoundError:
            continue
        except OSError as cause:
            raise unreadable(folder, cause) from cause
    raise damaged(folder, "its current generation has gone")


class Plain:
    """A generation of a plain dataset in a worker."""

    def __init__(self, snapshot: PlainSnapshot, generation: str) -> None:
        self._snapshot = snapshot
        self.generation = generation
        self.folder = snapshot.generation.parent

    def graph(self) -> KnowledgeGraph:
        """There is none.

        :raises NotFoundError: no-claims.
        """
        raise _no_claims()

    def view(self, asked: Asked) -> View:
        """There is none.

        :raises NotFoundError: no-claims.
        """
        raise _no_claims()

    def dataset(self, asked: Asked) -> Callable[[str], Store]:
        """The dataset as it is: whatever a query reads, it is there.

        :raises NotFoundError: no-claims, when a perspective is asked for.
        """
        if not asked.is_default:
            raise _no_claims()
        return lambda text: self._snapshot.open_store()

    def quads(self) -> int | None:
        """How many there are; ``None`` when nobody counted."""
        return self._snapshot.quads

    def mapped(self) -> int:
        """Bytes of files that it may map into memory: Oxigraph reads its own and maps none."""
        return 0


def open_plain(folder: Path, lang: str) -> Plain:
    """Open the current generation of a plain dataset, in which nothing has a language of ours.

    :raises StoreError: no-such-store, store-damaged, store-read, store-kind.
    """
    generation = opening(folder)
    opened = Plain(read_plain(folder), generation)
    opened.dataset(DEFAULT)("")  # opened now, not within the first request's time
    return opened


def make_plain(folder: Path) -> bool:
    """See to it that there is a plain dataset: an empty one, when there is nothing; whether it was made now.

    :raises StoreError: store-locked, store-write, store-damaged; store-kind, for a store of claims.
    """
    is_new = False
    if current(folder) is None:
        with writing(folder):
            if is_new := current(folder) is None:
                publish_generation(folder, _write_empty)
    read_plain(folder)
    return is_new


def change(folder: Path, apply: Callable[[Store], _Done], *, patience: float = 0.0) -> _Done:
    """Change a copy of the dataset and publish it; when anything fails, what was there stays.

    ``patience``: seconds to wait for another writer to end.

    :raises StoreError: store-locked, store-write, store-damaged; and what ``apply`` raises.
    """
    done: list[_Done] = []

    def write(aside: Path) -> None:
        before.backup(str(aside / "store"))
        done.append(_write(aside, apply))

    with writing(folder, patience=patience):
        before = read_plain(folder).open_store()
        try:
            publish_generation(folder, write)
        except RuntimeError as cause:  # what Oxigraph raises when it cannot copy or flush
            raise unwritable(folder, cause) from cause
    return done[0]


def _no_claims() -> NotFoundError:
    return NotFoundError(
        "a plain dataset has no claims and no perspectives",
        mend="ask with SPARQL alone",
        rule="no-claims",
    )


def _write_empty(aside: Path) -> None:
    _write(aside, lambda store: None)


def _write(aside: Path, apply: Callable[[Store], _Done]) -> _Done:
    store = Store(str(aside / "store"))
    done = apply(store)
    store.flush()
    size, tables = _extent(aside / "store")
    # Each update leaves some small tables. Oxigraph merges those that overlap, and only those.
    is_crumbled = tables > _MOST_TABLES + size // _TABLE
    if is_crumbled:
        _copy(store, aside / "merged")
    quads = len(store) if size < _COUNTED else None
    # Oxigraph has no close of its own, and its files must not change from here on.
    del store
    if is_crumbled:
        rmtree(aside / "store")
        (aside / "merged").rename(aside / "store")
    head = {
        "kind": PLAIN,
        "format": FORMAT,
        "foedus": VERSION,
        "engine": pyoxigraph.__version__,
        "quads": quads,
        "sizes": sizes(aside),
    }
    (aside / HEAD).write_text(json.dumps(head, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return done


def _copy(store: Store, folder: Path) -> None:
    """Write the same dataset in few tables."""
    made = Store(str(folder))
    made.bulk_extend(store)
    for graph in store.named_graphs():
        made.add_graph(graph)
    made.flush()


def _extent(folder: Path) -> tuple[int, int]:
    """The bytes and the tables of an open dataset; what it removes meanwhile does not count."""
    size = tables = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            size += file.stat().st_size
            tables += file.suffix == ".sst"
    return size, tables


def _read_head(generation: Path) -> int | None:
    """How many quads the generation has, when it is as it was written."""
    folder = generation.parent
    try:
        head = json.loads((generation / HEAD).read_text(encoding="utf-8"))
        kind, format, quads, written = head.get("kind"), head["format"], head.get("quads"), head["sizes"]
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise damaged(folder, f"its {HEAD} cannot be read") from cause
    if kind != PLAIN:
        raise StoreError(
            f"'{folder}' is a store of claims and not a plain dataset",
            mend="leave --plain out, or give another folder",
            rule="store-kind",
        )
    if format != FORMAT:
        raise StoreError(
            f"the dataset '{folder}' was written by Foedus {head.get('foedus')} in another layout",
            mend="export it with that version and load it into a new folder",
            rule="store-version",
        )
    if sizes(generation) != written:
        raise damaged(folder, "its files are not as they were written")
    return quads if isinstance(quads, int) else None
