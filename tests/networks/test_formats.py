"""Every network in every form, for several perspectives: all tell of the same edges, or all of none."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.commands.network import FORMATS, NAMES
from tests.commands.door import kg

PERSPECTIVES = {
    "everybody": (),
    "a-party": ("--according-to", "Russia"),
    "a-day": ("--as-of", "2024-10-31", "--on", "2024-10-31"),
    "undisputed": ("--undisputed",),
}


def count(format: str, told: str) -> int:
    """How many edges an answer has, as one reads who takes it."""
    if format == "json":
        return len(json.loads(told))
    if format == "csv":
        return len(list(csv.DictReader(io.StringIO(told))))
    if format == "table":
        return max(len(told.splitlines()) - 2, 0)
    if format == "html":
        found = re.search(r"· edges: (\d+) ·", told)
        assert found
        return int(found[1])
    if not told:
        return 0
    return sum(element.tag.endswith("}edge") for element in ElementTree.fromstring(told.encode()).iter())


@pytest.mark.parametrize("perspective", PERSPECTIVES)
@pytest.mark.parametrize("name", NAMES)
def test_all_forms_have_the_same_edges(name: str, perspective: str, tmp_path: Path) -> None:
    assert set(FORMATS) == {"table", "json", "csv", "graphml", "gexf", "html"}
    found: dict[str, int] = {}
    for format in FORMATS:
        file = tmp_path / f"edges.{format}"
        words = ("network", name, *PERSPECTIVES[perspective], "--format", format)
        done = kg(*words, "-o", str(file))
        told = file.read_text("utf-8") if file.exists() else ""
        if done.code:
            assert (done.code, "[nothing-found]" in done.err) == (1, True), done.err
        found[format] = 0 if done.code else count(format, told)
        assert found[format] or done.code == 1
    # a table folds long cells into several lines
    table = found.pop("table")
    assert len(set(found.values())) == 1, found
    assert table >= found["json"]
    assert found["json"] >= 1 or perspective != "everybody"
