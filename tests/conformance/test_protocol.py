"""The tests of the W3C for the SPARQL Protocol, each a real exchange as its manifest has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.datasets import insert
from tests.conformance.exchanges import exchanges_of, run
from tests.conformance.manifests import Case, Dataset, cases, read
from tests.conformance.server import Server
from tests.conformance.table import PROTOCOL, with_known_failures


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("--plain", str(tmp_path_factory.mktemp("protocol") / "data"), "--writable") as server:
        yield server


@pytest.mark.parametrize("case", with_known_failures(cases(*PROTOCOL)))
def test_protocol(case: Case, server: Server) -> None:
    graphs = tuple(graph for manifest in read(case.folder) for graph in manifest.labelled(case.node))
    assert server.update(insert(Dataset((), graphs))).status == 204
    known: dict[str, str] = {}
    for exchange in exchanges_of(case.folder, case.node):
        run(server, exchange, known)
