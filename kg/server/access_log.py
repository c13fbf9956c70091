"""One line for each request; of a query only a hash and its length, as it may hold what nobody should read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import time
from typing import TextIO

from kg.errors import UsageError

_MUCH = 1 << 16


class AccessLog:
    """Lines for stderr or a file, written a few at a time: ``later`` sees to it that those that wait are written.

    :raises UsageError: cannot-write, when the file cannot be opened.
    """

    def __init__(self, file: Path | None, *, later: Callable[[Callable[[], None]], object]) -> None:
        self._later = later
        self._out: TextIO = _appended(file) if file else sys.stderr
        self._lines: list[str] = []
        self._size = 0
        self._is_due = False

    def request(
        self,
        *,
        client: str,
        method: str,
        path: str,
        query: bytes,
        status: int,
        size: int,
        seconds: float,
        id: str,
    ) -> None:
        """A request was answered; ``id`` is that of a fault of ours, whose lines stand before."""
        told = f" query={sha256(query).hexdigest()[:12]}/{len(query)}" if query else ""
        now = _stamp(int(time() * 1000))
        fault = f" fault={id}" if id else ""
        self._add(
            f"{now} {_visible(client)} {method} {_visible(path)} {status} {size} {seconds * 1000:.1f}ms{told}{fault}\n"
        )

    def fault(self, id: str, trace: str) -> None:
        """A fault of ours, with all that is known of it."""
        self._add("".join(f"fault={id} {line}\n" for line in trace.splitlines()))
        self.flush()

    def say(self, text: str) -> None:
        """Something that whoever runs the service should know."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def flush(self) -> None:
        """Write what waits; a log that cannot be written must not end the service."""
        lines, self._lines, self._size, self._is_due = self._lines, [], 0, False
        try:
            self._out.write("".join(lines))
            self._out.flush()
        except OSError:
            return

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._size += len(line)
        if self._size > _MUCH:
            self.flush()
        elif not self._is_due:
            self._is_due = True
            self._later(self.flush)


@lru_cache(maxsize=4)  # many requests are answered in a millisecond
def _stamp(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def _appended(file: Path) -> TextIO:
    try:
        return file.open("a", encoding="utf-8")
    except OSError as cause:
        raise UsageError(
            f"cannot write '{file}': {(cause.strerror or str(cause)).lower()}",
            mend="name a file in a folder that you may write",
            rule="cannot-write",
        ) from cause


@lru_cache(maxsize=256)
def _visible(text: str) -> str:
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    return "".join(c if c.isprintable() and not c.isspace() else f"\\u{ord(c):04x}" for c in text)
