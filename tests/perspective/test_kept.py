"""Large perspectives are kept on disk: the same answers, never stale, bounded in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from pyoxigraph import Literal, Store

from kg.errors import StoreError, UsageError
from kg.graph import KnowledgeGraph, open
from kg.perspective import dataset as datasets
from kg.perspective.over_time import OverTime
from kg.perspective.view import Perspective
from kg.rdf.trig import parse_trig
from kg.store import snapshot as snapshots
from kg.store.answers import Solutions
from kg.store.kept import size_of
from kg.store.slices import pieces
from tests.tiny import HEAD, build_store, tiny_quads

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
MORE = """
GRAPH claim:more { id:more kg:about id:arland }
GRAPH graph:record {
  claim:more a kg:Claim ; kg:claimant id:arland ; kg:statedIn statement:more .
  statement:more a kg:PublicStatement ; kg:statedOn date:2023-05-02 .
}"""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Everything counts as large, and the cache is this test's own."""
    monkeypatch.setattr(datasets, "LARGE", 0)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "perspectives"


def number(view: Perspective, query: str) -> int:
    answer = view.query(query)
    assert isinstance(answer, Solutions)
    (row,) = answer
    count = row["n"]
    assert isinstance(count, Literal)
    return int(count.value)


def arland(graph: KnowledgeGraph) -> Perspective:
    return graph.perspective(according_to="Arland")


def test_it_answers_as_in_memory_does(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    view = arland(graph)
    kept = [number(view, COUNT), number(view, NAMED)]
    assert len(list(small.glob("*/kept.json"))) == 2, "without named graphs, and with them"
    whole = {str(quad) for quad in view.store}
    monkeypatch.setattr(datasets, "LARGE", 1 << 30)
    view = arland(graph)
    assert [number(view, COUNT), number(view, NAMED)] == kept
    assert {str(quad) for quad in view.store} == whole
    assert len(list(small.glob("*/kept.json"))) == 2


def test_it_is_made_once(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_store(tmp_path / "s", tiny_quads())
    expected = number(arland(open(tmp_path / "s")), COUNT)

    def fail(*given: object, **more: object) -> Store:
        raise AssertionError("it was made a second time")

    monkeypatch.setattr("kg.store.kept.build_folder", fail)
    assert number(arland(open(tmp_path / "s")), COUNT) == expected


def test_a_load_is_never_answered_from_before(tmp_path: Path) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    before = arland(graph)
    count = number(before, NAMED)
    more = parse_trig((HEAD + MORE).encode(), name="more.trig")
    after = arland(build_store(tmp_path / "s", [*tiny_quads(), *more]))
    assert number(after, NAMED) == count + 1
    assert number(before, NAMED) == count
    assert number(arland(graph), NAMED) == count, "a graph that is open stays as it was"


def test_what_was_used_longest_ago_makes_room_but_for_what_is_read(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    monkeypatch.setenv("KG_CACHE_BYTES", "1")
    read = arland(graph)
    number(read, COUNT)
    number(graph.perspective(according_to="Borland"), COUNT)  # nobody holds it when the next comes
    number(graph.perspective(as_of="2023-05"), COUNT)
    assert len(list(small.glob("*/kept.json"))) == 2, "the newest, and the one that is read"
    assert number(read, COUNT)


def test_what_a_killed_build_left_makes_room_too(tmp_path: Path, small: Path) -> None:
    left = small / f"{'0' * 64}.tmp"
    (left / "store").mkdir(parents=True)
    (left / "store" / "000001.sst").write_bytes(b"half")
    number(arland(build_store(tmp_path / "s", tiny_quads())), COUNT)
    assert not left.exists()


def test_what_others_wrote_is_read_though_it_cannot_be_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    expected = number(arland(graph), COUNT)

    def refuse(*given: object, **more: object) -> None:
        raise PermissionError("it belongs to another user")

    monkeypatch.setattr("os.utime", refuse)
    monkeypatch.setattr("kg.store.kept.build_folder", refuse)
    assert number(arland(graph), COUNT) == expected


def test_damage_is_made_good(tmp_path: Path, small: Path) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    expected = number(arland(graph), COUNT)
    (mark,) = small.glob("*/kept.json")
    for file in (mark.parent / "store").glob("*.sst"):
        file.write_bytes(b"")
    assert number(arland(graph), COUNT) == expected


def test_a_part_is_never_kept_as_the_whole(tmp_path: Path, small: Path) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    near = arland(graph).near(graph.resolve("Arland"))
    of_part = number(near, COUNT)
    assert of_part == number(near, f"{COUNT} # graph"), "what is near, whether or not it is asked by graph"
    over_time = OverTime(graph.perspective(on="2024")).view([])
    assert number(over_time, COUNT) == number(over_time, f"{COUNT} # graph")
    assert not small.exists(), "a part is not kept"
    assert number(arland(graph), COUNT) > of_part


def test_a_query_that_names_a_graph_in_any_case_finds_it(tmp_path: Path) -> None:
    view = arland(build_store(tmp_path / "s", tiny_quads()))
    assert number(view, COUNT)  # first without
    assert number(view, NAMED.replace("GRAPH", "grAph")) > 3
    assert number(view, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o GRAPH graph:record { ?s a kg:Claim } }") > 3


def test_a_bound_that_is_no_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE_BYTES", "2 GB")
    with pytest.raises(UsageError) as caught:
        number(arland(build_store(tmp_path / "s", tiny_quads())), COUNT)
    assert caught.value.rule == "bad-cache-bytes"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load makes a store of what every perspective holds, as it does of a large one."""
    monkeypatch.setattr(snapshots, "LARGE", 0)


PERSPECTIVES: list[dict[str, Any]] = [
    {"according_to": "Arland"},
    {"according_to": ["Borland", "Herald"], "exactly": True},
    {"undisputed": True},
    {"disputed": True},
    {"on": "2023-06-01"},
    {"according_to": "Arland", "as_of": "2023-05-31"},
    {"according_to": "Arland", "infer": True},
    {"infer": True},
]


def test_it_is_built_onto_what_every_perspective_holds(
    tmp_path: Path, large: None, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same quads and graphs as in memory; the record is not read again where it is as known today."""
    graph = build_store(tmp_path / "s", tiny_quads())
    read: list[tuple[int, int]] = []

    def watched(content: bytes, where: tuple[int, int]) -> Iterator[bytes]:
        read.append(where)
        return pieces(content, where)

    monkeypatch.setattr("kg.perspective.materialise.pieces", watched)
    for asked in PERSPECTIVES:
        view = graph.perspective(**asked)
        kept = view.store
        assert bool(read) == ("as_of" in asked or "infer" in asked), asked
        monkeypatch.setattr(datasets, "LARGE", 1 << 30)
        memory = graph.perspective(**asked).store
        monkeypatch.setattr(datasets, "LARGE", 0)
        assert _named(kept) == _named(memory), asked
        assert set(map(str, kept.named_graphs())) == set(map(str, memory.named_graphs())), asked
        assert len(kept) == len(memory)
        read.clear()


def _named(store: Store) -> set[str]:
    """The quads without a blank node, which has another label in each store."""
    return {str(quad) for quad in store if "_:" not in str(quad)}


def test_what_every_perspective_holds_is_shared_and_not_copied(
    tmp_path: Path, large: None, small: Path
) -> None:
    graph = build_store(tmp_path / "s", tiny_quads())
    assert number(arland(graph), NAMED)
    (kept,) = (file.parent for file in small.glob("*/kept.json"))
    shared = [file for file in (kept / "store").glob("*.sst") if file.stat().st_nlink > 1]
    assert shared
    assert size_of(kept) < sum(file.stat().st_size for file in kept.rglob("*") if file.is_file())
    assert number(arland(graph), COUNT)
    assert len(list(small.glob("*/kept.json"))) == 1, "one store has the default graph and the named ones"


def test_it_is_copied_where_links_are_forbidden(
    tmp_path: Path, large: None, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a store of another user, whose files may be read and not linked to."""

    class Refusing:
        def backup(self, folder: str) -> None:
            (Path(folder)).mkdir()
            raise OSError("operation not permitted")

    graph = build_store(tmp_path / "s", tiny_quads())
    linked = number(arland(graph), NAMED)
    rmtree(small)
    with monkeypatch.context() as patched:
        patched.setattr("kg.store.embedded.open_folder", lambda folder: Refusing())
        copied = number(arland(graph), NAMED)
    assert copied == linked
    (kept,) = (file.parent for file in small.glob("*/kept.json"))
    assert {file.stat().st_nlink for file in (kept / "store").glob("*.sst")} == {1}


def test_damage_to_what_every_perspective_holds_is_seen(tmp_path: Path, large: None) -> None:
    build_store(tmp_path / "s", tiny_quads())
    table = next((tmp_path / "s").glob("gen-*/common/*.sst"))
    table.write_bytes(table.read_bytes()[:-1])
    with pytest.raises(StoreError, match=re.escape(f"common/{table.name}")):
        open(tmp_path / "s")
