"""WCAG as far as a machine can tell: axe-core on every document, light and dark, wide and narrow; and all by key."""

from __future__ import annotations

import os
from importlib import import_module

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import Visit

MISSING = "axe-playwright-python is not installed"
pytestmark = pytest.mark.browser

#: The first three in every look, the others wide and light, and on a dark phone.
DOCUMENTS = [
    "/disputes?as-of=2025-04-28",
    "/query?question=001",
    "/about",
    "/?lang=fr",
    "/query?question=graph&lang=fr",
    "/things?q=Kim&lang=fr",
    "/things/claim:euronews-p14-1",
    "/things/nobody-at-all",
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390], ids=["wide", "phone"])
def test_axe_finds_nothing(visit: Visit, dark: bool, width: int) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    page = visit("/about", width=width, dark=dark).page
    for path in DOCUMENTS if dark == (width < 1000) else DOCUMENTS[:3]:
        page.goto(path)
        if path.startswith("/query"):
            expect(page.locator("#answer")).to_be_visible()
        if path.startswith(("/query", "/disputes")):
            page.evaluate(
                "document.querySelectorAll('.drop, .examples').forEach((one) => { one.open = true; })"
            )
        if path == "/about":
            page.fill("#seek-text", "Kim")
            expect(page.locator("#seek-found")).to_be_visible()
            page.keyboard.press("ArrowDown")
        found = axe.Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_a_fault_and_the_completions_are_clean_too(visit: Visit) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    for dark in (False, True):
        page = visit("/query", dark=dark).page
        page.fill("#query", "SELECT nope")
        page.click("#run")
        expect(page.locator("#fault")).to_be_visible()
        page.fill("#query", "")
        page.focus("#query")
        page.keyboard.type("kg:Tr")
        expect(page.locator("#completions")).to_be_visible()
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.type !== 'hidden' && !one.disabled && one.tabIndex >= 0
    && one.checkVisibility({visibilityProperty: true})).length"""


@pytest.mark.parametrize("path", ["/disputes", "/query", "/about", "/things?q=Kim"])
def test_every_control_is_reached_by_key_and_seen(visit: Visit, path: str) -> None:
    page = visit(path).page
    page.evaluate("document.querySelectorAll('.drop, .examples').forEach((one) => { one.open = true; })")
    wanted: int = page.evaluate(REACHABLE)
    assert wanted > 10
    reached: int = 0
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
              const here = document.activeElement;
              if (here === document.body || here.dataset.reached) return null;
              here.dataset.reached = '1';
              const holder = here.id === 'query' ? here.closest('#editor') : here;
              const style = getComputedStyle(holder);
              return parseFloat(style.outlineWidth) > 1 && style.outlineStyle !== 'none';
            }"""
        )
        if told is None:
            continue
        assert told, page.evaluate("document.activeElement.outerHTML")
        reached += 1
    assert reached == wanted


@pytest.mark.parametrize(
    "path", ["/disputes?lang=fr", "/query?question=001", "/about", "/things/claim:euronews-p14-1"]
)
def test_a_phone_need_not_scroll_sideways(visit: Visit, path: str) -> None:
    page = visit(path, width=390, height=800).page
    if path.startswith("/query"):
        expect(page.locator("#answer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
