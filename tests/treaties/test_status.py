"""The status of a treaty on a day: what its acts make of it, when their dates are disputed, unknown or open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.claims.model import Claim, Named
from kg.rdf.terms import local_name
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CODE, ID
from kg.treaties import Act, party_statuses, status, treaties
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


@pytest.mark.parametrize(
    ("kind", "day", "before"),
    [
        ("signature", "2024-06-19", "not signed"),
        ("signature", "from-2024-06-19", "not signed"),
        ("signature", "until-2024-06-19", "unknown"),
        ("termination", "1996", "unknown"),
        ("ratification", "2024-06-19", "unknown"),
        ("invocation", "2024-06-19", "unknown"),
    ],
)
def test_only_before_a_signature_was_it_not_signed(
    claims: list[Claim], kind: str, day: str, before: str
) -> None:
    """A treaty of which only the end is known was signed some day."""
    assert status([act(kind, A, day, claims)], [A], date(1990, 1, 1)) == before


def test_who_repeats_himself_is_one_claimant(claims: list[Claim]) -> None:
    again = [
        claims[0],
        replace(claims[0], iri=claims[0].iri + "-again"),
        replace(claims[0], iri=claims[0].iri + "-3"),
    ]
    acts = [
        replace(act("signature", A, "2024-01-20", claims), claims=tuple(again)),
        replace(act("signature", A, "2024-03-05", claims), claims=tuple(claims[1:3])),
    ]
    assert status(acts, [A], date(2024, 2, 1)) == "not signed"


def test_what_is_planned_has_not_happened(claims: list[Claim]) -> None:
    planned = replace(
        act("termination", A, "2024-05-01", claims), modality=Named(CODE + "planned", "planned")
    )
    acts = [act("signature", A, "2024-01-01", claims), planned]
    assert status(acts, [A, B], date(2025, 1, 1)) == status(acts, [A, B], None) == "signed"
    assert {one.status for one in party_statuses(acts, [A], None)} == {"signed"}


def test_a_chamber_approves_and_the_other_party_lags(claims: list[Claim]) -> None:
    acts = [
        act("signature", A, "2024-01-01", claims),
        act("signature", B, "2024-01-01", claims),
        act("parliamentary-approval", A, "2024-02-01", claims),
        act("parliamentary-approval", B, "2024-04-01", claims),
        act("ratification", A, "2024-03-01", claims),
    ]
    told = [
        (
            day,
            status(acts, [A, B], day),
            [(one.status, one.since) for one in party_statuses(acts, [A, B], day)],
        )
        for day in (date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1))
    ]
    assert told == [
        (date(2024, 2, 1), "signed", [("approved", "2024-02-01"), ("signed", "2024-01-01")]),
        (date(2024, 3, 1), "signed", [("ratified", "2024-03-01"), ("signed", "2024-01-01")]),
        (date(2024, 4, 1), "approved", [("ratified", "2024-03-01"), ("approved", "2024-04-01")]),
    ]


def test_who_dates_an_act_otherwise_is_named_and_a_coarser_date_agrees(claims: list[Claim]) -> None:
    acts = [
        act("signature", A, "2024-06-19", claims, 2),
        replace(act("signature", A, "2024-06", claims), claims=(claims[2],)),
        replace(act("signature", A, "2024-11", claims), claims=(claims[3],)),
    ]
    (one,) = party_statuses(acts, [A], date(2024, 7, 1))
    assert (one.status, one.since) == ("signed", "2024-06-19")
    assert [done.date for done in one.acts] == ["2024-06", "2024-06-19"]
    assert [(other.date, other.claims) for other in one.dated_otherwise] == [("2024-11", (claims[3],))]


ORDER = ("not signed", "signed", "approved", "ratified", "in force", "terminated")
DAYS = [
    "",
    "2024",
    "2024-03",
    *(f"2024-{month:02}-15" for month in range(1, 13)),
    "from-2024-05-01",
    "until-2024-05-01",
]
KINDS = (
    "signature",
    "submission",
    "parliamentary-approval",
    "ratification",
    "instrument-exchange",
    "entry-into-force",
    "termination",
    "invocation",
    "reaffirmation",
)
TOLD = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(["A", "B", ""]),
        st.sampled_from(DAYS),
        st.integers(0, 7),
    ),
    max_size=9,
)


@settings(deadline=None)
@given(told=TOLD)
def test_time_never_takes_a_status_back(claims: list[Claim], told: list[tuple[str, str, str, int]]) -> None:
    """Nor does a party, whatever the acts; what is unknown on a day may only be learnt later."""
    named = {"A": A, "B": B, "": None}
    acts = [
        Act(f"{ID}{kind}-{party}", Named(CODE + kind, kind), named[party], (), day, (claims[teller],))
        for kind, party, day, teller in told
    ]
    days = [date(2023, 12, 31) + timedelta(days=15 * step) for step in range(28)]
    for whose in [[A, B], [A], [B]]:
        steps = [
            status(acts, [A, B], day) if len(whose) == 2 else _of(whose[0], acts, day)
            for day in (*days, None)
        ]
        ranks = [ORDER.index(step) if step in ORDER else 0 for step in steps]
        assert ranks == sorted(ranks), steps
    assert status(acts, [A, B], days[3]) == status(acts[::-1], [A, B], days[3])


def _of(party: Named, acts: list[Act], day: date | None) -> str:
    return next(one.status for one in party_statuses(acts, [A, B], day) if one.party == party)


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
