"""Stores for the tests of the verbs: the tiny dossier, and one whose labels are hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import graph

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny"
HOSTILE = Path(__file__).resolve().parents[1] / "data" / "hostile"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that holds the tiny dossier."""
    folder = tmp_path_factory.mktemp("stores") / "tiny.kg"
    graph.load([TINY], location=folder)
    return str(folder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store in which labels hold control characters, escape sequences, markup and quotes."""
    folder = tmp_path_factory.mktemp("stores") / "hostile.kg"
    graph.load([HOSTILE], location=folder)
    return str(folder)
