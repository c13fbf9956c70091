"""Make the explorer's pictures in docs/images: ``python docs/explorer_pictures.py``; needs a Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"


def search(page: Page) -> None:
    """Look for a name in another script."""
    page.focus("#seek-text")
    page.keyboard.type("Choïgou")
    page.wait_for_selector("#seek-found [role=option]")
    page.keyboard.press("ArrowDown")


def wait_for_answer(page: Page) -> None:
    """Wait until the query is answered."""
    page.wait_for_selector("#answer:not([hidden])")


def complete(page: Page) -> None:
    """Type until names are offered."""
    page.fill("#query", "")
    page.focus("#query")
    page.keyboard.type(
        "# Who is party to what?\nSELECT ?treaty ?party WHERE {\n  ?treaty a kg:Treaty ;\nkg:has"
    )
    page.wait_for_selector("#completions:not([hidden])")


#: name, address, width, height, dark, what is done before
PICTURES = (
    ("explorer-around", "/things/id:csp-2024?depth=1#thing=id:csp-2024", 1440, 900, False, search),
    ("explorer-disputes", "/disputes?as-of=2025-04-28", 1440, 900, False, None),
    ("explorer-query", "/query?question=graph", 1440, 1480, False, wait_for_answer),
    ("explorer-completion", "/query?lang=fr", 1440, 620, True, complete),
    ("explorer-phone", "/disputes?according-to=id%3Aukraine&lang=fr", 420, 860, True, None),
)


def main() -> None:
    """Write each picture anew, from the shipped dossier, served."""
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine: install one or name it in KG_CHROMIUM")
    IMAGES.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "kg", "serve", "--store", ":shipped:", "--port", "0", "--workers", "1"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        assert server.stderr is not None
        found = next(filter(None, (re.search(r"serving at (\S+)/", line) for line in server.stderr)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, address, width, height, dark, before in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            page.goto(found[1] + address)
            page.wait_for_timeout(1500)
            if before:
                before(page)
            page.wait_for_timeout(400)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()
        server.terminate()


if __name__ == "__main__":
    main()
