"""Every perspective equals what the norm says, quad for quad, on dossiers that nobody thought of."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from kg.store.snapshot import COMMON_GRAPHS
from tests.perspective.agreement import compare, differences, norm_of, question, run
from tests.perspective.dossiers import ACTORS, DAYS, dossier, perspective
from tests.perspective.memory import InMemory
from tests.perspective.oracle import Norm
from tests.tiny import tiny

__all__ = ["tiny"]

#: Draws that hypothesis makes, and makes simpler when something breaks.
randoms = st.randoms(use_true_random=False)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

#: Asked of every dossier: few rules show in one perspective.
SWEEP = [
    Definition(
        tuple(ID + name for name in names),
        as_of,
        undisputed=mode == "undisputed",
        disputed=mode == "disputed",
        exactly=exactly,
    )
    for names in ((), ("a",), ("b",), ("a2",), ("c",), ("a", "m"))
    for as_of in (None, *DAYS)
    for mode in ("", "undisputed", "disputed")
    for exactly in (False, True)
]


@given(randoms)
@SLOW
def test_a_perspective_admits_what_the_norm_says(random: Random) -> None:
    made = InMemory(parse_trig(dossier(random).encode(), name="a.trig"))
    norm = Norm(made.text())
    for definition in SWEEP:
        assert made.admitted(definition) == norm.admitted(question(definition)), definition


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib of itself
@given(randoms)
@SLOW
def test_a_perspective_is_what_the_norm_says(random: Random) -> None:
    text = dossier(random)
    assert not list(compare(text, [perspective(random) for _ in range(4)], Counter()))


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib of itself
def test_the_long_comparison_compares_and_finds_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    assert run(20, seed=1, counts=counts) == ""
    assert counts["perspectives"] >= 100
    assert counts["claims held"] >= 40
    assert all(counts[option] >= 10 for option in Definition.__slots__)
    monkeypatch.setattr(Norm, "is_retracted", lambda *_: False)
    assert " only: <" in run(20, seed=1, counts=Counter())


def test_the_long_comparison_is_a_command() -> None:
    words = [sys.executable, "-m", "tests.perspective.agreement", "--dossiers", "2", "--seed", "7"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("the norm and the program agree\n")


@given(randoms, st.one_of(st.none(), st.sampled_from(DAYS)))
@SLOW
def test_anyone_holds_what_some_party_holds_and_nothing_else(random: Random, as_of: date | None) -> None:
    made = InMemory(parse_trig(dossier(random).encode(), name="a.trig"))
    for exactly in (False, True):
        anyone = made.admitted(Definition(as_of=as_of, exactly=exactly))
        each = [made.admitted(Definition((ID + actor,), as_of, exactly=exactly)) for actor in ACTORS]
        assert anyone == set().union(*each)
    split = [made.admitted(Definition(as_of=as_of, undisputed=u, disputed=not u)) for u in (True, False)]
    assert made.admitted(Definition(as_of=as_of)) == split[0] | split[1]
    assert not split[0] & split[1]


ASKED = [
    Definition(),
    Definition(as_of=date(2023, 5, 31)),
    Definition((ID + "arland",)),
    Definition((ID + "arland",), exactly=True),
    Definition((ID + "arland",), date(2023, 6, 30)),
    Definition((ID + "herald", ID + "borland"), undisputed=True),
    Definition(disputed=True, as_of=date(2023, 5, 31)),
    Definition(on=date(2023, 6, 1)),
    Definition(infer=True),
    Definition((ID + "borland",), infer=True),
    Definition((ID + "nobody",)),
]


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib of itself
@pytest.mark.parametrize("definition", ASKED, ids=str)
def test_the_stores_that_users_get_are_what_the_norm_says(
    tiny: KnowledgeGraph, definition: Definition
) -> None:
    assert differences(tiny, norm_of(tiny), definition) == []
    view = tiny._view(definition)
    named = {graph.value for graph in view.store.named_graphs()}
    assert named - set(COMMON_GRAPHS) == {claim.iri for claim in view.claims()}
