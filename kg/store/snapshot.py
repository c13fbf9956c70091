"""A store folder: generations side by side, one of them current; built aside, published by one rename.

``current`` names the generation that new readers open::

    STORE/current  lock  gen-3/{quads.nq, ledger.sqlite, store/, common/, names.index, manifest.json}

``quads.nq`` is the whole of what was loaded, ``ledger.sqlite`` says where each graph lies in it and what
decides who holds it, and ``store/`` is Oxigraph with the default perspective. A large generation has ``common/``
too: Oxigraph with what every perspective holds, onto which another one is built without reading that again.
"""

from __future__ import annotations

import mmap
import os
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph
from pyoxigraph import Quad, Store

from kg.rdf.vocabulary import ONTOLOGY_GRAPH, RECORD_GRAPH, REFERENCE_GRAPH
from kg.store import manifest, offsets, slices
from kg.store.embedded import build_folder, damaged, is_empty, open_folder, unreadable
from kg.store.generations import current as current
from kg.store.generations import publish_generation, unpublished
from kg.store.lock import mark_as_read
from kg.store.manifest import Manifest
from kg.version import VERSION

if TYPE_CHECKING:
    from sqlite3 import Connection

    from kg.store.excerpt import Focus
    from kg.store.marker import Marker
    from kg.store.remote import Remote

#: The graphs that every perspective holds.
COMMON_GRAPHS = (ONTOLOGY_GRAPH, RECORD_GRAPH, REFERENCE_GRAPH)
#: Bytes of N-Quads from which a perspective is kept on disk, and what is common to all has a store of its own.
LARGE = 1 << 25
#: Writes the look-up index of a store to a file; the store does not know how.
IndexWriter = Callable[[Store, Path], None]
#: Writes who holds what into a new ledger, and names the claims that the default perspective admits.
Admit = Callable[["Connection", slices.Text], Iterable[str]]
_COMMON = "common"
_TRIES = 5  # a reader may come just when two loads in a row remove what it was about to open


class Content(NamedTuple):
    """What a generation is made of: all quads, and the hash of what they came from."""

    text: slices.Text
    input: str


class Snapshot:
    """One generation, open for reading: later loads do not change what it says."""

    remote: Remote | None = None  # where it is a copy from, and what was loaded there
    marker: Marker | None = None

    def __init__(self, generation: Path, found: Manifest, descriptor: int) -> None:
        self.generation = generation
        self.manifest = found
        self._store: Store | None = None
        self._ledger: Connection | None = None
        self._text: mmap.mmap | None = None
        self._quads = os.open(generation / "quads.nq", os.O_RDONLY | getattr(os, "O_BINARY", 0))
        # Perspectives may outlive the graph that made them, so the last of them closes, not the first.
        weakref.finalize(self, _close, descriptor, self._quads)

    @property
    def is_large(self) -> bool:
        """Whether it is a remote store that is too large to be copied, so that only excerpts of it can be read."""
        return False

    def around(self, focus: Focus) -> Snapshot:
        """The same, or an excerpt of it where it is too large to be copied."""
        return self

    def open_store(self) -> Store:
        """Oxigraph with the default perspective; opened at the first call.

        :raises StoreError: store-damaged.
        """
        if self._store is None:
            folder = self.generation / "store"
            self._store = open_folder(folder)
            if self.manifest.quads and is_empty(self._store):
                raise damaged(self.generation.parent, "it opens empty")
        return self._store

    def common(self) -> Path | None:
        """The folder of the store with the graphs that every perspective holds; a small generation has none."""
        folder = self.generation / _COMMON
        return folder if folder.is_dir() else None

    def ledger(self) -> Connection:
        """The tables of where graphs lie and who holds what; opened at the first call.

        :raises StoreError: store-damaged.
        """
        if self._ledger is None:
            self._ledger = offsets.open_ledger(self.generation / offsets.NAME)
            # A connection refers to itself: without this it would stay open until cycles are looked for.
            weakref.finalize(self, self._ledger.close)
        return self._ledger

    def text(self) -> mmap.mmap | bytes:
        """The canonical N-Quads of all graphs, mapped: only what is looked at is read."""
        if self._text is None:
            if not os.fstat(self._quads).st_size:
                return b""
            self._text = mmap.mmap(self._quads, 0, access=mmap.ACCESS_READ)
        return self._text

    def offsets(self, graphs: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Where in the text these graphs lie: offset and length; what was not loaded is left out.

        :raises StoreError: store-damaged.
        """
        with offsets.reading(self.generation / offsets.NAME):
            return offsets.offsets(self.ledger(), graphs)

    def slices(self, graphs: Iterable[str]) -> dict[str, bytes]:
        """The canonical N-Quads of several graphs; of one that was not loaded, none.

        :raises StoreError: store-damaged, when they do not lie where the ledger says.
        """
        text, asked = self.text(), list(graphs)
        where = self.offsets(asked)
        found = {}
        for graph in asked:
            offset, length = where.get(graph, (0, 0))
            found[graph] = text[offset : offset + length]
            if length and not found[graph].endswith(f" <{graph}> .\n".encode()):
                raise damaged(self.generation.parent, f"the graph '{graph}' is not where its ledger says")
        return found

    def lines(self, graph: str) -> bytes:
        """The canonical N-Quads of one graph; of one that was not loaded, none.

        :raises StoreError: store-damaged.
        """
        return self.slices([graph])[graph]

    def names(self) -> Path:
        """The file of the look-up index."""
        return self.generation / "names.index"


def open_snapshot(folder: Path) -> Snapshot:
    """Open the current generation of a store folder.

    :raises StoreError: no-such-store, store-damaged, store-version; store-read, when it may be sound.
    """
    for _ in range(_TRIES):
        generation = current(folder)
        if generation is None:
            raise unpublished(folder)
        try:
            descriptor = mark_as_read(generation / manifest.NAME)
            try:
                return Snapshot(generation, manifest.read(generation), descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except FileNotFoundError:
            continue
        except OSError as cause:
            raise unreadable(folder, cause) from cause
    raise damaged(folder, "its current generation has gone")


def publish(folder: Path, content: Content, *, admit: Admit, write_index: IndexWriter) -> None:
    """Build a generation aside and make it the current one; as the only writer (:func:`lock.writing`).

    Killed or failed at any point it leaves the generation before as it was.

    :raises StoreError: store-write.
    """
    publish_generation(folder, lambda aside: _write(aside, content, admit, write_index))


def _write(generation: Path, content: Content, admit: Admit, write_index: IndexWriter) -> None:
    text = content.text
    (generation / "quads.nq").write_bytes(text.content)
    with offsets.new_ledger(generation / offsets.NAME, text.graphs) as ledger:
        claims = sorted(admit(ledger, text))
    # A claim may say nothing that our terms can hold; its graph is empty then, but it is there.
    empty = [graph for graph in (*COMMON_GRAPHS, *claims) if graph not in text.graphs]
    folder, common = generation / "store", generation / _COMMON
    if len(text.content) > LARGE:
        build_folder(common, _merged(text, COMMON_GRAPHS), graphs=set(empty).intersection(COMMON_GRAPHS))
        store = build_folder(folder, _merged(text, claims), graphs=empty, base=common)
    else:
        store = build_folder(folder, _merged(text, [*COMMON_GRAPHS, *claims]), graphs=empty)
    write_index(store, generation / "names.index")
    del store  # closes it: Oxigraph has no close of its own, and its files must not change from here on
    manifest.write(
        generation,
        Manifest(
            format=manifest.FORMAT,
            foedus=VERSION,
            engine=pyoxigraph.__version__,
            input=content.input,
            quads=text.quads,
            claims=text.claims,
            sizes=manifest.sizes(generation),
        ),
    )


def _merged(text: slices.Text, graphs: Iterable[str]) -> Iterator[bytes]:
    """The lines of graphs, and again in the default graph."""
    for graph in graphs:
        for lines in slices.pieces(text.content, text.graphs.get(graph, (0, 0))):
            yield from slices.twice(graph, lines)


def all_quads(snapshot: Snapshot) -> Iterator[Quad]:
    """Every quad of a generation, in canonical order.

    :raises StoreError: store-damaged, store-read.
    """
    try:
        yield from pyoxigraph.parse(
            path=snapshot.generation / "quads.nq", format=pyoxigraph.RdfFormat.N_QUADS, lenient=True
        )
    except SyntaxError as cause:
        raise damaged(snapshot.generation.parent, "its quads.nq cannot be read") from cause
    except FileNotFoundError as cause:  # it was there when the generation was opened
        raise damaged(snapshot.generation.parent, "its quads.nq has gone") from cause
    except OSError as cause:
        raise unreadable(snapshot.generation.parent, cause) from cause


def _close(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
