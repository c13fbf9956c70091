"""Which stance counts: by the last public day, and on one day by weight (rules R3 and R4)."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kg.claims.latest import latest
from kg.claims.model import Claim, Extent, Named, Stance, Statement
from kg.claims.standing import positions, stance_of_claimant
from kg.commands.claim_cells import claim_cells, claim_line, disputed_line

A = Named("http://x/a", "A")
BODY, MINISTRY = Named("http://x/b", "Body of A"), Named("http://x/m", "Ministry of A")
MARCH = Extent("2025-03", "month", "2025-03-01", "2025-03-31")
DAY = Extent("2025-03-31", "day", "2025-03-31", "2025-03-31")
EARLIER = Extent("2025-03-30", "day", "2025-03-30", "2025-03-30")
OPEN = Extent("from-2026-01-01", "interval", "2026-01-01", None)


def stance(kind: str, day: Extent | None) -> Stance:
    statement = Statement("http://x/s", "", A, day, None, None, None, (), ())
    name = f"http://x/{kind}-{day.lexical if day else ''}"
    return Stance(name, "http://x/c", kind, A, None, statement, ())


@pytest.mark.parametrize(
    ("stances", "counts"),
    [
        ([("asserts", DAY), ("retracts", DAY)], "retracts"),
        ([("asserts", DAY), ("retracts", MARCH)], "retracts"),
        ([("confirms", DAY), ("denies", DAY)], "denies"),
        ([("revises", DAY), ("disputes", DAY)], "disputes"),
        ([("denies", DAY), ("retracts", DAY)], "retracts"),
        ([("declines-to-comment", DAY), ("asserts", DAY)], "asserts"),
        ([("denies", EARLIER), ("confirms", DAY)], "confirms"),
        ([("retracts", EARLIER), ("asserts", MARCH)], "asserts"),
        ([("denies", OPEN), ("asserts", EARLIER)], "asserts"),
        ([("retracts", None), ("does-not-deny", EARLIER)], "does-not-deny"),
    ],
)
def test_the_stance_that_counts(stances: list[tuple[str, Extent | None]], counts: str) -> None:
    made = [stance(kind, day) for kind, day in stances]
    for order in permutations(made):
        claim = Claim("http://x/c", "", A, None, made[0].statement, None, (), order, (), None, (), ())
        assert latest(order).type == counts
        assert [found.type for found in positions(claim)] == [counts]
        assert stance_of_claimant(claim) == counts


def test_what_a_ministry_denies_is_not_put_in_the_mouth_of_the_service_that_said_it() -> None:
    said = replace(stance("asserts", EARLIER), stance_of=BODY, on_behalf_of=A)
    denied = replace(stance("denies", DAY), stance_of=MINISTRY, on_behalf_of=A)
    claim = Claim("http://x/c", "c", BODY, A, said.statement, None, (), (said, denied), (), None, (), ())
    assert stance_of_claimant(claim) == "denies", "the party has moved"
    assert claim_cells(claim)[1:4] == ("Body of A", "A", "asserts")
    assert claim_cells(claim)[-2] == disputed_line([claim]) == "A"
    assert claim_line(claim)[1:3] == ("Body of A for A", "asserts")
    assert claim_line(claim)[-2] == "denied by A"
