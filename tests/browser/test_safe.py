"""Nothing leaves the page, nothing hostile in it runs, nothing complains."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.page.document import write
from kg.rdf.trig import read_trig
from tests.browser.conftest import Open
from tests.browser.hostile import LINKS, PAYLOADS, THING, write_dossier
from tests.tiny import build_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    quads = read_trig(write_dossier(folder))
    with build_store(folder / "store", quads) as graph:
        return write(graph.perspective(), folder / "hostile.html", title=PAYLOADS[0], perspective=PAYLOADS[1])


OPEN_ALL = """(every) => {
  const key = (name) => new KeyboardEvent('keydown', {key: name, bubbles: true});
  const all = [...document.querySelectorAll('#cards .card, #matrix .go, #timeline .mark')];
  for (const found of all.filter((_, at) => at % every === 0)) {
    found.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
    found.dispatchEvent(key('Enter'));
    if (found.click) found.click();
    for (let at = 0; at < 3; at += 1) document.querySelectorAll('#panel .go')[at]?.click();
  }
}"""


def use_everything(page: Page, *, every: int = 1) -> None:
    """Open the cards, rows and marks and what they lead to, search, ask every party, use both views."""
    page.evaluate(OPEN_ALL, every)
    for text in ("a", "<", "script", "{{"):
        page.fill("#search", text)
        page.wait_for_timeout(20)
    page.keyboard.press("Escape")
    page.click("#according summary")
    for box in page.locator("#according input").all()[:8]:
        box.check()
    page.click("#everyone")
    for mode in ("undisputed", "disputed", ""):
        page.select_option("#mode", mode)
    page.click("#show-positions")
    page.check("#only-contested")
    for column in page.locator("#matrix thead .sort").all():
        column.click()
    page.evaluate(
        "document.querySelectorAll('#matrix .cell, #matrix .issue .go').forEach((cell) => cell.click())"
    )
    page.click("#show-relations")
    page.click("#take-link")
    for kind in ("svg", "png"):
        with page.expect_download():
            page.click(f"#take-{kind}")


def test_the_dossier_is_quiet(dossier: Callable[[str], Path], open_page: Open) -> None:
    seen = open_page(dossier("fr"))
    use_everything(seen.page, every=4)
    assert seen.is_quiet(), seen


def test_hostile_texts_are_texts(hostile: Path, open_page: Open) -> None:
    seen = open_page(hostile)
    page = seen.page
    assert page.locator("#cards .card").count() >= 7
    use_everything(page)
    assert seen.is_quiet(), seen
    made = page.evaluate(
        "[...document.querySelectorAll('img, iframe, object, embed, link, base, meta[http-equiv=refresh]')].length"
    )
    assert made == 0
    # what comes early, the data, three that travel deflated, what starts them, and of these the two that run inflated
    assert page.locator("script").count() == 8
    assert page.locator("[onload], [onerror], [onmouseover], [onclick]").count() == 0
    shown = page.evaluate("document.documentElement.textContent")
    page.click("#show-positions")
    visible = page.inner_text("#matrix")
    assert any(payload in visible for payload in PAYLOADS[:3])
    for payload in PAYLOADS[:9]:
        assert payload in shown, payload


def test_the_svg_of_hostile_texts_has_them_as_text(hostile: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(hostile).page
    with page.expect_download() as download:
        page.click("#take-svg")
    download.value.save_as(tmp_path / "taken.svg")
    seen = open_page(tmp_path / "taken.svg")
    assert seen.is_quiet(), seen
    assert seen.page.evaluate("document.documentElement.nodeName") == "svg"
    assert (
        seen.page.evaluate(
            "document.querySelectorAll('script, image, a, foreignObject, iframe, [onload]').length"
        )
        == 0
    )
    shown = seen.page.evaluate("document.documentElement.textContent")
    assert PAYLOADS[0] in shown
    assert sum(payload in shown for payload in PAYLOADS) >= 1


def test_hostile_addresses_never_become_links(hostile: Path, open_page: Open) -> None:
    seen = open_page(hostile, f"#thing={THING}")
    page = seen.page
    for number in range(page.locator("#cards .card").count()):
        page.evaluate(
            "(at) => document.querySelectorAll('#cards .card')[at].dispatchEvent("
            "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))",
            number,
        )
        hrefs = page.evaluate(
            "[...document.querySelectorAll('a[href], use')].map((a) => a.getAttribute('href'))"
        )
        assert all(href.startswith(("#", "https://", "http://")) for href in hrefs), hrefs
    assert LINKS
    assert seen.is_quiet(), seen


def test_real_sources_are_links_that_tell_nothing(dossier: Callable[[str], Path], open_page: Open) -> None:
    seen = open_page(dossier("en"), "#thing=id:csp-2024")
    links = seen.page.locator("#panel a[href]")
    assert links.count() >= 3
    assert links.first.get_attribute("rel") == "noopener noreferrer"
    assert (links.first.get_attribute("href") or "").startswith("https://")


def test_the_policy_stops_what_is_not_ours(
    dossier: Callable[[str], Path], open_page: Open, tmp_path: Path
) -> None:
    text = dossier("en").read_text(encoding="utf-8")
    planted = (
        "<script>pwned('planted')</script><img src='https://evil.example/pixel' onerror=\"pwned('img')\">"
    )
    file = tmp_path / "planted.html"
    file.write_text(text.replace("</header>", f"{planted}</header>"), encoding="utf-8")
    seen = open_page(file)
    assert seen.hits == []
    assert seen.requests == []
    assert len(seen.complaints) >= 2  # the browser says what it refused


def test_the_browser_does_not_trust_the_data_either(
    dossier: Callable[[str], Path], open_page: Open, tmp_path: Path
) -> None:
    text = dossier("en").read_text(encoding="utf-8")
    start = text.index('id="data">')
    data = text[start:].replace("https://", "javascript://x/%0apwned()//")
    file = tmp_path / "tampered.html"
    file.write_text(text[:start] + data, encoding="utf-8")
    seen = open_page(file, "#thing=id:csp-2024")
    assert seen.page.locator("#panel .source").count() >= 3
    assert seen.page.locator("#panel a[href]").count() == 0


def test_the_watch_sees_what_it_is_for(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "raw.html"
    file.write_text(
        "<!doctype html><img src='https://evil.example/pixel'>"
        "<script>pwned('x'); console.error('y'); nothing()</script>"
    )
    seen = open_page(file)
    seen.page.wait_for_timeout(200)
    assert seen.requests == ["https://evil.example/pixel"]
    assert seen.hits == ["x"]
    assert len(seen.complaints) >= 2
    assert not seen.is_quiet()
