"""Every perspective equals what the norm says, quad for quad, on dossiers that nobody thought of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from rdflib import BNode

from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.store.snapshot import COMMON_GRAPHS
from tests.perspective.memory import InMemory
from tests.perspective.oracle import Norm, Question, Triples, read_dataset
from tests.tiny import HEAD, tiny

__all__ = ["tiny"]

REFERENCE = """
GRAPH graph:reference {
  id:a a kg:State . id:b a kg:State . id:c a kg:Person .
  id:a1 a kg:GovernmentBody ; kg:subordinateTo id:a . id:a2 a kg:GovernmentBody ; kg:subordinateTo id:a1 .
  id:b1 a kg:GovernmentBody ; kg:subordinateTo id:b . id:ab a kg:Organization ; kg:subordinateTo id:a , id:b .
  id:m a kg:MediaOrganization ; kg:mediaControl code:private ; kg:subordinateTo id:b .
  id:n a kg:MediaOrganization ; kg:mediaControl code:state ; kg:subordinateTo id:b . id:g a kg:InformalGroup .
  id:o a kg:Office ; kg:officeOf id:a2 . id:q a kg:Office ; kg:officeOf id:b1 .
}
"""
ACTORS = ["a", "a1", "a2", "c", "b", "b1", "ab", "m", "n", "g"]
DATES = ["2023", "2023-05", "2023-05-10", "2023-05-31", "2023-06-01", "2023-06", "2023-05-20..2023-06-10"]
DATES += ["from-2023-05", "until-2023-05-31"]
DAYS = [date(2023, 5, 10), date(2023, 5, 31), date(2023, 6, 1), date(2023, 6, 30)]
TYPES = ["confirms", "denies", "disputes", "retracts", "revises", "declines-to-comment", "does-not-deny"]

# Those that share a state come often, so that they answer each other.
actors = st.one_of(st.sampled_from(ACTORS[:4]), st.sampled_from(ACTORS))
dates = st.sampled_from(DATES)


@st.composite
def dossiers(draw: st.DrawFn) -> str:
    """A dossier of up to three claims, each with up to six stances, and tenures here and there."""
    parts = [HEAD, REFERENCE]
    for n in range(draw(st.integers(1, 3))):
        body = [f"id:x{draw(st.integers(0, 1))} kg:about id:y ."]
        if draw(st.integers(0, 3)):
            office, since, until = draw(st.sampled_from("oq")), draw(dates), draw(dates)
            body.append(f"id:t{n} kg:holder id:c ; kg:office id:{office} ; kg:holdsFrom date:{since} .")
            body.append(f"id:t{n} kg:holdsUntil date:{until} ." if draw(st.integers(0, 3)) else "")
        if draw(st.integers(0, 5)):
            parts.append(f"GRAPH claim:c{n} {{ {' '.join(body)} }}")
        said = [_said(draw, f"claim:c{n} a kg:Claim ; kg:claimant", f"c{n}")]
        if n and draw(st.booleans()):
            said.append(f"claim:c{n} kg:supersedes claim:c{draw(st.integers(0, n - 1))} .")
        for m in range(draw(st.integers(0, 6))):
            kind = draw(st.sampled_from(TYPES))
            head = f"stance:s{n}{m} a kg:Stance ; kg:stanceOn claim:c{n} ; kg:stanceType code:{kind} ; kg:stanceOf"
            said.append(_said(draw, head, f"s{n}{m}"))
        parts.append(f"GRAPH graph:record {{ {' '.join(said)} }}")
    return "\n".join(parts)


def _said(draw: st.DrawFn, head: str, name: str) -> str:
    behalf = f" ; kg:onBehalfOf id:{draw(actors)}" if draw(st.booleans()) else ""
    published = f" ; kg:publishedOn date:{draw(dates)}" if not draw(st.integers(0, 3)) else ""
    return (
        f"{head} id:{draw(actors)}{behalf} ; kg:statedIn statement:{name} ; kg:supportedBy evidence:{name} ."
        f" statement:{name} a kg:PublicStatement ; kg:statedOn date:{draw(dates)}{published} ."
        f' evidence:{name} kg:inSource source:x . source:x rdfs:label "x" .'
    )


definitions = st.builds(
    lambda parties, as_of, on, mode, infer: Definition(
        tuple(sorted(ID + party for party in parties)),
        as_of,
        on,
        undisputed=mode == "undisputed",
        disputed=mode == "disputed",
        infer=infer,
    ),
    st.sets(actors, max_size=2),
    st.one_of(st.none(), st.sampled_from(DAYS)),
    st.one_of(st.none(), st.none(), st.sampled_from(DAYS)),
    st.sampled_from(["", "", "undisputed", "disputed"]),
    st.booleans(),
)


def graphs_of(store: Store) -> dict[str, Triples]:
    """The graphs of a store as rdflib reads them, the default graph under the empty name."""
    read = read_dataset(store.dump(format=RdfFormat.N_QUADS) or b"")
    default = read.default_graph.identifier
    return {"" if g.identifier == default else str(g.identifier): set(g) for g in read.graphs() if len(g)}


def ground(graphs: dict[str, Triples]) -> dict[str, Triples]:
    """Without the blank nodes of the ontology, whose labels change from reader to reader."""
    return {
        name: {triple for triple in triples if not any(isinstance(term, BNode) for term in triple)}
        for name, triples in graphs.items()
    }


def question(definition: Definition) -> Question:
    """The same in the words of the oracle."""
    mode = "undisputed" if definition.undisputed else "disputed" if definition.disputed else ""
    return Question(definition.according_to, definition.as_of, definition.on, mode, definition.infer)


def expected(norm: Norm, definition: Definition) -> dict[str, Triples]:
    found = norm.dataset(question(definition))
    return {name: triples for name, triples in found.items() if triples}


#: Asked of every dossier: few rules show in one perspective.
SWEEP = [
    (parties, as_of, mode)
    for parties in ((), ("a",), ("b",), ("a2",), ("c",), ("a", "m"))
    for as_of in (None, *DAYS)
    for mode in ("", "undisputed", "disputed")
]


@given(dossiers())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_perspective_admits_what_the_norm_says(text: str) -> None:
    made = InMemory(parse_trig(text.encode(), name="a.trig"))
    norm = Norm(made.text())
    for names, as_of, mode in SWEEP:
        parties = tuple(ID + name for name in names)
        definition = Definition(parties, as_of, None, mode == "undisputed", mode == "disputed")
        assert made.admitted(definition) == norm.admitted(question(definition)), definition


@given(dossiers(), st.lists(definitions, min_size=3, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_perspective_is_what_the_norm_says(text: str, asked: list[Definition]) -> None:
    made = InMemory(parse_trig(text.encode(), name="a.trig"))
    norm = Norm(made.text())
    for definition in asked:
        assert graphs_of(made.store(definition)) == expected(norm, definition), definition


@given(dossiers(), st.one_of(st.none(), st.sampled_from(DAYS)))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_anyone_holds_what_some_party_holds_and_nothing_else(text: str, as_of: date | None) -> None:
    made = InMemory(parse_trig(text.encode(), name="a.trig"))
    anyone = made.admitted(Definition(as_of=as_of))
    each = [made.admitted(Definition((ID + actor,), as_of)) for actor in ACTORS]
    assert anyone == set().union(*each)
    split = [made.admitted(Definition(as_of=as_of, undisputed=u, disputed=not u)) for u in (True, False)]
    assert anyone == split[0] | split[1]
    assert not split[0] & split[1]


ASKED = [
    Definition(),
    Definition(as_of=date(2023, 5, 31)),
    Definition((ID + "arland",)),
    Definition((ID + "arland",), date(2023, 6, 30)),
    Definition((ID + "herald", ID + "borland"), undisputed=True),
    Definition(disputed=True, as_of=date(2023, 5, 31)),
    Definition(on=date(2023, 6, 1)),
    Definition(infer=True),
    Definition((ID + "borland",), infer=True),
    Definition((ID + "nobody",)),
]


@pytest.mark.parametrize("definition", ASKED, ids=str)
def test_the_stores_that_users_get_are_what_the_norm_says(
    tiny: KnowledgeGraph, definition: Definition
) -> None:
    snapshot = tiny._snapshot
    norm = Norm(bytes(snapshot.text()))
    view = tiny._view(definition)
    assert ground(graphs_of(view.store)) == ground(expected(norm, definition))
    named = {graph.value for graph in view.store.named_graphs()}
    assert named - set(COMMON_GRAPHS) == {claim.iri for claim in view.claims()}
