"""Loading into an endpoint: checked here, seen when it breaks off, finished by repeating it; and what others wrote."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg as foedus
from kg.rdf.trig import write_trig
from kg.rdf.vocabulary import CLAIM, ID, STANCE
from kg.store.remote import Remote
from tests.commands.door import Done, kg, kg_process
from tests.remote import servers
from tests.tiny import TINY, tiny_quads

SHOWN = ("query", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "json")
FORGET = "DELETE WHERE { GRAPH graph:reference { ?s skos:altLabel ?o } }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture
def address(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty engine, and a cache that knows nothing of it."""
    servers.update(engine, "DROP ALL")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny dossier in a folder."""
    store = str(tmp_path_factory.mktemp("folder") / "store.kg")
    assert kg("load", str(TINY), "--store", store).code == 0
    return store


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny dossier but for one claim, which takes the place of another: a part of the merge must go."""
    gone = {CLAIM + "borland-count-2", STANCE + "arland-disputes-count", ID + "brigade-count-2"}
    file = tmp_path_factory.mktemp("part") / "part.trig"
    left = (q for q in tiny_quads() if gone.isdisjoint({str(q.graph_name)[1:-1], str(q.subject)[1:-1]}))
    file.write_text(write_trig(left), encoding="utf-8")
    return str(file)


def load(address: str, *paths: str) -> Done:
    return kg("load", *(paths or (str(TINY),)), "--store", address, "--format", "json")


def same(address: str, folder: str) -> None:
    """Everything that is stored, and a plain query, are as in a folder."""
    theirs, ours = foedus.open(address), foedus.open(folder)
    assert theirs.text() == ours.text()
    assert kg(*SHOWN, "--store", address).out == kg(*SHOWN, "--store", folder).out
    assert servers.rows(address, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [
        {
            "n": str(
                sum(1 for _ in ours.perspective().store.quads_for_pattern(None, None, None, None))
                - named(ours)
            )
        }
    ], "whoever asks the engine itself sees the default perspective"


def named(graph: foedus.KnowledgeGraph) -> int:
    return sum(1 for _ in graph.perspective().quads())


def test_a_dossier_comes_beside_graphs_of_others_and_a_second_beside_it(
    address: str, folder: str, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.update(address, "INSERT DATA { GRAPH <http://a.example/g> { <http://a.example/1> a 3 } }")
    assert load(address, part).code == 0
    assert load(address).code == 0
    same(address, folder)
    assert {"g": "http://a.example/g"} in servers.rows(address, GRAPHS)

    def refuse(self: Remote, text: str) -> None:
        raise AssertionError("it was written to")

    with monkeypatch.context() as patch:
        patch.setattr(Remote, "update", refuse)
        assert load(address).code == 0, "what has not changed is not written again"

    monkeypatch.setenv("KG_CACHE", str(tmp_path / "other cache"))
    monkeypatch.setenv("KG_MIRROR_QUADS", "10")
    done = kg("list", "claims", "--store", address)
    assert (done.code, done.err[-20:]) == (4, " [remote-too-large]\n"), done.err
    assert kg(*SHOWN, "--store", address).out == kg(*SHOWN, "--store", folder).out, "a query needs no copy"
    monkeypatch.setenv("KG_MIRROR_QUADS", "many")
    assert kg("list", "claims", "--store", address).err.endswith(" [bad-mirror-quads]\n")

    monkeypatch.delenv("KG_MIRROR_QUADS")
    servers.update(address, "DROP GRAPH graph:load ; " + FORGET)
    assert foedus.open(address).text() != foedus.open(folder).text(), "it was changed behind our back"


def test_a_process_that_is_killed_leaves_what_can_be_repeated(address: str, folder: str, part: str) -> None:
    code = (
        "import os, sys\n"
        "from kg.store.remote import Remote\n"
        "send = Remote.update\n"
        "def update(self, text):\n"
        "    send(self, text)\n"
        "    if text.startswith('INSERT DATA'): os._exit(9)\n"
        "Remote.update = update\n"
        "import kg.graph\n"
        "kg.graph.load([sys.argv[1]], location=sys.argv[2])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(TINY), address], check=False, timeout=60)
    assert done.returncode == 9
    for verb in (("find", "Vostoria"), SHOWN):
        found = kg(*verb, "--store", address)
        assert (found.code, found.err[-20:]) == (4, "[remote-unfinished]\n"), found.err
    other = load(address, part)
    assert (other.code, other.err[-15:]) == (4, "[remote-write]\n"), "another load may not go on with it"
    assert load(address).code == 0
    same(address, folder)


def test_what_breaks_a_rule_is_not_sent(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.trig"
    bad.write_text("@prefix kg: <https://w3id.org/foedus/ontology#> . kg:a kg:b kg:c .", encoding="utf-8")
    done = load(address, str(bad))
    assert done.code == 3, done.err
    assert not servers.rows(address, GRAPHS)


def test_a_default_graph_of_others_is_left_alone(address: str) -> None:
    servers.update(address, "INSERT DATA { <http://a.example/1> <http://a.example/2> 3 }")
    done = load(address)
    assert (done.code, done.err[-15:]) == (4, "[remote-write]\n"), done.err
    assert servers.rows(address, "SELECT * { ?s ?p ?o }") == [
        {"s": "http://a.example/1", "p": "http://a.example/2", "o": "3"}
    ]
    assert not servers.rows(address, GRAPHS), "not even a marker stays"


def test_a_store_that_others_filled_is_read_and_its_changes_are_seen(address: str, folder: str) -> None:
    trig = write_trig(tiny_quads())
    servers.put(address, trig)
    assert kg(*SHOWN, "--store", address).out == kg(*SHOWN, "--store", folder).out
    assert foedus.open(address).text() == foedus.open(folder).text()
    servers.update(address, FORGET)
    assert foedus.open(address).text() != foedus.open(folder).text()


def test_of_two_loads_at_once_one_gives_way(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    servers.update(address, 'INSERT DATA { GRAPH graph:load { graph:load dcterms:requires "another" } }')
    done = load(address)
    assert (done.code, done.err[-15:]) == (4, "[remote-write]\n"), done.err


def test_a_server_that_only_reads_says_so(address: str, tmp_path: Path) -> None:
    with servers.foedus(Path(_store(tmp_path))) as read_only:
        done = load(read_only, str(TINY))
    assert (done.code, done.err[-17:]) == (4, "[remote-refused]\n"), done.err
    assert "read-only" in done.err


def test_our_own_service_takes_a_load(tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    with servers.foedus(Path(_store(tmp_path)), "--writable") as address:
        done = load(address)
        assert "KG_AUTHORIZATION" in done.err, done.err
        monkeypatch.setenv("KG_AUTHORIZATION", servers.AUTHORIZATION)
        done = load(address)
        assert done.code == 0, done.err
        assert foedus.open(address).text() == foedus.open(folder).text()


def test_python_opens_loads_and_reads(address: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with foedus.open(address) as graph:
        assert graph.load(TINY).claims == 9
        assert graph.text() == foedus.open(folder).text()
    monkeypatch.setenv("KG_STORE", address)
    assert foedus.open().identifier == foedus.open(folder).identifier
    assert kg_process("find", "a", env={"KG_STORE": address}).code in (0, 1)


def _store(folder: Path) -> str:
    """A store with nothing but what every store has."""
    from kg.loading import make_empty

    make_empty(folder / "empty.kg")
    return str(folder / "empty.kg")


def test_copies_that_were_not_used_for_longest_go_when_there_is_no_room(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(address).code == 0
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "small cache"))
    monkeypatch.setenv("KG_CACHE_BYTES", "1000")
    other = address.replace("127.0.0.1", "localhost")
    for store in (address, other):
        assert kg("list", "claims", "--store", store).code == 0
    folders = sorted((tmp_path / "small cache" / "mirrors").iterdir())
    assert sorted((folder / "current").exists() for folder in folders) == [False, True]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
