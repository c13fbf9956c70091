"""Which store is meant, and the shipped one in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.loading import build
from kg.rdf.trig import parse_trig
from kg.store import connect
from kg.store.connect import MEMORY, SHIPPED, Shipped, open_shipped, store_location
from tests.tiny import HEAD


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shipped:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "a.trig"
    file.write_text(HEAD + "GRAPH graph:reference { id:a a kg:State . }", encoding="utf-8")

    def build_it(folder: Path, key: str) -> None:
        build(folder, parse_trig(file.read_bytes(), name="a.trig"), input=key)

    return Shipped((("a.trig", file),), build_it)


def test_a_location_is_taken_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert store_location(None) == SHIPPED
    (tmp_path / "store.kg").mkdir()
    (tmp_path / "store.kg" / "lock").touch()
    assert store_location(None) == SHIPPED, "a first load that failed leaves no store"
    (tmp_path / "store.kg" / "current").touch()
    assert store_location(None) == "store.kg", "even a damaged one, so that the damage is told"
    monkeypatch.setenv("KG_STORE", "elsewhere")
    assert store_location(None) == "elsewhere"
    assert store_location("given") == "given"
    assert store_location(tmp_path) == str(tmp_path)
    assert store_location(MEMORY) == MEMORY


@pytest.mark.parametrize("address", ["s3://bucket", "http://", "https://:80/sparql", "http://a.example:port"])
def test_an_address_is_that_of_an_endpoint(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        store_location(address)
    assert caught.value.rule == "remote-address"


@pytest.mark.parametrize("address", ["http://a.example/sparql", "HTTPS://a.example"])
def test_an_address_is_a_location(address: str) -> None:
    assert store_location(address) == address


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        store_location("https://me:sesame@a.example/sparql")
    assert caught.value.rule == "remote-address"
    assert "sesame" not in str(caught.value)
    assert "KG_AUTHORIZATION" in caught.value.mend


def test_the_shipped_store_is_built_once(shipped: Shipped) -> None:
    built: list[str] = []
    for _ in range(2):
        snapshot = open_shipped(shipped, announce=lambda: built.append("now"))
        assert snapshot.manifest.input == shipped.key()
    assert built == ["now"]


def test_other_bytes_or_another_version_are_another_store(
    shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_shipped(shipped).generation
    keys = {shipped.key()}
    with monkeypatch.context() as patch:
        patch.setattr(connect, "VERSION", "9.9")
        keys.add(shipped.key())
    ((_, file),) = shipped.files
    file.write_text(HEAD + "GRAPH graph:reference { id:b a kg:State . }", encoding="utf-8")
    keys.add(shipped.key())
    assert len(keys) == 3
    second = open_shipped(shipped)
    assert second.generation.parent != first.parent
    assert b"id/b" in second.lines("https://w3id.org/foedus/graph/reference")


def test_former_stores_go_but_the_last_few_and_those_in_use(shipped: Shipped) -> None:
    ((_, file),) = shipped.files
    used = open_shipped(shipped)
    stores = [used.generation.parent]
    os.utime(stores[0] / "current", (0, 0))
    for n in range(6):
        file.write_text(HEAD + f"GRAPH graph:reference {{ id:b{n} a kg:State . }}", encoding="utf-8")
        stores.append(open_shipped(shipped).generation.parent)
        os.utime(stores[-1] / "current", (n + 1, n + 1))
    left = {folder for folder in stores if any(folder.glob("gen-*"))}
    assert left == {stores[0], *stores[-4:]}
    assert used.open_store() is not None


@pytest.mark.parametrize("name", ["current", "gen-1/manifest.json", "gen-1/quads.nq"])
def test_a_damaged_cache_is_built_again(shipped: Shipped, name: str) -> None:
    folder = open_shipped(shipped).generation.parent
    (folder / name).write_text("rubbish", encoding="utf-8")
    again = open_shipped(shipped)
    assert again.generation.parent == folder
    assert again.open_store() is not None


def test_a_cache_that_cannot_be_written(shipped: Shipped, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(StoreError) as caught:
        open_shipped(shipped)
    assert caught.value.rule == "store-write"


def test_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_CACHE")
    assert connect.cache_folder().name == "foedus"


def test_two_who_come_first_build_once(tmp_path: Path) -> None:
    program = "import kg.graph as g; g.open(':shipped:', announce=lambda: print('built')).find('Russia')"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            env={"KG_CACHE": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(said) == [b"", b"built\n"]
