"""A perspective in order of time."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import NotFoundError
from kg.graph import KnowledgeGraph
from kg.timeline import Entry, timeline
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
