"""The query evaluation tests of the W3C through HTTP: what comes back is compared with what should.

All data lie in one server as named graphs under the IRIs of their files; each test asks with the graphs of the
protocol, so that it sees just its own dataset. A test without data asks the default graph, which is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.rdf.tokens import tokens
from tests.conformance.datasets import insert
from tests.conformance.manifests import Case, Dataset, cases, iri_of
from tests.conformance.results import (
    RESULTS,
    SUFFIXES,
    parse_graph,
    same_csv,
    same_graph,
    same_results,
    same_rows,
)
from tests.conformance.server import Server
from tests.conformance.table import QUERY, with_known_failures

CASES = tuple(case for case in cases(*QUERY) if case.folder != "service")  # they are in test_federation.py


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    files = {file for case in CASES for file in case.data.default}
    files |= {file for case in CASES for _, file in case.data.named}
    with Server("--plain", str(tmp_path_factory.mktemp("query") / "data"), "--writable") as server:
        answer = server.update(insert(Dataset((), tuple((iri_of(file), file) for file in sorted(files)))))
        assert answer.status == 204, answer.body
        yield server


@pytest.mark.parametrize("case", with_known_failures(CASES))
def test_query_evaluation(case: Case, server: Server) -> None:
    assert case.query
    assert case.result
    text = case.query.read_text("utf-8")
    suffix = case.result.suffix
    accept = "text/csv" if suffix == ".csv" else RESULTS[suffix][0] if suffix in RESULTS else SUFFIXES[suffix]
    is_rows = suffix == ".ttl" and b"ResultSet" in case.result.read_bytes()
    if is_rows:
        accept = RESULTS[".srx"][0]
    chooses = any(token.is_word("FROM") for token in tokens(text))  # the graphs of the protocol would win
    answer = server.query(
        f"BASE <{iri_of(case.query)}>\n{text}",
        accept=accept,
        default=[] if chooses else [iri_of(file) for file in case.data.default],
        named=[] if chooses else [iri for iri, _ in case.data.named],
    )
    assert answer.status == 200, answer.body
    assert answer.media_type == accept
    expected = case.result.read_bytes()
    base = iri_of(case.result)
    if suffix == ".csv":
        assert same_csv(answer.body, expected)
    elif is_rows:
        assert same_rows(answer.body, parse_graph(expected, "text/turtle", base=base))
    elif suffix in SUFFIXES:
        got = parse_graph(answer.body, accept, base=base)
        assert same_graph(got, parse_graph(expected, accept, base=base)), answer.body
    else:
        assert same_results(answer.body, expected, suffix, query=text), answer.body
