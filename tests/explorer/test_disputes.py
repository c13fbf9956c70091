"""The document of disputes: those of kg disputes, under the perspective that its controls make an address of."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import Visit
from tests.server.door import Server

pytestmark = pytest.mark.browser

ASKED = [
    "",
    "?as-of=2025-04-26",
    "?according-to=Ukraine",
    "?thing=Kursk+Oblast&lang=fr",
    "?disputed&as-of=2024-12",
]


def shown(page: Page) -> list[tuple[str, list[str], list[str]]]:
    """Each dispute with its parties, and the texts of its claims."""
    found: list[list[object]] = page.locator(".dispute").evaluate_all(
        """(all) => all.map((one) => [
          one.querySelector('h2 a').textContent,
          [...one.querySelectorAll('.side h3')].map((side) => side.textContent),
          [...one.querySelectorAll('.text')].map((text) => text.textContent).sort()])"""
    )
    return [(str(label), list(map(str, parties)), list(map(str, texts))) for label, parties, texts in found]  # type: ignore[call-overload]  # what the browser gave


@pytest.mark.parametrize("asked", ASKED)
def test_it_shows_what_the_verb_tells(visit: Visit, served: Server, asked: str) -> None:
    seen = visit(f"/disputes{asked}")
    told = json.loads(served.ask(f"/api/disputes{asked}").body)
    assert told
    assert shown(seen.page) == [
        (
            dispute["issue"]["label"],
            [side["party"]["label"] for side in dispute["sides"]],
            sorted(claim["text"] for side in dispute["sides"] for claim in side["claims"]),
        )
        for dispute in told
    ]
    assert seen.is_quiet(), seen


def test_a_side_is_told_with_the_day_of_what_counts(visit: Visit, served: Server) -> None:
    """Not as standing there since then: on another claim of the issue it may have spoken long before."""
    page = visit("/disputes?thing=id:issue-dprk-casualties").page
    side = page.locator(".side", has=page.locator("h3", has_text="South Korea")).first
    expect(side.locator(".stands small")).to_have_text("latest: 30 April 2025")
    assert "since" not in page.inner_text(".dispute")
    french = visit("/disputes?lang=fr&as-of=2025-04-27").page
    told = french.inner_text("main")
    assert "avant\u00a0: 1er octobre 2024" in told
    assert "depuis le" not in told
    assert not re.search(r"\b1 (claims|affirmations|autres)\b", french.inner_text("body"))


def test_the_controls_make_an_address_by_key_alone(visit: Visit) -> None:
    seen = visit("/disputes")
    page = seen.page
    before = len(shown(page))
    page.focus("#according summary")
    page.keyboard.press("Enter")
    page.focus("#according input[value='id:ukraine']")
    page.keyboard.press("Space")
    expect(page.locator("#according-shown")).to_have_text("Ukraine")
    page.keyboard.press("Escape")
    expect(page.locator("#according summary")).to_be_focused()
    assert page.locator("#according").get_attribute("open") is None
    page.fill("#perspective [name=as-of]", "2025-04-26")
    page.keyboard.press("Enter")
    page.wait_for_url("**as-of**")
    assert parse_qs(urlsplit(page.url).query) == {"according-to": ["id:ukraine"], "as-of": ["2025-04-26"]}
    assert 0 < len(shown(page)) < before
    expect(page.locator("#according-shown")).to_have_text("Ukraine")
    expect(page.locator("#perspective [name=as-of]")).to_have_value("2025-04-26")
    page.go_back()
    assert len(shown(page)) == before
    assert seen.is_quiet(), seen


def test_every_control_is_obeyed(visit: Visit) -> None:
    seen = visit("/disputes")
    page = seen.page
    page.click("#according summary")
    page.fill("#according .other input", "Corée du Nord")
    page.click("h1")
    expect(page.locator("#according-shown")).to_have_text("Corée du Nord")
    page.select_option("#perspective [name=only]", "disputed")
    page.click("#further summary")
    page.fill("#perspective [name=on]", "2025-04")
    page.check("#perspective [name=exactly]")
    page.check("#perspective [name=infer]")
    page.click("#perspective button")
    page.wait_for_url("**according-to**")
    assert parse_qs(urlsplit(page.url).query) == {
        "according-to": ["Corée du Nord"],
        "disputed": ["true"],
        "on": ["2025-04"],
        "exactly": ["true"],
        "infer": ["true"],
    }
    expect(page.locator("#according-shown")).to_have_text("North Korea")
    expect(page.locator("#perspective [name=only]")).to_have_value("disputed")
    page.click("#further summary")
    expect(page.locator("#perspective [name=exactly]")).to_be_checked()
    assert seen.is_quiet(), seen


def test_a_date_that_is_none_is_not_sent(visit: Visit) -> None:
    page = visit("/disputes").page
    page.fill("#perspective [name=as-of]", "yesterday")
    page.click("#perspective button")
    page.wait_for_timeout(150)
    assert urlsplit(page.url).query == ""
    assert page.evaluate("document.querySelector('#perspective [name=as-of]').validity.patternMismatch")


def test_claims_parties_and_questions_lead_on(visit: Visit) -> None:
    seen = visit("/disputes?as-of=2025-04-28")
    page = seen.page
    page.click(".dispute h2 a >> nth=0")
    expect(page.locator(".dispute")).to_have_count(1)
    page.click(".side summary >> nth=0")
    page.click(".text a >> nth=0")
    expect(page.locator("h2", has_text="What it says")).to_be_visible()
    page.go_back()
    page.click(".side h3 a >> nth=0")
    page.wait_for_url("**/things/**")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert "as-of=2025-04-28" in page.url
    assert seen.is_quiet(), seen


def test_more_are_shown_when_asked_for(visit: Visit) -> None:
    page = visit("/disputes?limit=2").page
    expect(page.locator(".dispute")).to_have_count(2)
    page.click("text=Show more")
    expect(page.locator(".dispute")).to_have_count(4)


def test_none_is_said(visit: Visit) -> None:
    page = visit("/disputes?as-of=1950").page
    expect(page.locator(".nothing")).to_have_text("No parties contradict each other here.")
