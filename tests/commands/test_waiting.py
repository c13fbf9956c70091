"""A sign of life after a second, on a terminal only; and what a worker thread brings back."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys

import pytest

from kg.commands.waiting import interruptible, sign_of_life

SLOW = (
    "import time\nfrom kg.commands.waiting import sign_of_life\nwith sign_of_life('counting'): time.sleep({})"
)


def said(seconds: float, *, terminal: bool) -> str:
    """What a piece of work of so many seconds says on stderr."""
    code = SLOW.format(seconds)
    if not terminal:
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", code], stderr=theirs) as process:
        os.close(theirs)
        sent = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                sent += os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
        assert process.wait(timeout=30) == 0
    os.close(ours)
    return sent.decode()


def test_long_work_shows_a_bar_and_takes_it_away() -> None:
    text = said(1.6, terminal=True)
    assert "counting, 1 s" in text
    assert text.endswith("\r\x1b[K")


def test_short_work_shows_nothing() -> None:
    assert said(0.1, terminal=True) == ""


def test_a_pipe_is_never_told() -> None:
    assert said(1.3, terminal=False) == ""


def test_the_worker_brings_back_what_the_call_returns() -> None:
    assert interruptible(lambda: 42, saying="counting") == 42


def test_the_worker_brings_back_what_the_call_raises() -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        interruptible(fail, saying="counting")
    with pytest.raises(ZeroDivisionError), sign_of_life("dividing"):
        print(1 / 0)
