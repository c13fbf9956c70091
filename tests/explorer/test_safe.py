"""Nothing hostile runs, whether it lies in the data, in a query or in an address; nothing is asked of anybody else."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.hostile import PAYLOADS, THING
from tests.explorer.conftest import Visit
from tests.server.door import Server

pytestmark = pytest.mark.browser

EVERYTHING = """() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const part of document.querySelectorAll('main a, main li, main td, .node')) {
    part.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
    part.dispatchEvent(new Event('focus', {bubbles: true}));
  }
}"""


def is_inert(seen: Opened) -> bool:
    """Nothing ran, nothing left, nothing was made of what the data hold."""
    made = seen.page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, link').length")
    marked = seen.page.evaluate(
        "document.querySelectorAll('[onload], [onerror], [onmouseover], [onclick], [style*=evil]').length"
    )
    links: list[str] = seen.page.evaluate(
        "[...document.querySelectorAll('a')].map((a) => String(a.getAttribute('href')))"
    )
    safe = all(link.startswith(("/", "#", "https://", "http://")) for link in links)
    return not (made or marked or seen.hits or seen.requests or seen.dialogs) and safe


def use_bar(page: Page) -> None:
    for text in ("a", "<img", "script"):
        page.fill("#seek-text", text)
        page.wait_for_timeout(160)
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/things/{quote(THING, safe='')}?depth=2",
        "/things?q=script",
        "/things/claim:c0",
        "/things/statement:s1",
        "/things/source:x0",
        "/things/id:office",
        "/disputes",
        "/about",
        f"/disputes?{urlencode({'according-to': THING})}",
    ],
)
def test_hostile_data_are_text(visit: Visit, hostile: Server, path: str) -> None:
    seen = visit(path, server=hostile)
    page = seen.page
    page.evaluate(EVERYTHING)
    use_bar(page)
    page.evaluate(EVERYTHING)
    assert is_inert(seen), seen
    assert all("Failed to load" in text for text in seen.complaints), seen.complaints
    if path == "/disputes":
        shown = page.inner_text("main")
        assert sum(payload in shown for payload in PAYLOADS) >= 3


def test_hostile_answers_are_text(visit: Visit, hostile: Server) -> None:
    for query in ("SELECT * WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        seen = visit(f"/query?{urlencode({'query': query})}", server=hostile)
        page = seen.page
        expect(page.locator("#answer")).to_be_visible()
        page.click("#as-table")
        page.evaluate(EVERYTHING)
        shown = page.inner_text("#table")
        assert sum(payload in shown for payload in PAYLOADS) >= 6
        page.click("#as-graph")
        page.evaluate(EVERYTHING)
        assert page.locator("#drawing .node").count() == 40
        assert is_inert(seen), seen
        assert seen.complaints == []
        page.focus("#query")
        page.keyboard.press("Control+End")
        page.keyboard.type(" id:a")
        page.wait_for_timeout(200)
        assert is_inert(seen), seen


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_addresses_and_queries_are_text(visit: Visit, payload: str) -> None:
    query = f'SELECT ("""{payload}""" AS ?x) {{}} # {payload}'
    seen = visit(f"/query?{urlencode({'query': query})}")
    expect(seen.page.locator("#state")).to_be_empty()
    expect(seen.page.locator("#run")).to_be_enabled()
    assert is_inert(seen), seen
    seen.page.goto(f"/things?{urlencode({'q': payload})}")
    assert is_inert(seen), seen
    seen.page.goto(f"/disputes?{urlencode({'according-to': payload, 'lang': 'fr'})}")
    assert is_inert(seen), seen
    assert payload.strip() in seen.page.inner_text("main").replace("\\'", "'") or "\u2028" in payload
    assert all(text.startswith("Failed to load resource") for text in seen.complaints), seen.complaints


def test_the_policy_stops_what_is_not_ours(visit: Visit, served: Server) -> None:
    seen = visit("/about")
    seen.page.evaluate(
        """() => {
          const made = document.createElement('script');
          made.textContent = "pwned('planted')";
          document.body.append(made);
          const image = new Image();
          image.src = 'https://evil.example/pixel';
          document.body.append(image);
        }"""
    )
    reached = seen.page.evaluate("fetch('https://evil.example/').then(() => 'reached', () => 'refused')")
    assert reached == "refused"
    assert seen.hits == []
    assert seen.requests == []
    assert len(seen.complaints) >= 3  # the browser says what it refused


def test_the_watch_sees_what_leaves(visit: Visit, served: Server) -> None:
    seen = visit("/api/terms?limit=1")
    seen.page.evaluate("fetch('https://evil.example/').catch(() => null)")
    seen.page.wait_for_timeout(100)
    assert seen.requests == ["https://evil.example/"]
    assert json.loads(served.ask("/api/terms?limit=1").body)
