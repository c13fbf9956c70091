"""Rule 13: what follows from one graph and the ontology is inferred, and nothing from two graphs together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, URIRef

from kg.graph import KnowledgeGraph
from kg.loading import ontology_quads
from kg.perspective.inference import Closure
from kg.rdf.trig import parse_trig, write_nquads
from kg.rdf.vocabulary import CLAIM, ID, KG, ONTOLOGY_GRAPH, OWL, RDFS
from kg.store.answers import Boolean, Solutions
from tests.perspective.oracle import Norm, read_dataset
from tests.tiny import HEAD, build_store, local_names, tiny, tiny_quads

__all__ = ["tiny"]

GRAPH = CLAIM + "c"
TERMS = ("A", "B", "C", "p", "q", "r", "s", "t")
AXIOMS = """
  id:A rdfs:subClassOf id:B . id:B rdfs:subClassOf id:C . id:C rdfs:subClassOf id:B .
  id:A rdfs:subClassOf [ a owl:Restriction ] .
  id:p rdfs:subPropertyOf id:q . id:q rdfs:subPropertyOf id:r .
  id:r owl:inverseOf id:s . id:s rdfs:subPropertyOf id:t . id:t a owl:SymmetricProperty .
  id:p rdfs:domain id:A ; rdfs:range id:C .
"""


def lines(said: str, graph: str = GRAPH) -> bytes:
    text = f"{HEAD} GRAPH <{graph}> {{ {said} }}"
    return write_nquads(parse_trig(text.encode(), name="a.trig")).encode()


def closure(axioms: str = AXIOMS) -> Closure:
    return Closure.read(lines(axioms, ONTOLOGY_GRAPH))


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        ("id:x a id:A .", "id:x a id:B , id:C ."),
        ("id:x a id:B .", "id:x a id:C ."),
        ("id:x id:q id:y .", "id:x id:r id:y ; id:t id:y . id:y id:s id:x ; id:t id:x ."),
        ("id:x id:t id:y .", "id:y id:t id:x ."),
        ("id:x id:t id:x .", ""),
        ("id:x id:s id:y .", "id:y id:r id:x . id:x id:t id:y . id:y id:t id:x ."),
        ('id:x id:p "id:y" .', 'id:x id:q "id:y" ; id:r "id:y" .'),
        ('id:x id:t "y"@en , 3 .', ""),
        (f'id:x id:o "<{ID}x> <{ID}p> <{ID}y> <{GRAPH}> ." .', ""),
        ("id:x id:o id:p . id:p id:o id:A . id:A id:o id:x .", ""),
        ("id:x a id:D . id:D rdfs:subClassOf id:A .", ""),
        ("id:p rdfs:subPropertyOf id:o . id:x id:r id:y .", "id:y id:s id:x ; id:t id:x . id:x id:t id:y ."),
        ("", ""),
    ],
)
def test_what_follows_from_a_graph(said: str, follows: str) -> None:
    """Chains, a circle, both directions; of literals no inverse; no axiom of the graph's own; no domains."""
    assert closure().of(GRAPH, lines(said)) == b"".join(sorted(lines(follows).splitlines(keepends=True)))


def test_what_is_blank_follows_too() -> None:
    said = f"_:b <{ID}t> _:c <{GRAPH}> .\n".encode()
    assert closure().of(GRAPH, said) == f"_:c <{ID}t> _:b <{GRAPH}> .\n".encode()


def test_a_term_of_rdf_itself_is_not_bent() -> None:
    assert closure("rdf:type rdfs:subPropertyOf id:p . id:p owl:inverseOf rdf:type .").of(
        GRAPH, lines("id:x a id:A ; id:p id:y .")
    ) == b""  # fmt: skip


# --- laws, and the same once more by the slow rules of the oracle ------------------------------------------------

_things = st.sampled_from(["id:x", "id:y", "id:z", "id:A", "id:B"])
_properties = st.sampled_from(["a", *(f"id:{name}" for name in "pqrsto")])
_values = st.one_of(_things, st.just('"word"'))
_triples = st.lists(st.tuples(_things, _properties, _values).map(" ".join), max_size=8)
_axioms = st.lists(
    st.tuples(
        st.sampled_from([f"id:{name}" for name in TERMS]),
        st.sampled_from(["rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf", "a"]),
        st.sampled_from([f"id:{name}" for name in TERMS]),
    ).map(lambda a: f"{a[0]} {a[1]} {a[2] if a[1] != 'a' else 'owl:SymmetricProperty'}"),
    max_size=6,
)


def text(triples: list[str]) -> str:
    return "".join(f"{triple} . " for triple in triples)


@given(_axioms, _triples)
@settings(max_examples=200, deadline=None)
def test_it_is_what_the_slow_rules_give(axioms: list[str], said: list[str]) -> None:
    given = lines(text(said))
    norm = Norm(lines(text(axioms), ONTOLOGY_GRAPH) + given)
    asked = norm.closed(set(norm.data.graph(URIRef(GRAPH))))
    made = read_dataset(given + closure(text(axioms)).of(GRAPH, given))
    assert set(made.graph(URIRef(GRAPH))) == asked


@given(_axioms, _triples, _triples)
@settings(max_examples=200, deadline=None)
def test_it_is_idempotent_and_monotone_and_mixes_nothing(
    axioms: list[str], said: list[str], more: list[str]
) -> None:
    rules = closure(text(axioms))
    given, both = lines(text(said)), lines(text(said + more))
    follows = rules.of(GRAPH, given)
    assert not set(follows.splitlines()) & set(given.splitlines()), "only what was not there"
    assert follows == b"".join(sorted(set(follows.splitlines(keepends=True))))
    assert rules.of(GRAPH, given + follows) == b"", "once is enough"
    assert {*given.splitlines(), *follows.splitlines()} <= {
        *both.splitlines(),
        *rules.of(GRAPH, both).splitlines(),
    }


# --- our own ontology --------------------------------------------------------------------------------------------


def test_no_class_becomes_two_things_that_nothing_can_be() -> None:
    """With every superclass that is declared, of ours and of others: none of them is nonsense."""
    ontology = Norm(write_nquads(ontology_quads()).encode()).data.graph(URIRef(ONTOLOGY_GRAPH))
    (members,) = ontology.objects(None, URIRef(OWL + "members"))
    apart = set(ontology.items(members))
    assert len(apart) >= 20
    classes = [c for c in ontology.subjects(RDF.type, URIRef(OWL + "Class")) if not isinstance(c, BNode)]
    assert len(classes) >= 30
    for one in classes:
        above = set(ontology.transitive_objects(one, URIRef(RDFS + "subClassOf")))
        assert len(above & apart) <= 1, one


#: What each class of ours becomes in the eyes of others: a change of the alignments shows here.
FOREIGN = {
    "Evidence": {"SpecificResource"},
    "SourceDocument": {"Entity"},
    "PublicStatement": {"Event", "Activity"},
    "SpeechAct": {"Event"},
    "Deployment": {"Event"},
    "TreatyAction": {"Event"},
    "TerritorialControl": {"Event"},
    "State": {"Actor", "Agent"},
    "Person": {"Actor", "Agent", "Person"},
    "InformalGroup": {"Actor", "Agent"},
    "GovernmentBody": {"Actor", "Agent", "Organization", "FormalOrganization"},
    "Claim": set[str](),
    "Stance": set[str](),
    "Issue": set[str](),
    "Estimate": set[str](),
}


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_others_find_our_things_under_their_own_classes(name: str) -> None:
    made = Closure.read(write_nquads(ontology_quads()).encode()).of(GRAPH, lines(f"id:x a kg:{name} ."))
    classes = [line.split(b" ")[2].decode().strip("<>") for line in made.splitlines()]
    assert {c.replace("#", "/").rsplit("/", 1)[1] for c in classes if not c.startswith(KG)} == FOREIGN[name]


# --- through the door of the users -------------------------------------------------------------------------------

SAID = """
GRAPH graph:reference { id:aid-mission rdfs:label "the column"@en , "la colonne"@fr . }
GRAPH claim:aid {  # Arland calls what it sends a friendly aid, and says that it met the column of Borland
  id:column a id:FriendlyAid ; kg:participant id:arland .
}
GRAPH claim:raid {  # Borland says that all friendly aid is an operation of war
  id:FriendlyAid rdfs:subClassOf kg:MilitaryOperation .
  id:column kg:againstActor id:borland .
  kg:againstActor rdfs:subPropertyOf kg:hostState .
  kg:participant rdfs:subPropertyOf kg:sendingState .
}
GRAPH graph:record {
  claim:aid a kg:Claim ; kg:claimant id:arland ; kg:onBehalfOf id:arland ; kg:statedIn statement:arland-2023-07-01 .
  claim:raid a kg:Claim ; kg:claimant id:borland ; kg:onBehalfOf id:borland ; kg:statedIn statement:borland-2023-05 ;
    kg:contradicts claim:aid .
}
"""


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    quads = [*ontology_quads(), *tiny_quads(), *parse_trig((HEAD + SAID).encode(), name="said.trig")]
    return build_store(tmp_path_factory.mktemp("inference") / "store", quads)


def holds(graph: KnowledgeGraph, pattern: str, *, infer: bool = True) -> bool:
    answer = graph.perspective(infer=infer).query(f"ASK {{ {pattern} }}")
    assert isinstance(answer, Boolean)
    return bool(answer)


def test_two_parties_do_not_together_say_what_neither_said(disputed: KnowledgeGraph) -> None:
    """Arland: it is friendly aid. Borland: all friendly aid is war. Nobody said that Arland's column is war."""
    assert holds(disputed, "GRAPH claim:aid { id:column a id:FriendlyAid }")
    assert holds(disputed, "GRAPH claim:raid { id:FriendlyAid rdfs:subClassOf kg:MilitaryOperation }")
    nobody_said = ["id:column a kg:MilitaryOperation", "id:column a kg:Event"]
    nobody_said += ["id:column kg:sendingState id:arland", "id:column kg:hostState id:borland"]
    for pattern in nobody_said:
        assert not holds(disputed, pattern), pattern
        assert not holds(disputed, f"GRAPH ?any {{ {pattern} }}"), pattern
    # A reasoner that is given the merge, where all axioms are alike, has every one of them.
    every = write_nquads(disputed.perspective().quads())
    merge = "".join(line for line in every.splitlines(keepends=True) if f" <{CLAIM}" in line)
    for claim in ("aid", "raid"):
        merge = merge.replace(f"<{CLAIM}{claim}> .\n", f"<{GRAPH}> .\n")
    follows = Closure.read(every.encode()).of(GRAPH, merge.encode())
    for line in lines(" . ".join(nobody_said) + " .").splitlines(keepends=True):
        assert line in follows


def test_each_claim_has_its_own_consequences(disputed: KnowledgeGraph) -> None:
    sem = "PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> "
    view = disputed.perspective(infer=True)
    found = view.query(sem + "SELECT ?claim { GRAPH ?claim { id:column sem:hasActor id:arland } }")
    assert isinstance(found, Solutions)
    assert [row[0].value for row in found] == [CLAIM + "aid"]
    events = "GRAPH claim:borland-brief-1 { id:brigade-deployment a kg:Event }"
    assert (holds(disputed, events), holds(disputed, events, infer=False)) == (True, False)
    assert holds(disputed, "GRAPH graph:reference { id:arland a kg:Actor }")
    assert not holds(disputed, "GRAPH ?claim { id:arland a kg:Actor } FILTER (?claim != graph:reference)")
    record = "GRAPH graph:record { claim:aid kg:contradicts claim:raid }"
    assert (holds(disputed, record), holds(disputed, record, infer=False)) == (True, False)


def test_nothing_is_inferred_unless_asked_for(disputed: KnowledgeGraph) -> None:
    plain, inferred = (
        set(write_nquads(disputed.perspective(infer=infer).quads()).splitlines()) for infer in (False, True)
    )
    assert plain == set(write_nquads(disputed.perspective().quads()).splitlines())
    assert plain < inferred


def test_inference_does_not_change_what_is_held(tiny: KnowledgeGraph) -> None:
    for party in ("Arland", "Borland", "The Herald"):
        held = [
            local_names(claim.iri for claim in tiny.perspective(according_to=party, infer=infer).claims())
            for infer in (False, True)
        ]
        assert held[0] == held[1]
        assert held[0]


def test_a_network_names_the_narrowest_class(tiny: KnowledgeGraph) -> None:
    plain, inferred = (tiny.perspective(infer=infer).to_networkx() for infer in (False, True))
    types = {thing: plain.nodes[thing]["type"] for thing in plain}
    assert types[ID + "brigade-deployment"] == "kg:Deployment"
    assert {thing: inferred.nodes[thing]["type"] for thing in types} == types


def test_a_claim_that_says_nothing_stays_empty(tiny: KnowledgeGraph, tmp_path: Path) -> None:
    view = tiny.perspective(infer=True)
    assert view.admits(CLAIM + "chorus-1")
    assert f"<{CLAIM}chorus-1> ." not in write_nquads(view.quads())
