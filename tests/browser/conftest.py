"""A Chromium with the network cut, and a watch on all that a page tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, Route

from kg.commands.main import run

INSIDE = ("file:", "data:", "blob:", "about:")


@dataclass(slots=True)
class Opened:
    """A page, and what it tried: requests that leave it, complaints of the console, dialogs, hits of a payload."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def hits(self) -> list[str]:
        """What the payloads of the hostile dossier reported: each calls ``pwned``."""
        hits: list[str] = self.page.evaluate("window.__hits")
        return hits

    def is_quiet(self) -> bool:
        """Did nothing leave, nothing fail and nothing hostile run?"""
        return not (self.requests or self.complaints or self.dialogs or self.hits)


Open = Callable[..., Opened]


def _watched(context: BrowserContext) -> Opened:
    """A page of the context; what it tries is written down, and nothing from outside is served."""
    page = context.new_page()
    seen = Opened(page)

    def serve(route: Route, request: Request) -> None:
        if request.url.startswith(INSIDE):
            route.continue_()
        else:
            seen.requests.append(request.url)
            route.abort()

    def refuse(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    context.route("**/*", serve)
    page.add_init_script(
        "window.__hits = []; window.pwned = (name) => { window.__hits.push(String(name)); };"
    )
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("dialog", refuse)
    return seen


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Open a file in a context of its own; nothing but the file itself is served.

    What a test opens again in the same way is the same page, which goes to the other address: it is not read anew.
    """
    contexts = []
    pages: dict[tuple[object, ...], Opened] = {}

    def opened(
        file: Path,
        hash: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
    ) -> Opened:
        way = (file, file.stat().st_mtime_ns, width, height, dark, scripts)
        if hash and way in pages:
            pages[way].page.evaluate("(hash) => { location.hash = hash; }", hash)
            pages[way].page.wait_for_function("() => new Promise((done) => setTimeout(() => done(true), 20))")
            return pages[way]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        seen = _watched(context)
        page = seen.page
        page.goto(f"{file.as_uri()}{hash}")
        if scripts and file.suffix == ".html" and file.name != "raw.html":
            page.wait_for_selector("html[data-ready=true]", state="attached")
            pages[way] = seen
        return seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The page of the shipped dossier in a language, written as a user writes it."""
    written: dict[str, Path] = {}

    def page(lang: str) -> Path:
        if lang not in written:
            file = tmp_path_factory.mktemp("page") / f"{lang}.html"
            assert run(["view", "--store", ":shipped:", "--lang", lang, "-o", str(file)]) == 0
            written[lang] = file
        return written[lang]

    return page
