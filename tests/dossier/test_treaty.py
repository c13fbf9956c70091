"""The treaty of 2024 as shipped: where each party stood at each turn, and who says that its trigger was met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kg.graph import KnowledgeGraph
from kg.rdf.terms import local_name
from kg.treaties import Position, Treaty, treaties

#: The day of each act by most claimants, the statuses from that day on: of all, of North Korea, of Russia.
TURNS = [
    ("2024-06-19", "signed", "signed", "signed"),  # signature in Pyongyang
    ("2024-10-14", "signed", "signed", "signed"),  # submission to the State Duma
    ("2024-10-24", "signed", "signed", "approved"),  # the State Duma
    ("2024-11-06", "signed", "signed", "approved"),  # the Federation Council
    ("2024-11-09", "signed", "signed", "ratified"),  # Russia
    ("2024-11-11", "ratified", "ratified", "ratified"),  # North Korea
    ("2024-12-04", "in force", "in force", "in force"),  # the instruments are exchanged
    ("2025-04-28", "in force", "in force", "in force"),
]
#: On which day some source says that an act was done that by most was not done then.
SLIPS = ["2024-10-09", "2024-11-30"]


def statuses(graph: KnowledgeGraph, day: date | None, **asked: str) -> tuple[str, str, str]:
    found = shown(graph, day, **asked)
    of = {local_name(one.party.iri): one.status for one in found.status_by_party}
    return found.status, of["north-korea"], of["russia"]


def shown(graph: KnowledgeGraph, day: date | None = None, **asked: str) -> Treaty:
    view = graph.perspective(according_to=asked.get("according_to", ()), as_of=asked.get("as_of"))
    (found,) = treaties(view, treaty=graph.resolve("csp-2024"), on=day)
    return found


def expected(day: date) -> tuple[str, ...]:
    past = [turn for turn in TURNS if date.fromisoformat(turn[0]) <= day]
    return past[-1][1:] if past else ("not signed",) * 3


@pytest.mark.parametrize("turn", [turn[0] for turn in TURNS] + SLIPS)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_the_status_before_on_and_after_each_turn(graph: KnowledgeGraph, turn: str, step: int) -> None:
    day = date.fromisoformat(turn) + timedelta(days=step)
    assert statuses(graph, day) == expected(day)


def test_at_last_it_is_in_force(graph: KnowledgeGraph) -> None:
    assert statuses(graph, None) == ("in force",) * 3


def test_who_dates_an_act_otherwise_is_shown_beside(graph: KnowledgeGraph) -> None:
    told = {
        (local_name(one.party.iri), act.type.label, act.date, local_name(claim.iri))
        for one in shown(graph).status_by_party
        for act in one.dated_otherwise
        for claim in act.claims
    }
    assert told == {
        ("north-korea", "signature", "2024-11", "trt-global-signature"),
        ("russia", "signature", "2024-11", "trt-global-signature"),
        ("russia", "ratification", "2024-10-09", "news-pravda-2024-11-13-putin-ratification"),
    }


def test_what_had_been_said_and_what_holds_are_two_times(graph: KnowledgeGraph) -> None:
    """By mid November 2024 one outlet alone had dated Russia's ratification, and wrongly, to October."""
    assert statuses(graph, date(2024, 10, 9), as_of="2024-11-13")[2] == "ratified"
    assert statuses(graph, date(2024, 10, 9), as_of="2024-12-31")[2] == "signed"
    assert statuses(graph, date(2025, 1, 1), as_of="2024-11-12")[0] == "signed"


def test_of_the_older_treaty_only_the_end_is_known(graph: KnowledgeGraph) -> None:
    (older,) = treaties(graph.perspective(), treaty=graph.resolve("treaty-1961"), on=date(1990, 1, 1))
    (ended,) = treaties(graph.perspective(), treaty=graph.resolve("treaty-1961"), on=date(1996, 12, 31))
    assert (older.status, ended.status) == ("unknown", "terminated")


def stands(positions: tuple[Position, ...]) -> list[tuple[str, ...]]:
    return [
        (local_name(p.party.iri), p.position, p.stance.public_on.lexical, local_name(p.claim.iri))
        for p in positions
        if p.stance.public_on
    ]


def test_who_claims_that_the_trigger_was_met(graph: KnowledgeGraph) -> None:
    """North Korea does. South Korea rejects the justification; Russia names the treaty, and no obligation of it."""
    (casus,) = shown(graph).casus_foederis
    assert local_name(casus.obligation.iri) == "csp-2024-obligation-defence-north-korea"
    assert {local_name(trigger.iri) for trigger in casus.triggers} == {"armed-attack", "state-of-war"}
    assert stands(casus.claimed_by) == [("north-korea", "asserts", "2025-04-28", "cmc-2025-04-27-invocation")]
    assert casus.rejected_by == casus.declined_by == casus.not_denied_by == ()
    assert stands(casus.justification_rejected_by) == [
        ("south-korea", "denies", "2025-04-28", "cmc-2025-04-27-un-charter"),
        ("south-korea", "contradicts", "2025-04-28", "jeon-2025-04-28-un-charter"),
    ]
    assert stands(casus.under_treaty) == [
        ("russia", "asserts", "2025-04-26", "gerasimov-2025-04-26-under-treaty"),
        ("russia", "asserts", "2025-04-28", "putin-2025-04-28-letter-and-spirit"),
    ]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"as_of": "2025-04-27"}, 0),  # written on that day, public on the next
        ({"as_of": "2025-04-28"}, 1),
        ({"according_to": "North Korea"}, 1),
        ({"according_to": "Russia"}, 0),
        ({"according_to": "South Korea"}, 0),
    ],
)
def test_whose_word_it_is_and_from_when(graph: KnowledgeGraph, asked: dict[str, str], count: int) -> None:
    found = shown(graph, None, **asked)
    assert len(found.casus_foederis) == count
    for casus in found.casus_foederis:
        assert [local_name(p.party.iri) for p in casus.justification_rejected_by] == ["south-korea"] * 2
