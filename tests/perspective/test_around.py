"""What lies around a thing is the same, whether all claims were read for it or only those near."""

from __future__ import annotations

import pytest

from kg import graph as graphs
from kg.page.document import gathered
from kg.page.gather import gather
from kg.page.limit import around
from kg.page.model import Knowledge
from kg.page.select import Selection, select
from kg.perspective.around import claims_around
from kg.view import View


@pytest.fixture(scope="module")
def shipped() -> View:
    return graphs.open(":shipped:").perspective()


def drawn(known: Knowledge, thing: str, depth: int) -> tuple[Selection, frozenset[str]]:
    """The cards and lines, and the claims that the page has."""
    found = select(known, things=(thing,), depth=depth)
    near = known if known.near else around(known, found, (thing,))
    return select(near, things=(thing,), depth=depth), frozenset(claim.iri for claim in near.claims)


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("name", ["csp-2024", "Kim Jong Un", "Ukraine", "Kursk Oblast", "dprk-deployment"])
def test_the_claims_near_are_enough_for_the_page_of_a_thing(shipped: View, name: str, depth: int) -> None:
    thing = shipped.resolve(name)
    whole = gathered(shipped, lang="en", title="", things=(thing,), depth=depth)
    claims, left_out = claims_around(shipped, (thing,), depth=depth, most=1000)
    near = gather(shipped, lang="en", title="", among=claims)
    assert left_out == 0
    first, second = drawn(whole, thing, depth), drawn(near, thing, depth)
    assert len(first[0].cards) >= 5
    assert first[0].cards == second[0].cards
    assert [line.key for line in first[0].lines] == [line.key for line in second[0].lines]
    assert first[1] == second[1]
    held = {claim: whole.held[claim] for claim in first[1]}
    assert held == {claim: near.held[claim] for claim in first[1]}


def test_what_has_no_room_is_counted_and_the_disputed_stays(shipped: View) -> None:
    thing = shipped.resolve("Kursk Oblast")
    every, _ = claims_around(shipped, (thing,), depth=1, most=1000)
    few, left_out = claims_around(shipped, (thing,), depth=1, most=5)
    assert left_out > 0
    assert len(few) < len(every)
    disputed = set(shipped.ledger.names(shipped.ledger.conflicts.claims()))
    assert len(disputed.intersection(few)) >= 5
