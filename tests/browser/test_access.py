"""WCAG as far as a machine can tell: axe-core, in light and dark, wide and narrow, in each view."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from kg.commands.main import run
from tests.browser.conftest import Open

MISSING = "axe-playwright-python is not installed"
pytestmark = pytest.mark.browser


#: Every tab and every kind of panel.
VIEWS = (
    "",
    "#view=positions&sort=issue&contested=1",
    "#thing=id:csp-2024&as-of=2025-04-28",
    "#claim=claim:nis-2025-01-killed",
    "#said=statement:euronews-2025-04-28",
    "#according-to=id:ukraine&according-to=id:russia",
)
#: The size of what is pointed at is asked for by WCAG 2.2 AA; axe leaves it out unless it is told.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.mark.parametrize(
    ("lang", "dark", "width"),
    [("en", False, 1440), ("en", True, 390), ("fr", True, 1440), ("fr", False, 390)],
    ids=["en-light-wide", "en-dark-phone", "fr-dark-wide", "fr-light-phone"],
)
def test_axe_finds_nothing(
    dossier: Callable[[str], Path], open_page: Open, lang: str, dark: bool, width: int
) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    page = open_page(dossier(lang), width=width, dark=dark).page
    for hash in VIEWS:
        page.evaluate("(hash) => { location.hash = hash; }", hash)
        page.wait_for_timeout(30)
        page.evaluate("(open) => { document.getElementById('according').open = open; }", "according" in hash)
        found = axe.Axe().run(page, options=OPTIONS)
        assert found.violations_count == 0, (hash, found.generate_report())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390], ids=["wide", "phone"])
def test_axe_finds_nothing_without_the_scripts(
    open_page: Open, tmp_path: Path, dark: bool, width: int
) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    file = tmp_path / "raw.html"
    assert run(["view", "--store", ":shipped:", "--lite", "--according-to", "Ukraine", "-o", str(file)]) == 0
    found = axe.Axe().run(open_page(file, width=width, dark=dark).page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
