"""A copy of a remote store in the user's cache: read once for each version of it, then every verb runs on it.

A version is the hash that the last load wrote (kg/store/marker.py). A store without one is read at every use:
nothing cheap would tell that a date in it was mended; its copy is built anew only if something has changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.store.connect import cache_folder, forget
from kg.store.fetch import fetch
from kg.store.generations import current
from kg.store.kept import cache_limit, size_of
from kg.store.lock import writing
from kg.store.marker import Marker, read_marker, refuse_unfinished
from kg.store.remote import Remote
from kg.store.remote_faults import unclear
from kg.store.slices import Text
from kg.store.snapshot import Snapshot, open_snapshot
from kg.version import VERSION

_TRIES = 3


class Origin(NamedTuple):
    """What is known of quads that were fetched: of text, it is the store's own, and sure to be of this identifier."""

    identifier: str  # of the store; empty when no load of ours wrote them, so that something may be missing


#: Makes a generation of what lies in a remote store, unless the current one is of the same.
Build = Callable[[Path, Sequence[Quad] | Text, Origin], None]


def mirror(
    remote: Remote, marker: Marker, build: Build, *, announce: Callable[[], None] = lambda: None
) -> Snapshot:
    """The copy of what lies there now, made when it is not in the cache.

    :raises StoreError: remote-unfinished, remote-too-large, and what a query raises; store-write.
    """

    def fetched(folder: Path) -> None:
        announce()
        now = marker
        for _ in range(_TRIES):
            refuse_unfinished(remote, now)
            quads = fetch(remote, known=now.quads)
            after = read_marker(remote)
            if after.state == now.state:
                build(folder, quads, Origin(now.identifier))
                return
            now = after
        raise unclear(remote.address, "it is being loaded into again and again")

    return kept_or_made(folder_of(remote), marker, fetched)


def kept_or_made(folder: Path, wanted: Marker, make: Callable[[Path], None]) -> Snapshot:
    """The copy of this version, made in its folder when it is not in the cache.

    :raises StoreError: store-write, and what ``make`` raises.
    """
    if found := kept(folder, wanted):
        with suppress(OSError):  # when it was used last
            os.utime(folder / "current")
        return found
    limit = cache_limit()
    with writing(folder, may_wait=True):
        folder.chmod(0o700)  # what a server shows to us it may not show to all
        if found := kept(folder, wanted):
            return found
        make(folder)
        _make_room(folder, limit)
        return open_snapshot(folder)


def _make_room(newest: Path, limit: int) -> None:
    """Forget the copies that were used longest ago, until the rest has room; what is being read stays."""
    marks = newest.parent.glob("*/current")
    others = sorted(((mark.stat().st_mtime, mark.parent) for mark in marks), reverse=True)
    left = limit - size_of(newest)
    for _, folder in others:
        if folder != newest:
            left -= size_of(folder)
            if left < 0:
                forget(folder)


def folder_of(remote: Remote, *, part: str = "") -> Path:
    """Where the copy lies, or that of a part."""
    key = f"{remote.address}\n{part}" if part else remote.address
    return cache_folder() / "mirrors" / sha256(key.encode()).hexdigest()[:32]


def kept(folder: Path, marker: Marker) -> Snapshot | None:
    """The copy that is in the cache, if it is of this version and whole."""
    try:
        if not marker.identifier or marker.coming or current(folder) is None:
            return None
        found = open_snapshot(folder)
    except StoreError:  # it can be made again
        return None
    is_ours = (found.manifest.input, found.manifest.foedus) == (marker.identifier, VERSION)
    return found if is_ours else None
