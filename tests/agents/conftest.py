"""One agent for all tests: to start a server takes longer than most answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agents.client import Agent, connected


@pytest.fixture(scope="session")
def agent() -> Iterator[Agent]:
    """A client over the shipped dossier, whose queries may take two seconds."""
    with connected("--store", ":shipped:", "--time-limit", "2") as found:
        yield found
