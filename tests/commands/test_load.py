"""``kg load``: what is loaded answers, what breaks a rule is refused whole; see tests/test_errors.py for the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checks.conftest import GOOD
from tests.commands.door import kg


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_loaded_is_asked_of_by_default(here: Path) -> None:
    done = kg("load", str(GOOD))
    assert (done.code, done.err) == (0, "")
    assert (here / "store.kg").is_dir()
    assert "id:norland" in kg("find", "Norland").out
    assert kg("find", "Norland", "--store", ":shipped:").code == 1


def test_the_counts_are_those_of_the_store() -> None:
    counts = kg("load", str(GOOD), "--format", "json").object
    rows = kg("query", "-e", "SELECT ?c { ?c a kg:Claim }", "--format", "json").object
    assert counts["claims"] == len(json.loads(json.dumps(rows))["results"]["bindings"])
    assert (counts["files"], counts["store"]) == (1, "store.kg")


def test_loading_again_changes_nothing() -> None:
    first = kg("load", str(GOOD), "--format", "json").object
    before = kg("export", "--format", "nquads").out
    assert kg("load", str(GOOD), "--format", "json").object == first
    assert kg("export", "--format", "nquads").out == before


def test_a_second_dossier_may_refer_to_the_first(here: Path) -> None:
    text = (
        "PREFIX id: <https://w3id.org/foedus/id/> PREFIX kg: <https://w3id.org/foedus/ontology#>\n"
        "PREFIX graph: <https://w3id.org/foedus/graph/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        'GRAPH graph:reference { id:pier a kg:Place ; rdfs:label "Pier"@en , "Jetée"@fr ;\n'
        "  kg:locatedIn id:port-valis . }\n"
    )
    (here / "more.trig").write_text(text, encoding="utf-8")
    refused = kg("load", "more.trig", "--store", "other.kg")
    assert (refused.code, refused.out) == (3, "")
    assert "more.trig:4:16: error: nothing is known of 'id:port-valis'; " in refused.err
    assert not (here / "other.kg" / "current").exists()
    assert kg("load", str(GOOD)).code == 0
    assert kg("load", "more.trig").code == 0
    assert "id:pier" in kg("find", "Jetée").out


def test_the_faults_of_every_file_are_told(here: Path) -> None:
    for name in ("a.trig", "b.trig"):
        (here / name).write_text("id:a id:b id:c .", encoding="utf-8")
    done = kg("load", "a.trig", "b.trig")
    assert (done.code, done.out) == (3, "")
    assert [line.partition(" ")[0] for line in done.err.splitlines()] == [
        "a.trig:1:1:",
        "b.trig:1:1:",
        "error:",
    ]
    assert not (here / "store.kg").exists()


@pytest.mark.parametrize("name", ["terms.ttl", "terms.TTL"])
def test_turtle_is_refused_and_nothing_is_loaded(here: Path, name: str) -> None:
    (here / name).write_text(
        "<https://w3id.org/foedus/ontology#beam> a <http://www.w3.org/2002/07/owl#Class> .", "utf-8"
    )
    assert kg("load", str(GOOD)).code == 0
    before = kg("export", "--format", "nquads").out
    for words in ((name,), (str(GOOD), name)):
        done = kg("load", *words)
        assert (done.code, done.out) == (3, "")
        assert f"{name}: error: '." in done.err
        assert "write TriG and name the file .trig" in done.err
        assert "[unknown-file-type]" in done.err
    assert kg("export", "--format", "nquads").out == before
    assert kg("load", name, "--store", "other.kg").code == 3
    assert not (here / "other.kg" / "current").exists()


def test_every_count_of_claims_is_of_the_record(here: Path) -> None:
    assert kg("load", str(GOOD)).code == 0
    counted = kg("query", "-e", "SELECT (COUNT(?c) AS ?n) { ?c a kg:Claim }", "--format", "csv").out.split()[
        1
    ]
    assert kg("load", str(GOOD), "--format", "json").object["claims"] == int(counted)
    manifest = json.loads((here / "store.kg" / "gen-1" / "manifest.json").read_text("utf-8"))
    assert manifest["claims"] == int(counted)


def test_kg_store_names_the_store(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "named.kg")
    assert kg("load", str(GOOD)).code == 0
    assert (here / "named.kg").is_dir()
    assert not (here / "store.kg").exists()
