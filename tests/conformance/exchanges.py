"""Requests of the protocol suites, as their manifests have them, sent to a server and judged one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from tests.conformance.manifests import BASE, Manifest, Node, read, value
from tests.conformance.results import GRAPHS, RESULTS, parse_graph, same_graph
from tests.conformance.server import Answer, Server

_HT = "http://www.w3.org/2011/http#"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_CNT = "http://www.w3.org/2011/content#"
#: The words of the manifests for statuses; the others are the digits of a class.
_STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
#: The paths of the suites -> ours.
_PATHS = {"/sparql/": "/sparql", "/gsp": "/graphs"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what is expected of its answer."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    format: str = ""
    boolean: bool | None = None
    location: str = ""
    returned_headers: Mapping[str, str] = ()  # type: ignore[assignment]  # none
    returned: str = ""


def exchanges_of(folder: str, node: Node) -> Iterator[Exchange]:
    """The exchanges of a test, in order."""
    for manifest in read(folder):
        action = manifest.one(node, _MF + "action")
        if action is not None:
            for request in manifest.items(manifest.one(action, _HT + "requests")):
                yield _exchange(manifest, request)


def _exchange(manifest: Manifest, request: Node) -> Exchange:
    answer = manifest.one(request, _HT + "resp")
    assert answer
    format, boolean = (
        manifest.one(answer, _MF + "expectedFormat"),
        manifest.one(answer, _MF + "expectedBoolean"),
    )
    location = manifest.one(answer, _MF + "expectedLocation")
    body, encoding = _body(manifest, request)
    path = value(manifest.one(request, _HT + "absolutePath"))
    for theirs, ours in _PATHS.items():
        if path.startswith(theirs):
            path = ours + path.removeprefix(theirs)
    return Exchange(
        method=value(manifest.one(request, _HT + "methodName")),
        path=path,
        headers=_headers(manifest, request),
        body=None if body is None else body.encode(encoding),
        statuses=tuple(
            value(node).rpartition("#")[2] for node in manifest.objects(answer, _MF + "expectedStatus")
        ),
        format=value(format) if format else "",
        boolean=value(boolean) in ("true", "1") if boolean else None,
        location=value(location) if location else "",
        returned_headers=_headers(manifest, answer),
        returned=_body(manifest, answer)[0] or "",
    )


def _headers(manifest: Manifest, message: Node) -> dict[str, str]:
    return {
        value(manifest.one(node, _HT + "fieldName")): value(manifest.one(node, _HT + "fieldValue"))
        for node in manifest.items(manifest.one(message, _HT + "headers"))
    }


def _body(manifest: Manifest, message: Node) -> tuple[str | None, str]:
    body = manifest.one(message, _HT + "body")
    if body is None:
        return None, ""
    return value(manifest.one(body, _CNT + "chars")), value(manifest.one(body, _CNT + "characterEncoding"))


def run(server: Server, exchange: Exchange, known: dict[str, str]) -> Answer:
    """Send a request and judge its answer; ``known``: what former answers said, put into this request.

    :raises AssertionError: when the answer is another than expected.
    """
    path = exchange.path
    for name, said in known.items():
        path = path.replace(name, quote(said, safe=""))
    answer = server.ask(exchange.method, path, body=exchange.body, headers=exchange.headers)
    assert any(_fits(answer.status, status) for status in exchange.statuses), (exchange.statuses, answer)
    if exchange.location:
        assert answer.headers.get("location"), answer
        known[exchange.location] = answer.headers["location"]
    if exchange.format:
        _judge_format(answer, exchange.format)
    if exchange.boolean is not None:
        assert json.loads(answer.body)["boolean"] is exchange.boolean
    for name, expected in exchange.returned_headers.items():
        assert answer.headers.get(name) == expected
    if exchange.returned:
        expected_type = exchange.returned_headers["content-type"]
        base = BASE + "graph-store-protocol/"
        got = parse_graph(answer.body, answer.media_type, base=base)
        assert same_graph(got, parse_graph(exchange.returned.encode(), expected_type, base=base)), answer.body
    return answer


def _fits(status: int, expected: str) -> bool:
    if expected in _STATUS:
        return status == _STATUS[expected]
    return f"StatusCode{status // 100}xx" == expected


def _judge_format(answer: Answer, format: str) -> None:
    """The answer is what its media type says, and of the kind that the suite wants."""
    if format == "RDF":
        assert answer.media_type in GRAPHS
        parse_graph(answer.body, answer.media_type, base=BASE)
        return
    kinds = dict(RESULTS.values())
    assert answer.media_type in kinds
    parsed = ox.parse_query_results(answer.body, format=kinds[answer.media_type])
    assert isinstance(parsed, ox.QueryBoolean) is (format == "boolean")
