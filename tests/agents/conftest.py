"""One agent for all tests: to start a server takes longer than most answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agents.client import Agent, connected


@pytest.fixture(scope="session")
def agent() -> Iterator[Agent]:
    """A client over the shipped dossier, with time enough for a busy machine."""
    with connected("--store", ":shipped:", "--time-limit", "60") as found:
        yield found


@pytest.fixture(scope="module")
def hurried() -> Iterator[Agent]:
    """The same, whose answers may take two seconds."""
    with connected("--store", ":shipped:", "--time-limit", "2") as found:
        yield found
