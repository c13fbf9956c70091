"""The matrix: sorted by issue, party, status and last change; a cell opens what the party says; by key too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]

COLUMN = """(at) => [...document.querySelectorAll('#matrix tbody tr')].filter((row) => !row.hidden)
  .map((row) => row.cells[at].innerText.trim())"""


def heads(page: Page) -> list[str]:
    found: list[str] = page.locator("#matrix thead .sort").all_inner_texts()
    return found


def column(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate(COLUMN, heads(page).index(name))
    return found


def sort_by(page: Page, name: str) -> None:
    page.locator("#matrix thead .sort").nth(heads(page).index(name)).click()


def runs(values: list[str]) -> list[str]:
    """Each value once for each stretch of equal ones."""
    return [value for at, value in enumerate(values) if not at or values[at - 1] != value]


def test_it_is_sorted_by_status_party_and_last_change(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions").page
    assert runs(column(page, "Status"))[:2] == ["≠ contested", "several parties assert it"]
    page = open_page(dossier("en"), "#view=positions&as-of=2025-04-27").page
    sort_by(page, "North Korea")
    stances = ["✕ denies", "✕ disputes", "○ retracts", "◇ evades", "● asserts", ""]
    seen = runs(column(page, "North Korea"))
    assert seen == [stance for stance in stances if stance in seen]
    assert len(seen) >= 3
    sort_by(page, "North Korea")
    assert runs(column(page, "North Korea")) == seen[::-1]
    assert page.locator("#matrix [aria-sort=descending]").inner_text().startswith("North Korea")
    page = open_page(dossier("en"), "#view=positions").page
    sort_by(page, "Last change")
    days = column(page, "Last change")
    assert days[0] == "30 Apr 2025"
    assert days[-1] == "no date"
    assert "sort=change" in page.url
    page.reload()
    assert column(page, "Last change") == days


def test_by_issue_each_issue_has_a_row_of_what_the_parties_say_on_it(
    dossier: Dossier, open_page: Open
) -> None:
    page = open_page(dossier("fr"), "#view=positions").page
    sort_by(page, "Question, affirmation")
    issues = page.locator("#matrix tr.issue")
    assert issues.count() >= 12
    assert issues.last.inner_text().startswith("Sans question")
    first = issues.first
    assert "≠ contesté" in first.inner_text()
    kursk = page.locator("#matrix tr.issue", has_text="région de Koursk").first
    ukraine = heads(page).index("Ukraine")
    cell = kursk.locator("td").nth(ukraine - 1)
    assert cell.inner_text().split() == ["✕", "2", "●", "1"]
    cell.locator("button").click()
    assert page.inner_text("#panel .kind") == "Question"
    assert page.locator("#panel .voices > li").count() >= 3
    assert page.locator("#panel .voices > .p-d").count() >= 2
    assert "by=id%3Aukraine" in page.url


def test_a_cell_opens_what_the_party_says_of_the_claim(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions").page
    row = page.locator("#matrix tbody tr").first
    text = row.locator("th .go").inner_text()
    row.locator("td.p-d button").first.click()
    assert page.inner_text("#panel h2") == text
    assert page.locator("#panel .voices > li").count() == page.locator("#panel .voices > .p-d").count() == 1
    page.locator("#panel .text .go").last.click()
    assert page.locator("#panel .voices > .p-a").count() >= 1
    page.go_back()
    assert page.locator("#panel .voices > .p-a").count() == 0


def test_it_is_walked_by_key_and_the_place_is_kept(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions").page
    assert page.locator("#matrix tbody [tabindex='0']").count() == 1
    page.focus("#matrix tbody [tabindex='0']")
    where = (
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('th, td').cellIndex]"
    )
    assert page.evaluate(where) == [1, 0]
    page.keyboard.press("ArrowRight")
    row, cell = page.evaluate(where)
    assert (row, cell > 0) == (1, True)
    page.keyboard.press("Enter")
    assert page.locator("#panel .voices > li").count() >= 1
    assert page.evaluate(where) == [row, cell], "the focus was lost when the table was drawn again"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(where) == [2, 0]
    assert page.locator("#matrix tbody [tabindex='0']").count() == 1
    page.locator("#matrix thead .sort").nth(1).focus()
    page.keyboard.press("Space")
    assert page.locator("#matrix [aria-sort=ascending]").count() == 1


def test_the_table_follows_the_day(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#view=positions&sort=change&as-of=2024-10-31").page
    days = [day for day in column(page, "Last change") if day != "no date"]
    assert days[0] == "31 Oct 2024"
    assert len(days) >= 20
