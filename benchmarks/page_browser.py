"""A Chromium without GPU and without names of hosts, and what it says of a page: times, frames, memory, requests."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, Dialog, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
INSIDE = ("file:", "data:", "blob:", "about:")
PROBE = Path(__file__).with_name("page_probe.js").read_text(encoding="utf-8")
SHOWN = "performance.getEntriesByName('first-contentful-paint')"
#: How far the pointer goes in one step while it drags the picture, and for how long it does.
STEP, DRAGGED = 4, 2.0

T = TypeVar("T")


@dataclass(slots=True)
class Opened:
    """A page in a context of its own, and what it tried: requests that leave it, complaints, dialogs."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def wait(self, condition: str, seconds: float) -> bool:
        """Wait until the condition holds in the page; False when it does not in time."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            with suppress(Error):  # the page before it, of which nothing is asked, may still go away
                if self.page.evaluate(f"!!({condition})"):
                    return True
            self.page.wait_for_timeout(50)
        return False

    def first_frame(self, seconds: float) -> float | None:
        """From the start of navigation to the first frame with nodes on the screen, in ms.

        That is when the frame that holds them is made, and not before the browser's own first contentful paint,
        which it does not tell of every canvas.
        """
        if not self.wait("window.__bench && window.__bench.first !== null", seconds):
            return None
        self.wait(f"{SHOWN}.length", 0.3)
        return float(
            self.page.evaluate(f"Math.max(window.__bench.first, ({SHOWN}[0] || {{}}).startTime || 0)")
        )

    def ready(self, seconds: float) -> float | None:
        """The latest of: loaded, nodes drawn and, where the page tells, all controls wired; in ms."""
        first = self.first_frame(seconds)
        if first is None or not self.wait("document.readyState === 'complete'", seconds):
            return None
        ours = "document.querySelector('html.live, html[data-ready]')"
        if not self.wait(f"!{ours} || window.__bench.ready !== null", seconds):
            return None
        loaded, wired = self.page.evaluate(
            "[performance.getEntriesByType('navigation')[0].loadEventEnd, window.__bench.ready || 0]"
        )
        return max(first, float(loaded), float(wired))

    def heap(self) -> tuple[float, float]:
        """What its scripts hold after the garbage is gone: the heap, and with the arrays beside it; in MB."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("HeapProfiler.enable")
        session.send("HeapProfiler.collectGarbage")
        held = session.send("Runtime.getHeapUsage")
        session.detach()
        used = float(held["usedSize"])
        return used / 1e6, (used + held.get("backingStorageSize", 0)) / 1e6

    def drag(self) -> float | None:
        """Frames in a second while the mouse drags the picture; None when that does not move it."""
        page = self.page
        before = page.evaluate(
            "[...window.__bench.ink()].reduce((sum, v, at) => (sum * 31 + v * at) % 1e9, 7)"
        )
        x, y = _ground(page)
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("(ms) => { window.__bench.counted = window.__bench.count(ms); }", DRAGGED * 1000)
        end, step, ahead = time.perf_counter() + DRAGGED, 0, 1
        while time.perf_counter() < end:
            ahead = -ahead if abs(step + ahead) > 40 else ahead
            step += ahead
            page.mouse.move(x + step * STEP, y + step * STEP / 2)
        moments: list[float] = page.evaluate("window.__bench.counted")
        after = page.evaluate(
            "[...window.__bench.ink()].reduce((sum, v, at) => (sum * 31 + v * at) % 1e9, 7)"
        )
        page.mouse.up()
        if before == after:
            return None
        return (len(moments) - 1) / (moments[-1] - moments[0]) * 1000


def _ground(page: Page) -> tuple[float, float]:
    """A spot of the picture where no node is: there dragging moves the picture and not a node."""
    x, y = page.evaluate("window.__bench.ground()")
    return float(x), float(y)


@dataclass(frozen=True, slots=True)
class Chromium:
    """Opens pages one at a time, each in a context of its own."""

    browser: Browser

    @contextmanager
    def open(
        self, file: Path, hash: str = "", *, width: int = 1440, height: int = 900, dark: bool = False
    ) -> Iterator[Opened]:
        """Open a file; nothing is answered that it asks of the network."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        try:
            page = context.new_page()
            page.add_init_script(PROBE)
            seen = Opened(page)
            page.on("request", lambda asked: _note(seen.requests, asked.url))
            page.on("console", lambda told: _complain(seen.complaints, told.type, told.text))
            page.on("pageerror", lambda error: seen.complaints.append(str(error)))
            page.on("dialog", lambda dialog: _dismiss(seen.dialogs, dialog))
            page.goto(f"{file.as_uri()}{hash}", wait_until="commit", timeout=120_000)
            yield seen
        finally:
            context.close()


def _dismiss(dialogs: list[str], dialog: Dialog) -> None:
    dialogs.append(dialog.message)
    dialog.dismiss()


def _note(requests: list[str], url: str) -> None:
    if not url.startswith(INSIDE):
        requests.append(url)


def _complain(complaints: list[str], kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        complaints.append(text)


def chromium_path() -> str | None:
    """The Chromium of this machine."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("KG_CHROMIUM") or next((path for path in found if path), None)


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start it, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS, headless=True)
        try:
            yield Chromium(browser)
        finally:
            browser.close()


def rounds(
    subjects: Sequence[T], measure: Callable[[T], float | None], count: int
) -> dict[T, list[float | None]]:
    """Measure every subject in every round; one that fails once is not tried again."""
    taken: dict[T, list[float | None]] = {subject: [] for subject in subjects}
    for _ in range(count):
        for subject in subjects:
            if None not in taken[subject]:
                taken[subject].append(measure(subject))
    return taken


def median(taken: Sequence[float | None]) -> float | None:
    """The median, or None when a round failed."""
    known = [value for value in taken if value is not None]
    return statistics.median(known) if known and len(known) == len(taken) else None
