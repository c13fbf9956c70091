"""The syntax tests of the W3C through HTTP: what is well formed runs, what is not is refused as a bad query."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.conformance.manifests import Case, cases, iri_of
from tests.conformance.server import NOBODY, Server, reaching_nobody
from tests.conformance.table import SYNTAX, with_known_failures


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        "--plain", str(tmp_path_factory.mktemp("syntax") / "data"), "--writable", "--allow-host", NOBODY
    ) as server:
        yield server


@pytest.mark.parametrize("case", with_known_failures(cases(*SYNTAX)))
def test_syntax(case: Case, server: Server) -> None:
    assert case.query
    text = f"BASE <{iri_of(case.query)}>\n{reaching_nobody(case.query.read_text('utf-8'))}"
    is_update = case.query.suffix == ".ru"
    answer = server.update(text) if is_update else server.query(text, accept="*/*")
    rule = json.loads(answer.body)["rule"] if answer.status >= 400 else ""
    if case.kind.startswith("Negative"):
        assert (answer.status, rule) == (400, "bad-query")
    else:
        # What is well formed may still fail: to drop a graph that is not there, or to load from nobody.
        assert answer.status in (200, 204) or rule == "query-failed", answer.body
