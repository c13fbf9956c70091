"""Laws that every perspective keeps, whatever was said: monotony, idempotence, and no regard of any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.rdf.trig import Quad, parse_trig, write_nquads
from kg.rdf.vocabulary import ID, KG, RDF_TYPE, RECORD_GRAPH
from tests.perspective.dossiers import ACTORS, DAYS, dossier, perspective
from tests.tiny import build_store

randoms = st.randoms(use_true_random=False)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def opened(quads: Sequence[Quad]) -> Iterator[KnowledgeGraph]:
    """A store of these quads, on disk as long as it is asked."""
    with TemporaryDirectory() as folder:
        yield build_store(Path(folder) / "store", quads)


def made_up(random: Random, *, is_settled: bool = False) -> list[Quad]:
    return parse_trig(dossier(random, is_settled=is_settled).encode(), name="a.trig")


def said(graph: KnowledgeGraph, definition: Definition) -> set[str]:
    """The lines of a perspective's named graphs."""
    return set(write_nquads(graph._view(definition).quads()).splitlines())


def record(lines: set[str]) -> set[str]:
    return {line for line in lines if line.endswith(f" <{RECORD_GRAPH}> .")}


def claims(lines: set[str]) -> set[str]:
    """All that are on record, held or not."""
    return {line for line in record(lines) if f" <{RDF_TYPE}> <{KG}Claim> <" in line}


@given(randoms, st.sets(st.sampled_from(ACTORS), max_size=1))
@SLOW
def test_monotony_a_later_day_knows_all_that_an_earlier_one_knew(random: Random, names: set[str]) -> None:
    parties = tuple(ID + name for name in names)
    days: list[date | None] = [*sorted(DAYS), None]
    with opened(made_up(random)) as graph:
        known = [said(graph, Definition(parties, day)) for day in days]
    for earlier, later in pairwise(known):
        assert record(earlier) <= record(later)
        assert claims(earlier) <= claims(later)
    assert claims(known[-1])


@given(randoms)
@SLOW
def test_idempotence_a_perspective_of_a_perspective_is_the_same(random: Random) -> None:
    """With no claim deciding who speaks for whom: one who does not hold it leaves it out."""
    definition = perspective(random)
    with opened(made_up(random, is_settled=True)) as graph:
        once = list(graph._view(definition).quads())
        expected = said(graph, definition)
    with opened(once) as graph:
        assert said(graph, definition) == expected


@given(randoms)
@SLOW
def test_order_independence_of_quads_and_of_parties(random: Random) -> None:
    quads, asked = made_up(random), [perspective(random) for _ in range(3)]
    with opened(quads) as graph:
        expected = [said(graph, definition) for definition in asked]
    random.shuffle(quads)
    with opened(quads) as graph:
        for definition, lines in zip(asked, expected, strict=True):
            parties = list(definition.according_to)
            random.shuffle(parties)
            view = graph.perspective(
                according_to=parties,
                as_of=definition.as_of,
                on=definition.on,
                undisputed=definition.undisputed,
                disputed=definition.disputed,
                exactly=definition.exactly,
                infer=definition.infer,
            )
            assert set(write_nquads(view.quads()).splitlines()) == lines


@given(randoms)
@SLOW
def test_a_perspective_is_between_what_all_hold_and_nothing(random: Random) -> None:
    """A party holds no claim that nobody holds, and asking two parties is asking the one and the other."""
    one, two = (ID + random.choice(ACTORS) for _ in range(2))
    with opened(made_up(random)) as graph:
        anyone, first, second, both = (
            {claim.iri for claim in graph._view(Definition(parties)).claims()}
            for parties in ((), (one,), (two,), tuple(sorted({one, two})))
        )
    assert first | second == both
    assert both <= anyone
