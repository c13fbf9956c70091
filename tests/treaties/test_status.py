"""The status of a treaty on a day: what its acts make of it, when their dates are disputed, unknown or open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.claims.model import Claim, Named
from kg.rdf.terms import local_name
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CODE, ID
from kg.treaties import Act, status, treaties
from tests.tiny import HEAD, build_store

A, B = Named(ID + "a", "A"), Named(ID + "b", "B")


@pytest.fixture(scope="module")
def claims() -> Iterator[list[Claim]]:
    """Claims of different claimants, by claimant."""
    with kg.open() as graph:
        yield list({claim.claimant.iri: claim for claim in graph.claims()}.values())


def act(kind: str, party: Named, day: str, claims: list[Claim], said_by: int = 1, iri: str = "") -> Act:
    name = iri or f"{ID}{kind}-{party.label}"
    return Act(name, Named(CODE + kind, kind), party, (), day, tuple(claims[:said_by]))


def test_the_date_that_most_claimants_allow_counts(claims: list[Claim]) -> None:
    acts = [
        act("signature", A, "2024-03-05", claims, 1),
        act("signature", A, "2024-01", claims, 2),
        act("signature", A, "2024-01-20", claims, 1),
    ]
    assert status(acts, [A], date(2024, 1, 20)) == "signed"
    assert status(acts, [A], date(2024, 1, 19)) == "not signed"


def test_a_coarse_date_does_not_gain_from_the_exact_ones_within_it(claims: list[Claim]) -> None:
    """Two slips and a year: the year is allowed by itself alone, the day by its claims and by the year's."""
    acts = [
        act("signature", A, "2024-08-06", claims, 4),
        act("signature", A, "2024-04-06", claims, 1),
        act("signature", A, "2024", claims, 1),
    ]
    assert status(acts, [A], date(2024, 8, 6)) == "signed"
    assert status(acts, [A], date(2024, 8, 5)) == "not signed"


def test_of_two_dates_with_equal_support_the_later_counts(claims: list[Claim]) -> None:
    acts = [act("signature", A, "2024-03-05", claims), act("signature", A, "2024-01-20", claims)]
    assert status(acts, [A], date(2024, 2, 1)) == "not signed"


def test_a_month_counts_from_its_last_day(claims: list[Claim]) -> None:
    acts = [act("signature", A, "2024-06", claims)]
    assert status(acts, [A], date(2024, 6, 29)) == "not signed"
    assert status(acts, [A], date(2024, 6, 30)) == "signed"


def test_it_is_ratified_only_when_every_party_has(claims: list[Claim]) -> None:
    acts = [act("ratification", A, "2024-01-01", claims), act("ratification", B, "2024-02-01", claims)]
    assert status(acts, [A, B], date(2024, 1, 15)) == "signed"
    assert status(acts, [A, B], date(2024, 2, 1)) == "ratified"


def test_in_force_until_it_is_terminated(claims: list[Claim]) -> None:
    acts = [act("entry-into-force", A, "2024-01-01", claims), act("termination", B, "2025-01-01", claims)]
    assert status(acts, [A, B], date(2024, 12, 31)) == "in force"
    assert status(acts, [A, B], date(2025, 1, 1)) == "terminated"
    assert status(acts, [A, B], None) == "terminated"


def test_an_act_without_a_date_counts_only_at_last(claims: list[Claim]) -> None:
    acts = [act("signature", A, "", claims)]
    assert status(acts, [A], date(2099, 1, 1)) == "unknown"
    assert status(acts, [A], None) == "signed"


def test_without_acts_nothing_is_known() -> None:
    assert status([], [A, B], None) == status([], [A, B], date(2024, 1, 1)) == "unknown"


ACTS = """
GRAPH graph:reference { id:pact a kg:Treaty ; rdfs:label "Pact"@en . id:act rdfs:label "act"@en .
  id:a a kg:State ; rdfs:label "A"@en . id:b a kg:State ; rdfs:label "B"@en . }
GRAPH claim:by-a { id:act kg:onTreaty id:pact ; kg:actionType code:signature ; kg:actingParty id:a ;
  kg:occurredOn date:2024-01-01 . }
GRAPH claim:by-b { id:act kg:onTreaty id:pact ; kg:actionType code:ratification ; kg:actingParty id:b ;
  kg:occurredOn date:2024-02-01 . }
GRAPH claim:silent { id:act kg:occurredOn date:2024-03-01 . }
GRAPH graph:record { statement:s a kg:PublicStatement ; kg:statedBy id:a ; kg:statedOn date:2024-04-01 .
  claim:by-a a kg:Claim ; kg:claimant id:a ; kg:statedIn statement:s .
  claim:by-b a kg:Claim ; kg:claimant id:a ; kg:statedIn statement:s .
  claim:silent a kg:Claim ; kg:claimant id:a ; kg:statedIn statement:s . }
"""


def test_a_claim_answers_only_for_the_party_and_the_type_that_it_gives(tmp_path: Path) -> None:
    with build_store(tmp_path / "s", parse_trig((HEAD + ACTS).encode(), name="a.trig")) as graph:
        (pact,) = treaties(graph.perspective())
    told = {
        (
            local_name(claim.iri),
            local_name(act.type.iri),
            act.party.label if act.party else "",
            act.date,
        )
        for act in pact.lifecycle
        for claim in act.claims
    }
    assert told == {
        ("by-a", "signature", "A", "2024-01-01"),
        ("by-b", "ratification", "B", "2024-02-01"),
        *(
            ("silent", "ratification", party, "2024-03-01") for party in "AB"
        ),  # it says neither: the merge does
    }
