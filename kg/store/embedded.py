"""Oxigraph in a folder or in memory, and the only place where its exceptions become ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Store

from kg.errors import Position, StoreError, UsageError
from kg.rdf.rows import reading
from kg.rdf.vocabulary import PREFIXES

_SYNTAX = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BUFFER = 1 << 20
_LARGE = 1 << 29  # bytes of N-Quads from which joins gain more by compaction than it costs
_LONGEST_HINT = 60  # the parser may list every character that it would have taken


def open_folder(folder: Path) -> Store:
    """Open for reading; any number of readers may, and none waits.

    :raises StoreError: store-damaged, when Oxigraph cannot read what lies there; store-read, when the process
        may not open as many files as that takes.
    """
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as cause:
        if "file descriptors" in str(cause) or "Too many open files" in str(cause):
            what = f"cannot read the store '{folder}': this process may open too few files"
            raise StoreError(what, mend="raise the limit: ulimit -n 512", rule="store-read") from cause
        raise damaged(folder, str(cause)) from cause


def is_empty(store: Store) -> bool:
    """Whether it holds no quad; quick, while its length is a count of all.

    :raises StoreError: store-damaged.
    """
    with reading():
        return next(store.quads_for_pattern(None, None, None), None) is None


def build_folder(
    folder: Path,
    nquads: Iterable[bytes],
    *,
    graphs: Iterable[str] = (),
    base: Path | None = None,
    is_compact: bool = True,
) -> Store:
    """Make a store of these quads in a folder that does not exist yet; ``graphs`` exist even when empty.

    The quads come as parts of a text, which need not fit into memory as a whole. ``base``: a store whose quads it
    has too; its files, which never change, are shared where the disk allows it. A large store is compacted, which
    takes as long as it is large; without ``is_compact`` what was added is not.

    What it returns is open for writing and flushed: later readers have no log to replay.

    :raises StoreError: store-write, when the disk is full or the folder cannot be written.
    """
    try:
        size = 0
        if base is not None:
            _copy(base, folder)
            size = sum(file.stat().st_size for file in folder.iterdir())
        store = Store(str(folder))
        size += _fill(store, nquads, graphs)
        store.flush()
        if is_compact and size > _LARGE:
            store.optimize()
    except (OSError, RuntimeError) as cause:
        raise unwritable(folder, cause) from cause
    return store


def build_memory(nquads: Iterable[bytes], *, graphs: Iterable[str] = ()) -> Store:
    """The same in memory."""
    store = Store()
    _fill(store, nquads, graphs)
    return store


def add_memory(store: Store, nquads: Iterable[bytes]) -> None:
    """Load more quads into a store in memory."""
    _fill(store, nquads, ())


def run(
    store: Store, text: str, *, base: str | None = None, name: str = "query"
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run a query; our prefixes are known to it, and its own win.

    :raises UsageError: bad-query, when it breaks the grammar; query-failed, when it cannot be evaluated.
    """
    try:
        with evaluating():
            return store.query(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as cause:
        raise _syntax_error(cause, text, name) from cause


def run_update(store: Store, text: str, *, base: str | None = None, name: str = "update") -> None:
    """Run an update, as a whole or not at all; our prefixes are known to it, and its own win.

    :raises UsageError: bad-query, when it breaks the grammar; query-failed, when it cannot be evaluated.
    """
    try:
        with evaluating():
            store.update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as cause:
        raise _syntax_error(cause, text, name, is_update=True) from cause


@contextmanager
def evaluating() -> Iterator[None]:
    """Turn what Oxigraph raises while it works out an answer into our error.

    :raises UsageError: query-failed.
    :raises StoreError: store-damaged, when it meets a block of the disk that is not as it was written;
        store-write, when the disk takes no more.
    """
    try:
        yield
    except (OSError, RuntimeError) as cause:
        if "Corruption" in str(cause):
            with reading():
                raise
        if "IO error" in str(cause):  # no space is left, as a rule
            why = str(cause).rpartition(": ")[2].strip().lower()
            mend = "check its free space; nothing was changed"
            raise StoreError(f"the disk fails the engine: {why}", mend=mend, rule="store-write") from cause
        raise UsageError(
            f"the query cannot be evaluated: {cause}", mend="simplify it", rule="query-failed"
        ) from cause


def damaged(folder: Path, what: str) -> StoreError:
    """The error for a store that is not as it was written."""
    return StoreError(
        f"the store '{folder}' is damaged: {what}",
        mend="delete the folder and load its dossiers again",
        rule="store-damaged",
    )


def unreadable(folder: Path, cause: OSError) -> StoreError:
    """The error for a store that may be sound but does not let itself be read."""
    return StoreError(
        f"cannot read the store '{folder}': {(cause.strerror or str(cause)).lower()}",
        mend="check the rights of the folder and its files",
        rule="store-read",
    )


def unwritable(folder: Path, cause: Exception) -> StoreError:
    """The error for a store that cannot be written; what was there before is as it was."""
    why = cause.strerror.lower() if isinstance(cause, OSError) and cause.strerror else str(cause)
    return StoreError(
        f"cannot write the store '{folder}': {why}",
        mend="check the free space and the rights of the folder; nothing was changed",
        rule="store-write",
    )


def _copy(base: Path, folder: Path) -> None:
    """Make a store that has the files of another one, by links where that is allowed."""
    try:
        open_folder(base).backup(str(folder))
    except (OSError, RuntimeError):  # who may read a file may not always link to it
        from shutil import copytree, ignore_patterns, rmtree  # slow to import, and seldom needed

        rmtree(folder, ignore_errors=True)
        copytree(base, folder, ignore=ignore_patterns("LOCK"))


class _Parts(RawIOBase):
    """The parts of a text as the file that Oxigraph reads from."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._left = memoryview(b"")
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # 3.11 has no name for all that fits
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = memoryview(part)
        target = memoryview(buffer)
        size = min(len(target), len(self._left))
        target[:size], self._left = self._left[:size], self._left[size:]
        self.size += size
        return size


def _fill(store: Store, nquads: Iterable[bytes], graphs: Iterable[str]) -> int:
    """Load the quads; the bytes that they took."""
    # Lenient: these quads were parsed strictly on their way in, once is enough.
    text = _Parts(nquads)
    file = BufferedReader(cast(RawIOBase, text), _BUFFER)
    store.bulk_load(input=file, format=RdfFormat.N_QUADS, lenient=True)
    for graph in graphs:
        store.add_graph(NamedNode(graph))
    return text.size


def _syntax_error(cause: SyntaxError, text: str, name: str, *, is_update: bool = False) -> UsageError:
    match = _SYNTAX.match(str(cause))
    if not match:
        return UsageError(str(cause), mend="see the SPARQL 1.1 grammar", rule="bad-query")
    noun = "update" if is_update else "query"
    line, column, hint = int(match[1]), int(match[2]), " ".join(match[3].split())
    before, after = _around(text, line, column)
    if after:
        what = f"the {noun} cannot be read at '{after[0]}'"
    else:
        what = f"the {noun} cannot be read after '{before[-1]}'" if before else f"the {noun} is empty"
    mend = hint if len(hint) <= _LONGEST_HINT else "see the SPARQL 1.1 grammar"
    return UsageError(what, mend=mend, rule="bad-query", position=Position(name, line, column))


def _around(text: str, line: int, column: int) -> tuple[list[str], list[str]]:
    """The words before a position, and those after it on its line."""
    lines = text.split("\n")[:line]
    last = lines.pop() if len(lines) == line else ""
    return "\n".join([*lines, last[: column - 1]]).split(), last[column - 1 :].split()
