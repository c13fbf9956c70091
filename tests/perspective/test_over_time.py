"""What is looked up by party and day is what select answers, whatever was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg import graph as graphs
from kg.claims.codec import read_claims
from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.perspective.over_time import TODAY, Held, OverTime, events
from kg.perspective.select import select
from kg.rdf.vocabulary import CLAIM, ID
from tests.perspective.dossiers import ACTORS, DAYS
from tests.perspective.test_laws import SLOW, made_up, opened

MODES = ("", "undisputed", "disputed")


def looked_up(graph: KnowledgeGraph, *, exactly: bool = False, on: date | None = None) -> Mapping[str, Held]:
    view = graph.perspective(exactly=exactly, on=on)
    claims = read_claims(view.store)
    asked = OverTime(view)
    taken: dict[str, set[str]] = {}
    for claim in claims:
        for stance in claim.stances:
            for party in asked.parties_of(stance):
                taken.setdefault(party, set()).add(claim.iri)
    return asked.held(events(claims), taken)


def admitted(held: Mapping[str, Held], parties: Collection[str], day: date, mode: str) -> set[str]:
    return {
        claim
        for claim, found in held.items()
        if found.is_held(parties, day)
        and (not mode or found.is_contested(parties, day) == (mode == "disputed"))
    }


def selected(graph: KnowledgeGraph, definition: Definition) -> set[str]:
    ledger = graph._view(definition)._dataset.ledger
    return set(ledger.names(select(ledger, definition)))


@given(st.randoms(use_true_random=False))
@SLOW
def test_what_is_looked_up_is_what_select_answers(random: Random) -> None:
    exactly, on = random.random() < 0.3, random.choice((None, None, *DAYS))
    with opened(made_up(random)) as graph:
        held = looked_up(graph, exactly=exactly, on=on)
        for _ in range(40):
            parties = tuple(
                sorted(ID + actor for actor in random.sample(ACTORS, random.choice((0, 1, 1, 2, 4))))
            )
            day, mode = random.choice((*DAYS, date(2023, 5, 15), TODAY)), random.choice(MODES)
            definition = Definition(
                parties,
                None if day == TODAY else day,
                on,
                undisputed=mode == "undisputed",
                disputed=mode == "disputed",
                exactly=exactly,
            )
            assert admitted(held, parties, day, mode) == selected(graph, definition), definition


def test_what_is_superseded_later_was_held_before() -> None:
    with graphs.open(":shipped:") as graph:
        found = looked_up(graph)[CLAIM + "nis-2025-01-killed"]
        assert found.anyone == ((date(2025, 1, 31), date(2025, 4, 30)),)
        assert not found.is_held([ID + "south-korea"], TODAY)
        assert found.is_held([ID + "south-korea"], date(2025, 4, 29))


def test_the_view_of_all_that_is_ever_held_has_what_nobody_holds_today() -> None:
    with graphs.open(":shipped:") as graph:
        view = graph.perspective(according_to="Russia", as_of="2024-10-31")
        whole = OverTime(view).view(looked_up(graph))
        assert whole.admits(CLAIM + "nis-2025-01-killed")
        assert whole.admits(CLAIM + "nis-2025-04-30-killed")
        assert not view.admits(CLAIM + "nis-2025-04-30-killed")
        assert whole.definition.is_default
