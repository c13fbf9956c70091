"""Names are evidence too: a name that only a claim gives is found, says by whose claim, and never resolves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.loading import ontology_quads
from kg.lookup.index import NameIndex
from kg.lookup.name import LABEL, WEAK, Name
from kg.rdf.trig import read_trig
from kg.rdf.vocabulary import CLAIM, ID, KG
from tests.commands.door import kg
from tests.tiny import HEAD, build_store, tiny_quads

CLAIMED = f"""{HEAD}
GRAPH claim:says-otherwise {{ id:arland skos:altLabel "Ostmark"@en . }}
GRAPH graph:record {{
  claim:says-otherwise a kg:Claim ; rdfs:label "Arland is called Ostmark"@en , "La Arlande s'appelle Ostmark"@fr ;
    kg:claimant id:borland ; kg:statedIn statement:of-names .
  statement:of-names a kg:PublicStatement ; rdfs:label "a speech"@en , "un discours"@fr ;
    kg:statedBy id:borland ; kg:statedOn date:2021-05-01 .
}}
"""


@pytest.fixture
def claimed(tmp_path: Path) -> KnowledgeGraph:
    file = tmp_path / "claimed.trig"
    file.write_text(CLAIMED, "utf-8")
    return build_store(tmp_path / "s.kg", [*ontology_quads(), *tiny_quads(), *read_trig(file)])


def test_a_claimed_name_is_found_and_says_by_whose_claim(claimed: KnowledgeGraph, tmp_path: Path) -> None:
    first = kg("find", "Ostmark", "--store", str(tmp_path / "s.kg"), "--format", "json").rows[0]
    assert (first["iri"], first["claim"]) == (ID + "arland", CLAIM + "says-otherwise")
    assert first["why"] == "claimed name in en (claim:says-otherwise)"
    assert claimed.find("Arland")[0].score > claimed.find("Ostmark")[0].score


def test_a_claimed_name_never_resolves(claimed: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'Arland'"):
        claimed.resolve("Ostmark")


def test_a_claimed_name_is_that_of_its_claims_perspective(claimed: KnowledgeGraph) -> None:
    its = [name.text for name in claimed.perspective(according_to="id:borland").names(ID + "arland")]
    others = [name.text for name in claimed.perspective(according_to="id:arland").names(ID + "arland")]
    assert "Ostmark" in its
    assert "Ostmark" not in others


def test_a_name_of_the_reference_is_nobodys_claim() -> None:
    names = [Name(ID + "a", LABEL, "en", "Alpha"), Name(ID + "a", WEAK, "en", "Al", CLAIM + "x")]
    index = NameIndex.gather(names, types={ID + "a": (KG + "Person",)}, above={})
    assert index.search("Alpha")[0].claim == ""
    assert index.search("Al")[0].claim == CLAIM + "x"
