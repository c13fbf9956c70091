"""A perspective in order of time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.perspective.dataset import Dataset
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.timeline import Entry, first_entries, timeline
from kg.view import View
from tests.compare.made import build, claim
from tests.perspective.dossiers import ACTORS, DATES, DAYS, dossier, perspective
from tests.perspective.memory import InMemory
from tests.slow_timeline import slow_timeline
from tests.tiny import local_names, tiny

__all__ = ["tiny"]


def shown(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(entry.date, entry.kind, entry.label) for entry in entries]


def test_everything_in_order_of_time(tiny: KnowledgeGraph) -> None:
    entries = timeline(tiny.perspective())
    assert shown(entries) == [
        ("2020-03-04", "act", "signing of the Pact of 2020"),
        ("2020-03-04", "statement", "text of the pact"),
        ("2023-04", "event", "deployment of the Arland brigade"),
        ("2023-05-01", "statement", "Herald report"),
        ("2023-05", "statement", "Borland briefing"),
        ("2023-05-10", "statement", "Nan Voss to the press"),
        ("2023-06-02", "statement", "interview with Nan Voss"),
        ("2023-06-15", "statement", "second Borland briefing"),
        ("2023-06-30", "statement", "Arland communiqué"),
        ("2023-07", "statement", "remarks of observers"),
    ]
    deployment = entries[2]
    assert (deployment.precision, local_names(c.iri for c in deployment.claims)) == ("month", {"herald-1"})
    communique = entries[8]
    assert local_names(c.iri for c in communique.claims) == {"herald-1", "borland-count-2"}


def test_terms_of_office_are_no_events(tiny: KnowledgeGraph) -> None:
    assert not [entry for entry in timeline(tiny.perspective()) if "tenure" in entry.iri]


def test_a_perspective_has_its_own_time(tiny: KnowledgeGraph) -> None:
    entries = timeline(tiny.perspective(according_to="Arland", as_of="2023-06-30"))
    assert [label for _, _, label in shown(entries)] == ["signing of the Pact of 2020", "text of the pact"]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (date(2023, 5, 31), date(2023, 5, 31), 1),
        (date(2023, 6, 1), None, 4),
        (None, date(2020, 12, 31), 2),
        (date(2023, 4, 30), date(2023, 4, 30), 1),
        (date(2030, 1, 1), None, 0),
    ],
)
def test_what_may_fall_between_two_days(
    tiny: KnowledgeGraph, since: date | None, until: date | None, count: int
) -> None:
    assert len(timeline(tiny.perspective(), since=since, until=until)) == count


def test_about_a_thing_and_by_a_speaker(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective()
    about = [label for _, _, label in shown(timeline(view, about="Pact of 2020"))]
    assert about == [
        "signing of the Pact of 2020",
        "text of the pact",
        "Borland briefing",
        "interview with Nan Voss",
    ]
    spoken = [label for _, _, label in shown(timeline(view, about="Nan Voss"))]
    assert "Nan Voss to the press" in spoken
    assert "interview with Nan Voss" in spoken
    with pytest.raises(NotFoundError):
        timeline(view, about="Atlantis")


def test_what_kind_it_is_another_claim_may_tell(tmp_path: Path) -> None:
    parts = [
        claim("dates", "a", "id:deed kg:occurredOn date:2023-05-02 ; kg:party id:c ."),
        claim("names", "b", "id:deed a kg:TreatyAction ."),
    ]
    view = build(tmp_path, parts).perspective(as_of="2024")
    assert [entry.kind for entry in timeline(view, about=ID + "c")] == ["statement", "act"]


def happenings(random: Random) -> str:
    """What claims date, and the reference and the ontology tell to be acts or terms of office."""
    kinds = ("", "; a kg:TreatyAction", "; a kg:Tenure", "; a id:Deed", *["; kg:party id:a"] * 4)
    said = [
        f"GRAPH claim:c{random.randint(0, 4)} {{ id:h{random.randint(0, 2)} "
        f"kg:{random.choice(('occurredOn', 'holdsFrom'))} date:{random.choice(DATES)} {random.choice(kinds)} . }}"
        for _ in range(7)
    ]
    if random.random() < 0.7:
        said.append("GRAPH graph:reference { id:h0 a kg:TreatyAction . id:h1 a kg:Tenure . id:h2 a id:Deed }")
    if random.random() < 0.7:
        said.append("GRAPH graph:ontology { id:Deed rdfs:subClassOf kg:TreatyAction }")
    return "\n".join(said)


@pytest.mark.parametrize("looked_up", [0, 1 << 15], ids=["stances looked up", "the record gone through"])
@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_what_reading_everything_tells(looked_up: int, seed: int) -> None:
    random = Random(seed)
    made = InMemory(parse_trig(f"{dossier(random)}\n{happenings(random)}".encode(), name="a.trig"))
    things = [
        None,
        *[ID + "a"] * 6,
        *(ID + name for name in (*ACTORS, "x", "y", "h0", "h1", "i0", "e0", "t0")),
    ]
    for _ in range(5):
        view = View(Dataset(made, perspective(random)), resolve=lambda name: name)
        about, (since, until) = random.choice(things), random.choices([None, None, *DAYS], k=2)
        every = slow_timeline(view, about=about, since=since, until=until)
        with patch("kg.perspective.dated._LOOK_UP", looked_up):
            found = first_entries(view, about=about, since=since, until=until)
            first = first_entries(view, about=about, since=since, until=until, limit=2)
        assert (list(found.entries), found.total) == (every, len(every)), (view.definition, about)
        assert (list(first.entries), first.total) == (every[:2], len(every))
