"""The page without a script: the same picture, what is shown and no more, and nothing that could run."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from kg.page.document import write
from kg.rdf.trig import read_trig
from tests.browser.conftest import Open
from tests.browser.hostile import PAYLOADS, write_dossier
from tests.browser.test_perspective import listed
from tests.commands.door import kg
from tests.tiny import build_store

pytestmark = pytest.mark.browser
BUDGET = 90_000
BOXES = """() => [...document.querySelectorAll('.card > rect')].map((rect) =>
  ['x', 'y', 'width', 'height'].map((name) => rect.getAttribute(name)).join())"""
NAMED = """() => [...document.querySelectorAll('.name')].filter((name) => getComputedStyle(name).display !== 'none')
  .map((name) => name.textContent).sort()"""


def lite(folder: Path, *words: str) -> Path:
    file = folder / "raw.html"  # the watch waits for no script in it
    assert kg("view", "--lite", *words, "-o", str(file)).code == 0
    return file


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_small_and_always_the_same(tmp_path: Path, lang: str) -> None:
    first = lite(tmp_path, "--lang", lang).read_bytes()
    assert len(first) <= BUDGET
    assert lite(tmp_path, "--lang", lang).read_bytes() == first


def test_its_policy_admits_its_style_and_nothing_else(tmp_path: Path) -> None:
    text = lite(tmp_path).read_text("utf-8")
    assert "<script" not in text
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r'\b(?:src|href)="(?!#)', text)


@pytest.mark.parametrize("scripts", [True, False])
def test_it_shows_what_is_asked_and_no_more(open_page: Open, tmp_path: Path, scripts: bool) -> None:
    asked = ("--according-to", "Ukraine", "--as-of", "2025-04-27")
    seen = open_page(lite(tmp_path, *asked), scripts=scripts, dark=True)
    page = seen.page
    assert page.locator("tbody tr").count() == len(listed((("id:ukraine",), "2025-04-27", ""))) >= 3
    assert "according to Ukraine, as known on 27 April 2025" in page.inner_text("header")
    assert page.locator(".card").count() >= 30
    assert page.locator(".line.p-a:visible").count() >= 2
    assert page.locator(".name.p-d:visible").count() >= 1
    assert "North Korea" in (page.text_content("#picture") or "")
    assert not seen.requests
    assert not seen.complaints


def test_the_same_cards_and_lines_stand_in_the_same_places(open_page: Open, tmp_path: Path) -> None:
    whole = tmp_path / "whole.html"
    assert kg("view", "-o", str(whole)).code == 0
    small = open_page(lite(tmp_path)).page
    large = open_page(whole).page
    assert small.evaluate(BOXES) == large.evaluate(BOXES)
    assert small.locator(".line:visible").count() == large.locator(".line:visible").count() >= 40
    assert small.evaluate(NAMED) == large.evaluate(NAMED)


def test_on_paper_and_on_a_phone_nothing_runs_over_the_side(open_page: Open, tmp_path: Path) -> None:
    page = open_page(lite(tmp_path, "--lang", "fr"), width=390).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1000, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    assert b"/Subtype /Image" not in page.pdf()


def test_hostile_texts_are_texts_here_too(open_page: Open, tmp_path: Path) -> None:
    with build_store(tmp_path / "store", read_trig(write_dossier(tmp_path))) as graph:
        file = write(
            graph.perspective(), tmp_path / "raw.html", title=PAYLOADS[0], perspective=PAYLOADS[1], lite=True
        )
    seen = open_page(file)
    assert seen.is_quiet(), seen
    assert seen.page.locator("script, img, iframe, link, object").count() == 0
    shown = seen.page.evaluate("document.documentElement.textContent")
    assert sum(payload in shown for payload in PAYLOADS) >= 6
