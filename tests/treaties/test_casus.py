"""Who claims that an obligation fell due, and who rejects it: as docs/model.md says, on a dossier of made-up states."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.rdf.terms import local_name
from kg.rdf.trig import parse_trig
from kg.treaties import CasusFoederis, Position, treaties
from tests.tiny import HEAD, build_store

TREATY = """
GRAPH graph:reference { id:pact a kg:Treaty ; rdfs:label "Pact"@en . id:duty rdfs:label "duty"@en .
  id:a a kg:State ; rdfs:label "A"@en . id:e a kg:State ; rdfs:label "E"@en .
  id:b-ministry a kg:GovernmentBody ; kg:subordinateTo id:b . id:question a kg:Issue . }
GRAPH claim:text { id:pact kg:imposes id:duty . id:duty a kg:Obligation ; kg:obligor id:a ; kg:obligee id:b ;
  kg:obligationType code:defense ; kg:triggeredBy id:attack . id:attack kg:triggerType code:armed-attack . }
GRAPH claim:invocation { id:call kg:onTreaty id:pact ; kg:actionType code:invocation ; kg:actingParty id:a ;
  kg:invokes id:duty . }
GRAPH claim:lawful { id:speech a kg:SpeechAct ; kg:performedBy id:a . }
GRAPH claim:unlawful { id:retort a kg:SpeechAct ; kg:performedBy id:f . }
GRAPH claim:no-attack { id:peace a kg:Event . }
GRAPH claim:deed { id:help a kg:Event ; kg:underTreaty id:pact . }
GRAPH graph:record { claim:invocation kg:addressesIssue id:question . claim:lawful kg:addressesIssue id:question .
  claim:unlawful kg:addressesIssue id:question ; kg:contradicts claim:lawful .
  claim:no-attack kg:contradicts claim:invocation . }
"""


def said(claim: str, by: str, day: str) -> str:
    return f"""GRAPH graph:record {{ claim:{claim} a kg:Claim ; kg:claimant id:{by} ; kg:onBehalfOf id:{by} ;
      kg:statedIn statement:{claim} . statement:{claim} a kg:PublicStatement ; kg:statedBy id:{by} ;
      kg:statedOn date:{day} . }}
    """


def takes(actor: str, kind: str, claim: str, day: str) -> str:
    name = f"{actor}-{kind}-{claim}-{day}"
    return f"""GRAPH graph:record {{ stance:{name} a kg:Stance ; kg:stanceOn claim:{claim} ; kg:stanceOf id:{actor} ;
      kg:stanceType code:{kind} ; kg:statedIn statement:{name} .
      statement:{name} a kg:PublicStatement ; kg:statedBy id:{actor} ; kg:statedOn date:{day} . }}
    """


DOSSIER = [
    TREATY,
    said("text", "c", "2020-01-01"),
    said("invocation", "a", "2024-02-01"),
    said("lawful", "a", "2024-02-01"),
    said("deed", "e", "2024-02-05"),
    said("unlawful", "f", "2024-02-03"),
    said("no-attack", "d", "2024-02-04"),
    takes("b-ministry", "confirms", "invocation", "2024-02-02"),
    takes("c", "declines-to-comment", "invocation", "2024-02-02"),
    takes("f", "denies", "lawful", "2024-02-03"),
]


def casus(
    folder: Path, *more: str, according_to: str | tuple[str, ...] = (), as_of: str | None = None
) -> CasusFoederis | None:
    """What the pact's only duty comes to in the dossier, with something more in it."""
    quads = parse_trig((HEAD + "".join([*DOSSIER, *more])).encode(), name="a.trig")
    with build_store(folder / "store", quads) as graph:
        (pact,) = treaties(graph.perspective(according_to=according_to, as_of=as_of))
    assert len(pact.casus_foederis) <= 1
    return next(iter(pact.casus_foederis), None)


def stands(positions: tuple[Position, ...]) -> list[tuple[str, ...]]:
    return [(local_name(p.party.iri), p.position, local_name(p.claim.iri)) for p in positions]


def test_each_party_stands_where_its_latest_word_puts_it(tmp_path: Path) -> None:
    found = casus(tmp_path)
    assert found
    assert local_name(found.obligation.iri) == "duty"
    assert [local_name(trigger.iri) for trigger in found.triggers] == ["armed-attack"]
    assert stands(found.claimed_by) == [
        ("a", "asserts", "invocation"),
        ("b", "confirms", "invocation"),
    ]
    assert stands(found.rejected_by) == [("d", "contradicts", "no-attack")]
    assert stands(found.declined_by) == [("c", "declines-to-comment", "invocation")]
    assert stands(found.under_treaty) == [("e", "asserts", "deed")]


def test_who_rejects_the_justification_does_not_reject_the_trigger(tmp_path: Path) -> None:
    found = casus(tmp_path)
    assert found
    assert stands(found.justification_rejected_by) == [
        ("f", "denies", "lawful"),
        ("f", "contradicts", "unlawful"),
    ]
    assert "f" not in {party for party, *_ in stands(found.rejected_by)}


def test_a_justification_that_another_claim_supersedes_is_none(tmp_path: Path) -> None:
    newer = "GRAPH graph:record { claim:newer kg:supersedes claim:lawful . } GRAPH claim:newer { id:x a kg:Event . }"
    found = casus(tmp_path, newer, said("newer", "a", "2024-03-01"))
    assert found
    assert found.justification_rejected_by == ()


def test_who_invokes_the_duty_does_not_speak_of_the_treaty_only(tmp_path: Path) -> None:
    own = "GRAPH claim:own-deed { id:march a kg:Event ; kg:underTreaty id:pact . }"
    found = casus(tmp_path, own, said("own-deed", "a", "2024-02-06"))
    assert found
    assert stands(found.under_treaty) == [("e", "asserts", "deed")]


def test_a_state_and_its_ministry_are_one_party(tmp_path: Path) -> None:
    """The state speaks first, its ministry last: the state rejects it, by its ministry, and stands there once."""
    more = (
        takes("b", "confirms", "invocation", "2024-02-01"),
        takes("b-ministry", "denies", "invocation", "2024-03-01"),
    )
    found = casus(tmp_path, *more)
    assert found
    assert stands(found.claimed_by) == [("a", "asserts", "invocation")]
    assert stands(found.rejected_by) == [("d", "contradicts", "no-attack"), ("b", "denies", "invocation")]
    assert local_name(found.rejected_by[1].stance.stance_of.iri) == "b-ministry"


@pytest.mark.parametrize(
    ("day", "claimed", "rejected"),
    [
        ("2024-02-01", ["a"], []),
        ("2024-02-03", ["a", "b"], []),
        ("2024-02-04", ["a", "b"], ["d"]),
        ("2024-05-01", ["a"], ["d", "b"]),
    ],
)
def test_as_of_a_day_only_what_was_public_counts(
    tmp_path: Path, day: str, claimed: list[str], rejected: list[str]
) -> None:
    found = casus(tmp_path, takes("b-ministry", "disputes", "invocation", "2024-05-01"), as_of=day)
    assert found
    assert [party for party, *_ in stands(found.claimed_by)] == claimed
    assert [party for party, *_ in stands(found.rejected_by)] == rejected


def test_before_the_invocation_nothing_has_fallen_due(tmp_path: Path) -> None:
    assert casus(tmp_path, as_of="2024-01-31") is None


def test_a_party_admits_its_own_claims_and_sees_the_stances_of_all(tmp_path: Path) -> None:
    found = casus(tmp_path, according_to="id:a")
    assert found
    assert stands(found.rejected_by) == [("d", "contradicts", "no-attack")]
    assert found.triggers == ()  # what the text says is c's claim
    assert found.under_treaty == ()  # e's, which a does not hold


def test_who_does_not_hold_the_invocation_has_no_casus(tmp_path: Path) -> None:
    assert casus(tmp_path, according_to="id:e") is None


def test_a_contradiction_that_was_taken_back_rejects_nothing(tmp_path: Path) -> None:
    """Not even for one who confirmed it: what its claimant took back is nobody's."""
    also = takes("e", "confirms", "no-attack", "2024-02-20")
    found = casus(tmp_path, also, takes("d", "retracts", "no-attack", "2024-03-01"))
    assert found
    assert found.rejected_by == ()


def test_a_contradiction_that_another_claim_supersedes_rejects_nothing(tmp_path: Path) -> None:
    newer = "GRAPH graph:record { claim:newer kg:supersedes claim:no-attack . } GRAPH claim:newer { id:x a kg:Event . }"
    found = casus(tmp_path, newer, said("newer", "d", "2024-03-01"))
    assert found
    assert found.rejected_by == ()


def test_what_is_only_planned_invokes_nothing(tmp_path: Path) -> None:
    planned = "GRAPH claim:invocation { id:call kg:modality code:planned . }"
    assert casus(tmp_path, planned) is None


def test_one_who_denied_and_then_confirmed_claims_it(tmp_path: Path) -> None:
    found = casus(
        tmp_path,
        takes("f", "denies", "invocation", "2024-02-10"),
        takes("f", "confirms", "invocation", "2024-03-10"),
        takes("e", "does-not-deny", "invocation", "2024-03-10"),
    )
    assert found
    assert ("f", "confirms", "invocation") in stands(found.claimed_by)
    assert ("f", "denies", "invocation") not in stands(found.rejected_by)
    assert stands(found.not_denied_by) == [("e", "does-not-deny", "invocation")]
    assert (
        found.justification_rejected_by == ()
    )  # f holds the invocation now, and objects to no other's words
