"""A store that is too large for a page: it opens, answers at once, and says what it left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.test_perspective import MEASURE
from tests.commands.door import kg

pytestmark = pytest.mark.browser
MAKE = str(Path(__file__).parents[2] / "benchmarks" / "make_data.py")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    subprocess.run([sys.executable, MAKE, "3000", str(folder / "large.kg")], check=True)
    done = kg("view", "--store", str(folder / "large.kg"), "-o", str(folder / "page.html"))
    assert done.code == 0, done.err
    return folder / "page.html"


def test_it_opens_and_says_what_it_left_out(large: Path, open_page: Open) -> None:
    seen = open_page(large)
    page = seen.page
    assert page.evaluate("document.activeElement.id") == "search", "one begins by seeking"
    assert 20 <= page.locator("#cards .card").count() <= 60
    assert page.inner_text("#panel .omitted").startswith("1940 of 2940 claims")
    assert page.evaluate("document.querySelectorAll('*').length") < 60_000
    assert large.stat().st_size < 2_000_000
    page.fill("#search", "event 8")
    assert page.locator("#found button").count() >= 1
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "event 8"
    assert seen.is_quiet(), seen


def test_it_answers_a_change_while_one_looks(large: Path, open_page: Open) -> None:
    taken = open_page(large).page.evaluate(MEASURE)
    assert taken[len(taken) // 2] <= 250, taken


def test_the_table_draws_so_many_rows_and_counts_the_rest(large: Path, open_page: Open) -> None:
    page = open_page(large, "#view=positions").page
    assert page.locator("#matrix tbody tr:visible").count() == 300
    assert page.inner_text("#more").split()[0].isdigit()
    page.check("#only-contested")
    assert page.locator("#matrix tbody tr:visible").count() >= 100
