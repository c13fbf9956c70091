"""A file written whole or not at all: the one place that puts an answer on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import UsageError


def write_whole(file: str | os.PathLike[str], data: bytes) -> Path:
    """Write aside, then rename: a reader sees the old file or the new one, never a half.

    :raises UsageError: cannot-write, when the file cannot be written.
    """
    target = Path(os.path.realpath(file))
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
            target.write_bytes(data)
            return Path(file)
        try:
            with open(aside, "xb") as part:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
            os.replace(aside, target)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as cause:
        raise UsageError(
            f"cannot write '{os.fspath(file)}': {(cause.strerror or str(cause)).lower()}",
            mend="name a file in a folder that you may write",
            rule="cannot-write",
        ) from cause
    return Path(file)
