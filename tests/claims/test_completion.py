"""What is added at load: own stances and the days of dates; once and never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.claims.codec import complete
from kg.errors import DataError
from kg.rdf.trig import parse_trig, write_trig
from kg.rdf.vocabulary import CLAIM, DATE, KG, RECORD_GRAPH, REFERENCE_GRAPH, STANCE
from tests.tiny import HEAD, tiny_quads

CLAIM_BY_A = (
    "GRAPH graph:record { claim:c a kg:Claim ; kg:claimant id:a ; kg:onBehalfOf id:p ;"
    " kg:statedIn statement:s ; kg:supportedBy evidence:e , evidence:f . %s }"
)


def added(text: str) -> set[Quad]:
    given_quads = parse_trig((HEAD + text).encode(), name="a.trig")
    return set(complete(given_quads)) - set(given_quads)


def read(text: str) -> set[Quad]:
    return set(parse_trig((HEAD + text).encode(), name="a.trig"))


def test_a_claimant_asserts_its_claim() -> None:
    assert added(CLAIM_BY_A % "") == read(
        "GRAPH graph:record { stance:c-asserts a kg:Stance ; kg:stanceOn claim:c ;"
        " kg:stanceType code:asserts ; kg:stanceOf id:a ;"
        " kg:onBehalfOf id:p ; kg:statedIn statement:s ; kg:supportedBy evidence:e , evidence:f . }"
    )


def test_a_stance_that_is_written_is_left_as_it_is() -> None:
    assert not added(
        CLAIM_BY_A % "stance:c-asserts a kg:Stance ; kg:stanceOn claim:c ; kg:stanceType code:revises ."
    )


def test_only_what_is_a_claim_gets_a_stance() -> None:
    assert not added("GRAPH graph:record { id:c kg:claimant id:a . } GRAPH claim:c { claim:c a kg:Claim . }")


@pytest.mark.parametrize(
    ("date", "description"),
    [
        (
            "2025-03",
            "kg:precision code:month ; "
            'kg:notBefore "2025-03-01"^^xsd:date ; kg:notAfter "2025-03-31"^^xsd:date',
        ),
        (
            "2025-03-21",
            "kg:precision code:day ; "
            'kg:notBefore "2025-03-21"^^xsd:date ; kg:notAfter "2025-03-21"^^xsd:date',
        ),
        ("from-2024", 'kg:precision code:interval ; kg:notBefore "2024-01-01"^^xsd:date'),
        ("until-2024", 'kg:precision code:interval ; kg:notAfter "2024-12-31"^^xsd:date'),
    ],
)
def test_a_date_is_described_wherever_it_occurs(date: str, description: str) -> None:
    described = read(
        f'GRAPH graph:reference {{ date:{date} a kg:TimeExtent ; kg:lexicalDate "{date}" ; {description} . }}'
    )
    assert added(f"GRAPH claim:c {{ id:e kg:occurredOn date:{date} . }}") == described
    assert added(f"GRAPH graph:record {{ date:{date} kg:about id:e . }}") == described


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        added("GRAPH claim:c { id:e kg:occurredOn date:2025-02-30 . }")
    assert caught.value.rule == "bad-date"


@given(st.sets(st.sampled_from(tiny_quads()), max_size=60))
def test_twice_is_once(given_quads: set[Quad]) -> None:
    once = complete(given_quads)
    assert complete(once) == once
    assert set(given_quads) <= set(once)
    assert write_trig(complete(reversed(once))) == write_trig(once)
    record, reference = NamedNode(RECORD_GRAPH), NamedNode(REFERENCE_GRAPH)
    for quad in set(once) - set(given_quads):
        assert isinstance(quad.subject, NamedNode)
        is_stance = quad.subject.value.startswith(STANCE) and quad.graph_name == record
        assert is_stance or (quad.subject.value.startswith(DATE) and quad.graph_name == reference)


def test_every_claim_of_the_tiny_dossier_is_asserted() -> None:
    once = complete(tiny_quads())
    kind, claim = NamedNode(KG + "stanceType"), NamedNode(KG + "Claim")
    claims = [q.subject.value for q in once if q.object == claim and isinstance(q.subject, NamedNode)]
    assert len(claims) >= 8
    stances = {q.subject for q in once if q.predicate == kind}
    assert all(NamedNode(c.replace(CLAIM, STANCE) + "-asserts") in stances for c in claims)
