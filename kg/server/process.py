"""What a process of ours that serves a front has to see to: signals, memory, and the end of the front."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def live_with(connection: socket.socket) -> None:
    """Leave a Ctrl-C in the terminal to the front, and end when it has gone, even in the middle of a task."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()


def environment() -> dict[str, str]:
    """For a process that we start: it must find what we found, wherever we found it."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "RUST_BACKTRACE": "0",  # the engine's last words are enough
        # The engine takes and gives back hundreds of small pieces of memory for each query: with room to keep them
        # at hand a point query takes a twelfth less time.
        "GLIBC_TUNABLES": os.environ.get("GLIBC_TUNABLES", "glibc.malloc.tcache_count=127"),
    }


def mapped() -> int:
    """Bytes that this process has mapped; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * _PAGE
    except OSError:  # no such file outside Linux
        return 0


def limit_memory(most: int) -> None:
    """Let this process map no more than so many bytes, and no core file be written of its end."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _end_with(connection: socket.socket) -> None:
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLHUP)
    while not any(event & (select.POLLHUP | select.POLLNVAL) for _, event in watch.poll()):
        pass
    os._exit(0)
