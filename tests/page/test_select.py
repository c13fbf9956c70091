"""Which cards and lines a page draws."""

from __future__ import annotations

from kg.page import select
from kg.page.model import Knowledge
from kg.rdf.terms import expand


def iri(name: str) -> str:
    found = expand(name)
    assert found
    return found


def test_the_limit_holds_and_says_what_it_left_out(known: Knowledge) -> None:
    whole = select.select(known, limit=10_000)
    some = select.select(known, limit=20)
    assert len(some.cards) == 20
    assert set(some.cards) | set(some.left_out) == set(whole.cards)
    assert iri("id:russia") in some.cards
    assert {end for line in some.lines for end in (line.start, line.end)} <= set(some.cards)


def test_a_neighbourhood_grows_with_its_depth(known: Knowledge) -> None:
    thing = iri("id:kim-shoigu-meeting-2025-03")
    near = select.select(known, things=[thing])
    far = select.select(known, things=[thing], depth=2)
    assert {thing, iri("id:kim-jong-un"), iri("id:sergei-shoigu")} <= set(near.cards)
    assert set(near.cards) < set(far.cards)


def test_parts_open_in_the_card_of_their_host(known: Knowledge) -> None:
    parts = [thing for thing in known.things.values() if thing.kind == "part" and thing.host]
    assert len(parts) >= 30
    selection = select.select(known)
    assert not {part.iri for part in parts} & set(selection.cards)
    acts = [thing for thing in parts if select.host_of(known, thing.iri) == iri("id:csp-2024")]
    assert len(acts) >= 10


def test_every_drawn_line_has_claims(known: Knowledge) -> None:
    lines = select.select(known).lines
    assert len(lines) >= 40
    assert all(line.claims for line in lines)


def test_what_is_contested_is_drawn_before_what_is_only_told_often(known: Knowledge) -> None:
    """The control of Kursk has few relations, but Ukraine denies what Russia says of it."""
    some = select.select(known, limit=12)
    assert iri("id:russian-control-kursk") in some.cards


def test_a_neighbourhood_shows_people_under_their_states(known: Knowledge) -> None:
    near = select.select(known, things=[iri("id:sergei-shoigu")])
    assert {iri("id:russia"), iri("id:north-korea")} <= set(near.cards)
    camps = {item.key: item.camp for item in select.items(known, near)[0]}
    assert camps[iri("id:sergei-shoigu")] == iri("id:russia")
    assert camps[iri("id:kim-jong-un")] == iri("id:north-korea")
