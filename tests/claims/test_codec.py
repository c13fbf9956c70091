"""Claims as values, read from a real store."""

from __future__ import annotations

from pyoxigraph import Store

from kg.claims.codec import read_claims
from kg.claims.model import Claim, Named
from kg.graph import KnowledgeGraph
from kg.rdf.vocabulary import CLAIM, EVIDENCE, ID, SOURCE, STATEMENT
from tests.tiny import local_names, tiny

__all__ = ["tiny"]


def one(graph: KnowledgeGraph, name: str, lang: str = "en") -> Claim:
    (claim,) = read_claims(graph.perspective().store, claims=[CLAIM + name], lang=lang)
    return claim


def test_a_claim_has_its_whole_record(tiny: KnowledgeGraph) -> None:
    claim = one(tiny, "herald-1")
    assert claim.text == "an Arland brigade is in Borland"
    assert claim.claimant == claim.on_behalf_of == Named(ID + "herald", "The Herald")
    assert claim.epistemic_status == "true-certain"
    assert claim.stated_on
    assert claim.stated_on.lexical == "2023-05-01"
    assert claim.issues == (Named(ID + "issue-brigade", "is there an Arland brigade in Borland?"),)
    assert [e.iri.removeprefix(EVIDENCE) for e in claim.evidence] == ["herald-p1", "herald-p2"]
    first = claim.evidence[0]
    assert (first.paragraph, first.start, first.end) == (1, 0, 80)
    assert first.url == "https://herald.example/2023-07-02"
    assert claim.source == Named(SOURCE + "herald-2023-07-02", "The Herald, 2 July 2023")


def test_stances_stand_in_order_of_public_date(tiny: KnowledgeGraph) -> None:
    claim = one(tiny, "herald-1")
    assert [(s.type, s.stance_of.label) for s in claim.stances] == [
        ("asserts", "The Herald"),
        ("denies", "Nan Voss"),
        ("confirms", "Defence Ministry of Arland"),
    ]
    confirming = claim.stances[-1]
    assert confirming.public_on
    assert confirming.public_on.lexical == "2023-07-01"
    assert confirming.statement.stated_on
    assert confirming.statement.stated_on.lexical == "2023-06-30"
    assert [s.type for s in claim.taken_by("denies", "asserts")] == ["denies"]
    assert all(s.claim == claim.iri and s.evidence for s in claim.stances)


def test_a_statement_knows_who_relayed_it(tiny: KnowledgeGraph) -> None:
    (denial,) = one(tiny, "herald-1").taken_by("denies")
    assert denial.statement.iri == STATEMENT + "voss-2023-05-10"
    assert denial.statement.relayed_by == (Named(ID + "arland-radio", "Radio Arland"),)
    briefing = one(tiny, "borland-brief-1").statement
    assert briefing.date_resolved_from == "in May"
    assert briefing.addressees == (Named(ID + "arland", "Arland"),)
    assert briefing.medium
    assert briefing.medium.label == "briefing"


def test_what_is_said_once_or_often(tiny: KnowledgeGraph) -> None:
    assert one(tiny, "chorus-1").quotation == "not ready"
    assert one(tiny, "borland-count-2").supersedes == (CLAIM + "borland-count-1",)
    assert one(tiny, "pact-1").issues == ()


def test_labels_are_in_the_language_asked_for(tiny: KnowledgeGraph) -> None:
    claim = one(tiny, "herald-1", "fr")
    assert (claim.text, claim.claimant.label) == ("une brigade d'Arlande est en Borlande", "Le Héraut")
    assert one(tiny, "herald-1", "ko") == one(tiny, "herald-1", "en")


def test_all_are_read_in_order_and_each_alone_is_the_same(tiny: KnowledgeGraph) -> None:
    store = tiny.perspective().store
    claims = read_claims(store)
    assert [c.iri.removeprefix(CLAIM) for c in claims] == [
        "pact-1",
        "herald-1",
        "herald-2",
        "voss-1",
        "borland-brief-1",
        "borland-count-1",
        "voss-2",
        "borland-count-2",
        "chorus-1",
    ]
    assert [read_claims(store, claims=[c.iri])[0] for c in claims] == claims
    assert read_claims(store, claims=[]) == read_claims(store, claims=[CLAIM + "no-such"]) == []
    assert local_names(c.iri for c in read_claims(store, claims=[c.iri for c in claims[:2]])) == {
        "pact-1",
        "herald-1",
    }


def test_the_number_of_queries_does_not_grow_with_the_claims(tiny: KnowledgeGraph) -> None:
    class Counting:
        def __init__(self, store: Store) -> None:
            self.store, self.asked = store, 0

        def query(self, text: str) -> object:
            self.asked += 1
            return self.store.query(text)

    asked = []
    for claims in (None, [CLAIM + "pact-1"], [CLAIM + "pact-1", CLAIM + "herald-1", CLAIM + "chorus-1"]):
        counting = Counting(tiny.perspective().store)
        read_claims(counting, claims=claims)  # type: ignore[arg-type]  # all that is asked of a store is query
        asked.append(counting.asked)
    assert len(set(asked)) == 1
    assert asked[0] <= 8
