"""The pages of networks: every control in both languages, by mouse, by key, on a phone, without scripts, hostile."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.page.map_texts import texts
from tests.browser.conftest import Open
from tests.browser.test_access import MISSING
from tests.commands.door import kg

pytestmark = pytest.mark.browser

Pages = Callable[..., Path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The page of a network of the shipped dossier, written as a user writes it."""
    written: dict[tuple[str, ...], Path] = {}

    def page(*words: str) -> Path:
        if words not in written:
            file = tmp_path_factory.mktemp("networks") / "page.html"
            done = kg("network", *words, "-o", str(file))
            assert (done.code, done.out) == (0, ""), done.err
            written[words] = file
        return written[words]

    return page


def panel(page: Page) -> str:
    return page.inner_text("#panel h2")


def ink(page: Page) -> int:
    """How many pixels of the map are not of the colour of its ground."""
    found: int = page.evaluate(
        """() => {
          const canvas = document.getElementById('map');
          const copy = Object.assign(document.createElement('canvas'), {width: canvas.width, height: canvas.height});
          const pen = copy.getContext('2d', {willReadFrequently: true});
          pen.drawImage(canvas, 0, 0);
          const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          let count = 0;
          for (let at = 4; at < data.length; at += 4) {
            if ([0, 1, 2].reduce((sum, part) => sum + Math.abs(data[at + part] - data[part]), 0) > 60) count += 1;
          }
          return count;
        }"""
    )
    return found


WIDE, PHONE = (1440, False), (390, True)  # the second in the dark
SHOWN = (
    ("relations", "#thing=id:kim-jong-un&colour=community"),
    ("relations", "#view=table"),
    ("obligations", ""),
    ("opponents", "#thing=id:ukraine&other=id:russia"),
)


@pytest.mark.parametrize(
    ("name", "hash", "look"),
    [
        *((name, hash, look) for name, hash in SHOWN for look in (WIDE, PHONE)),
        *(("relations", "", (width, dark)) for width in (1440, 390) for dark in (False, True)),
    ],
)
def test_axe_finds_nothing(
    pages: Pages, open_page: Open, name: str, hash: str, look: tuple[int, bool]
) -> None:
    width, dark = look
    module = "axe_playwright_python.sync_playwright"
    axe = import_module(module) if os.environ.get("CI") else pytest.importorskip(module, reason=MISSING)
    page = open_page(pages(name, "--lang", "fr"), hash, width=width, dark=dark).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true;")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def use_everything(page: Page) -> None:
    """Use every control; each does what it says."""
    for name in [one.get_attribute("value") for one in page.locator("#size option").all()]:
        page.select_option("#size", name)
        assert page.inner_text("#panel h3:last-of-type")
        assert page.locator("#panel .formula").count() >= 1
    page.select_option("#colour", "community")
    assert page.locator("#communities li").count() >= 1
    page.select_option("#colour", "family")
    for button in page.locator("#kinds button").all():
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
    for name in ("zoom-in", "zoom-out", "fit", "take-link"):
        page.click(f"#{name}")
    for kind in ("svg", "png"):
        if page.locator(f"#take-{kind}").count():
            with page.expect_download() as download:
                page.click(f"#take-{kind}")
            assert download.value.path().stat().st_size > 2000
    page.click("#show-table")
    for head in range(page.locator("#things .sort").count()):
        page.locator("#things .sort").nth(head).click()
        assert page.locator("#things th[aria-sort=descending]").count() == 1
    for more in page.locator("#more-things").all():
        before = page.locator("#things tbody tr").count()
        more.click()
        assert page.locator("#things tbody tr").count() > before
    page.locator("#things .go").first.click()
    assert panel(page) == page.locator("#things .go").first.inner_text()
    page.locator("#edges tbody tr").first.locator(".go").last.click()
    assert " — " in panel(page)
    if page.locator("#panel details").count():
        page.locator("#panel details summary").first.click()
        assert page.locator("#panel .said li").first.is_visible()
    page.locator("#panel .back").click()
    page.locator("#panel .back").click()
    page.click("#show-map")
    page.locator("#panel .go").first.click()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["relations", "obligations", "agreement"])
def test_every_control_in_both_languages(pages: Pages, open_page: Open, name: str, lang: str) -> None:
    seen = open_page(pages(name, "--lang", lang))
    held = texts(lang)["networks"]
    assert isinstance(held, dict)
    assert seen.page.inner_text("h1") == held[name]["title"]
    use_everything(seen.page)
    assert seen.is_quiet(), seen


def test_on_a_phone_in_the_dark(pages: Pages, open_page: Open) -> None:
    for name in ("statements", "opponents"):
        seen = open_page(pages(name), width=390, height=844, dark=True)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        box = seen.page.locator("#stage").bounding_box()
        assert box is not None
        assert box["height"] > 300
        use_everything(seen.page)
        assert seen.is_quiet(), seen


@pytest.mark.parametrize("name", ["statements", "opponents"])
def test_from_end_to_end_by_key(pages: Pages, open_page: Open, name: str) -> None:
    page = open_page(pages(name)).page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "stage":
            break
    assert page.evaluate("document.activeElement.id") == "stage"
    told = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        told.add(page.inner_text("#at"))
    assert len(told) >= 3
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.inner_text("#at").startswith(panel(page))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "stage"
    for key in ("+", "-", "0", "/"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "search"


def test_the_panel_lists_the_claims_of_the_verb(pages: Pages, open_page: Open) -> None:
    rows = kg("network", "relations", "Kim Jong Un", "--format", "json").rows
    page = open_page(pages("relations"), "#thing=id:kim-jong-un").page
    for summary in page.locator("#panel details summary").all():
        summary.click()
    shown = page.locator("#panel .said code").all_inner_texts()
    told = [claim for row in rows for claim in row["claims"]]  # type: ignore[attr-defined]  # a list, in JSON
    assert sorted(shown) == sorted(f"kg show claim:{claim.rpartition('/')[2]}" for claim in told)
    assert len(shown) >= 15
    said = page.inner_text("#panel .said")
    assert "2025" in said or "2024" in said
    assert page.locator("#panel .said .source").count() >= 2 * len(shown), "each has its source"


@pytest.mark.parametrize("words", ["금정은", "Ким Чен Ын", "kim jong", "PUTIN", "id:russia"])
def test_search_finds_by_any_name(pages: Pages, open_page: Open, words: str) -> None:
    page = open_page(pages("relations")).page
    page.fill("#search", words.replace("금", "김"))
    first = page.locator("#found button").first.inner_text().split("\n")[0]
    assert first in {"Kim Jong Un", "Vladimir Putin", "Russia"}
    page.keyboard.press("Enter")
    assert panel(page) == first
    page.fill("#search", "zzzz")
    assert page.locator("#found button").count() == 0
    assert page.inner_text("#found") == texts("en")["no_match"]


def test_the_address_keeps_what_is_chosen_and_back_goes_back(pages: Pages, open_page: Open) -> None:
    page = open_page(pages("relations"), "#thing=id:russia&size=pagerank&colour=community").page
    assert panel(page) == "Russia"
    assert page.input_value("#size") == "pagerank"
    assert page.locator("#communities li").count() >= 3
    page.locator("#panel .rows .go:not(:text-is('Russia'))").first.click()
    other = panel(page)
    assert other != "Russia"
    assert "thing=" in page.url
    page.go_back()
    assert panel(page) == "Russia"
    page.go_forward()
    assert panel(page) == other


def test_the_map_is_dragged_zoomed_hovered_and_clicked(pages: Pages, open_page: Open) -> None:
    page = open_page(pages("relations")).page
    whole = ink(page)
    assert whole > 3000
    page.locator("#kinds button").nth(4).click()
    page.wait_for_timeout(100)
    assert ink(page) < whole
    page.locator("#kinds button").nth(4).click()
    page.select_option("#size", "betweenness")
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    chosen = page.inner_text("#at").split(" · ")[0]
    for _ in range(6):
        page.click("#zoom-in")
    page.keyboard.press("ArrowRight")
    page.mouse.move(500, 450)
    page.mouse.down()
    page.mouse.move(560, 470)
    page.mouse.move(640, 500)
    page.mouse.up()
    assert panel(page) != chosen, "a drag is no click"
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(250)
    assert ink(page) > 300


def test_lines_and_cards_of_a_small_network_are_clicked(pages: Pages, open_page: Open) -> None:
    page = open_page(pages("obligations")).page
    assert page.locator("#lines .line").count() == 14
    assert page.locator("#lines .tip").count() == 14
    page.locator("#names .name").nth(3).click()
    assert panel(page) == "North Korea — Russia"
    page.locator("#cards .card").nth(1).click()
    assert panel(page) == "Russia"
    assert "article 4" in page.inner_text("#panel")
    page = open_page(pages("agreement", "--as-of", "2024-10-31")).page
    names = page.locator("#names").text_content() or ""
    assert "≠ −1.00" in names
    assert "+1.00 · same side 1, opposite 0" in names
    assert page.locator("#lines .apart").count() == 4
