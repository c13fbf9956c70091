"""What is asked of a perspective: claims, facts, names, queries."""

from __future__ import annotations

import pytest
import rdflib

from kg.errors import NotFoundError, UsageError
from kg.graph import KnowledgeGraph
from kg.rdf.trig import write_nquads
from kg.rdf.vocabulary import CLAIM, CODE, ID, KG, PREFIXES
from kg.store.answers import Solutions
from tests.tiny import local_names, tiny

__all__ = ["tiny"]


def ask(graph: KnowledgeGraph, query: str, **asked: str) -> list[str]:
    rows = graph.perspective(**asked).query(query)  # type: ignore[arg-type]  # parties and days
    assert isinstance(rows, Solutions)
    return [term.value for row in rows for term in row if term is not None and not hasattr(term, "subject")]


COUNT = "SELECT (COUNT(*) AS ?n) { ?deployment kg:sendingState ?state }"


def test_a_corroborated_fact_counts_once_in_every_perspective(tiny: KnowledgeGraph) -> None:
    claims = "SELECT ?claim { GRAPH ?claim { ?d kg:sendingState ?s } } ORDER BY ?claim"
    assert ask(tiny, claims) == [CLAIM + "borland-brief-1", CLAIM + "herald-1"]
    assert ask(tiny, COUNT) == ["1"]
    assert ask(tiny, COUNT, as_of="2023-06") == ["1"]
    assert ask(tiny, COUNT, as_of="2023-04") == ["0"]


def test_the_same_query_runs_unchanged_under_any_perspective(tiny: KnowledgeGraph) -> None:
    query = "SELECT ?claim { GRAPH ?claim { id:brigade-deployment a kg:Deployment } } ORDER BY ?claim"
    assert local_names(ask(tiny, query, according_to="Arland")) == {"herald-1"}
    assert local_names(ask(tiny, query, according_to="Borland")) == {"borland-brief-1"}
    assert ask(tiny, query, according_to="Nan Voss") == []


def test_a_query_sees_terms_and_the_record(tiny: KnowledgeGraph) -> None:
    events = "SELECT DISTINCT ?e { ?e a/rdfs:subClassOf* kg:Event ; a kg:Deployment }"
    assert ask(tiny, events) == [ID + "brigade-deployment"]
    by = "SELECT ?who { claim:herald-2 kg:claimant ?who }"
    assert ask(tiny, by) == [ID + "herald"], "that a retracted claim was made stays on record"


def test_from_is_refused_under_a_party(tiny: KnowledgeGraph) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM claim:herald-1 FROM claim:borland-brief-1 { ?d kg:sendingState ?s }"
    assert ask(tiny, query) == ["1"]
    with pytest.raises(UsageError) as caught:
        ask(tiny, query, according_to="Arland")
    assert caught.value.rule == "query-from"


def test_claims_about_a_thing(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    assert local_names(c.iri for c in view.claims(about="deployment of the Arland brigade")) == {
        "herald-1",
        "borland-brief-1",
        "borland-count-2",
        "chorus-1",
    }
    assert local_names(c.iri for c in view.claims(about="id:issue-brigade")) == {
        "herald-1",
        "borland-brief-1",
    }
    with pytest.raises(NotFoundError):
        view.claims(about="Atlantis")


def test_claims_by_a_party_and_by_stance(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    assert local_names(c.iri for c in view.claims(by="Borland")) == {"borland-brief-1", "borland-count-2"}
    assert local_names(c.iri for c in view.claims(by="Arland")) == {"pact-1"}
    assert local_names(c.iri for c in view.claims(by="Arland", stance="confirms")) == {"herald-1"}
    assert local_names(c.iri for c in view.claims(by="Arland", stance="denies")) == {"herald-1"}
    assert local_names(c.iri for c in view.claims(stance="disputes")) == {"borland-count-2"}
    assert view.claims(stance="retracts") == []


def test_one_claim_even_if_only_on_record(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    assert view.claim("claim:herald-2").text == "Nan Voss decided to send it"
    assert not view.admits(CLAIM + "herald-2")
    assert view.admits(CLAIM + "chorus-1"), "what says nothing that terms can hold is held too"
    with pytest.raises(NotFoundError) as caught:
        tiny.perspective(as_of="2023-05").claim(CLAIM + "voss-2")
    assert caught.value.rule == "unknown-claim"


def test_facts_have_their_claims_in_both_directions(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    facts = {(f.property, f.value, f.inverse): f for f in view.statements("id:brigade-deployment")}
    sending = facts[KG + "sendingState", ID + "arland", False]
    assert (sending.property_label, sending.label) == ("sending state", "Arland")
    assert [c.iri for c in sending.claims] == [CLAIM + "herald-1", CLAIM + "borland-brief-1"]
    of_arland = {(f.property, f.value, f.inverse): f for f in view.statements("Arland")}
    assert local_names(
        c.iri for c in of_arland[KG + "sendingState", ID + "brigade-deployment", True].claims
    ) == {
        "herald-1",
        "borland-brief-1",
    }
    assert of_arland[KG + "iso3", "ARL", False].is_literal
    assert of_arland[KG + "subordinateTo", ID + "arland-mfa", True].claims == ()
    assert not [f for f in of_arland.values() if f.property.endswith(("#label", "#type"))]


def test_names_and_types(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    assert [(n.text, n.lang, n.kind) for n in view.names(ID + "nan-voss")] == [
        ("Nan Voss", "en", "label"),
        ("Nan Voss", "fr", "label"),
        ("Нан Восс", "ru", "alias"),
    ]
    assert view.types(ID + "arland") == (KG + "State",)
    assert view.label(ID + "arland", "fr") == "Arlande"
    assert view.label(CODE + "denies") == "denies"


def test_the_language_of_a_graph_is_that_of_its_answers(tiny: KnowledgeGraph) -> None:
    from kg import graph as graphs

    with graphs.open(tiny._folder, lang="fr") as graph:
        assert graph.perspective().claims(about="id:pact-2020")[0].claimant.label == "Arlande"


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib of itself
@pytest.mark.parametrize("asked", [{}, {"according_to": "Arland"}])
def test_a_copy_for_rdflib_has_the_same_graphs(tiny: KnowledgeGraph, asked: dict[str, str]) -> None:
    view = tiny.perspective(**asked)  # type: ignore[arg-type]  # parties
    dataset = view.to_rdflib()
    named = [g for g in dataset.graphs() if g.identifier != dataset.default_graph.identifier]
    assert {str(g.identifier) for g in named} == {g.value for g in view.store.named_graphs()}
    assert len(dataset.default_graph) == sum(1 for quad in view.store) - sum(map(len, named))
    assert sum(map(len, named)) == len(list(view.quads()))
    (row,) = dataset.query(f"PREFIX kg: <{KG}> {COUNT}")
    assert int(row[0]) == 1  # type: ignore[index,arg-type]  # a row of a SELECT
    assert rdflib.URIRef(PREFIXES["kg"]) in {iri for _, iri in dataset.namespaces()}


def test_the_quads_of_a_perspective_are_always_the_same(tiny: KnowledgeGraph) -> None:
    once, again = (write_nquads(tiny.perspective(according_to="Arland").quads()) for _ in range(2))
    assert once == again
    assert once.count("\n") > 100
