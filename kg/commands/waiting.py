"""What a person sees while the program works, a sign of life after a second, and Ctrl-C at any time."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_PATIENCE_S = 1.0
_STEP_S = 0.1
_BAR = 20


@contextmanager
def sign_of_life(saying: str) -> Iterator[None]:
    """Show on a terminal's stderr, from the first second on, that work goes on; gone when it ends."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(saying, done), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def _tick(saying: str, done: threading.Event) -> None:
    if done.wait(_PATIENCE_S):
        return
    seconds = _PATIENCE_S
    while not done.wait(_STEP_S):
        seconds += _STEP_S
        at = int(seconds / _STEP_S) % _BAR
        bar = "." * at + "#" + "." * (_BAR - at - 1)
        sys.stderr.write(f"\r[{bar}] {saying}, {seconds:.0f} s")
        sys.stderr.flush()
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def interruptible(call: Callable[[], T], *, saying: str) -> T:
    """The result of ``call``, run in a thread of its own so that Ctrl-C is heard while the engine works.

    The engine cannot be stopped: after a KeyboardInterrupt the thread still runs, and the process must end.
    What ``call`` returns or raises must not hold the engine's cursors, which may not leave their thread.
    """
    results: list[T] = []
    faults: list[BaseException] = []

    def work() -> None:
        try:
            results.append(call())
        except BaseException as fault:  # carried over to the thread that waits
            faults.append(fault if os.environ.get("KG_DEBUG") else fault.with_traceback(None))

    thread = threading.Thread(target=work, daemon=True)
    with sign_of_life(saying):
        thread.start()
        while thread.is_alive():
            thread.join(_STEP_S)
    if faults:
        raise faults[0]
    return results[0]
