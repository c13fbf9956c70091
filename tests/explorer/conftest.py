"""One service for all tests of the explorer, one over the hostile dossier, and a browser that sees nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Request, Route

from kg.rdf.trig import read_trig
from tests.browser.conftest import Opened
from tests.browser.hostile import write_dossier
from tests.server.door import Server, serving
from tests.tiny import build_store

Visit = Callable[..., Opened]
LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shipped dossier, served."""
    with serving(tmp_path_factory.mktemp("served"), "--store", ":shipped:", "--workers", "2") as server:
        yield server


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dossier in which every text tries to run something, served."""
    folder = tmp_path_factory.mktemp("hostile")
    with build_store(folder / "store", read_trig(write_dossier(folder))):
        pass
    with serving(folder, "--store", "store", "--workers", "1") as server:
        yield server


@pytest.fixture
def visit(chromium: Browser, served: Server) -> Iterator[Visit]:
    """Open a document in a context of its own; only the service can be reached, whatever else is tried is noted."""
    contexts = []

    def visited(
        path: str,
        *,
        server: Server = served,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
        lang: str = "en",
    ) -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale=lang,
            base_url=f"{LOCAL}:{server.port}",
            accept_downloads=True,
        )
        contexts.append(context)
        seen = Opened(context.new_page())
        _watch(seen, f"{LOCAL}:{server.port}/")
        seen.page.goto(path)
        return seen

    yield visited
    for context in contexts:
        context.close()


def _watch(seen: Opened, base: str) -> None:
    """Let nothing but the service be reached, and note all that is tried and said."""
    page = seen.page

    def serve(route: Route, request: Request) -> None:
        if request.url.startswith((base, "data:", "blob:", "about:")):
            route.continue_()
        else:
            seen.requests.append(request.url)
            route.abort()

    page.context.route("**/*", serve)
    page.add_init_script(
        "window.__hits = []; window.pwned = (name) => { window.__hits.push(String(name)); };"
    )
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))

    def refuse(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
