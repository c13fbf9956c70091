"""One writer at a time, in any process; and a mark that a generation is being read, so that it stays."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store.embedded import unwritable

_STEP_S = 0.02

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, is_shared: bool, may_wait: bool) -> None:
        # Windows has no shared locks; there an open file cannot be removed, which serves as the mark.
        if not is_shared:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if may_wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, is_shared: bool, may_wait: bool) -> None:
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind if may_wait else kind | fcntl.LOCK_NB)


@contextmanager
def writing(folder: Path, *, may_wait: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Be the only writer of a store folder, at most until the process ends; the folder is made if need be.

    ``patience``: seconds to wait for a writer that may be about to end, when we may not wait for any.

    :raises StoreError: store-locked, when another writes and we may not wait; store-write, when the folder
        cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as cause:
        raise unwritable(folder, cause) from cause
    try:
        end = time.monotonic() + patience
        while True:
            try:
                _lock(descriptor, is_shared=False, may_wait=may_wait)
                break
            except OSError as cause:
                if time.monotonic() >= end:
                    raise StoreError(
                        f"another process is writing the store '{folder}'",
                        mend="wait until it is done",
                        rule="store-locked",
                    ) from cause
                time.sleep(_STEP_S)
        yield
    finally:
        os.close(descriptor)


def mark_as_read(file: Path) -> int:
    """Open a file and mark it as being read until the descriptor is closed.

    :raises FileNotFoundError: when it has gone, or is just being removed.
    """
    descriptor = os.open(file, os.O_RDONLY)
    try:
        _lock(descriptor, is_shared=True, may_wait=False)
        has_gone = os.fstat(descriptor).st_nlink == 0
    except BlockingIOError:
        has_gone = True
    except OSError:  # a file system without locks: then the last generations are kept, and that must do
        has_gone = False
    if has_gone:
        os.close(descriptor)
        raise FileNotFoundError(file)
    return descriptor


def remove_unread(folder: Path, *, mark: str) -> None:
    """Remove a folder unless somebody has its file ``mark`` marked as being read; what cannot go stays."""
    import shutil  # slow to import, and only writers need it

    try:
        descriptor = os.open(folder / mark, os.O_RDONLY)
    except FileNotFoundError:  # an unfinished folder has no mark, and nobody can be reading it
        shutil.rmtree(folder, ignore_errors=True)
        return
    except OSError:  # too many open files, or no right to it: it may be in use
        return
    try:
        _lock(descriptor, is_shared=False, may_wait=False)
        (folder / mark).unlink()  # first: who comes now sees that it has gone
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
    finally:
        os.close(descriptor)
