"""The page shows what ``kg claims`` lists: whoever is asked, as known on whatever day, disputed or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.commands.door import kg

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]

#: parties, day, mode
Question = tuple[tuple[str, ...], str, str]

STATES = ("id:russia", "id:ukraine", "id:north-korea", "id:south-korea", "id:united-states", "id:nato")
OTHERS = ("id:russian-milbloggers", "id:kcna", "id:wikipedia-it")
MODES = ("", "undisputed", "disputed")
#: Before anything, between two days, on days on which somebody changes his mind, after all, and today.
TOLD: list[Question] = [
    ((), "", ""),
    ((), "2024-10-17", ""),
    ((), "2025-04-29", ""),
    ((), "2025-04-30", "disputed"),
    (("id:russia",), "2025-04-25", ""),
    (("id:russia",), "2025-04-26", ""),
    (("id:north-korea",), "2025-04-27", ""),
    (("id:north-korea",), "2025-04-28", ""),
    (("id:south-korea",), "2025-04-29", ""),
    (("id:russia", "id:ukraine"), "2025-04-27", ""),
    (("id:russia", "id:ukraine"), "2025-04-27", "undisputed"),
    (("id:north-korea", "id:russia"), "2025-04-27", "disputed"),
    (("id:russia",), "", "disputed"),
    (("id:ukraine",), "2030-01-01", "undisputed"),
]


def random_questions(count: int) -> list[Question]:
    random = Random(5)
    return [
        (
            tuple(random.sample(STATES, random.choice((0, 1, 1, 2, 3)))),
            f"{random.choice((2024, 2025))}-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            random.choice(MODES),
        )
        for _ in range(count)
    ]


def listed(question: Question) -> set[str]:
    """What the command line lists."""
    parties, day, mode = question
    words = [word for party in parties for word in ("--according-to", party)]
    words += ["--as-of", day] if day else []
    words += [f"--{mode}"] if mode else []
    done = kg("claims", "--format", "json", *words)
    assert done.code in (0, 1), done.err
    return {str(row["claim"]).removeprefix("https://w3id.org/foedus/id/claim/") for row in done.rows}


def visible(page: Page) -> set[str]:
    """The rows that a reader sees."""
    found: list[str] = page.evaluate(
        """() => {
          const {claims} = JSON.parse(document.getElementById('data').textContent).page;
          const rows = [...document.querySelectorAll('#matrix tbody tr')].filter((row) => row.offsetParent);
          return rows.map((row) => claims[Number(row.id.slice(1))].i.replace('claim:', ''));
        }"""
    )
    return set(found)


def ask(page: Page, question: Question, thing: str = "") -> None:
    """Go to the address that asks this, in the page that is open."""
    parties, day, mode = question
    parts = [
        ("view", "positions"),
        *([("thing", thing)] if thing else []),
        *(("according-to", party) for party in parties or ("",)),
    ]
    page.evaluate("(hash) => { location.hash = hash; }", urlencode([*parts, ("as-of", day), ("only", mode)]))
    page.wait_for_function("() => new Promise((done) => setTimeout(() => done(true), 0))")


def test_what_is_visible_is_what_the_command_line_lists(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    sizes = set()
    for question in [*TOLD, *random_questions(16)]:
        ask(page, question)
        expected = listed(question)
        assert visible(page) == expected, question
        sizes.add(len(expected))
    assert len(sizes) >= 12, "the questions do not tell the answers apart"


def set_day(page: Page, step: int) -> None:
    page.evaluate(
        """(step) => { const day = document.getElementById('day');
          day.value = step; day.dispatchEvent(new Event('input', {bubbles: true})); }""",
        step,
    )


def test_the_command_line_sets_what_is_shown_first(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    asked = ("--according-to", "Russia", "--according-to", "Ukraine", "--as-of", "2025-04-26", "--disputed")
    assert kg("view", *asked, "-o", str(file)).code == 0
    question: Question = (("id:russia", "id:ukraine"), "2025-04-26", "disputed")
    still = open_page(file, scripts=False).page
    first = visible(still)
    assert first == listed(question)
    page = open_page(file).page
    shown = "according to Russia, Ukraine, as known on 26 April 2025, disputed only"
    assert shown in page.inner_text("#summary")
    drawn = "[...document.querySelectorAll('#lines .line')].map((line) => line.getAttribute('class')).join()"
    assert open_page(file, scripts=True).page.evaluate(drawn) == page.evaluate(drawn)
    page.click("#show-positions")
    assert visible(page) == first

    page.select_option("#mode", "")
    assert visible(page) == listed((question[0], question[1], ""))
    page.click("#according summary")
    page.click("#everyone")
    set_day(page, 999)
    assert visible(page) == listed(((), "", ""))
    assert "according-to=&as-of=&only=" in page.url
    page.go_back()
    page.go_back()
    assert visible(page) == first


def test_before_the_scripts_the_picture_is_that_of_the_question(open_page: Open, tmp_path: Path) -> None:
    """What is in the file is what the browser draws over it: the same classes, signs, counts and cards."""
    file = tmp_path / "page.html"
    for number, asked in enumerate(((), ("--according-to", "Ukraine"), ("--as-of", "2024-10-31"))):
        assert kg("view", *asked, "-o", str(file.with_stem(f"page{number}"))).code == 0
        looks = [
            open_page(file.with_stem(f"page{number}"), scripts=scripts).page.evaluate(LOOKS)
            for scripts in (False, True)
        ]
        assert len(looks[0]) >= 150
        assert looks[0] == looks[1], asked


LOOKS = """() => [...document.querySelectorAll('.line, .name, .card')].map((drawn) => [
  drawn.id, [...drawn.classList].sort().join(' '),
  [...drawn.querySelectorAll('.sign, .count, .crowd')].map((part) => part.textContent).join('|')].join(': '))"""


def test_what_is_superseded_comes_back_with_the_day(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions&according-to=id:south-korea").page
    assert "nis-2025-01-killed" not in visible(page)
    page.evaluate("location.hash = 'view=positions&according-to=id:south-korea&as-of=2025-04-29'")
    page.wait_for_timeout(50)
    assert "nis-2025-01-killed" in visible(page)
    page.evaluate("location.hash = 'claim=claim:nis-2025-01-killed'")
    page.wait_for_timeout(50)
    assert "on record, and held by nobody" in page.inner_text("#panel")
    assert "Superseded by" in page.inner_text("#panel").capitalize() or "SUPERSEDED BY" in page.inner_text(
        "#panel"
    )


def test_a_card_counts_what_was_told_by_then(dossier: Dossier, open_page: Open) -> None:
    counts = []
    for hash in ("#as-of=2024-10-17", "#as-of=2024-10-31", ""):
        page = open_page(dossier("en"), hash).page
        counts.append(page.evaluate("document.querySelector('.crowd').textContent"))
    assert counts[0] == ""
    assert int(counts[1].split()[0]) < int(counts[2].split()[0])


def test_several_parties_are_asked_by_key(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions").page
    page.focus("#according summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # everyone is asked already: that button is not in the way
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    asked = page.locator("#according input:checked")
    assert asked.count() == 2
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#according summary')")
    assert page.locator("#according[open]").count() == 0
    things = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).page.things.map((t) => t.i)"
    )
    parties = tuple(things[int(box.get_attribute("value") or "")] for box in asked.all())
    assert visible(page) == listed((parties, "", ""))


MEASURE = """async () => {
  const day = document.getElementById('day');
  const boxes = [...document.querySelectorAll('#according input')];
  const taken = [];
  const measure = (change) => {
    const start = performance.now();
    change();
    document.body.getBoundingClientRect();
    document.getElementById('picture').getBoundingClientRect();
    taken.push(performance.now() - start);
  };
  for (let step = Number(day.max); step >= 0; step -= Math.max(1, Math.floor(day.max / 60))) {
    measure(() => { day.value = step; day.dispatchEvent(new Event('input', {bubbles: true})); });
    await new Promise(requestAnimationFrame);
  }
  for (const box of boxes.slice(0, 8)) {
    measure(() => box.click());
    await new Promise(requestAnimationFrame);
  }
  return taken.sort((a, b) => a - b);
}"""


@pytest.mark.parametrize("hash", ["", "#view=positions", "#thing=id:russia"])
def test_a_change_is_drawn_at_once(dossier: Dossier, open_page: Open, hash: str) -> None:
    taken = open_page(dossier("en"), hash).page.evaluate(MEASURE)
    assert len(taken) >= 30
    assert taken[len(taken) // 2] <= 50, taken
