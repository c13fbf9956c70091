"""Generations of a folder, side by side, one of them current: built aside and published by one rename.

``current`` names the generation that new readers open; a reader keeps the one that it opened.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path

from kg.errors import StoreError
from kg.store.embedded import damaged, unreadable, unwritable
from kg.store.lock import remove_unread

#: The last file to be written into a generation; readers mark it, so that the generation stays.
HEAD = "manifest.json"
_GENERATION = re.compile(r"gen-([0-9]+)")
_builds = count()


def current(folder: Path) -> Path | None:
    """The generation that new readers open, ``None`` when nothing was published.

    :raises StoreError: store-damaged.
    """
    try:
        name = (folder / "current").read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as cause:
        raise unreadable(folder, cause) from cause
    if not _GENERATION.fullmatch(name):
        raise damaged(folder, "its file 'current' names no generation")
    return folder / name


def publish_generation(folder: Path, write: Callable[[Path], None]) -> None:
    """Have a generation written aside and make it the current one; as the only writer (:func:`lock.writing`).

    Killed or failed at any point it leaves the generation before as it was.

    :raises StoreError: store-write.
    """
    _sweep(folder)
    number = 1 + max((int(match[1]) for match in _generations(folder).values()), default=0)
    # A name of its own: what a failed build left open must not stand in the way of the next.
    aside = folder / f"gen-{number}-{os.getpid()}-{next(_builds)}.tmp"
    try:
        aside.mkdir()
        write(aside)
        _sync(aside)
        aside.rename(folder / f"gen-{number}")
        _sync_folder(folder)
        pointer = folder / "current.tmp"
        pointer.write_text(f"gen-{number}\n", encoding="utf-8")
        _sync_file(pointer)
        os.replace(pointer, folder / "current")
        _sync_folder(folder)
    except BaseException as cause:
        from shutil import rmtree  # slow to import, and only who fails needs it

        rmtree(aside, ignore_errors=True)  # it may be what fills the disk
        if isinstance(cause, OSError):
            raise unwritable(folder, cause) from cause
        raise
    _sweep(folder)


def unpublished(folder: Path) -> StoreError:
    """The error for a folder that has no generation."""
    return StoreError(
        f"there is no store at '{folder}'",
        mend="make one with 'kg load DOSSIER --store FOLDER'",
        rule="no-such-store",
    )


def _generations(folder: Path) -> dict[Path, re.Match[str]]:
    found = ((path, _GENERATION.fullmatch(path.name)) for path in folder.iterdir())
    return {path: match for path, match in found if match}


def _sweep(folder: Path) -> None:
    """Remove what killed builds left, and generations that nobody reads but the current and the last."""
    for stale in folder.glob("gen-*.tmp"):
        remove_unread(stale, mark=HEAD)
    kept = current(folder)
    newest = sorted(_generations(folder).items(), key=lambda item: -int(item[1][1]))
    older = [path for path, match in newest if kept and path != kept]
    for generation in older[1:]:
        remove_unread(generation, mark=HEAD)


def _sync(folder: Path) -> None:
    """Have everything in a folder on the disk before it is published."""
    links: dict[int, list[Path]] = defaultdict(list)
    for inside, _, files in os.walk(folder):
        for name in files:
            file = Path(inside, name)
            links[os.stat(file).st_ino].append(file)
        _sync_folder(Path(inside))
    for shared in links.values():
        if os.stat(shared[0]).st_nlink == len(shared):  # else a generation published before has it too
            _sync_file(shared[0])


def _sync_file(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and needs no such step
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
