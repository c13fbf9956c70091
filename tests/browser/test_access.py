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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "hash",
    [
        "",
        "#view=positions",
        "#thing=id:csp-2024",
        "#according-to=id:ukraine&according-to=id:russia",
        "#view=positions&sort=issue",
    ],
)
def test_axe_finds_nothing(
    dossier: Callable[[str], Path], open_page: Open, dark: bool, width: int, hash: str
) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    page = open_page(dossier("fr"), hash, width=width, dark=dark).page
    page.evaluate("(open) => { document.getElementById('according').open = open; }", "according" in hash)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390], ids=["wide", "phone"])
def test_axe_finds_nothing_without_the_scripts(
    open_page: Open, tmp_path: Path, dark: bool, width: int
) -> None:
    name = "axe_playwright_python.sync_playwright"
    axe = import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=MISSING)
    file = tmp_path / "raw.html"
    assert run(["view", "--store", ":shipped:", "--lite", "--according-to", "Ukraine", "-o", str(file)]) == 0
    found = axe.Axe().run(open_page(file, width=width, dark=dark).page)
    assert found.violations_count == 0, found.generate_report()
