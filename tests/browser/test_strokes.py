"""Each kind of line is drawn as the legend says, and the legend counts what is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.claims.model import Claim
from kg.page.document import render
from kg.page.model import Knowledge, Relation, Thing
from kg.perspective.over_time import Held
from tests.browser.conftest import Open
from tests.page.made import claim, stance

pytestmark = pytest.mark.browser

DAY = "2024-01-01"
#: What party b says of the claim of party a, and the status that the line then has.
ANSWERS = {
    "denies": "contested",
    "disputes": "contested",
    "declines-to-comment": "evaded",
    "does-not-deny": "evaded",
    "confirms": "several",
    "": "single",
    "planned": "possible",
    "only": "denied",
}
LOOK = """() => Object.fromEntries([...document.querySelectorAll('#lines .line')].map((line) => {
  const ink = getComputedStyle(line.querySelector('.ink'));
  const name = document.getElementById(line.id.replace('e', 't'));
  return [line.id, [line.classList[1], ink.strokeDasharray, parseFloat(ink.strokeWidth), ink.stroke,
    name ? name.textContent.trim() : '']];
}))"""
LEGEND = """() => [...document.querySelectorAll('#legend li')].filter((item) => !item.hidden).map((item) => {
  const stroke = getComputedStyle(item.querySelector('path'));
  return [item.dataset.look, stroke.strokeDasharray, parseFloat(stroke.strokeWidth), stroke.stroke,
    Number(item.lastElementChild.textContent)];
})"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a line of each status; two claims say the same on the line that several assert."""
    claims: list[Claim] = []
    relations: list[Relation] = []
    speaks: dict[str, tuple[str, ...]] = {}
    for number, answer in enumerate(ANSWERS):
        stances = [stance(f"s{number}-a", "denies" if answer == "only" else "asserts", "a", DAY)]
        if answer not in ("", "planned", "only"):
            stances.append(stance(f"s{number}-b", answer, "b", DAY))
        told = [claim(f"c{number}", *stances)]
        if answer == "confirms":
            told.append(claim(f"c{number}-again", stance(f"s{number}-c", "asserts", "c", DAY)))
        claims += told
        speaks |= {held.iri: (held.stance_of.iri,) for one in told for held in one.stances}
        relations.append(Relation(f"e{number}", "p", "speaks of", "a", tuple(one.iri for one in told)))
    things = {iri: Thing(iri, f"State {iri}", "state", "state", party=iri) for iri in "abc"}
    things |= {f"e{number}": Thing(f"e{number}", f"event {number}", "event", "event") for number in range(8)}
    modality = {f"c{list(ANSWERS).index('planned')}": "planned"}
    since = ((date.fromisoformat(DAY), None),)
    held = {f"c{list(ANSWERS).index('confirms')}": Held(since, {"a": since, "b": since})}
    known = Knowledge(
        "made", "en", things, tuple(relations), tuple(claims), ("a", "b", "c"), speaks, modality, held=held
    )
    file = tmp_path_factory.mktemp("strokes") / "page.html"
    file.write_text(render(known), encoding="utf-8")
    return file


def test_each_status_has_its_own_stroke_and_stands_in_the_legend(made: Path, open_page: Open) -> None:
    page = open_page(made).page
    lines = page.evaluate(LOOK)
    drawn: dict[str, tuple[str, float, str]] = {}
    for look, dash, width, colour, _ in lines.values():
        drawn.setdefault(look, (dash, width, colour))
    assert set(drawn) == {f"s-{status}" for status in ANSWERS.values()}
    assert len({(dash, width) for dash, width, _ in drawn.values()}) == 6, (
        "told by stroke, not by colour alone"
    )
    assert drawn["s-several"][1] > drawn["s-single"][1]
    assert drawn["s-contested"][0] not in ("none", drawn["s-evaded"][0], drawn["s-possible"][0])
    legend = page.evaluate(LEGEND)
    assert {look: (dash, width, colour) for look, dash, width, colour, _ in legend} == drawn
    counted = Counter(look for look, *_ in lines.values())
    assert {look: count for look, *_, count in legend} == counted
    names = {look: name for look, *_, name in lines.values()}
    assert names["s-contested"].startswith("≠ ")
    assert names["s-evaded"].startswith("~ ")
    assert names["s-several"].endswith("· 2"), "parallel claims are one line with their count"


def legend_counts(page: Page) -> dict[str, int]:
    return {look: count for look, *_, count in page.evaluate(LEGEND)}


def test_the_legend_follows_parties_days_and_types(
    made: Path, dossier: Callable[[str], Path], open_page: Open
) -> None:
    page = open_page(made, "#according-to=b").page
    assert legend_counts(page) == {"p-a": 1, "p-d": 2, "p-e": 2, "silent": 3}
    strokes = {look: dash for look, dash, *_ in page.evaluate(LEGEND)}
    lines = {look: dash for look, dash, *_ in page.evaluate(LOOK).values()}
    assert {look: dash for look, dash in lines.items() if look != "silent"} == {
        look: dash for look, dash in strokes.items() if look != "silent"
    }
    page = open_page(dossier("en")).page
    whole = sum(legend_counts(page).values())
    every = "[...document.querySelectorAll('#lines .line')]"
    visible = f"{every}.filter((line) => getComputedStyle(line).display !== 'none').length"
    assert whole == page.evaluate(visible) >= 30
    page.click("#kinds [data-kind=event]")
    assert sum(legend_counts(page).values()) == page.evaluate(visible) < whole
    page.evaluate("location.hash = 'as-of=2024-10-31'")
    page.wait_for_timeout(50)
    assert sum(legend_counts(page).values()) == page.evaluate(visible)
