"""What holds of disputes whatever the claims: by values that nobody thought of, against rules written slowly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.claims.codec import extent_of
from kg.claims.latest import public_day
from kg.claims.model import Claim, Named, Stance, Statement
from kg.disputes.model import CONTESTING, HOLDING, Dispute
from kg.disputes.positions import find_disputes
from kg.perspective.incompatible import incompatible, suspects
from kg.perspective.one_valued import Fact
from kg.rdf.vocabulary import DATE

DAYS = ["2023-05-10", "2023-05-31", "2023-05", "2023-06-01", "from-2023-05", "until-2023-05-31"]
TYPES = [
    "asserts",
    "confirms",
    "denies",
    "disputes",
    "retracts",
    "revises",
    "declines-to-comment",
    "does-not-deny",
]
#: Who speaks in which names: some alone, one for two.
NAMES = {"a1": {"a"}, "a2": {"a"}, "b": {"b"}, "m": {"m"}, "ab": {"a", "b"}}
ISSUES = [Named("i:1", "one"), Named("i:2", "two")]


def principals(stance: Stance) -> frozenset[str]:
    return frozenset(NAMES[stance.stance_of.iri])


def labels(things: Collection[str]) -> dict[str, str]:
    return {thing: thing for thing in things}


def statement(day: str) -> Statement:
    return Statement(f"s:{day}", "", None, extent_of(DATE + day), None, None, None, (), ())


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Up to five claims with up to five stances each, which contradict one another here and there."""
    names = [f"c{n}" for n in range(draw(st.integers(1, 5)))]
    return [_claim(draw, name, names) for name in names]


def _claim(draw: st.DrawFn, name: str, names: list[str]) -> Claim:
    speakers = st.sampled_from(sorted(NAMES))
    stances = [
        Stance(f"{name}-{n}", name, kind, Named(actor, actor), None, statement(day), ())
        for n, (kind, actor, day) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(TYPES), speakers, st.sampled_from(DAYS)), max_size=5))
        )
    ]
    author = draw(speakers)
    first = Stance(f"{name}-own", name, "asserts", Named(author, author), None, statement("2023-05-10"), ())
    return Claim(
        iri=name,
        text=name,
        claimant=first.stance_of,
        on_behalf_of=None,
        statement=first.statement,
        epistemic_status=None,
        evidence=(),
        stances=(first, *stances),
        issues=tuple(draw(st.lists(st.sampled_from(ISSUES), unique=True, max_size=2))),
        quotation=None,
        contradicts=tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=2))),
        supersedes=(),
    )


def find(told: list[Claim]) -> list[Dispute]:
    return find_disputes(told, principals, labels)


def outline(disputes: list[Dispute]) -> list[object]:
    """All of it but the order of stances within a claim."""
    return [
        (
            dispute.issue,
            dispute.kind,
            dispute.day,
            dispute.conflicts,
            [
                (
                    side.party,
                    side.position.stance.iri,
                    [(p.claim.iri, p.stance.iri, p.history) for p in side.positions],
                )
                for side in dispute.sides
            ],
        )
        for dispute in disputes
    ]


@given(claims(), st.randoms())
def test_the_order_of_claims_and_stances_says_nothing(told: list[Claim], chance: Random) -> None:
    mixed = [
        replace(claim, stances=tuple(chance.sample(claim.stances, len(claim.stances)))) for claim in told
    ]
    chance.shuffle(mixed)
    assert outline(find(mixed)) == outline(find(told))


@given(claims())
def test_who_stands_on_a_side_does_not_hang_on_which_claim_names_the_other(told: list[Claim]) -> None:
    """A contradiction turned round is the same one, but for which claim is the issue when there is no other."""
    links = {(claim.iri, other) for claim in told for other in claim.contradicts}
    turned = [
        replace(claim, contradicts=tuple(sorted(one for one, other in links if other == claim.iri)))
        for claim in told
    ]

    def sides(disputes: list[Dispute]) -> list[tuple[set[str], list[tuple[str, str]]]]:
        found = [
            (set(d.claims), [(side.party.iri, side.position.type) for side in d.sides])
            for d in disputes
            if d.issue in ISSUES
        ]
        return sorted(found, key=lambda pair: (sorted(pair[0]), pair[1]))

    assert sides(find(turned)) == sides(find(told))


@given(claims())
def test_every_dispute_is_one(told: list[Claim]) -> None:
    """No dispute has fewer than two parties, and each conflict has two that speak in no common name."""
    by_iri = {claim.iri: claim for claim in told}
    for dispute in find(told):
        assert len(dispute.sides) == len({side.party for side in dispute.sides}) >= 2
        stand = {(side.party.iri, p.claim.iri): p.stance for side in dispute.sides for p in side.positions}
        for conflict in dispute.conflicts:
            one, other = conflict.claims[0], conflict.claims[-1]
            against = CONTESTING if conflict.how == "denial" else HOLDING
            assert any(
                a.type in HOLDING and b.type in against and not principals(a) & principals(b)
                for (_, c), a in stand.items()
                for (_, d), b in stand.items()
                if (c, d) in {(one, other), (other, one)}
            )
            if conflict.how == "contradiction":
                assert other in by_iri[one].contradicts or one in by_iri[other].contradicts


@given(claims(), st.tuples(st.integers(9, 31), st.integers(9, 31)))
def test_a_later_day_adds_to_the_history_and_takes_nothing_away(
    told: list[Claim], days: tuple[int, int]
) -> None:
    def histories(day: int) -> dict[tuple[str, str], list[str]]:
        known = [
            replace(c, stances=tuple(s for s in c.stances if "" < public_day(s) <= f"2023-05-{day:02}"))
            for c in told
        ]
        return {
            (side.party.iri, p.claim.iri): [s.iri for s in p.history]
            for dispute in find(known)
            for side in dispute.sides
            for p in side.positions
        }

    before, after = histories(min(days)), histories(max(days))
    for key in before.keys() & after.keys():
        assert after[key][: len(before[key])] == before[key]


HOLDERS = [frozenset({frozenset(names)}) for names in ("a", "b", "c")] + [
    frozenset({frozenset("a"), frozenset("b")})
]
figures = st.integers(0, 3).map(float)
facts = st.lists(
    st.builds(
        Fact,
        how=st.just("count"),
        key=st.sampled_from([("k",), ("k",), ("k",), ("l",)]),
        about=st.just("x"),
        claim=st.sampled_from([f"c{n}" for n in range(7)]),
        low=figures,
        high=figures,
        first=figures,
        last=figures,
        values=st.frozensets(st.sampled_from("vw"), max_size=1),
    ),
    min_size=3,
    max_size=9,
)


def clash(one: Fact, other: Fact) -> bool:
    """The rule of a fact, in its own words, for every pair."""
    if one.key != other.key or one.claim == other.claim or one.values & other.values:
        return False
    pairs = ((one, other), (other, one))
    return any(earlier.last <= later.first and earlier.low > later.high for earlier, later in pairs)


@given(
    facts,
    st.lists(st.sampled_from(HOLDERS), min_size=7, max_size=7),
    st.sets(st.tuples(*[st.integers(0, 6)] * 2)),
)
def test_sorting_finds_what_comparing_all_finds(
    told: list[Fact], held: list[frozenset[frozenset[str]]], links: set[tuple[int, int]]
) -> None:
    holders = {f"c{n}": names for n, names in enumerate(held)}
    declared = {frozenset((f"c{n}", f"c{m}")) for n, m in links}

    def counts(one: Fact, other: Fact) -> bool:
        apart = any(not a & b for a in holders[one.claim] for b in holders[other.claim])
        return apart and frozenset((one.claim, other.claim)) not in declared and clash(one, other)

    pairs = incompatible(told, holders, lambda a, b: frozenset((a, b)) in declared)
    assert all(counts(*pair) for pair in pairs)
    every = {fact for pair in combinations(told, 2) if counts(*pair) for fact in pair}
    assert {fact for pair in pairs for fact in pair} == every
    assert suspects(told) == {fact.claim for pair in combinations(told, 2) if clash(*pair) for fact in pair}
