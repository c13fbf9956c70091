"""Writing to a plain dataset: who may, what an update does as a whole or not at all, and what readers see."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.server.plain import change, make_plain, read_plain
from kg.store.embedded import run_update
from kg.store.generations import current
from kg.store.snapshot import open_snapshot
from tests.conformance.server import FORM, Server
from tests.tiny import build_store

ENDLESS = """INSERT { ?a <a:p> ?d } WHERE {
  GRAPH <a:numbers> { ?a <a:n> ?x . ?b <a:n> ?y . ?c <a:n> ?z . ?d <a:n> ?w }
}"""
NUMBERS = "INSERT DATA { GRAPH <a:numbers> { " + " . ".join(f"<a:{n}> <a:n> {n}" for n in range(300)) + " } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("writing") / "data"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Server("--plain", str(folder), "--writable", "--write-limit", "2") as server:
        yield server


def count(server: Server, pattern: str) -> int:
    answer = server.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", accept="text/csv")
    assert answer.status == 200, answer.body
    return int(answer.body.split()[1])


def rule(body: bytes) -> str:
    found = json.loads(body)["rule"]
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/sparql", {"content-type": "application/sparql-update"}),
        ("POST", "/sparql", {"content-type": FORM}),
        ("PUT", "/graphs?graph=a:g", {"content-type": "text/turtle"}),
        ("POST", "/graphs?graph=a:g", {"content-type": "text/turtle"}),
        ("DELETE", "/graphs?graph=a:g", {}),
        ("POST", "/graphs", {"content-type": "text/turtle"}),
    ],
)
def test_only_who_has_the_token_writes(
    method: str, path: str, headers: dict[str, str], server: Server
) -> None:
    body = b"update=DROP+ALL" if headers.get("content-type") == FORM else b"DROP ALL"
    for token, expected in (("", "no-token"), ("another token", "wrong-token")):
        answer = server.ask(method, path, body=body, headers=headers, token=token)
        assert (answer.status, rule(answer.body)) == (401, expected)
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_without_writable_nothing_is_written(folder: Path, server: Server) -> None:
    with Server("--plain", str(folder)) as reader:
        answer = reader.update("DROP ALL")
        assert (answer.status, rule(answer.body)) == (403, "not-writable")
        answer = reader.ask("DELETE", "/graphs?default")
        assert (answer.status, rule(answer.body)) == (403, "not-writable")
        assert b"SPARQL11Update" not in reader.ask("GET", "/sparql").body


@pytest.mark.parametrize("token", ["", "short"])
def test_writable_needs_a_token(token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", token)
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        "--plain",
        str(tmp_path / "data"),
        "--writable",
        "--port",
        "0",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("[no-token]\n")


def test_an_update_is_done_as_a_whole_or_not_at_all(server: Server) -> None:
    before = count(server, "GRAPH ?g { ?s ?p ?o }")
    for text, expected in (
        ("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ; DROP GRAPH <a:not-there>", "query-failed"),
        ("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ; INSERT", "bad-query"),
        ("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ; LOAD <http://a.example/>", "update-load"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://a.example/> { ?s ?p ?o } }", "query-service"),
    ):
        answer = server.update(text)
        assert (answer.status, rule(answer.body)) == (400, expected)
        assert count(server, "GRAPH ?g { ?s ?p ?o }") == before


def test_an_update_that_runs_away_is_stopped_and_leaves_what_was_there(folder: Path, server: Server) -> None:
    assert server.update(NUMBERS).status == 204
    generation = current(folder)
    answer = server.update(ENDLESS)
    assert (answer.status, rule(answer.body)) == (503, "time-limit")
    assert current(folder) == generation
    assert count(server, "GRAPH <a:numbers> { ?s ?p ?o }") == 300
    assert server.update("DROP GRAPH <a:numbers>").status == 204
    assert not list(folder.glob("*.tmp"))


def test_a_graph_is_not_taken_in_another_format(server: Server) -> None:
    for media_type in ("text/html", "application/trig", "text/turtle; charset=latin-1", ""):
        answer = server.ask("PUT", "/graphs?graph=a:g", body=b"", headers={"content-type": media_type})
        assert (answer.status, rule(answer.body)) == (415, "unknown-media-type")


def test_readers_see_the_state_before_or_after_an_update(server: Server) -> None:
    ends = threading.Event()
    seen: list[bytes] = []

    def read() -> None:
        with_own = Server.__new__(Server)
        with_own.__dict__.update(server.__dict__)
        with_own.connect()
        while not ends.is_set():
            answer = with_own.query("SELECT ?a ?b { <a:x> <a:n> ?a, ?b }", accept="text/csv")
            seen.append(answer.body if answer.status == 200 else b"failed")
        with_own.close()

    assert server.update("DROP ALL; INSERT DATA { <a:x> <a:n> 0 }").status == 204
    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        text = f"DELETE WHERE {{ <a:x> <a:n> ?n }} ; INSERT DATA {{ <a:x> <a:n> {number + 1} }}"
        assert server.update(text).status == 204
    ends.set()
    for thread in threads:
        thread.join()
    assert len(seen) > 10
    whole = {f"a,b\r\n{number},{number}\r\n".encode() for number in range(9)}
    assert set(seen) <= whole, set(seen) - whole
    assert len(set(seen)) > 1


def test_a_plain_dataset_and_a_store_of_claims_are_told_apart(tmp_path: Path) -> None:
    make_plain(tmp_path / "plain")
    build_store(tmp_path / "claims", [])
    with pytest.raises(StoreError) as caught:
        open_snapshot(tmp_path / "plain")
    assert caught.value.rule == "store-kind"
    with pytest.raises(StoreError) as caught:
        make_plain(tmp_path / "claims")
    assert caught.value.rule == "store-kind"


def test_many_small_updates_do_not_crumble_a_dataset(tmp_path: Path) -> None:
    make_plain(tmp_path)
    tables = []
    for number in range(25):
        text = f"INSERT DATA {{ <a:s{number}> <a:p{number}> {number} }} ; CREATE GRAPH <a:g{number}>"
        change(tmp_path, partial(run_update, text=text))
        generation = current(tmp_path)
        assert generation
        tables.append(len(list((generation / "store").glob("*.sst"))))
    snapshot = read_plain(tmp_path)
    assert snapshot.quads == 25
    assert len(list(snapshot.open_store().named_graphs())) == 25
    assert any(after < before / 2 for before, after in pairwise(tables)), tables


def test_damage_to_a_plain_dataset_is_told(tmp_path: Path) -> None:
    make_plain(tmp_path)
    change(tmp_path, lambda store: run_update(store, "INSERT DATA { <a:s> <a:p> <a:o> }"))
    generation = current(tmp_path)
    assert generation
    (snapshot,) = [read_plain(tmp_path)]
    assert snapshot.quads == 1
    for file in (generation / "store").glob("MANIFEST-*"):
        file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(StoreError) as caught:
        read_plain(tmp_path)
    assert caught.value.rule == "store-damaged"


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Somebody on this machine who would notice being asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


FETCHING = [
    ("sparql", "application/sparql-update", "LOAD <{}>"),
    ("sparql", "application/sparql-update", "LOAD SILENT <{}> INTO GRAPH <a:g>"),
    ("sparql", "application/sparql-update", "CLEAR ALL ;\nPREFIX x: <{}> LOAD x:y"),
    ("sparql", "application/sparql-update", "LOADx:y"),
    ("sparql", "application/sparql-update", "PREFIX LOAD: <{}> LOAD LOAD:x"),
    ("sparql", "application/sparql-update", "CLEAR ALLLOAD <{}>"),
    ("sparql", "application/sparql-update", "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{}> {{ ?s ?p ?o }} }}"),
    (
        "sparql",
        "application/sparql-update",
        "DELETE {{ ?s ?p 1 }} WHERE {{ SERVICESILENT<{}>{{ ?s ?p ?o }} }}",
    ),
    (
        "sparql",
        "application/sparql-update",
        "PREFIX x: <{}> DELETE {{}} WHERE {{ SERVICEx:y {{ ?s ?p ?o }} }}",
    ),
    ("sparql", FORM, "update=LOAD+<{}>"),
    ("sparql?using-graph-uri=a:g", "application/sparql-update", "LOAD <{}>"),
    ("graphs?graph=a:g", "application/ld+json", '{{"@context": "{}", "@id": "a:s", "x": "y"}}'),
    ("graphs?graph=a:g", "application/rdf+xml", '<!DOCTYPE x [<!ENTITY y SYSTEM "{}">]><x>&y;</x>'),
    ("graphs?graph=a:g", "application/rdf+xml", '<!DOCTYPE x SYSTEM "{}"><x/>'),
]


@pytest.mark.parametrize(("path", "media_type", "text"), FETCHING, ids=range(len(FETCHING)))
def test_nothing_that_is_written_makes_the_service_ask_another(
    path: str, media_type: str, text: str, server: Server, listener: socket.socket
) -> None:
    body = text.format(f"http://127.0.0.1:{listener.getsockname()[1]}/x").encode()
    answer = server.ask("POST", f"/{path}", body=body, headers={"content-type": media_type})
    assert answer.status == 400, answer
    assert rule(answer.body) in ("update-load", "query-service", "bad-query", "bad-rdf")
    with pytest.raises(TimeoutError):
        listener.accept()


def test_the_listener_of_that_test_sees_who_asks(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()):
        listener.accept()[0].close()
