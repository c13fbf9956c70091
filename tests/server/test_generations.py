"""Who reads while a store is loaded sees it as it was before or as it is after, and never between."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlencode

import pytest

from kg.loading import ontology_quads
from kg.paths import dossiers_folder
from kg.server.plain import make_plain
from tests.server.door import Server, serving
from tests.tiny import build_store, tiny_quads

DOSSIERS = dossiers_folder()
TOKEN = "let-me-write"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
#: One answer tells of the merge, of the record and of the graphs: they must be of one generation.
STATE = """SELECT ?merged ?recorded ?graphs {
  { SELECT (COUNT(*) AS ?merged) { ?s ?p ?o } }
  { SELECT (COUNT(*) AS ?recorded) { GRAPH graph:record { ?s ?p ?o } } }
  { SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } } }
}"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store.kg"
    build_store(folder, [*ontology_quads(), *tiny_quads()])
    return folder


@pytest.fixture
def server(tmp_path: Path, store: Path) -> Iterator[Server]:
    with serving(
        tmp_path, "--store", str(store), "--workers", "2", "--remember", "0", "--time-limit", "90"
    ) as server:
        yield server


def state(server: Server, **words: str) -> tuple[str, ...]:
    got = server.query(STATE, **words)
    assert got.status == 200, got.text
    (row,) = got.rows
    return row["merged"], row["recorded"], row["graphs"]


def kg(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "kg.commands.main", *words], check=True, capture_output=True)


def test_a_load_is_seen_whole_or_not_at_all(server: Server, store: Path) -> None:
    before, before_as_of = state(server), state(server, as_of="2025-12-31")
    seen: set[tuple[str, ...]] = set()
    seen_as_of: set[tuple[str, ...]] = set()
    done = threading.Event()
    faults: list[Exception] = []

    def read(number: int) -> None:
        try:
            while not done.is_set():
                if number % 2:
                    seen.add(state(server))
                else:
                    seen_as_of.add(state(server, as_of="2025-12-31"))
                time.sleep(0.05)  # the load wants its share of the machine
        except Exception as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(2)]
    for reader in readers:
        reader.start()
    kg("load", str(DOSSIERS), "--store", str(store))
    after = state(server)  # whoever asks when a load is done sees what it brought
    time.sleep(0.5)
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert before != after
    assert seen == {before, after}
    after_as_of = state(server, as_of="2025-12-31")
    assert seen_as_of == {before_as_of, after_as_of}
    assert "fault=" not in server.logged()


def test_an_answer_under_way_ends_with_what_it_began_with(server: Server, store: Path) -> None:
    # It is large enough to wait for its reader while the store is built anew twice, and its generation swept.
    path = "/sparql?" + urlencode({"query": "SELECT ?s ?p ?o ?x { ?s ?p ?o . ?x a ?y } LIMIT 100000"})
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    first = answer.read(1000)
    before = state(server)
    quads = [*ontology_quads(), *tiny_quads()]
    for number in range(3):
        build_store(store, quads[: -1 - number])
        assert state(server) != before
    rest = answer.read()
    connection.close()
    assert answer.status == 200
    assert (first + rest).endswith(b"]}}")
    generations = {path.name for path in store.glob("gen-*")}
    assert "gen-4" in generations


def test_generations_that_nobody_reads_go(server: Server, store: Path) -> None:
    quads = [*ontology_quads(), *tiny_quads()]
    for number in range(4):
        build_store(store, quads[: -1 - number])
        state(server)
    end = time.monotonic() + 10
    while len(list(store.glob("gen-*"))) > 4:  # of the current, the last, and what a waiting worker has open
        assert time.monotonic() < end
        state(server)
        time.sleep(0.1)


def test_a_store_made_anew_in_its_place_is_read_anew(tmp_path: Path) -> None:
    # Its generations count from one again, and each worker and each way of remembering must notice.
    folder, quads = tmp_path / "store.kg", [*ontology_quads(), *tiny_quads()]
    build_store(folder, quads)
    with serving(tmp_path, "--store", str(folder), "--workers", "2") as server:
        for left in (1, 40):
            before = [server.query(COUNT).rows for _ in range(3)]  # asked, remembered, and the short way
            rmtree(folder)
            assert server.query(COUNT).rows == before[0]  # while there is none, what is open still answers
            build_store(folder, quads[:-left])
            assert (folder / "current").read_text() == "gen-1\n"
            after = [server.query(COUNT).rows for _ in range(3)]
            assert after[0] == after[1] == after[2] != before[0]
            found = {server.query(f"{COUNT} # {number}").text for number in range(8)}  # by whichever worker
            assert len(found) == 1
        assert "fault=" not in server.logged()


def test_a_plain_dataset_made_anew_in_its_place_is_read_anew(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    with serving(tmp_path, "--plain", str(folder), "--writable", "--workers", "1", token=TOKEN) as server:
        made = []
        for thing in ("a", "b"):
            update = f"INSERT DATA {{ <urn:{thing}> <urn:p> 1 }}".encode()
            headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/sparql-update"}
            assert server.ask("/sparql", method="POST", headers=headers, body=update).status == 204
            made.append([server.query("SELECT ?s { ?s ?p ?o }").rows for _ in range(3)])
            rmtree(folder)
            make_plain(folder)
            made.append([server.query("SELECT ?s { ?s ?p ?o }").rows for _ in range(3)])
        assert made == [[[{"s": "urn:a"}]] * 3, [[]] * 3, [[{"s": "urn:b"}]] * 3, [[]] * 3]
