"""What holds of every comparison, on dossiers that nobody thought of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.compare.model import POSITIONS, ClaimRow, Comparison, Counts, FactRow, IssueRow, count
from kg.compare.sides import compare
from kg.perspective.dataset import Dataset
from kg.perspective.view import Perspective
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CLAIM
from kg.view import View
from tests.compare.made import DOSSIER, SENDS, TIMES, build, claim, of, stance
from tests.compare.slow import compare_wholly
from tests.perspective.dossiers import dossier, perspective
from tests.perspective.memory import InMemory

Row = TypeVar("Row", ClaimRow, FactRow, IssueRow)

MIRRORED = {"gained": "lost", "lost": "gained"}


def mirrored(found: Comparison) -> Comparison:
    """What the same comparison must be with its sides exchanged."""
    return replace(
        found,
        left=found.right,
        right=found.left,
        issues=tuple(
            replace(
                mirrored_row(row),
                left_rejects=row.right_rejects,
                right_rejects=row.left_rejects,
                left_position=row.right_position,
                right_position=row.left_position,
            )
            for row in found.issues
        ),
        claims=tuple(map(mirrored_row, found.claims)),
        facts=tuple(
            replace(mirrored_row(row), left_position=row.right_position, right_position=row.left_position)
            for row in found.facts
        ),
        counts=Counts(
            {MIRRORED.get(verdict, verdict): number for verdict, number in found.counts.issues.items()},
            {MIRRORED.get(verdict, verdict): number for verdict, number in found.counts.facts.items()},
            {
                (MIRRORED.get(verdict, verdict), right, left): number
                for (verdict, left, right), number in found.counts.standings.items()
            },
        ),
    )


def mirrored_row(row: Row) -> Row:
    verdict = MIRRORED.get(row.verdict, row.verdict)
    return replace(row, verdict=verdict, left=row.right, right=row.left)


def triples(view: Perspective) -> set[tuple[str, str, str]]:
    """What the claims of a view say; the reference, the record and the ontology are nobody's claim."""
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in view.quads()
        if quad.graph_name.value.startswith(CLAIM)  # type: ignore[union-attr]  # it is an IRI
    }


ACTORS = ("a", "b", "b1", "c", "g")
DAYS = ("2023-05-10", "2023-05-20", "2023-05-31")
KINDS = ("confirms", "denies", "disputes", "retracts", "declines-to-comment", "does-not-deny")
BODIES = (SENDS, "id:x kg:sendingState id:a .", "id:y kg:place id:p .", 'id:y kg:content "so"@en .', "")


@st.composite
def dossiers(draw: st.DrawFn) -> list[str]:
    """Up to four claims that share facts, issues and days, with links to each other and stances by anyone."""
    parts = []
    for n in range(draw(st.integers(1, 4))):
        links = [f"; kg:addressesIssue id:q{draw(st.integers(0, 1))} "] if draw(st.booleans()) else []
        for link in ("contradicts", "contradicts", "supersedes"):
            if n and not draw(st.integers(0, 2)):
                links.append(f"; kg:{link} claim:c{draw(st.integers(0, n - 1))} ")
        by, body, day = (draw(st.sampled_from(of)) for of in (ACTORS, BODIES, DAYS))
        parts.append(claim(f"c{n}", by, body, on=day, more="".join(links)))
        taken = st.tuples(st.sampled_from(ACTORS), st.sampled_from(KINDS), st.sampled_from(DAYS))
        stances = draw(st.lists(taken, max_size=4, unique_by=lambda one: (one[0], one[2])))
        parts += [stance(f"c{n}", *one) for one in stances]
    return parts


asked = st.tuples(st.sampled_from(["", *ACTORS]), st.sampled_from([None, *DAYS]))


@given(dossiers(), asked, asked)
@example(DOSSIER, ("a", None), ("b", None))
@example(TIMES, ("a", "2023-05-20"), ("a", None))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_comparison_is_sound(
    parts: list[str], one: tuple[str, str | None], other: tuple[str, str | None]
) -> None:
    with TemporaryDirectory() as folder:
        graph = build(Path(folder), parts)
        left, right = (of(graph, *([party] if party else []), as_of=day) for party, day in (one, other))
        found = compare(left, right)
        assert compare(right, left) == mirrored(found)
        check_facts(found, triples(left), triples(right))
        for row in found.claims:
            assert (row.left.position == "holds") == left.admits(row.claim.iri)
            assert (row.right.position == "holds") == right.admits(row.claim.iri)
            assert {row.left.position, row.right.position} <= set(POSITIONS)
        itself = compare(left, left)
        for rows in (itself.claims, itself.facts, itself.issues):
            assert set(count(rows)) <= {"agree"}


def check_facts(
    found: Comparison, ours: set[tuple[str, str, str]], theirs: set[tuple[str, str, str]]
) -> None:
    """Each fact of either side stands exactly once, as held by who holds it."""
    listed = [(f"<{row.subject.iri}>", f"<{row.property.iri}>", _term(row.value)) for row in found.facts]
    plain = [fact for fact in listed if fact[2].startswith("<")]
    assert len(set(listed)) == len(listed)
    assert set(plain) == {fact for fact in ours | theirs if fact[2].startswith("<")}
    for row, fact in zip(found.facts, listed, strict=True):
        if fact in plain:
            assert (bool(row.left), bool(row.right)) == (fact in ours, fact in theirs)


def _term(value: str) -> str:
    return f"<{value}>" if ":" in value else value


@given(st.integers(0, 1 << 32))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_ledger_tells_what_reading_everything_tells(seed: int) -> None:
    random = Random(seed)
    made = InMemory(parse_trig(dossier(random).encode(), name="a.trig"))
    for is_change in (False, False, False, True):
        one, other = perspective(random), perspective(random)
        if is_change:
            other = replace(other, according_to=one.according_to)
        left, right = (View(Dataset(made, asked), resolve=lambda name: name) for asked in (one, other))
        found = compare(left, right)
        for view in (left, right):
            assert view.definition.is_default or "store" not in vars(view._dataset), (
                "a whole dataset was made"
            )
        whole = compare_wholly(left, right)
        assert found == whole, (one, other)
        limit = random.choice([1, 2, 3])
        first = compare(left, right, limit=limit)
        assert first.counts == whole.counts
        check_first(first.issues, whole.issues, limit)
        check_first(first.claims, whole.claims, limit)
        check_first(first.facts, whole.facts, limit)


def check_first(given: Sequence[Row], every: Sequence[Row], limit: int) -> None:
    """The first of all are there, and the first of each verdict, and all are rows of the whole answer, in order."""
    assert given[:limit] == every[:limit]
    for verdict in count(every):
        of_all, of_these = (
            [row for row in rows if row.verdict == verdict][:limit] for rows in (every, given)
        )
        assert of_these == of_all
    assert list(given) == [row for row in every if row in given]
