"""The tests of the W3C for the Graph Store Protocol, and the deprecated ones that they replaced.

The deprecated ones are told in prose, and each goes on where the one before ended: they run once, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.conformance.exchanges import exchanges_of, run
from tests.conformance.manifests import BASE, Case, cases, read, value
from tests.conformance.results import parse_graph, same_graph
from tests.conformance.server import Server
from tests.conformance.table import DEPRECATED, GRAPH_STORE, with_known_failures

_COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
CASES = [case for case in cases(*GRAPH_STORE) if case.folder != DEPRECATED]
PROSE = [case for case in cases(*GRAPH_STORE) if case.folder == DEPRECATED]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("--plain", str(tmp_path_factory.mktemp("graphs") / "data"), "--writable") as server:
        yield server


@pytest.mark.parametrize("case", with_known_failures(CASES))
def test_graph_store(case: Case, server: Server) -> None:
    assert server.update("DROP ALL").status == 204
    known: dict[str, str] = {}
    for exchange in exchanges_of(case.folder, case.node):
        run(server, exchange, known)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What went wrong with each of the deprecated tests, run in order; nothing if nothing did."""
    found: dict[str, str] = {}
    known: dict[str, str] = {}
    with Server("--plain", str(tmp_path_factory.mktemp("prose") / "data"), "--writable") as server:
        for case in PROSE:
            try:
                _run_prose(server, _prose(case), known)
                found[case.id] = ""
            except AssertionError as fault:
                found[case.id] = str(fault)
    return found


@pytest.mark.parametrize("case", with_known_failures(PROSE))
def test_deprecated(case: Case, outcomes: Mapping[str, str]) -> None:
    assert not outcomes[case.id]


def _prose(case: Case) -> str:
    (manifest,) = read(case.folder)
    return next(
        text for node in manifest.objects(case.node, _COMMENT) if "#### Request" in (text := value(node))
    )


def _run_prose(server: Server, text: str, known: dict[str, str]) -> None:
    asked, answered = re.split(r"#### Response\s*\n", text.split("#### Request", 1)[1])
    first, headers, body = _message(asked, server)
    method, path, _ = first.split()
    path = known.get(path, path).removeprefix(server.address)
    sent = body.encode()
    if "boundary=" in headers.get("content-type", ""):
        sent = re.sub(rb"\r?\n", b"\r\n", sent)
    answer = server.ask(method, path, body=sent or None, headers=headers)
    first, headers, body = _message(answered, server)
    assert answer.status == int(first.split()[0]), answer
    if "location" in headers:
        assert answer.headers.get("location"), answer
        known[headers["location"]] = answer.headers["location"]
    if "content-type" in headers:
        assert answer.headers["content-type"] == headers["content-type"]
    if body.strip():
        got = parse_graph(answer.body, answer.media_type, base=BASE)
        assert same_graph(got, parse_graph(body.encode(), "text/turtle", base=BASE)), answer.body


def _message(text: str, server: Server) -> tuple[str, dict[str, str], str]:
    """The first line, the headers and the body of a message as the prose has it, for our addresses."""
    host = server.address.removeprefix("http://")
    text = re.sub(r"^    ", "", text, flags=re.MULTILINE).strip("\n")
    text = text.replace("/$GRAPHSTORE$", "/graphs").replace("$GRAPHSTORE$", "/graphs").replace("$HOST$", host)
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    pairs = [line.partition(":") for line in lines]
    headers = {
        name.lower(): said.strip()
        for name, _, said in pairs
        if name.lower() not in ("host", "content-length")
    }
    return first, headers, body
