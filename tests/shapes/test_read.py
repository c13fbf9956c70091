"""What is read of a thing before it is told: one language of each text, no more than was asked for, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import graph as graphs
from kg.graph import KnowledgeGraph
from kg.loading import ontology_quads
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CLAIM, ID, KG, SOURCE
from kg.shapes.record import recorded
from kg.shapes.thing import told
from tests.tiny import HEAD, build_store, tiny, tiny_quads

__all__ = ["tiny"]

SAID = """
GRAPH claim:spoken {
  id:x kg:content "said"@en , "dit"@fr , "gesagt"@de ; kg:note "nur so"@de , "tak"@pl , "plain" .
  id:y kg:note "so"@de , "tak"@pl .
}
GRAPH graph:record {
  claim:spoken a kg:Claim ; kg:claimant id:borland ; kg:statedIn statement:borland-2023-05 ;
    kg:supportedBy evidence:herald-p1 .
}
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken") / "store"
    quads = [*ontology_quads(), *tiny_quads(), *parse_trig((HEAD + SAID).encode(), name="said.trig")]
    build_store(folder, quads).close()
    return folder


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("fr", ["dit", "plain", "so"]),
        ("de", ["gesagt", "nur so", "plain", "so"]),
        ("en", ["said", "plain", "so"]),
        ("ko", ["said", "plain", "so"]),
    ],
)
def test_of_a_text_in_several_languages_one_is_told(spoken: Path, lang: str, texts: list[str]) -> None:
    """Its own, else English, else the plain text, else the first; a text without a language is told in any."""
    with graphs.open(spoken, lang=lang) as graph:
        found = recorded(graph.perspective(), CLAIM + "spoken")
    assert found
    assert [said.value for said in found.says] == texts


def test_the_passages_are_told_with_the_claim_and_not_as_facts(spoken: Path) -> None:
    with graphs.open(spoken) as graph:
        found = recorded(graph.perspective(), CLAIM + "spoken")
    assert found
    properties = {said.property for said in found.facts}
    assert KG + "supportedBy" not in properties
    assert KG + "statedIn" in properties


def test_a_limit_bounds_the_claims_of_a_source(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    every = recorded(view, SOURCE + "herald-2023-07-02")
    first = recorded(view, SOURCE + "herald-2023-07-02", limit=2)
    assert every
    assert first
    assert len(every.claims) > 2
    assert first.claims == every.claims[:2]


def test_a_thing_is_told_by_date_and_within_its_limit(tiny: KnowledgeGraph) -> None:
    every, first = (told(tiny.perspective(), ID + "pact-2020", limit=limit) for limit in (None, 2))
    assert every
    assert first
    days = [str(claim.stated_on and claim.stated_on.not_before) for claim in every.claims]
    assert days == sorted(days)
    assert len(set(days)) > 1
    assert len(every.facts) > 2
    assert first.facts == every.facts[:2]
