"""Generations: published whole or not at all, verified when opened, kept as long as somebody reads them."""

from __future__ import annotations

import errno
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.errors import StoreError
from kg.loading import admit, build
from kg.rdf.trig import Quad, parse_trig
from kg.rdf.vocabulary import CLAIM
from kg.store.lock import remove_unread, writing
from kg.store.slices import write
from kg.store.snapshot import Content, Snapshot, all_quads, current, open_snapshot, publish
from tests.tiny import HEAD

CLAIM_TEXT = (
    "GRAPH graph:record {{ claim:c{n} a kg:Claim ; kg:claimant id:a ; kg:statedIn statement:s . }}"
    " GRAPH claim:c{n} {{ id:x{n} kg:about id:y . }}"
)


def quads(*numbers: int) -> list[Quad]:
    text = HEAD + "GRAPH graph:record { statement:s a kg:PublicStatement ; kg:statedOn date:2025 . }"
    return parse_trig((text + "".join(CLAIM_TEXT.format(n=n) for n in numbers)).encode(), name="a.trig")


def put(folder: Path, *numbers: int) -> None:
    with writing(folder):
        build(folder, quads(*numbers))


def claims(snapshot: Snapshot) -> set[str]:
    """The claims that the store, and again those that the text log has."""
    in_store = {graph.value for graph in snapshot.open_store().named_graphs()}
    in_text = {
        quad.graph_name.value for quad in all_quads(snapshot) if isinstance(quad.graph_name, NamedNode)
    }
    assert {graph for graph in in_text if graph.startswith(CLAIM)} <= in_store
    return {graph.removeprefix(CLAIM) for graph in in_store if graph.startswith(CLAIM)}


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("gen-*"))


def test_what_is_published_is_read(tmp_path: Path) -> None:
    put(tmp_path / "s", 1, 2)
    assert claims(open_snapshot(tmp_path / "s")) == {"c1", "c2"}
    put(tmp_path / "s", 3)
    assert claims(open_snapshot(tmp_path / "s")) == {"c3"}


def test_the_same_quads_give_the_same_bytes(tmp_path: Path) -> None:
    with writing(tmp_path / "a"), writing(tmp_path / "b"):
        build(tmp_path / "a", quads(1, 2, 3))
        build(tmp_path / "b", reversed(quads(3, 2, 1)))
    for name in ("quads.nq", "ledger.sqlite", "names.index"):
        assert (tmp_path / "a/gen-1" / name).read_bytes() == (tmp_path / "b/gen-1" / name).read_bytes()


def test_lines_are_those_of_the_graph(tmp_path: Path) -> None:
    put(tmp_path / "s", 1, 2)
    snapshot = open_snapshot(tmp_path / "s")
    line = f"<{CLAIM[:-6]}x2> <https://w3id.org/foedus/ontology#about> <{CLAIM[:-6]}y> <{CLAIM}c2> .\n"
    assert snapshot.lines(CLAIM + "c2").decode() == line
    assert snapshot.lines(CLAIM + "c9") == b""


def test_a_failed_build_leaves_what_was_there(tmp_path: Path) -> None:
    put(tmp_path / "s", 1)

    def break_off(store: Store, file: Path) -> None:
        raise OSError("No space left on device")

    with writing(tmp_path / "s"), pytest.raises(StoreError) as caught:
        publish(tmp_path / "s", Content(write(quads(2)), ""), admit=admit, write_index=break_off)
    assert caught.value.rule == "store-write"
    assert "No space left" in caught.value.what
    assert claims(open_snapshot(tmp_path / "s")) == {"c1"}
    put(tmp_path / "s", 3)
    assert claims(open_snapshot(tmp_path / "s")) == {"c3"}
    assert generations(tmp_path / "s") == ["gen-1", "gen-2"]


BUILDER = """
import sys, time
from pathlib import Path
from kg.store.lock import writing
from kg.loading import admit
from kg.store.snapshot import publish, Content
from kg.store import generations, snapshot
from kg.store.slices import write
from tests.store.test_snapshot import quads
folder, step = Path(sys.argv[1]), sys.argv[2]
def stop(*anything, **more):
    print("here", flush=True)
    time.sleep(60)
if step == "index":
    index = stop
else:
    index = lambda store, file: file.write_text("{}")
    setattr(generations if step.startswith("_") else snapshot, step, stop)
with writing(folder):
    publish(folder, Content(write(quads(2)), ""), admit=admit, write_index=index)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("step", ["build_folder", "index", "_sync", "_sync_folder", "_sync_file"])
def test_a_killed_build_leaves_what_was_there(tmp_path: Path, step: str) -> None:
    put(tmp_path / "s", 1)
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path / "s"), step],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout
    with process.stdout:
        assert process.stdout.readline() == b"here\n"
        with pytest.raises(StoreError) as caught, writing(tmp_path / "s"):
            pass
        assert caught.value.rule == "store-locked"
        assert claims(open_snapshot(tmp_path / "s")) == {"c1"}, "a reader waits for no writer"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert claims(open_snapshot(tmp_path / "s")) == {"c1"}
    put(tmp_path / "s", 3)
    assert claims(open_snapshot(tmp_path / "s")) == {"c3"}
    assert not list((tmp_path / "s").glob("*.tmp"))


def test_one_writer_at_a_time_even_in_one_process(tmp_path: Path) -> None:
    with writing(tmp_path / "s"):
        with pytest.raises(StoreError) as caught, writing(tmp_path / "s"):
            pass
        assert caught.value.rule == "store-locked"
        assert caught.value.exit_code == 4
    put(tmp_path / "s", 1)


def test_who_may_wait_waits(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with writing(tmp_path / "s", may_wait=True):
            order.append("second")

    with writing(tmp_path / "s"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_readers_always_see_a_whole_generation(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    put(folder, 0, 1)
    done = threading.Event()
    seen: set[frozenset[str]] = set()
    faults: list[BaseException] = []

    def read() -> None:
        while not done.is_set():
            try:
                seen.add(frozenset(claims(open_snapshot(folder))))
            except BaseException as fault:
                faults.append(fault)

    thread = threading.Thread(target=read)
    thread.start()
    written = {frozenset({"c0", "c1"})}
    for n in range(2, 10):
        put(folder, n, n + 1)
        written.add(frozenset({f"c{n}", f"c{n + 1}"}))
    done.set()
    thread.join()
    assert not faults
    assert seen <= written
    assert len(seen) > 1


def test_a_reader_keeps_its_generation_and_the_rest_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    put(folder, 1)
    old = open_snapshot(folder)  # it opens its files only when they are asked for
    for n in (2, 3, 4):
        put(folder, n)
    assert claims(old) == {"c1"}
    assert old.lines(CLAIM + "c1")
    assert generations(folder) == ["gen-1", "gen-3", "gen-4"]
    del old
    gc.collect()
    put(folder, 5)
    assert generations(folder) == ["gen-4", "gen-5"]


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch])
def test_no_store_is_not_a_damaged_one(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "s")
    with pytest.raises(StoreError) as caught:
        open_snapshot(tmp_path / "s")
    assert caught.value.rule == "no-such-store"
    assert current(tmp_path / "s") is None


@pytest.mark.parametrize("code", [errno.EMFILE, errno.EACCES])
def test_a_generation_that_cannot_be_asked_about_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (tmp_path / "gen-1").mkdir()
    (tmp_path / "gen-1" / "mark").touch()

    def refuse(path: str | Path, *flags: int, dir_fd: int | None = None) -> int:
        if Path(path).name == "mark":
            raise OSError(code, os.strerror(code))
        return really_open(path, *flags, dir_fd=dir_fd)

    really_open = os.open

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        remove_unread(tmp_path / "gen-1", mark="mark")
    assert (tmp_path / "gen-1" / "mark").exists()
    remove_unread(tmp_path / "gen-1", mark="mark")
    assert not (tmp_path / "gen-1").exists()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs rights that can be taken away"
)
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught, writing(tmp_path / "s"):
            pass
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.rule == "store-write"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "s").touch()
    with pytest.raises(StoreError) as caught, writing(tmp_path / "s"):
        pass
    assert caught.value.rule == "store-write"
