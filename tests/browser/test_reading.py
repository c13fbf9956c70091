"""What a reader does: choose, move in time, ask a party, search, go by key, open a link, look without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg import graph as graphs
from kg.claims.model import Claim
from kg.page.document import render
from kg.page.gather import gather
from kg.page.model import Asked, Knowledge, Relation, Thing
from kg.page.select import select
from kg.page.shown import look
from kg.page.status import LAST_DAY, status
from tests.browser.conftest import Open
from tests.page.made import claim, stance

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]


def card_centre(page: Page, iri: str) -> tuple[float, float]:
    found = page.evaluate(
        """(iri) => {
          const data = JSON.parse(document.getElementById('data').textContent).page;
          const number = data.things.findIndex((thing) => thing.i === iri);
          const box = document.querySelector(`#n${number} rect`).getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        iri,
    )
    return found[0], found[1]


def test_a_click_on_a_card_opens_its_claims_and_sources(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    page.mouse.click(*card_centre(page, "id:dprk-deployment"))
    panel = page.inner_text("#panel")
    assert "North Korean deployment to Russia" in page.inner_text("#panel h2")
    assert "Euronews" in panel
    assert "paragraph 4" in panel
    assert re.search(r"characters \d+–\d+", panel)
    assert "#thing=id%3Adprk-deployment" in page.url


def test_a_click_on_a_line_opens_its_relation(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    page.wait_for_timeout(300)  # until the picture has been fitted to its window
    spot = page.evaluate(
        """() => {
          for (const line of document.querySelectorAll('.line:not(.quiet):not(.off)')) {
            const ink = line.querySelector('.ink');
            const at = ink.getPointAtLength(ink.getTotalLength() / 2).matrixTransform(ink.getScreenCTM());
            const stage = document.getElementById('stage').getBoundingClientRect();
            if (at.y > stage.top + 20 && at.y < stage.bottom - 70) return [at.x, at.y];
          }
        }"""
    )
    page.mouse.move(*spot)
    page.mouse.click(*spot)
    panel = page.inner_text("#panel")
    assert "Relation" in panel
    assert "→" in page.inner_text("#panel h2")
    assert "asserted by" in panel.lower()
    assert page.locator("#panel .voices .source").count() >= 1


def test_the_slider_tells_the_story(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#as-of=2024-10-23").page
    early = page.locator(".line.s-contested:not(.quiet)").count()
    known_early = page.locator(".card.early").count()
    page.evaluate(
        "() => { const day = document.getElementById('day'); day.value = day.max;"
        " day.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    assert page.locator(".card.early").count() < known_early
    assert page.locator("#n0").count() == 1
    assert "as-of" not in page.url
    assert early >= 1


def drawn_statuses(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#lines .line')].map((line) => line.getAttribute('class').match(/s-(\\w+)/)[1])"
    )
    return found


def expected_statuses(known: Knowledge, day: str) -> list[str]:
    claims = {claim.iri: claim for claim in known.claims}
    return [look(known, line, claims, Asked(day=day)).status for line in select(known).lines]


@pytest.mark.parametrize(
    "day", ["2024-06-30", "2024-10-21", "2024-10-31", "2025-03-27", "2025-04-27", LAST_DAY]
)
def test_the_browser_and_python_agree_on_every_line(dossier: Dossier, open_page: Open, day: str) -> None:
    page = open_page(dossier("en"), f"#as-of={day}").page
    with graphs.open(":shipped:") as graph:
        known = gather(graph.perspective(), lang="en", title="")
    expected = expected_statuses(known, day)
    assert len(expected) >= 40
    assert drawn_statuses(page) == expected


def test_they_agree_on_every_order_of_stances(open_page: Open, tmp_path: Path) -> None:
    kinds = ("confirms", "denies", "declines-to-comment", "retracts")
    days = (("2024-01-01", "2024-01-01"), ("2024-01-01", "2024-01-02"), ("2024-01-02", None))
    claims: list[Claim] = []
    speaks: dict[str, tuple[str, ...]] = {}
    for number, (one, other, (first, second)) in enumerate(product(kinds, kinds, days)):
        stances = [
            stance(f"s{number}-0", "asserts", "a", "2024-01-01"),
            stance(f"s{number}-1", one, "b", first),
            stance(f"s{number}-2", other, "b", second),
        ]
        claims.append(claim(f"claim{number}", *stances))
        speaks |= {held.iri: (held.stance_of.iri,) for held in stances}
    things = {iri: Thing(iri, iri, "state", "state", party=iri) for iri in ("a", "b")}
    things |= {f"{held.iri}-": Thing(f"{held.iri}-", held.iri, "event", "event") for held in claims}
    relations = tuple(Relation(f"{held.iri}-", "p", "p", "a", (held.iri,)) for held in claims)
    known = Knowledge("made", "en", things, relations, tuple(claims), ("a", "b"), speaks)
    file = tmp_path / "made.html"
    file.write_text(render(known, limit=1000), encoding="utf-8")
    for day in ("2024-01-01", "2024-01-02", LAST_DAY):
        page = open_page(file, f"#as-of={day}").page
        held = {held.iri: held for held in claims}
        expected = [
            status([held[line.claims[0]]], speaks, known.parties, {}, day=day)
            for line in select(known, limit=1000).lines
        ]
        assert len(set(expected)) >= 3
        assert drawn_statuses(page) == expected


def test_a_party_recolours_the_picture(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("fr")).page
    page.click("#according summary")
    page.check("#according label:has-text('Ukraine') input")
    assert "Ukraine" in page.inner_text("#according-shown")
    assert page.locator(".line.p-d").count() >= 1
    assert page.locator(".line.p-a").count() >= 1
    assert page.locator(".line.silent").count() > page.locator(".line.p-a").count()
    assert "according-to=id%3Aukraine" in page.url
    page.go_back()
    assert page.locator(".line.silent").count() == 0


@pytest.mark.parametrize("name", ["Choïgou", "choigou", "Шойгу", "Shoigu"])
def test_search_knows_every_script(dossier: Dossier, open_page: Open, name: str) -> None:
    page = open_page(dossier("en")).page
    page.keyboard.press("/")
    page.keyboard.type(name)
    assert "Shoigu" in page.inner_text("#found li >> nth=0")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Sergei Shoigu"


def test_from_end_to_end_by_key(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.card')"):
            break
    first = page.evaluate("document.activeElement.id")
    assert first.startswith("n")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.id")
    assert second != first
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#panel .back").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#panel .back").count() == 0
    assert page.evaluate("document.activeElement.matches('.card')")


def test_types_can_be_hidden(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    page.click("#kinds [data-kind=event]")
    assert page.locator(".card.k-event:visible").count() == 0
    page.click("#kinds [data-kind=event]")
    assert page.locator(".card.k-event:visible").count() >= 5


def test_the_matrix_is_a_table_whose_rows_open(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("fr"), "#view=positions").page
    assert page.locator("#matrix tbody tr:visible").count() >= 100
    first = page.locator("#matrix tbody tr").first
    assert "≠ contesté" in first.inner_text()
    assert "✕ nie" in first.inner_text()
    first.locator(".go").click()
    assert "NIÉ PAR" in page.inner_text("#panel").upper()


@pytest.mark.parametrize(
    "hash", ["#thing=id:kim-jong-un", "#thing=id:nobody", "#line=a b", "#as-of=never", "#%00&&=="]
)
def test_any_address_opens(dossier: Dossier, open_page: Open, hash: str) -> None:
    seen = open_page(dossier("en"), hash)
    assert seen.is_quiet(), seen
    assert seen.page.inner_text("#panel h2") == ("Kim Jong Un" if "kim" in hash else "What is contested")


def test_without_scripts_there_is_a_picture_and_a_table(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("fr"), scripts=False).page
    assert page.locator("#picture .card").count() >= 30
    assert page.locator("#matrix tr").count() >= 100
    assert page.locator("#controls:visible").count() == 0
    assert "JavaScript" in page.inner_text("#panel")


@pytest.mark.parametrize("width", [360, 800, 1440, 1920])
def test_nothing_runs_over_the_side(dossier: Dossier, open_page: Open, width: int) -> None:
    page = open_page(dossier("fr"), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_drawn_texts_stay_in_their_cards(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("fr"), width=1920).page
    outside = page.evaluate(
        """() => [...document.querySelectorAll('#cards .card')].filter((card) => {
          const box = card.querySelector('rect').getBoundingClientRect();
          const text = card.querySelector('text').getBoundingClientRect();
          return text.right > box.right + 1 || text.bottom > box.bottom + 1 || text.top < box.top - 1;
        }).map((card) => card.textContent)"""
    )
    assert outside == []


def test_a_window_that_grows_shows_both_sides_of_the_picture(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), width=800, height=600).page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(500)
    stage = page.evaluate(
        "() => { const b = document.getElementById('stage').getBoundingClientRect(); return [b.left, b.right]; }"
    )
    for state in ("id:north-korea", "id:russia"):
        across, _ = card_centre(page, state)
        assert stage[0] < across < stage[1], state
