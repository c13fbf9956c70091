"""Small claims and knowledge made by hand, and the faults that a picture may have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from kg.claims.model import Claim, Evidence, Extent, Named, Stance, Statement
from kg.page.geometry import Box, Picture, Tie
from kg.page.labels import seen_together

SOURCE = Named("https://example.org/source", "a source")


def stance(iri: str, kind: str, who: str, day: str | None, *, claim: str = "c") -> Stance:
    """A stance of an actor, public on a day (None: nobody knows when)."""
    extent = Extent(day, "day", day, day) if day else None
    said = Statement(f"{iri}-said", "said", Named(who, who), extent, None, None, None, (), ())
    passage = Evidence(f"{iri}-passage", SOURCE, "https://example.org/a", 3, 10, 20, None, None)
    return Stance(iri, claim, kind, Named(who, who), None, said, (passage,))


def claim(iri: str, *stances: Stance) -> Claim:
    """A claim with these stances; the first is its claimant's."""
    first = stances[0]
    return Claim(
        iri=iri,
        text=f"text of {iri}",
        claimant=first.stance_of,
        on_behalf_of=None,
        statement=first.statement,
        epistemic_status=None,
        evidence=first.evidence,
        stances=stances,
        issues=(),
        quotation=None,
        contradicts=(),
        supersedes=(),
    )


def faults(picture: Picture, ties: Sequence[Tie]) -> list[str]:
    """What a picture must not have: cards on cards, lines through cards, names on cards or on other names."""
    known = {tie.key: tie for tie in ties}
    found = [f"{a.key} on {b.key}" for a, b in combinations(picture.cards, 2) if a.box.overlaps(b.box)]
    found += [
        f"{route.key} through {card.key}"
        for route in picture.routes
        for card in picture.cards
        if any(card.box.holds(point) for point in route.points)
    ]
    chips = [(route.key, route.chip) for route in picture.routes if route.chip is not None]
    found += [
        f"name of {key} on {card.key}"
        for key, chip in chips
        for card in picture.cards
        if chip.overlaps(card.box)
    ]
    found += [
        f"name of {one} on that of {other}"
        for (one, a), (other, b) in combinations(chips, 2)
        if a.overlaps(b) and seen_together(known[one], known[other])
    ]
    whole = Box(0, 0, picture.width, picture.height)
    found += [f"{card.key} outside" for card in picture.cards if not whole.contains(card.box)]
    camps = [camp.box for camp in picture.camps]
    found += ["camp on camp" for a, b in combinations(camps, 2) if a.overlaps(b)]
    return found
