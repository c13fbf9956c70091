"""The page draws what the networks count: its relations are those of one projection, for any party and day."""

from __future__ import annotations

import pytest

import kg
from kg.networks.projection import relations
from kg.page.gather import gather
from kg.page.model import Knowledge
from kg.page.select import select
from kg.view import View

PERSPECTIVES: tuple[tuple[tuple[str, ...], str | None], ...] = (
    ((), None),
    ((), "2024-10-31"),
    (("Russia",), None),
    (("Ukraine",), "2025-04-27"),
    (("Russia", "North Korea"), "2025-04-27"),
)

Told = dict[tuple[str, str, str], set[str]]


def of_page(known: Knowledge, held: set[str]) -> Told:
    """The relations of the page of which something is held."""
    found: Told = {}
    for relation in known.relations:
        if claims := set(relation.claims) & held:
            found[relation.subject, relation.property, relation.object] = claims
    return found


def of_network(view: View, known: Knowledge) -> Told:
    """Those of the network between things of the page, the reference left out."""
    return {
        (start, key, end): set(data["claims"])
        for start, end, key, data in relations(view).edges(keys=True, data=True)
        if data["claims"] and start in known.things and end in known.things
    }


@pytest.mark.parametrize(("parties", "day"), PERSPECTIVES)
def test_the_relations_of_the_page_are_those_of_the_network(
    parties: tuple[str, ...], day: str | None
) -> None:
    with kg.open(":shipped:") as graph:
        view = graph.perspective(according_to=parties, as_of=day)
        known = gather(view, lang="en", title="")
        held = {claim.iri for claim in view.claims()}
        found = of_page(known, held)
        assert found == of_network(view, known)
        assert len(found) >= 8
        drawn = {relation for line in select(known).lines for relation in line.relations}
        assert drawn <= set(known.relations), "no line is drawn of anything else"
