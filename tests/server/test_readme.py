"""The newcomer's three lines of the README: start, ask with curl, open in the browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.doc_samples import Command, blocks, commands, run
from tests.server.door import serving

ROOT = Path(__file__).resolve().parents[2]


def three_lines() -> list[Command]:
    (block,) = [b for b in blocks(ROOT / "README.md") if b.language == "console" and "kg serve" in b.text]
    return commands(block)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_three_lines_start_ask_and_open(tmp_path: Path) -> None:
    start, ask, see = three_lines()
    assert start.words == "kg serve --port 8000 &"
    with serving(tmp_path) as server:
        here = f"127.0.0.1:{server.port}"
        assert run(ask.words.replace("127.0.0.1:8000", here), tmp_path) == ask.shown == ["false"]
        later = ask.words.replace("2025-04-25", "2025-04-28").replace("127.0.0.1:8000", here)
        assert run(later, tmp_path) == ["true"]
        assert see.words.endswith(" http://127.0.0.1:8000/")
        page = server.ask("/", headers={"accept": "text/html"})
        assert (page.status, page.type) == (200, "text/html")
        assert page.text.lstrip().lower().startswith("<!doctype html>")
