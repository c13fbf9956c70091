"""Each line of an office is what one claim says of it, or several in the same words: none is made of two."""

from __future__ import annotations

from kg import graph as graphs
from kg.perspective.offices import OfficeHeld, offices_held
from kg.rdf.terms import curie, expand


def told(name: str) -> dict[tuple[str, str, str], set[str]]:
    with graphs.open(":shipped:") as graph:
        iri = expand(name)
        assert iri
        held: list[OfficeHeld] = offices_held(graph.perspective(), iri)
    rows = {
        (row.office.label, row.held_from, row.held_until): {curie(claim.iri) for claim in row.claims}
        for row in held
    }
    assert len(rows) == len(held)
    return rows


def test_a_start_and_an_end_are_of_one_claim() -> None:
    rows = {key[1:]: claims for key, claims in told("id:valery-gerasimov").items()}
    assert rows == {
        ("2012-11-09", ""): {"claim:russia-cabinet-gerasimov"},
        ("by 2025-04-26", ""): {"claim:euronews-p15-3"},
        ("by 2025-04-26", "2025-04-26 or later"): {"claim:reuters-2025-04-26-gerasimov"},
    }


def test_claims_that_say_the_same_share_a_line_and_bounds_are_not_merged() -> None:
    rows = told("id:koo-byoungsam")
    assert len(rows) == 4
    assert not [key for key in rows if " or by " in " ".join(key)]


def test_the_earliest_comes_first() -> None:
    assert [key[1] for key in told("id:kim-jong-un")][:2] == ["2011-12-30", "2012"]


def test_without_a_thing_all_offices_are_told() -> None:
    with graphs.open(":shipped:") as graph:
        rows = offices_held(graph.perspective())
    assert len({row.tenure for row in rows}) >= 13
    assert len({(row.tenure, row.start, row.end, row.holder.iri, row.office.iri) for row in rows}) == len(
        rows
    )
