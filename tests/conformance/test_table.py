"""The page on conformance tells what the suites are and how they end; and no suite was overlooked."""

from __future__ import annotations

import pytest

from tests.conformance.manifests import FOLDER, cases
from tests.conformance.table import FLOORS, PAGE, known_failures, lines, suites

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the suites of the W3C are not there: ../shared/w3c/sparql/sparql11"
)


@pytest.mark.parametrize(("kinds", "floor"), FLOORS.items(), ids=[kinds[0] for kinds in FLOORS])
def test_every_test_of_the_suites_is_run(kinds: tuple[str, ...], floor: int) -> None:
    assert len(cases(*kinds)) >= floor


def test_no_kind_of_test_was_overlooked() -> None:
    assert len(suites()) == sum(len(cases(*kinds)) for kinds in FLOORS) >= sum(FLOORS.values())


def test_what_is_listed_as_failing_is_a_test() -> None:
    assert set(known_failures()) <= set(suites())
    assert len(known_failures()) >= 20, "the table was not found"


def test_the_page_has_the_table() -> None:
    table = "\n".join(map(str, lines()))
    assert f"|---|---|---|---|\n{table}\n\n" in PAGE.read_text("utf-8"), f"the table must be\n{table}"
