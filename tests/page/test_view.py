"""kg view, through the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.door import kg


def test_it_writes_the_page_and_prints_its_path(tmp_path: Path) -> None:
    file = tmp_path / "kursk.html"
    done = kg("view", "-o", str(file))
    assert (done.code, done.out, done.err) == (0, f"{file}\n", "")
    text = file.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert "Who says what, and who denies it" in text


def test_a_neighbourhood_in_french_under_a_perspective(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    asked = ("--according-to", "Russia", "--as-of", "2025-04-28", "--lang", "fr", "--depth", "2")
    assert kg("view", "Choïgou", *asked, "-o", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert "<title>Sergueï Choïgou\u00a0: qui dit quoi, et qui le nie</title>" in text
    assert "Perspective\u00a0: selon Russie, tel que connu au 28 avril 2025" in text


def test_the_default_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("view").out == "foedus.html\n"
    assert (tmp_path / "foedus.html").stat().st_size > 100_000


def test_nothing_in_a_perspective_is_still_a_page(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert kg("view", "--as-of", "1900", "-o", str(file)).code == 0
    assert "0 claims" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "rule"),
    [
        (("Shoiguu",), 1, "unknown-name"),
        (("--lang", "tlh"), 2, "unknown-language"),
        (("France",), 1, "nothing-found"),
        (("France", "--lite"), 1, "nothing-found"),
        (("--depth", "0"), 2, "bad-option"),
        (("-o", "nowhere/page.html"), 2, "cannot-write"),
    ],
)
def test_faults_are_one_line(
    words: tuple[str, ...], code: int, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg("view", *words)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == 1
    assert f"[{rule}]" in done.err
    assert list(tmp_path.iterdir()) == []
