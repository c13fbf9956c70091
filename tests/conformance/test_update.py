"""The update evaluation tests of the W3C through HTTP: the whole dataset afterwards is compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.datasets import held_by, insert, quads_of
from tests.conformance.manifests import Case, cases, iri_of
from tests.conformance.results import same_graph
from tests.conformance.server import NOBODY, Server, reaching_nobody
from tests.conformance.table import UPDATE, with_known_failures


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        "--plain", str(tmp_path_factory.mktemp("update") / "data"), "--writable", "--allow-host", NOBODY
    ) as server:
        yield server


@pytest.mark.parametrize("case", with_known_failures(cases(*UPDATE)))
def test_update_evaluation(case: Case, server: Server) -> None:
    assert case.query
    before = server.update(insert(case.data))
    assert before.status == 204, before.body
    answer = server.update(f"BASE <{iri_of(case.query)}>\n{reaching_nobody(case.query.read_text('utf-8'))}")
    assert answer.status == 204, answer.body
    held = held_by(server)
    assert same_graph(held, quads_of(case.after)), "\n".join(map(str, held))
