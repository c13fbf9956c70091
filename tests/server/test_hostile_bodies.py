"""What is sent to be written, by somebody who may write and means ill: nothing is fetched, unpacked or let grow."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator

import pytest

from tests.server.door import Got, Server, serving

TOKEN = "let-me-write"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "x" * 20}">' for n in range(9))
FILE = '<!ENTITY e8 SYSTEM "file:///etc/passwd">'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    options = ("--plain", "new", "--writable", "--workers", "1", "--memory", "256", "--write-limit", "3")
    with serving(folder, *options, token=TOKEN) as server:
        yield server


def put(server: Server, body: bytes, media_type: str, **headers: str) -> Got:
    given = {"authorization": f"Bearer {TOKEN}", "content-type": media_type, **headers}
    return server.ask("/graphs?graph=urn:g", method="PUT", headers=given, body=body)


def rdf_xml(entities: str, doctype: str) -> str:
    head = f'<?xml version="1.0"?><!{doctype} rdf [{entities}]><rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:">'
    return f'{head}<rdf:Description rdf:about="urn:s"><e:p>&e8;</e:p></rdf:Description></rdf:RDF>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("doctype", ["DOCTYPE", "doctype", "DocType"])
@pytest.mark.parametrize("entities", [BOMB, FILE], ids=["bomb", "file"])
def test_entities_are_not_read(server: Server, entities: str, doctype: str, encoding: str) -> None:
    got = put(server, rdf_xml(entities, doctype).encode(encoding), "application/rdf+xml")
    assert (got.status, got.rule) == (400, "bad-rdf")
    assert server.query("ASK { ?s ?p ?o }").text.count("false")


def test_a_context_that_lies_elsewhere_is_not_fetched(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/context"
        for context in (
            f'"{address}"',
            f'["{address}"]',
            f'{{"@import": "{address}"}}',
            '"file:///etc/passwd"',
        ):
            got = put(
                server, f'{{"@context": {context}, "@id": "urn:s", "p": 1}}'.encode(), "application/ld+json"
            )
            assert (got.status, got.rule) == (400, "bad-rdf")
        elsewhere.settimeout(0.2)
        with pytest.raises(TimeoutError):
            elsewhere.accept()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity"])
def test_what_is_packed_is_not_unpacked(server: Server, encoding: str) -> None:
    got = put(
        server,
        gzip.compress(b"<urn:a> <urn:b> 1 . " * 100_000),
        "text/turtle",
        **{"content-encoding": encoding},
    )
    assert (got.status, got.rule) == (415, "bad-request-type")
    assert got.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (
            b"--x\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n" * 20_000,
            "multipart/form-data; boundary=x",
        ),
        (
            b"--x\r\nContent-Type: text/turtle\r\n\r\n<urn:a> <urn:b> 1 .\r\n" * 20_000,
            "multipart/form-data; boundary=x",
        ),
        (b"[" * 1_000_000 + b"]" * 1_000_000, "application/ld+json"),
        (b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 100_000, "text/turtle"),
        (b"\xff\xfe<", "text/turtle"),
    ],
    ids=["multipart nested", "parts", "brackets", "quoted triples", "no UTF-8"],
)
def test_what_is_no_graph_is_refused_soon(server: Server, body: bytes, media_type: str) -> None:
    begin = time.monotonic()
    got = put(server, body, media_type)
    assert (got.status, got.rule) == (400, "bad-rdf")
    assert time.monotonic() - begin < 2
    assert len(got.body) < 3000


def test_nothing_of_it_was_written(server: Server) -> None:
    assert server.query("ASK { GRAPH ?g { ?s ?p ?o } }").text.count("false")
    assert (
        put(server, b"<urn:a> <urn:b> 1 .", "text/turtle", **{"content-encoding": "identity"}).status == 201
    )
    assert "fault=" not in server.logged()
    assert (
        server.ask(
            "/graphs?graph=urn:g", method="DELETE", headers={"authorization": f"Bearer {TOKEN}"}
        ).status
        == 204
    )
