"""The documentation is true: samples print what is shown, links lead somewhere, nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.doc_samples import Block, blocks, commands, matches, pages, run, run_python, save, trim

ROOT = Path(__file__).resolve().parents[1]
PAGES = pages()
ALL_BLOCKS = [block for page in PAGES for block in blocks(page)]
LANGUAGES = {"console", "python", "turtle", "trig", "sparql", "text", "bash", "json", "toml"}
PYTHON_PAGES = sorted(
    {block.page for block in ALL_BLOCKS if block.language == "python" and not block.opted_out}
)
CONSOLE_PAGES = sorted(
    {block.page for block in ALL_BLOCKS if block.language == "console" and not block.opted_out}
)
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def console(page: str) -> list[Block]:
    return [b for b in ALL_BLOCKS if b.page == page and b.language == "console" and not b.opted_out]


@pytest.mark.parametrize("document", CONSOLE_PAGES)
def test_console_samples_print_what_the_page_shows(document: str, tmp_path: Path) -> None:
    for block in (b for b in ALL_BLOCKS if b.page == document):
        if block.saved_as:
            save(block, tmp_path)
        for command in commands(block) if block in console(document) else []:
            printed = run(command.words, tmp_path)
            assert matches(trim(command.shown), printed), (
                f"{document}:{command.line}: $ {command.words}\n--- printed:\n" + "\n".join(printed)
            )


@pytest.mark.parametrize("document", PYTHON_PAGES)
def test_python_samples_give_what_the_page_shows(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_python(ROOT / document) == []


def test_there_are_samples() -> None:
    shown = [command for page in CONSOLE_PAGES for block in console(page) for command in commands(block)]
    assert len(shown) >= 40
    assert len([c for block in console("README.md") for c in commands(block)]) >= 10
    assert {"README.md", "docs/tutorial.md", "docs/perspectives.md"} <= set(CONSOLE_PAGES)
    assert "docs/api.md" in PYTHON_PAGES


def test_what_is_not_tested_says_why_and_is_rare() -> None:
    out = [block for block in ALL_BLOCKS if block.opted_out]
    assert len(out) <= 8
    assert all(len(block.opted_out) >= 10 for block in out)


def test_every_block_names_its_language() -> None:
    strange = [f"{b.page}:{b.line}: {b.language!r}" for b in ALL_BLOCKS if b.language not in LANGUAGES]
    assert not strange


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["...", "c"], ["a", "b"], False),
        ([], ["a"], False),
        (["a.c"], ["abc"], False),
    ],
)
def test_the_comparison_bites(shown: list[str], printed: list[str], same: bool) -> None:
    assert matches(shown, printed) is same


def test_a_false_sample_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n3\n```\n```console\n$ echo a\nb\n```\n", "utf-8")
    assert run_python(page)
    (command,) = [c for block in blocks(page) if block.language == "console" for c in commands(block)]
    assert not matches(trim(command.shown), run(command.words, tmp_path))


def anchor(heading: str) -> str:
    """The anchor of a heading, as the usual hosts make it."""
    plain = re.sub(r"[^\w\s-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip().lower()))
    return plain.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M)
    named = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    return named | {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}


def broken_links(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M)
    broken: list[str] = []
    for found in LINK.finditer(text):
        target, _, fragment = found["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (fragment and file.suffix == ".md" and fragment not in anchors(file)):
            broken.append(f"{page.name}: {found['target']}")
    return broken


def test_every_link_leads_somewhere() -> None:
    everywhere = [*PAGES, ROOT / "CHANGELOG.md"]
    assert sum(len(LINK.findall(page.read_text("utf-8"))) for page in everywhere) >= 40
    assert not [link for page in everywhere for link in broken_links(page)]


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `b` c!\n[x](none.md) [y](#a-b-c) [z](#nowhere) [w](page.md#a-b-c)\n", "utf-8")
    assert broken_links(page) == ["page.md: none.md", "page.md: #nowhere"]


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {(ROOT / "docs" / m["target"].partition("#")[0]).resolve() for m in LINK.finditer(index)}
    assert not {p for p in PAGES if p.parent == ROOT / "docs"} - linked - {ROOT / "docs" / "index.md"}
    decisions = set((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(decisions) >= 5
    assert not decisions - linked
