"""Which store is meant: a folder, an endpoint, the shipped dossiers in the user's cache, or one for the moment."""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from kg.errors import StoreError
from kg.store.address import checked_address, is_address
from kg.store.lock import remove_unread, writing
from kg.store.manifest import FORMAT
from kg.store.manifest import NAME as MANIFEST
from kg.store.snapshot import Snapshot, current, open_snapshot
from kg.version import VERSION

#: What may be given as a location besides a folder.
MEMORY, SHIPPED = ":memory:", ":shipped:"
#: The store that is meant when none is named and it is there.
LOCAL = "store.kg"
_KEPT = 3
_OF_CACHE = re.compile(r"[0-9][^-]*-[0-9a-f]+")


class Shipped(NamedTuple):
    """The data that travel with this installation: their files, and how to build a store of them."""

    files: tuple[tuple[str, Path], ...]  # a name that does not depend on where the installation lies
    build: Callable[[Path, str], None]  # the folder, and the hash to write into its manifest

    def key(self) -> str:
        """A sum of all that the built store depends on: another version or other bytes, another store.

        Two checksums and the size tell apart what is edited, and nobody attacks their own cache; hashlib
        would cost more than all the rest of a look-up's start.
        """
        crc = adler = size = 0
        for name, file in (("", None), *self.files):
            content = file.read_bytes() if file else f"{FORMAT} {pyoxigraph.__version__}".encode()
            for part in (f"{name} {len(content)}\n".encode(), content):
                crc, adler, size = zlib.crc32(part, crc), zlib.adler32(part, adler), size + len(part)
        return f"{VERSION}-{crc:08x}{adler:08x}{size:x}"


def store_location(location: str | os.PathLike[str] | None) -> str:
    """The location that is meant: the one given, ``KG_STORE``, ``./store.kg``, or the shipped data.

    :raises UsageError: remote-address, for an address that is none of an endpoint.
    """
    if location is None:
        location = os.environ.get("KG_STORE") or (LOCAL if _is_store(Path(LOCAL)) else SHIPPED)
    text = os.fspath(location)
    if is_address(text):
        return checked_address(text)
    return text


def _is_store(path: Path) -> bool:
    """Whether there is a store, if only a damaged one; a first load that failed leaves nothing but its lock."""
    return path.exists() and not (path.is_dir() and {entry.name for entry in path.iterdir()} <= {"lock"})


def open_shipped(shipped: Shipped, *, announce: Callable[[], None] = lambda: None) -> Snapshot:
    """The store of the shipped data in the user's cache; built now when it is not there.

    ``announce`` is called before a build, which takes a moment. Who comes while another builds waits for it.

    :raises StoreError: store-write, when the cache folder cannot be written; store-damaged.
    """
    key = shipped.key()
    folder = cache_folder() / key
    if found := _intact(folder):
        return found
    with writing(folder, may_wait=True):
        if found := _intact(folder):
            return found
        announce()
        (folder / "current").unlink(missing_ok=True)
        shipped.build(folder, key)
        _sweep(folder)
    return open_snapshot(folder)


def _intact(folder: Path) -> Snapshot | None:
    """What lies there, when it is whole: the cache can be built again, so damage is no reason to give up."""
    try:
        return None if current(folder) is None else open_snapshot(folder)
    except StoreError:
        return None


def _sweep(newest: Path) -> None:
    """Remove the stores of former data and versions but the last few: two versions may be in use side by side."""
    former = sorted(
        (mark.stat().st_mtime, mark.parent)
        for mark in newest.parent.glob("*/current")
        if _OF_CACHE.fullmatch(mark.parent.name) and mark.parent != newest
    )
    for _, folder in former[: -_KEPT or None]:
        forget(folder)


def forget(folder: Path) -> None:
    """Remove what can be built again from a store folder, unless somebody uses it."""
    try:
        with writing(folder):
            for generation in folder.glob("gen-*"):
                remove_unread(generation, mark=MANIFEST)
            if not any(folder.glob("gen-*")):
                (folder / "current").unlink()
    except (StoreError, OSError):  # somebody uses it, so it is none of ours
        return


def cache_folder() -> Path:
    """Where stores are kept that can be built again at any time; ``KG_CACHE`` names another folder."""
    if given := os.environ.get("KG_CACHE"):
        return Path(given)
    if sys.platform == "linux":  # what platformdirs would say, without the time that its import takes
        given = os.environ.get("XDG_CACHE_HOME", "").strip()
        return (Path(given) if given else Path.home() / ".cache") / "foedus"
    import platformdirs

    return platformdirs.user_cache_path("foedus", appauthor=False)
