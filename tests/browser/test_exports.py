"""What a reader takes along: the picture as SVG and PNG, the address, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.test_perspective import listed, visible

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]
SVG = "{http://www.w3.org/2000/svg}"


def taken(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(f"#take-{kind}")
    file = folder / f"taken.{kind}"
    download.value.save_as(file)
    assert re.fullmatch(rf"[a-z0-9][\w-]*\.{kind}", download.value.suggested_filename)
    return file


def test_the_svg_is_the_picture_with_real_text(dossier: Dossier, open_page: Open, tmp_path: Path) -> None:
    seen = open_page(dossier("en"), "#according-to=id:ukraine&as-of=2025-04-27")
    root = ElementTree.parse(taken(seen.page, "svg", tmp_path)).getroot()
    texts = [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]
    assert "according to Ukraine, as known on 27 April 2025" in texts[1]
    assert "North Korea" in texts
    assert any(text.startswith("✕") for text in texts), "the sign of what Ukraine denies"
    assert any(re.fullmatch(r"✕ denies \d+", text) for text in texts), "the legend"
    drawn = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert drawn <= {
        "svg",
        "title",
        "defs",
        "marker",
        "symbol",
        "path",
        "circle",
        "g",
        "rect",
        "text",
        "tspan",
        "use",
    }
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"class", "style", "onclick", "tabindex"}
    assert len(list(root.iter(f"{SVG}use"))) >= 30
    assert len(list(root.iter(f"{SVG}path"))) >= 60
    assert seen.is_quiet(), seen


def test_the_svg_stands_by_itself(dossier: Dossier, open_page: Open, tmp_path: Path) -> None:
    """Opened alone it draws what the page draws: no colour comes from a style sheet."""
    page = open_page(dossier("en")).page
    page.reload()
    file = taken(page, "svg", tmp_path)
    raw = file.rename(tmp_path / "raw.html")  # the watch waits for no script of ours in it
    text = raw.read_text("utf-8")
    assert "var(--" not in text
    assert "<script" not in text
    assert text.count("marker-end") >= 30
    assert text.count("stroke-dasharray") >= 10


def test_the_png_is_the_picture_twice_as_large(dossier: Dossier, open_page: Open, tmp_path: Path) -> None:
    seen = open_page(dossier("fr"), dark=True)
    data = taken(seen.page, "png", tmp_path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert width == 2 * int(seen.page.get_attribute("#picture", "data-w") or 0)
    assert height > 2 * int(seen.page.get_attribute("#picture", "data-h") or 0)
    assert len(data) > 200_000
    assert seen.is_quiet(), seen


def test_the_address_can_be_copied(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#thing=id:csp-2024").page
    page.click("#take-link")
    page.wait_for_timeout(200)
    said = page.inner_text("#taken")
    assert said == "link copied" or "thing=id%3Acsp-2024" in said or "thing=id:csp-2024" in said


def test_paper_has_the_whole_picture_and_the_table_as_they_are_now(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), width=1000).page
    page.evaluate("location.hash = 'as-of=2024-10-31'")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visible(page) == listed(((), "2024-10-31", ""))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    for hidden in ("#controls", "#timeline", "#take", "nav", "#above"):
        assert page.locator(hidden).is_hidden()
    box = page.locator("#picture").bounding_box()
    assert box
    assert box["height"] > 500
    pdf = page.pdf(prefer_css_page_size=True)
    assert b"/Subtype /Image" not in pdf, "the picture is drawn, not painted"
