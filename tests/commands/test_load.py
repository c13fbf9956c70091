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


def test_kg_store_names_the_store(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "named.kg")
    assert kg("load", str(GOOD)).code == 0
    assert (here / "named.kg").is_dir()
    assert not (here / "store.kg").exists()
