"""Stores that can be made again at any time, kept in the user's cache until others need the room."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kg.errors import StoreError, UsageError
from kg.store.connect import cache_folder
from kg.store.embedded import Store, build_folder, is_empty, open_folder, unwritable
from kg.store.lock import mark_as_read, remove_unread, writing
from kg.store.manifest import sizes

_MARK = "kept.json"
#: The most bytes that all kept stores may take together; ``KG_CACHE_BYTES`` says otherwise.
LIMIT = 8 << 30


class Kept(NamedTuple):
    """A store that is open for reading; it stays on the disk until the descriptor is closed."""

    store: Store
    descriptor: int


def open_kept(key: str) -> Kept | None:
    """The store that was kept under a key, if there is one and it is whole."""
    return _open(cache_folder() / "perspectives" / key)


def kept_store(
    key: str, parts: Callable[[], Iterable[bytes]], *, graphs: Iterable[str] = (), base: Path | None = None
) -> Kept:
    """The store that was kept under a key, else one made now of these parts of N-Quads, and those of ``base``.

    The key must name all that they depend on; what is added to a base is taken to be little beside it. What was
    used longest ago goes when there is too much.

    :raises StoreError: store-write, when the cache folder cannot be written.
    :raises UsageError: bad-cache-bytes.
    """
    root = cache_folder() / "perspectives"
    folder = root / key
    if found := _open(folder):
        return found
    limit = cache_limit()
    with writing(root, may_wait=True):
        if found := _open(folder):  # whoever held the lock has made it
            return found
        try:
            remove_unread(folder, mark=_MARK)
            aside = folder.with_suffix(".tmp")
            remove_unread(aside, mark=_MARK)
            aside.mkdir()
            store = build_folder(aside / "store", parts(), graphs=graphs, base=base, is_compact=base is None)
            del store  # closes it; it is opened for reading again
            (aside / _MARK).write_text(json.dumps(sizes(aside)), encoding="utf-8")
            aside.rename(folder)
        except OSError as cause:
            raise unwritable(root, cause) from cause
        found = _open(folder)
        _make_room(root, folder, limit)
    if found is None:
        raise unwritable(root, OSError(f"'{folder}' cannot be read again"))
    return found


def _open(folder: Path) -> Kept | None:
    """What lies there, when it is whole: it can be made again, so damage is no reason to give up."""
    mark = folder / _MARK
    try:
        descriptor = mark_as_read(mark)
    except OSError:
        return None
    try:
        expected = json.loads(mark.read_text(encoding="utf-8"))
        if expected == sizes(folder, apart_from=_MARK):
            store = open_folder(folder / "store")
            if not is_empty(store):
                with suppress(OSError):  # others wrote it: it can be read all the same
                    os.utime(mark)
                return Kept(store, descriptor)
    except (OSError, ValueError, StoreError):
        pass
    os.close(descriptor)
    return None


def _make_room(root: Path, newest: Path, limit: int) -> None:
    """Remove those that were used longest ago, but the newest and those in use, until the rest has room.

    What has no mark goes too: only one builds at a time, so whoever began it was killed.
    """
    for folder in root.iterdir():
        if folder.is_dir() and not (folder / _MARK).exists():
            remove_unread(folder, mark=_MARK)
    kept = sorted(
        ((mark.stat().st_mtime, mark.parent) for mark in root.glob(f"*/{_MARK}") if mark.parent != newest),
        reverse=True,
    )
    left = limit - size_of(newest)
    for _, folder in kept:
        left -= size_of(folder)
        if left < 0:
            remove_unread(folder, mark=_MARK)


def cache_limit() -> int:
    """The most bytes that kept stores may take together, and so may copies of remote ones.

    :raises UsageError: bad-cache-bytes.
    """
    given = os.environ.get("KG_CACHE_BYTES") or str(LIMIT)
    if not given.isdecimal():
        raise UsageError(
            f"KG_CACHE_BYTES is {given!r}", mend="give a whole number of bytes", rule="bad-cache-bytes"
        )
    return int(given)


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder; of what it shares with others its share."""
    found = (file.stat() for file in folder.rglob("*") if file.is_file())
    return sum(file.st_size // max(1, file.st_nlink) for file in found)
