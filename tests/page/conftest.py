"""What the page knows of the shipped dossier, read once."""

from __future__ import annotations

import pytest

from kg import graph as graphs
from kg.page.gather import gather
from kg.page.model import Knowledge


@pytest.fixture(scope="session", params=["en", "fr"])
def known(request: pytest.FixtureRequest) -> Knowledge:
    with graphs.open(":shipped:", lang=request.param) as graph:
        return gather(graph.perspective(), lang=request.param, title="The dossier")
