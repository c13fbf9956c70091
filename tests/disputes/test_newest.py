"""The first disputes are the first of all, read however slowly: of everyone, about a thing, of a party, as of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.disputes import find
from kg.disputes.model import Dispute
from kg.graph import KnowledgeGraph, open
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.store.snapshot import Snapshot
from kg.view import View
from tests.disputes.made import claim, count, stance, store
from tests.disputes.slow import slow_disputes
from tests.perspective.dossiers import ACTORS, DATES, DAYS, OPEN_DATES, dossier
from tests.perspective.memory import InMemory

FACTS = (
    "id:s{n} kg:controlledBy id:{who} ; kg:place id:{where} ; kg:holdsFrom date:{day} .",
    "id:s{n} kg:controlledBy id:{who} ; kg:place id:{where} ; kg:holdsFrom date:2023-05-01 ; kg:holdsUntil date:2024 .",
    "id:raid kg:estimate id:e{n} . id:e{n} kg:category code:killed ; kg:ofActor id:a ; kg:best {size} .",
    "id:raid kg:estimate id:e{n} . id:e{n} kg:category code:deployed ; kg:ofActor id:a ; kg:best {size} .",
    "id:act kg:actionType code:signature ; kg:actingParty id:b ; kg:occurredOn date:{day} .",
)
SPEAKERS = ("a", "a1", "b", "m", "g", "n")
LIMITS = (1, 2, 5)
#: (claims looked at for a dispute, claims that are few): as they are, and so that small stores take many steps.
PACES = ((find._AHEAD, find._FEW), (1, find._FEW), (1, 0))


def made(random: Random) -> InMemory:
    """A made-up dossier, and claims in it of what can have one value only."""
    parts = [dossier(random)]
    for n in range(random.randint(2, 9)):
        values = {"n": n, "day": random.choice(DATES), "who": random.choice("ab"), "size": n * 10}
        told = random.choice(FACTS)
        if random.random() < 0.2:  # who is named by a claim alone
            told += (
                f' id:{random.choice(("town", "raid", "act"))} rdfs:label "by {random.randint(0, 9)}"@en .'
            )
        for name, value in {**values, "where": random.choice(("town", "field"))}.items():
            told = told.replace(f"{{{name}}}", str(value))
        more = f" ; kg:addressesIssue id:i{random.randint(0, 3)}" if random.random() < 0.4 else ""
        more += f" ; kg:contradicts claim:f{random.randint(0, 4)}" if random.random() < 0.3 else ""
        more += " ; kg:epistemicStatus code:true-certain" if random.random() < 0.5 else ""
        head = f"claim:f{n} a kg:Claim{more} ; kg:claimant"
        said = [_said(random, f"f{n}", head)]
        for m in range(random.choice((0, 0, 1, 1, 2))):
            head = f"stance:f{n}-{m} a kg:Stance ; kg:stanceOn claim:f{n} ; kg:stanceType"
            head += f" code:{random.choice(('denies', 'denies', 'confirms', 'retracts'))} ; kg:stanceOf"
            said.append(_said(random, f"f{n}-{m}", head))
        parts.append(f"GRAPH claim:f{n} {{ {told} }} GRAPH graph:record {{ {' '.join(said)} }}")
    return InMemory(parse_trig("\n".join(parts).encode(), name="made.trig"))


def _said(random: Random, name: str, head: str) -> str:
    day = random.choice((*DATES, *OPEN_DATES) if random.random() < 0.3 else DATES)
    return (
        f"{head} id:{random.choice(SPEAKERS)} ; kg:statedIn statement:{name} ."
        f" statement:{name} a kg:PublicStatement ; kg:statedOn date:{day} ."
    )


@contextmanager
def pace(ahead: int, few: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_AHEAD", ahead)
        patch.setattr(find, "_FEW", few)
        yield


def view(snapshot: Snapshot, definition: Definition) -> View:
    return View(Dataset(snapshot, definition), resolve=lambda name: name)


def assert_same(asked: View, *, about: str | None = None, of: tuple[str, ...] = ()) -> list[Dispute]:
    """What is found is what is found slowly, by whatever limit and pace; all of it."""
    expected = slow_disputes(asked.as_said(), about=about, of=of)
    assert find.disputes(asked, about=about, of=of) == expected, (asked.definition, about, of)
    for limit, steps in product(LIMITS, PACES):
        with pace(*steps):
            found = find.disputes(asked, about=about, of=of, limit=limit)
        assert found == expected[:limit], (asked.definition, about, of, limit, steps)
    return expected


DEFINITIONS = st.builds(
    lambda as_of, on, mode, infer: Definition(
        as_of=as_of, on=on, undisputed=mode == "undisputed", disputed=mode == "disputed", infer=infer
    ),
    st.sampled_from([None, None, *DAYS]),
    st.sampled_from([None, None, None, *DAYS]),
    st.sampled_from(["", "", "", "undisputed", "disputed"]),
    st.booleans(),
)
THINGS = (*ACTORS, "i0", "i1", "town", "raid", "act", "x", "claim/c0", "claim/f0")


@given(st.randoms(use_true_random=False), DEFINITIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_made_up_dossiers(random: Random, definition: Definition) -> None:
    asked = view(made(random), definition)
    assert_same(asked)
    assert_same(asked, about=ID + random.choice(THINGS))
    assert_same(asked, of=(ID + random.choice(ACTORS), ID + random.choice(ACTORS)))
    assert_same(asked, about=ID + random.choice(THINGS), of=(ID + random.choice(ACTORS),))


def test_the_made_up_dossiers_have_all_kinds_of_disputes() -> None:
    """Else they would prove nothing; what is asked for must be less than all, and still something."""
    kinds = Counter[str]()
    for seed in range(40):
        random = Random(seed)
        asked = view(made(random), Definition(as_of=random.choice((None, DAYS[-1]))))
        every = assert_same(asked)
        kinds.update({"several": len(every) > 5, "days": len({dispute.day for dispute in every}) > 2})
        kinds.update(conflict.how for dispute in every for conflict in dispute.conflicts)
        kinds["about"] += 0 < len(assert_same(asked, about=ID + "i0")) < len(every)
        kinds["of"] += 0 < len(assert_same(asked, of=(ID + "b",))) < len(every)
    asked_for = {"denial", "contradiction", "control", "count", "date", "several", "days", "about", "of"}
    assert {kind for kind in asked_for if kinds[kind]} == asked_for, kinds


def test_of_one_day_all_are_known_before_any_is_given(tmp_path: Path) -> None:
    """The later word on z says nothing any more, so z is of the day of y, which comes first and is read later."""
    graph = store(
        tmp_path,
        claim("z", "b", "2023-01-01"),
        stance("denies", "z", "a", "2023-01-02"),
        stance("confirms", "z", "bloggers", "2023-01-03"),
        stance("declines-to-comment", "z", "bloggers", "2023-01-04"),
        claim("y", "b", "2023-01-01"),
        stance("denies", "y", "a", "2023-01-02"),
    )
    assert [dispute.issue.label for dispute in assert_same(graph.perspective())] == ["y", "z"]


def test_of_a_thing_told_in_several_ways_all_belong_together(tmp_path: Path) -> None:
    graph = store(
        tmp_path,
        count("k1", "a", "2023-01-01", "kg:best 1"),
        count("k2", "b", "2023-01-01", "kg:best 2"),
        count("w1", "c", "2023-01-02", "kg:best 3", fate="wounded"),
        count("w2", "bloggers", "2023-01-02", "kg:best 4", fate="wounded"),
    )
    (dispute,) = assert_same(graph.perspective(), of=(ID + "c",))
    assert len(dispute.claims) == 4


def test_a_denial_may_outlive_what_rule_7_calls_contested(tmp_path: Path) -> None:
    """The chief denies it for the league, and is of state A as well, whose ministry confirms it later."""
    graph = store(
        tmp_path,
        claim("c", "b", "2023-01-01"),
        stance("denies", "c", "chief", "2023-01-02", behalf="league"),
        stance("confirms", "c", "a-mfa", "2023-01-03"),
    )
    assert len(assert_same(graph.perspective(undisputed=True))) == 1


@pytest.mark.parametrize("day", [None, "2025-04-27"])
def test_of_the_shipped_dossier(shipped: KnowledgeGraph, day: str | None) -> None:
    for asked in (
        shipped.perspective(as_of=day),
        shipped.perspective(as_of=day, undisputed=True),
        shipped.perspective(as_of=day, on=day),
    ):
        assert_same(asked)
    asked = shipped.perspective(as_of=day)
    for thing in ("kursk-oblast", "russia", "claim/euronews-p14-1"):
        assert_same(asked, about=ID + thing)
    for party in ("russia", "tass"):
        assert_same(asked, of=(ID + party,))


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return open()
