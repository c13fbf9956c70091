"""The bar above every document: search by key and by mouse, what it leads to, and what it takes along."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import Visit
from tests.server.door import Server

pytestmark = pytest.mark.browser


def options(page: Page) -> list[str]:
    expect(page.locator("#seek-found [role=option]").first).to_be_visible()
    found: list[str] = page.locator("#seek-found [role=option]").evaluate_all(
        "(all) => all.map((option) => option.firstChild.textContent)"
    )
    return found


def test_names_come_as_kg_find_ranks_them_and_keys_choose(visit: Visit, served: Server) -> None:
    seen = visit("/disputes?according-to=id%3Aukraine&as-of=2025-04-28")
    page, field = seen.page, seen.page.locator("#seek-text")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("Шойгу")
    ranked = json.loads(served.ask(f"/api/find?{urlencode({'q': 'Шойгу', 'limit': 12})}").body)
    assert options(page) == [hit["label"] for hit in ranked]
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", f"seek-{len(ranked) - 1}")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "seek-0")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/things/**")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    address = urlsplit(page.url)
    assert unquote(address.path) == "/things/id:sergei-shoigu"
    assert parse_qs(address.query) == {"according-to": ["id:ukraine"], "as-of": ["2025-04-28"]}
    expect(page.locator("#panel h2")).to_have_text("Sergei Shoigu")
    assert seen.is_quiet(), seen


def test_without_a_choice_or_a_script_all_names_are_listed(visit: Visit) -> None:
    seen = visit("/about?lang=fr", scripts=False)
    seen.page.fill("#seek-text", "Choïgou")
    seen.page.press("#seek-text", "Enter")
    assert parse_qs(urlsplit(seen.page.url).query) == {"q": ["Choïgou"], "lang": ["fr"]}
    first = seen.page.locator(".hits a").first
    expect(first).to_have_text("Sergueï Choïgou")
    first.click()
    assert unquote(urlsplit(seen.page.url).path) == "/things/id:sergei-shoigu"
    expect(seen.page.locator("h1")).to_contain_text("Choïgou")


def test_nothing_is_found_and_it_is_said(visit: Visit) -> None:
    page = visit("/about").page
    page.fill("#seek-text", "qqqqzzzz")
    expect(page.locator("#seek-said")).to_have_text("Nothing is named so")
    expect(page.locator("#seek-found")).to_be_hidden()


def test_what_the_page_of_the_graph_shows_goes_along(visit: Visit) -> None:
    seen = visit("/")
    page = seen.page
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.click("#according summary")
    page.check("#according label:has-text('Ukraine') >> nth=0")
    page.keyboard.press("Escape")
    page.select_option("#mode", "disputed")
    page.click("#bar >> text=Disputes")
    assert parse_qs(urlsplit(page.url).query) == {"according-to": ["id:ukraine"], "disputed": ["true"]}
    expect(page.locator("#according-shown")).to_have_text("Ukraine")
    page.click("#bar >> text=Graph")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    expect(page.locator("#according-shown")).to_have_text("Ukraine")
    expect(page.locator("#mode")).to_have_value("disputed")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Disputes")
    assert seen.is_quiet(), seen


def test_a_name_is_chosen_in_the_page_if_it_is_there(visit: Visit) -> None:
    seen = visit("/")
    page = seen.page
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.keyboard.press("/")
    page.keyboard.type("Gerasimov")
    assert options(page)[0] == "Valery Gerasimov"
    page.locator("#seek-found [role=option]").first.click()
    expect(page.locator("#panel h2")).to_have_text("Valery Gerasimov")
    assert urlsplit(page.url).path == "/"
    expect(page.locator("#bar ~ #controls #search")).to_be_hidden()
    assert seen.is_quiet(), seen


def test_the_panel_leads_to_what_lies_around_a_thing(visit: Visit) -> None:
    seen = visit("/#thing=id:csp-2024")
    page = seen.page
    page.wait_for_selector("html[data-ready=true]", state="attached")
    every = page.locator("#cards .card").count()
    page.select_option("#mode", "undisputed")
    page.click(".around >> text=one step")
    page.wait_for_url("**/things/**")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert parse_qs(urlsplit(page.url).query) == {"undisputed": ["true"], "depth": ["1"]}
    near = page.locator("#cards .card").count()
    assert 3 < near < every
    expect(page.locator("#panel h2")).to_contain_text("Comprehensive Strategic Partnership")
    page.click(".around >> text=two steps")
    page.wait_for_url("**depth=2**")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert page.locator("#cards .card").count() > near
    page.go_back()
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert page.locator("#cards .card").count() == near
    assert seen.is_quiet(), seen


@pytest.mark.parametrize("path", ["/disputes", "/query?question=001", "/things/id:csp-2024?depth=2"])
def test_the_other_language_is_a_click_away(visit: Visit, path: str) -> None:
    page = visit(path).page
    page.click("#bar .langs >> text=FR")
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "fr"
    before, after = urlsplit(path), urlsplit(page.url)
    assert unquote(after.path) == before.path
    assert parse_qs(after.query) == {**parse_qs(before.query), "lang": ["fr"]}
    assert re.search("Graphe", page.inner_text("#bar"))
