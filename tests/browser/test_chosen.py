"""What is chosen: names that stand apart whatever it is, statements of the timeline, what the address keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]

#: An address for every card, claim and statement, and for some parties and days.
CHOICES = """() => {
  const data = JSON.parse(document.getElementById('data').textContent).page;
  const {things, cards, claims, statements, choices, days} = data;
  const of = (name, iris) => iris.map((iri) => `${name}=${encodeURIComponent(iri)}`);
  return ['', ...of('thing', things.slice(0, cards).map(({i}) => i)),
    ...of('said', statements.filter((_, at) => at % 3 === 0)),
    ...of('claim', claims.filter((_, at) => at % 9 === 0).map(({i}) => i)),
    ...of('according-to', choices.map((at) => things[at].i)), ...of('as-of', days.filter((_, at) => at % 6 === 0))];
}"""
#: How many names are seen, and which stand on another or on a card.
COLLIDING = """() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)]
    .filter((part) => getComputedStyle(part.parentElement).display !== 'none')
    .map((part) => [part.parentElement, part.getBoundingClientRect()]);
  const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const names = boxes('#names .name > text');
  const others = [...names, ...boxes('#cards .card > rect')];
  const found = [];
  names.forEach(([name, box], at) => {
    const under = others.slice(at + 1).filter(([, its]) => on(box, its));
    for (const [other] of under) found.push(`${name.textContent} / ${other.textContent}`);
  });
  return [names.length, found];
}"""


def test_the_timeline_has_a_mark_for_each_statement_with_its_stance(
    dossier: Dossier, open_page: Open
) -> None:
    page = open_page(dossier("en")).page
    marks = page.locator("#timeline .mark")
    dated, said = page.evaluate(
        """() => {
          const {claims} = JSON.parse(document.getElementById('data').textContent).page;
          const stances = claims.flatMap((claim) => claim.s).filter((stance) => stance.d < '9999-12-31');
          return [stances.length, new Set(stances.map(({t, g, b, f}) => [t, g, b, f && f[0]].join())).size];
        }"""
    )
    assert marks.count() == said >= 60
    counted = [int(mark[1:]) for mark in marks.all_inner_texts() if mark[1:]]
    assert sum(counted) + said - len(counted) == dated >= 140
    assert page.locator("#timeline .mark[tabindex='0']").count() == 1
    page.locator("#timeline .mark:not(:has(small))").first.click()
    assert page.inner_text("#panel .kind") == "Claim"
    several = page.locator("#timeline .mark:has(small)").first
    count = int(several.locator("small").text_content() or 0)
    several.click()
    assert page.inner_text("#panel .kind") == "Public statement"
    assert page.locator("#panel .voices > li").count() >= count
    assert "said=statement" in page.url
    heading = page.inner_text("#panel h2")
    page.locator("#panel .go").nth(1).click()
    page.go_back()
    assert page.inner_text("#panel h2") == heading


def test_names_that_are_seen_together_stand_apart(dossier: Dossier, open_page: Open) -> None:
    """Whatever is chosen or asked, no name stands on another or on a card."""
    page = open_page(dossier("fr"), width=1920, height=1400).page
    page.click("#fit")
    chosen = page.evaluate(CHOICES)
    assert len(chosen) >= 60
    seen = 0
    for hash in chosen:
        page.evaluate("(hash) => { location.hash = hash; }", hash)
        count, on = page.evaluate(COLLIDING)
        assert on == [], hash
        seen = max(seen, count)
    assert seen >= 12


def test_what_is_hidden_or_left_out_is_in_the_address(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#hide=event%20person").page
    assert page.locator(".card.k-event:visible, .card.k-person:visible").count() == 0
    page.click("#kinds [data-kind=person]")
    assert page.locator(".card.k-person:visible").count() >= 3
    assert page.url.endswith("#hide=event")
    page.go_back()
    assert page.locator(".card.k-person:visible").count() == 0
    page.click("#show-positions")
    page.check("#only-contested")
    rows = page.locator("#matrix tbody tr:visible").count()
    again = open_page(dossier("en"), page.url[page.url.index("#") :]).page
    assert again.locator("#matrix tbody tr:visible").count() == rows
    assert again.locator("#only-contested:checked").count() == 1


def test_a_line_is_opened_by_key_from_the_panel_of_its_card(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#thing=id:dprk-deployment").page
    page.focus("#panel .back")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.rel')"):
            break
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel .kind") == "Relation"
    assert name in page.inner_text("#panel")
    assert page.locator("#lines .line.lit").count() == 1


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "This page has nothing that is said for {}, and cannot be asked according to them.",
        ),
        ("fr", "Cette page n’a rien de dit au nom de {} et ne peut être interrogée selon ce point de vue."),
    ],
)
def test_a_party_that_the_page_cannot_be_asked_for_is_told(
    dossier: Dossier, open_page: Open, lang: str, told: str
) -> None:
    seen = open_page(
        dossier(lang), "#according-to=id:atlantis&according-to=id:csp-2024&according-to=id:russia"
    )
    page = seen.page
    note = page.locator("#unasked")
    label = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).page.things.find(({i}) => i === 'id:csp-2024').l"
    )
    assert note.inner_text() == told.format(f"atlantis, {label}")
    assert (
        page.inner_text("#according-shown") == {"en": "Russia", "fr": "Russie"}[lang]
    )  # who can be asked is
    page.evaluate("location.hash = 'according-to=id:russia'")
    page.wait_for_function("document.getElementById('unasked').hidden")
    page.evaluate("location.hash = 'according-to=id:atlantis'")
    page.wait_for_function("!document.getElementById('unasked').hidden")
    page.click("#according summary")
    page.locator("#according input").first.check()  # another is chosen, and what was asked is past
    assert not note.is_visible()
    assert seen.complaints == []
