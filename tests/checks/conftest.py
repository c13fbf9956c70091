"""A good dossier and its mutants: each test breaks one thing by one replacement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.paths import ontology_folder

GOOD = ontology_folder() / "examples" / "good" / "norland-sudmark.trig"

#: ``broken(old, new)``: the path of the good dossier with the first ``old`` replaced.
Broken = Callable[[str, str], Path]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    def write(old: str, new: str) -> Path:
        text = GOOD.read_text(encoding="utf-8")
        assert old in text, f"the mutant does not apply: {old!r}"
        file = tmp_path / "norland.trig"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return write
