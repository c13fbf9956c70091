"""A damaged store says so when it is opened, and how to mend it; it never answers as if it were empty."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import graph as graphs
from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.store.snapshot import open_snapshot
from tests.store.test_snapshot import put
from tests.tiny import build_store, tiny_quads


def truncate(pattern: str, size: int = 0) -> Callable[[Path], None]:
    def damage(generation: Path) -> None:
        for file in generation.glob(pattern):
            os.truncate(file, size)

    return damage


def remove(pattern: str) -> Callable[[Path], None]:
    def damage(generation: Path) -> None:
        next(iter(sorted(generation.glob(pattern)))).unlink()

    return damage


def rewrite(name: str, text: str) -> Callable[[Path], None]:
    def damage(generation: Path) -> None:
        (generation / name).write_text(text, encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        truncate("store/MANIFEST-*"),
        truncate("store/*.sst", 10),
        truncate("quads.nq", 100),
        truncate("manifest.json"),
        remove("store/*.sst"),
        remove("store/CURRENT"),
        remove("quads.nq"),
        remove("names.index"),
        rewrite("manifest.json", "{}"),
        rewrite("manifest.json", "[]"),
        rewrite("../current", "gen-1/../.."),
        rewrite("../current", ""),
        rewrite("../current", "gen-7"),
    ],
)
def test_damage_is_seen_when_it_is_opened(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    put(tmp_path / "s", 1)
    damage(tmp_path / "s/gen-1")
    with pytest.raises(StoreError) as caught:
        open_snapshot(tmp_path / "s").open_store()
    assert caught.value.rule == "store-damaged"
    assert str(tmp_path / "s") in caught.value.what
    assert "load" in caught.value.mend


@pytest.mark.parametrize("name", ["manifest.json", "quads.nq", "ledger.sqlite", "names.index"])
def test_what_may_not_be_read_is_not_called_damaged(tmp_path: Path, name: str) -> None:
    build_store(tmp_path / "s", tiny_quads())
    file = tmp_path / "s/gen-1" / name
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("needs rights that can be taken away")
    with pytest.raises(StoreError) as caught:
        graphs.open(tmp_path / "s").perspective(according_to="Arland").claims()
    assert caught.value.rule == "store-read"
    assert "delete" not in caught.value.mend


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Damage that leaves the size as it was."""

    def damage(generation: Path) -> None:
        text = (generation / name).read_text("utf-8")
        assert old in text
        assert len(old) == len(new)
        (generation / name).write_text(text.replace(old, new, 1), "utf-8")

    return damage


def scribble(name: str, offset: int) -> Callable[[Path], None]:
    """Damage to a page of a file that is no text."""

    def damage(generation: Path) -> None:
        content = bytearray((generation / name).read_bytes())
        content[offset : offset + 200] = b"x" * 200
        (generation / name).write_bytes(content)

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        scribble("names.index", 0),
        scribble("names.index", 24),
        scribble("ledger.sqlite", 0),
        scribble("ledger.sqlite", 4096),
        swap("quads.nq", " .\n", " ;\n"),
    ],
)
def test_damage_of_the_same_size_is_met_when_it_is_read(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    put(tmp_path / "s", 1)
    damage(tmp_path / "s/gen-1")
    with pytest.raises(StoreError) as caught:
        _read_all(tmp_path / "s")
    assert caught.value.rule == "store-damaged"
    assert str(tmp_path / "s") in caught.value.what


def _read_all(folder: Path) -> None:
    with graphs.open(folder) as graph:
        graph.find("somebody")
        assert list(graph.quads())
        assert list(graph.perspective(as_of="2026").quads())


def test_what_oxigraph_opens_as_empty_is_damaged_even_if_the_sizes_agree(tmp_path: Path) -> None:
    put(tmp_path / "s", 1)
    generation = tmp_path / "s/gen-1"
    for file in (generation / "store").glob("MANIFEST-*"):
        os.truncate(file, 0)
        head = json.loads((generation / "manifest.json").read_text("utf-8"))
        head["sizes"][f"store/{file.name}"] = 0
        (generation / "manifest.json").write_text(json.dumps(head), encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        open_snapshot(tmp_path / "s").open_store()


def test_another_layout_says_who_wrote_it(tmp_path: Path) -> None:
    put(tmp_path / "s", 1)
    rewrite("manifest.json", '{"format": 99, "foedus": "9.9"}')(tmp_path / "s/gen-1")
    with pytest.raises(StoreError, match=r"written by Foedus 9\.9") as caught:
        open_snapshot(tmp_path / "s")
    assert caught.value.rule == "store-version"


def test_a_spoilt_block_is_damage_wherever_it_is_met(tmp_path: Path) -> None:
    put(tmp_path / "s", *range(40))
    files = sorted((tmp_path / "s/gen-1/store").glob("*.sst"))
    rules: list[str] = []
    for file in files:
        good = file.read_bytes()
        file.write_bytes(bytes(byte ^ 0xFF for byte in good[:400]) + good[400:])  # the size stays
        for ask in (KnowledgeGraph.claims, _everything):
            try:
                with graphs.open(tmp_path / "s") as graph:
                    ask(graph)
            except StoreError as error:
                rules.append(error.rule)
        file.write_bytes(good)
    assert set(rules) == {"store-damaged"}
    assert len(rules) >= 5, "the damage was not met"


def _everything(graph: KnowledgeGraph) -> None:
    for _ in graph.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"):  # type: ignore[union-attr]  # rows
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="there what is open cannot be removed")
def test_what_is_open_answers_on_when_its_folder_goes_and_says_what_it_lacks(tmp_path: Path) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    expected = graph.perspective(according_to="Arland").claims()
    graph = graphs.open(tmp_path / "s")
    view = graph.perspective(according_to="Arland")
    view.claims(limit=1)  # opens what it reads from
    shutil.rmtree(tmp_path / "s")
    assert view.claims() == expected
    with pytest.raises(StoreError) as caught:
        list(graph.quads())
    assert caught.value.rule == "store-damaged"


@pytest.mark.skipif(sys.platform != "linux", reason="reads which files are open where Linux tells")
def test_nothing_stays_open_when_a_graph_has_gone(tmp_path: Path) -> None:
    build_store(tmp_path / "s", tiny_quads())
    gc.disable()  # what only a search for cycles would close counts as open
    try:
        for _ in range(3):
            graphs.open(tmp_path / "s").perspective(according_to="Arland").claims()
        links = [os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()]
    finally:
        gc.enable()
    assert [link for link in links if str(tmp_path) in link] == []
