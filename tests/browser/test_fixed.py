"""What a page cannot be asked otherwise - exactly, on a day, with what follows - holds in it and is said in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.test_perspective import ask, visible
from tests.commands.door import kg

pytestmark = pytest.mark.browser

EXACTLY = "without those who speak for it by office or rank"
ON = "as it holds on 10 November 2024"
INFER = "with what follows from each claim"
#: What is given, and what the page says of it.
GIVEN = (
    (("--exactly", "--according-to", "Russian Armed Forces", "--as-of", "2025-04-28"), EXACTLY),
    (("--exactly", "--according-to", "Ministry of Unification of South Korea"), EXACTLY),
    (("--exactly", "--according-to", "Kim Jong Un", "--disputed"), EXACTLY),
    (("--on", "2024-11-10"), ON),
    (("--on", "2024-11-10", "--according-to", "Russia", "--as-of", "2025-04-27"), ON),
    (("--infer",), INFER),
    (("--infer", "--according-to", "Ukraine", "--undisputed"), INFER),
    (
        ("--exactly", "--infer", "--on", "2024-11-10", "--according-to", "South Korea"),
        f"{ON}, {EXACTLY}, {INFER}",
    ),
)


def listed(*words: str) -> set[str]:
    """What the command line lists under these options."""
    done = kg("claims", "--format", "json", *words)
    assert done.code in (0, 1), done.err
    return {str(row["claim"]).removeprefix("https://w3id.org/foedus/id/claim/") for row in done.rows}


@pytest.mark.parametrize(("words", "said"), GIVEN, ids=[" ".join(words) for words, _ in GIVEN])
def test_it_shows_what_the_command_line_lists_and_says_so(
    words: tuple[str, ...], said: str, open_page: Open, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    assert kg("view", *words, "-o", str(file)).code == 0
    seen = open_page(file, "#view=positions")
    assert visible(seen.page) == listed(*words)
    assert said in seen.page.inner_text("#summary")
    fixed: list[str] = [word for word in ("--exactly", "--infer") if word in words]
    fixed += ["--on", words[words.index("--on") + 1]] if "--on" in words else []
    party = "--according-to", "id:russia"
    ask(seen.page, (("id:russia",), "2025-04-28", ""))
    assert visible(seen.page) == listed(*fixed, *party, "--as-of", "2025-04-28"), (
        "the reader asks another party"
    )
    assert said in seen.page.inner_text("#summary")
    assert seen.is_quiet(), seen


def test_the_options_change_what_is_listed() -> None:
    for party in ("Russian Armed Forces", "Ministry of Unification of South Korea"):
        assert listed("--exactly", "--according-to", party) < listed("--according-to", party)
    assert listed("--on", "2024-11-10") < listed()
