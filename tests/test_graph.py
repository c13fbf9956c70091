"""The knowledge graph through the door that users take: ``import kg``, a real folder, real files, all checks."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

import kg
from kg import graph as graphs
from kg.errors import DataError, NotFoundError, StoreError, UsageError
from kg.graph import KnowledgeGraph
from kg.loading import RejectedError
from kg.rdf.vocabulary import CLAIM, ID
from kg.store.answers import Solutions
from tests.tiny import HEAD, TINY, local_names, tiny

__all__ = ["tiny"]

COUNT = "SELECT (COUNT(*) AS ?n) { ?deployment kg:sendingState ?state }"


def count(graph: KnowledgeGraph, query: str = COUNT) -> int:
    rows = graph.query(query)
    assert isinstance(rows, Solutions)
    return int(next(iter(rows))["n"].value)


def test_a_corroborated_claim_is_counted_once() -> None:
    """The dataset of a plain query is an RDF merge: what two claims say stands in it once."""
    with kg.open(":memory:") as graph:
        graph.load(TINY)
        assert count(graph, "SELECT (COUNT(*) AS ?n) { GRAPH ?claim { ?d kg:sendingState ?s } }") == 2
        assert count(graph) == 1
        assert count(graph, "SELECT (SUM(?one) AS ?n) { ?d kg:sendingState ?s BIND(1 AS ?one) }") == 1


def test_an_empty_graph_is_filled_and_goes_without_a_trace(tmp_path: Path) -> None:
    graph = kg.open(":memory:")
    folder = graph._folder
    assert folder is not None
    assert graph.claims() == []
    before = graph.perspective()
    loaded = graph.load(TINY)
    assert (loaded.files, loaded.claims) == (2, 9)
    assert len(graph.claims()) == 7
    assert before.claims() == [], "a perspective stays what it was when it was taken"
    graph.close()
    del graph, before
    gc.collect()
    assert not folder.exists()


def test_a_perspective_outlives_its_graph() -> None:
    graph = kg.open(":memory:")
    graph.load(TINY)
    view = graph.perspective(according_to="Arland", as_of="2023-07-01")
    del graph
    gc.collect()
    assert local_names(c.iri for c in view.claims(about="Borland")) == {"pact-1", "herald-1"}


MORE = """
GRAPH claim:more { id:pact-2020 kg:hasParty id:borland . }
GRAPH graph:record {
  claim:more a kg:Claim ; rdfs:label "Borland is a party to the pact"@en , "La Borlande est partie au pacte"@fr ;
    kg:claimant id:borland-staff ; kg:onBehalfOf id:borland ; kg:statedIn statement:borland-2023-05 ;
    kg:epistemicStatus code:true-certain ; kg:supportedBy evidence:herald-p1 .
}
"""


def test_a_folder_is_loaded_and_opened_again(tmp_path: Path) -> None:
    more = tmp_path / "more.trig"
    more.write_text(HEAD + MORE, encoding="utf-8")
    graphs.load([TINY], location=tmp_path / "s")
    with kg.open(tmp_path / "s") as graph:
        assert graph.load(TINY).claims == 9, "the same again changes nothing"
        assert graph.load(more).claims == 10, "what is there already may be referred to"
        assert count(graph) == 1
        assert len(graph.claims()) == 8
    with kg.open(tmp_path / "s") as graph:
        assert len(graph.claims(about="Pact of 2020")) == 4


def test_days_are_given_as_text_or_as_dates(tiny: KnowledgeGraph) -> None:
    by_text = tiny.perspective(as_of="2023-05", on="2023")
    assert by_text.definition.as_of == date(2023, 5, 31)
    assert by_text.definition.on == date(2023, 12, 31)
    assert tiny.perspective(as_of=date(2023, 5, 31)).claims() == tiny.perspective(as_of="2023-05").claims()
    for asked in ({"as_of": "yesterday"}, {"on": "2023-02-30"}):
        with pytest.raises(UsageError) as caught:
            tiny.perspective(**asked)  # type: ignore[arg-type]  # days
        assert caught.value.rule == "bad-date"


def test_parties_are_given_by_name_curie_or_iri(tiny: KnowledgeGraph) -> None:
    views = [
        tiny.perspective(according_to=name) for name in ("Arland", "Arlande", "id:arland", ID + "arland")
    ]
    assert {view.definition.according_to for view in views} == {(ID + "arland",)}
    with pytest.raises(NotFoundError) as caught:
        tiny.perspective(according_to="Arlnd")
    assert caught.value.rule == "unknown-name"
    assert "Arland" in caught.value.mend


def test_a_perspective_cannot_be_two_things(tiny: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as caught:
        tiny.perspective(undisputed=True, disputed=True)
    assert caught.value.rule == "opposite-options"


def test_find_and_show(tiny: KnowledgeGraph) -> None:
    assert tiny.find("Нан Восс")[0].iri == ID + "nan-voss"
    sheet = tiny.show("Nan Voss")
    assert (sheet.iri, sheet.label) == (ID + "nan-voss", "Nan Voss")
    assert [name.text for name in sheet.names if name.kind == "alias"] == ["Нан Восс"]
    (fact,) = sheet.facts
    assert fact.inverse
    assert local_names(c.iri for c in fact.claims) == {"voss-1"}
    assert local_names(c.iri for c in sheet.claims) == {"voss-1"}
    earlier = tiny.show("Nan Voss", view=tiny.perspective(as_of="2023-05"))
    assert local_names(c.iri for c in earlier.claims) == {"voss-1", "herald-2"}


BAD_LOADS = [
    ("bad-trig", "GRAPH claim:x { id:a zz:b id:c . }"),
    ("bad-date", "GRAPH graph:record { statement:x a kg:PublicStatement ; kg:statedOn date:2025-02-30 . }"),
    ("graph-without-claim", "GRAPH claim:x { id:a kg:about id:b . }"),
    ("bad-graph", "id:a a kg:State ."),
]


@pytest.mark.parametrize(("rule", "text"), BAD_LOADS)
def test_a_bad_load_says_where_and_changes_nothing(tmp_path: Path, rule: str, text: str) -> None:
    file = tmp_path / "more.trig"
    file.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    graphs.load([TINY], location=tmp_path / "s")
    before = (tmp_path / "s/current").read_text("utf-8")
    with kg.open(tmp_path / "s") as graph, pytest.raises(DataError) as caught:
        graph.load([file])
    assert isinstance(caught.value, RejectedError)
    (finding,) = [finding for finding in caught.value.findings if finding.rule == rule]
    assert finding.position
    assert finding.position.file == caught.value.position.file == str(file)  # type: ignore[union-attr]  # it has one
    assert finding.position.line == HEAD.count("\n") + 1
    assert caught.value.exit_code == 3
    assert (tmp_path / "s/current").read_text("utf-8") == before
    assert count(kg.open(tmp_path / "s")) == 1


def test_all_dossiers_of_a_load_or_none(tmp_path: Path) -> None:
    file = tmp_path / "bad.trig"
    file.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(DataError):
        graphs.load([TINY, file], location=tmp_path / "s")
    with pytest.raises(StoreError) as caught:
        kg.open(tmp_path / "s")
    assert caught.value.rule == "no-such-store"


def test_another_claim_under_the_same_iri_is_refused(tmp_path: Path) -> None:
    graphs.load([TINY], location=tmp_path / "s")
    file = tmp_path / "claims.trig"
    text = (TINY / "claims.trig").read_text("utf-8")
    file.write_text(
        text.replace("kg:hostState id:borland ; kg:underTreaty", "kg:hostState id:arland ; kg:underTreaty"),
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        graphs.load([file], location=tmp_path / "s")
    assert caught.value.rule == "duplicate-claim"
    assert "claim:borland-brief-1" in caught.value.what
    assert str(caught.value).startswith(str(file))


def test_the_shipped_store_is_not_written() -> None:
    with kg.open(":shipped:") as graph, pytest.raises(UsageError) as caught:
        graph.load(TINY)
    assert caught.value.rule == "shipped-store"


def test_the_shipped_dossier_opens_and_answers() -> None:
    with kg.open(":shipped:") as graph:
        claims = graph.claims()
        assert len(claims) >= 100
        assert all(claim.evidence and claim.stated_on and claim.text for claim in claims)
        dated = {c.iri for c in claims if (day := c.statement.published_on or c.stated_on) and day.not_after}
        assert dated == {c.iri for c in graph.perspective(as_of="2100").claims()}, "by then it is public"


def test_an_address_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as asked:
        kg.open("ftp://a.example/sparql")
    assert asked.value.rule == "remote-address"
    with pytest.raises(StoreError) as missing:
        kg.open(tmp_path / "nowhere")
    assert missing.value.rule == "no-such-store"
    assert missing.value.exit_code == 4
    assert not (tmp_path / "nowhere").exists(), "a look does not make a folder"


def test_importing_the_package_loads_nothing() -> None:
    program = (
        "import sys, kg; print(sorted(m for m in sys.modules if m.split('.')[0] in {'pyoxigraph', 'click'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_face_of_the_package() -> None:
    assert kg.__version__ == metadata.version("foedus")
    assert kg.KnowledgeGraph is KnowledgeGraph
    assert callable(kg.timeline.timeline)
    with pytest.raises(AttributeError, match="no_such_room"):
        _ = kg.no_such_room


def test_claims_have_an_order(tiny: KnowledgeGraph) -> None:
    claims = tiny.claims()
    assert [c.iri for c in claims] == [c.iri for c in tiny.perspective().claims()]
    assert claims[0].iri == CLAIM + "pact-1"
