"""The shipped dossier, opened once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from kg.graph import KnowledgeGraph


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with kg.open() as opened:
        yield opened
