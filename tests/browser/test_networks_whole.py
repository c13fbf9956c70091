"""The pages of networks without scripts, of a crowd, with hostile texts, on paper."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest

from kg.page.map import render, write
from kg.rdf.trig import read_trig
from tests.browser.conftest import Open
from tests.browser.hostile import PAYLOADS, write_dossier
from tests.browser.test_networks import Pages, ink, pages, panel, use_everything
from tests.page.test_map import crowd, network
from tests.tiny import build_store

pytestmark = pytest.mark.browser
__all__ = ["pages"]  # a fixture


def test_without_scripts_there_is_a_table_and_of_few_things_the_picture(
    pages: Pages, open_page: Open
) -> None:
    page = open_page(pages("statements"), scripts=False).page
    assert page.locator("#edges tbody tr").count() == 100
    assert not page.locator("#map").is_visible()
    page = open_page(pages("opponents"), scripts=False).page
    assert page.locator("#picture").is_visible()
    assert "Ukraine" in page.locator("#cards").text_content()  # type: ignore[operator]  # there is text


def test_a_crowd_opens_and_names_stand_on_it(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "crowd.html"
    file.write_text(render(network(crowd(5000))), encoding="utf-8")
    seen = open_page(file)
    page = seen.page
    assert int(page.get_attribute("#stage", "data-names") or 0) >= 20
    assert ink(page) > 20_000
    page.fill("#search", "thing 4321")
    page.keyboard.press("Enter")
    assert panel(page) == "thing 4321"
    assert "kg show" in page.inner_text("#panel")
    page.click("#show-table")
    assert page.locator("#things tbody tr").count() == 100
    assert "5,000" in page.inner_text("#things caption")
    assert page.evaluate("document.querySelectorAll('*').length") < 3000
    assert seen.is_quiet(), seen


@pytest.mark.parametrize("many", [False, True], ids=["cards", "map"])
def test_hostile_texts_are_texts(open_page: Open, tmp_path: Path, many: bool) -> None:
    file = tmp_path / "hostile.html"
    if many:
        made = network(crowd(80))
        renamed: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=PAYLOADS[0], directed=True, more=())
        things = {thing: f"javascript:pwned('{number}')" for number, thing in enumerate(made)}
        for number, thing in enumerate(made):
            renamed.add_node(
                things[thing], label=PAYLOADS[number % 10], type=f"kg:{PAYLOADS[number % 7]}", iri=thing
            )
        for number, (start, end) in enumerate(made.edges()):
            renamed.add_edge(
                things[start], things[end], "k", label=PAYLOADS[number % 10], weight=1, claims=("c",)
            )
        file.write_text(render(renamed, title=PAYLOADS[3]), encoding="utf-8")
    else:
        (tmp_path / "dossier").mkdir()
        with build_store(tmp_path / "store", read_trig(write_dossier(tmp_path / "dossier"))) as graph:
            view = graph.perspective()
            write(view, view.network("statements"), file, title=PAYLOADS[0])
    seen = open_page(file)
    page = seen.page
    use_everything(page)
    page.click("#show-table")
    for link in range(min(page.locator("#things .go").count(), 12)):
        page.locator("#things .go").nth(link).click()
    for text in ("a", "<", "script", "{{"):
        page.fill("#search", text)
    assert seen.is_quiet(), seen
    assert page.locator("img, iframe, object, embed, link, base, [onload], [onerror]").count() == 0
    assert page.locator("script").count() == 4, "what is early, the data, the claims, ours; the blob is gone"
    assert not [
        href
        for href in page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.href)")
        if not str(href).startswith(("http", "file"))
    ]
    assert json.dumps(PAYLOADS[0])[1:20] in json.dumps(page.inner_text("body"))


@pytest.mark.parametrize("name", ["statements", "obligations"])
def test_what_is_printed_is_light_and_whole(pages: Pages, open_page: Open, name: str) -> None:
    seen = open_page(pages(name), dark=True)
    page = seen.page
    before = page.evaluate("getComputedStyle(document.body).color")
    for _ in range(2):
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("getComputedStyle(document.body).color") != before
        if name == "statements":
            assert page.evaluate("document.getElementById('map').width / innerWidth") > 1.2
            assert ink(page) > 5000
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("getComputedStyle(document.body).color") == before
    page.emulate_media(media="print")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert box["height"] > 200
    assert not page.locator("#controls").is_visible()
    assert seen.is_quiet(), seen


def test_a_page_whose_block_is_spoilt_shows_its_table(pages: Pages, open_page: Open, tmp_path: Path) -> None:
    whole = pages("statements").read_text("utf-8")
    file = tmp_path / "raw.html"  # it never says that it is ready
    file.write_text(whole.replace('id="blob">', 'id="blob">AAAA'), encoding="utf-8")
    page = open_page(file).page
    page.wait_for_selector("#edges tbody tr >> nth=99", state="visible")
    assert not page.locator("#controls").is_visible()
