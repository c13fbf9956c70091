"""Which store is meant: a folder, the shipped dossiers in the user's cache, or one for the moment."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import UsageError
from kg.store.lock import writing
from kg.store.manifest import FORMAT
from kg.store.snapshot import Snapshot, current, open_snapshot
from kg.version import VERSION

#: What may be given as a location besides a folder.
MEMORY, SHIPPED = ":memory:", ":shipped:"
#: The store that is meant when none is named and it is there.
LOCAL = "store.kg"
_REMOTE = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The data that travel with this installation: their files, and how to build a store of them."""

    files: tuple[tuple[str, Path], ...]  # a name that does not depend on where the installation lies
    build: Callable[[Path, str], None]  # the folder, and the hash to write into its manifest

    def key(self) -> str:
        """A hash of all that the built store depends on: another version or other bytes, another store."""
        digest = hashlib.sha256(f"{VERSION} {FORMAT} {pyoxigraph.__version__}\n".encode())
        for name, file in self.files:
            content = file.read_bytes()
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()[:24]


def store_location(location: str | os.PathLike[str] | None) -> str:
    """The location that is meant: the one given, ``KG_STORE``, ``./store.kg``, or the shipped data.

    :raises UsageError: remote-store, for an address.
    """
    if location is None:
        location = os.environ.get("KG_STORE") or (LOCAL if Path(LOCAL).exists() else SHIPPED)
    text = os.fspath(location)
    if _REMOTE.match(text):
        raise UsageError(
            f"the store '{text}' is on a server, and that comes with a later release",
            mend="give a folder",
            rule="remote-store",
        )
    return text


def open_shipped(shipped: Shipped, *, announce: Callable[[], None] = lambda: None) -> Snapshot:
    """The store of the shipped data in the user's cache; built now when it is not there.

    ``announce`` is called before a build, which takes a moment. Who comes while another builds waits for it.

    :raises StoreError: store-write, when the cache folder cannot be written; store-damaged.
    """
    key = shipped.key()
    folder = cache_folder() / key
    if current(folder) is None:
        with writing(folder, may_wait=True):
            if current(folder) is None:
                announce()
                shipped.build(folder, key)
    return open_snapshot(folder)


def cache_folder() -> Path:
    """Where stores are kept that can be built again at any time; ``KG_CACHE`` names another folder."""
    if given := os.environ.get("KG_CACHE"):
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("foedus", appauthor=False)
