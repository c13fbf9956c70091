"""Make the pictures of docs/images from the shipped dossier: ``python docs/pictures.py``; needs a Chromium."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.commands.main import run

IMAGES = Path(__file__).parent / "images"
#: name, language, width, height, dark, what is shown
PICTURES = (
    ("page-en", "en", 1600, 1000, False, ""),
    ("page-fr", "fr", 1440, 900, False, ""),
    ("page-dark", "en", 1440, 900, True, ""),
    ("page-card", "en", 1440, 900, False, "#thing=id:dprk-deployment"),
    ("page-line", "en", 1440, 900, False, "#line=id:dprk-deployment id:north-korea"),
    ("page-treaty", "en", 1440, 1300, False, "#thing=id:csp-2024&as-of=2025-04-28"),
    ("page-claim", "fr", 1440, 900, False, "#claim=claim:euronews-p14-1"),
    ("page-as-known", "fr", 1440, 900, False, "#as-of=2024-10-31"),
    ("page-according-to", "en", 1440, 900, False, "#according-to=id:north-korea&as-of=2025-04-27"),
    ("page-positions", "en", 1440, 900, False, "#view=positions&sort=issue&as-of=2025-04-27"),
    ("page-statement", "fr", 1440, 900, True, "#said=statement:gerasimov-2025-04-26"),
    ("page-phone", "fr", 420, 860, False, ""),
    ("page-phone-dark", "en", 420, 860, True, "#thing=id:kim-jong-un"),
)
#: name, words of kg network, what is shown
NETWORKS = (
    ("network-map", ("relations",), ""),
    ("network-thing", ("statements", "--lang", "fr"), "#thing=id:russia&colour=community"),
    ("network-cards", ("agreement", "--as-of", "2024-10-31"), "#thing=id:russia&other=id:south-korea"),
)


def main() -> None:
    """Write each picture anew."""
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine: install one or name it in KG_CHROMIUM")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for lang in ("en", "fr"):
            assert run(["view", "--store", ":shipped:", "--lang", lang, "-o", f"{folder}/{lang}.html"]) == 0
        for name, lang, width, height, dark, hash in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            page.goto(f"{Path(folder, lang).with_suffix('.html').as_uri()}{hash}")
            page.wait_for_selector("html[data-ready=true]", state="attached")
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        for name, words, hash in NETWORKS:
            file = Path(folder, name).with_suffix(".html")
            assert run(["network", *words, "--store", ":shipped:", "-o", str(file)]) == 0
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{file.as_uri()}{hash}")
            page.wait_for_selector("html[data-ready=true]", state="attached")
            page.evaluate("for (const one of document.querySelectorAll('#panel details')) one.open = true")
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
