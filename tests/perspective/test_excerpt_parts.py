"""Each question that an excerpt asks is needed: without it some answer would be another one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import pytest

from kg.disputes.find import disputes
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.store.excerpt_asked import Asked
from kg.view import View
from tests.disputes.made import REFERENCE, claim, control, stance
from tests.perspective.memory import InMemory
from tests.perspective.test_excerpt import both
from tests.tiny import HEAD

A = Definition((ID + "a",))
ELSEWHERE = "id:other kg:decidedBy id:y ."


def shows(view: View, thing: str) -> object:
    return view.show(ID + thing)


def disputed(view: View, thing: str) -> object:
    return disputes(view, about=ID + thing)


#: question -> what is said, whose perspective is asked, what is asked, of what
CASES: dict[str, tuple[list[str], Definition, Callable[[View, str], object], str]] = {
    "controlling": (
        [
            control("mine", "a", "id:a", "2024-01-01", "2024-03-01"),
            control("other", "b", "id:b", "2024-02-01", "2024-04-01"),
        ],
        Definition(),
        disputed,
        "state-mine",
    ),
    "filed": (
        [claim("c1", "a", "2024-01-01", more="; kg:addressesIssue id:i")],
        Definition(),
        lambda view, thing: view.claims(about=ID + thing),
        "i",
    ),
    "holding": (
        [claim("c1", "chief", "2024-01-01", says="id:x kg:place id:town .")],
        A,
        shows,
        "town",
    ),
    "labelling": (
        [
            claim("c1", "a", "2024-01-01", says="id:x kg:place id:nameless ."),
            claim("c2", "b", "2024-01-01", says='id:nameless rdfs:label "a name"@en .'),
        ],
        Definition(),
        shows,
        "x",
    ),
    "office-claims": (
        [claim("c1", "chief", "2024-01-01")],
        Definition(),
        lambda view, party: view.claims(by=ID + party),
        "a",
    ),
    "telling": (
        [
            claim("c1", "a", "2024-01-01", says="id:deed kg:occurredOn date:2024-01-01 ; kg:party id:c ."),
            claim("c2", "b", "2024-01-01", says="id:deed a kg:TreatyAction ."),
        ],
        Definition(),
        lambda view, thing: list(view.timeline(about=ID + thing)),
        "c",
    ),
    "contradicting": (
        [
            claim("c1", "a", "2024-01-01", says="id:x kg:place id:town ."),
            claim("c2", "b", "2024-01-02", says=ELSEWHERE, more="; kg:contradicts claim:c1"),
        ],
        Definition(),
        disputed,
        "town",
    ),
    "superseding": (
        [
            claim("c1", "a", "2024-01-01", says="id:x kg:place id:town ."),
            claim("c2", "b", "2024-01-02", says=ELSEWHERE, more="; kg:supersedes claim:c1"),
        ],
        Definition(),
        shows,
        "town",
    ),
    "answering": (
        [
            claim("c1", "a", "2024-01-01", says="id:x kg:place id:town ."),
            stance("denies", "c1", "b", "2024-01-02"),
        ],
        Definition(disputed=True),
        shows,
        "town",
    ),
    "below": ([claim("c1", "a-army", "2024-01-01")], A, lambda view, _: view.claims(), ""),
    "pointing": ([], Definition(), shows, "league"),
}


@pytest.mark.parametrize("how", sorted(CASES))
def test_without_a_question_the_answer_is_another(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said, definition, ask, thing = CASES[how]
    store = InMemory(parse_trig("\n".join([HEAD, REFERENCE, *said]).encode(), name="a.trig"))
    whole, part = both(store, definition)
    expected = ask(whole, thing)
    assert ask(part, thing) == expected
    found = Asked._found

    def silent(self: Asked, asked: str, things: Collection[str]) -> Iterator[str]:
        return iter(()) if asked == how else found(self, asked, things)

    monkeypatch.setattr(Asked, "_found", silent)
    assert ask(both(store, definition)[1], thing) != expected, f"{how} is never needed"
