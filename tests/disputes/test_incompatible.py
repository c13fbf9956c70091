"""Rules D8 to D11: what cannot both hold though nobody says so, and what is left alone because it is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.disputes.model import Dispute
from kg.rdf.terms import curie
from tests.disputes.made import claim, conflicts, control, count, found, shown, signed, stance, store


def made(folder: Path, *parts: str) -> list[Dispute]:
    """The incompatible disputes among these claims."""
    return [dispute for dispute in found(store(folder, *parts)) if dispute.kind == "incompatible"]


A = control("ca", "a", "id:a", "2024-01-01", "2024-03-01")


def test_rule_8_two_parties_who_control_one_place(tmp_path: Path) -> None:
    (dispute,) = made(tmp_path, A, control("cb", "b", "id:b", "2024-02-01", "2024-04-01"))
    assert (curie(dispute.issue.iri), dispute.issue.label) == ("id:town", "Town")
    assert conflicts(dispute) == [("control", "ca", "cb")]
    assert shown(dispute) == {"a": ["asserts ca"], "b": ["asserts cb"]}
    assert curie(dispute.conflicts[0].about) == "id:town"


def test_rule_8_the_issue_is_that_of_the_claims(tmp_path: Path) -> None:
    other = control("cb", "b", "id:b", "2024-02-01", "2024-04-01", more="; kg:addressesIssue id:i")
    mate = claim("mate", "c", "2024-01-01", more="; kg:addressesIssue id:i")
    (dispute,) = made(tmp_path, A, other, mate)
    assert dispute.issue.label == "Question?"
    assert set(shown(dispute)) == {"a", "b"}


@pytest.mark.parametrize(
    "other",
    [
        control("cb", "b", "id:b", "2024-02-01", "2024-04-01", more="; kg:contradicts claim:ca"),
        control("cb", "b", "id:b", "2024-02-01", "2024-04-01") + stance("denies", "ca", "b", "2024-06-02"),
        control("cb", "a-army", "id:b", "2024-02-01", "2024-04-01"),
        control(
            "cb", "b", "id:b", "2024-02-01", "2024-04-01", more="; kg:epistemicStatus code:true-uncertain"
        ),
        control("cb", "b", "id:b ; kg:modality code:planned", "2024-02-01", "2024-04-01"),
        control("cb", "b", "id:b", "2024-02-01", "2024-04-01") + stance("retracts", "cb", "b", "2024-06-02"),
    ],
    ids=["declared", "denied", "one-party", "uncertain", "planned", "retracted"],
)
def test_rule_8_what_is_declared_or_not_put_forward_is_left_out(other: str, tmp_path: Path) -> None:
    assert made(tmp_path, A, other) == []


@pytest.mark.parametrize(
    ("holder", "since", "until", "is_sure"),
    [
        ("id:b", "2024-02-01", "2024-02-01", True),
        ("id:b", "2024-02-01", "", True),
        ("id:b", "", "2024-02-01", True),
        ("id:b", "2024-02", "", False),
        ("id:b", "", "2024-02", False),
        ("id:b", "2024-02", "2024-05", True),
        ("id:b", "2024-03", "2024-05", False),
        ("id:b", "until-2024-02-05", "from-2024-02-05", True),
        ("id:b", "from-2024-01-05", "2024-04-01", False),
        ("id:b", "2024-01-15", "until-2024-04-01", False),
        ("id:b", "2024-03-01", "2024-04-01", False),
        ("id:b", "2023-12-01", "2024-01-01", False),
        ("id:b", "2024-03-01", "", False),
        ("id:b", "", "", False),
        ("id:a", "2024-02-01", "2024-04-01", False),
        ("id:a , id:b", "2024-02-01", "2024-04-01", False),
    ],
)
def test_rule_9_control_must_surely_overlap(
    holder: str, since: str, until: str, is_sure: bool, tmp_path: Path
) -> None:
    assert bool(made(tmp_path, A, control("cb", "b", holder, since, until))) == is_sure


def test_rule_9_nothing_is_put_together_from_two_claims(tmp_path: Path) -> None:
    """B says who and from when, C says until when, of one state: neither says what would overlap."""
    begin = claim(
        "cb",
        "b",
        "2024-06-01",
        says="id:s kg:controlledBy id:b ; kg:place id:town ; kg:holdsFrom date:2024-01 .",
    )
    end = claim(
        "cc",
        "c",
        "2024-06-01",
        says="id:s kg:controlledBy id:b ; kg:place id:town ; kg:holdsUntil date:2025 .",
    )
    assert made(tmp_path, A, begin, end) == []


@pytest.mark.parametrize(
    ("fate", "first", "second", "is_sure"),
    [
        ("killed", ("2024-01-01", "kg:best 500"), ("2024-01-01", "kg:best 400"), True),
        ("killed", ("2024-01-01", "kg:best 500"), ("2024-01-01", "kg:best 600"), True),
        ("killed", ("2024-01-01", "kg:best 500"), ("2024-01-02", "kg:best 400"), True),
        ("killed", ("2024-01-01", "kg:best 500"), ("2024-01-02", "kg:best 600"), False),
        ("killed", ("2024-01-01", "kg:low 500"), ("2024-01-01", "kg:best 600"), False),
        ("killed", ("2024-01-01", "kg:low 500"), ("2024-02", "kg:high 499"), True),
        ("killed", ("2024-01-01", "kg:low 500"), ("2024-01", "kg:high 499"), True),
        ("killed", ("2024-01", "kg:low 500"), ("2024-01", "kg:high 499"), False),
        ("killed", ("2024-01-02", "kg:low 500"), ("2024-01", "kg:high 499"), False),
        ("killed", ("2024-01-01", "kg:best 500 ; kg:approximate true"), ("2024-01-01", "kg:best 1"), False),
        ("killed", ("2024-01-01", "kg:best 500 ; kg:approximate false"), ("2024-01-01", "kg:best 1"), True),
        (
            "killed",
            ("2024-01-01", "kg:low 400 ; kg:best 500 ; kg:approximate true"),
            ("2024-01-01", "kg:best 1"),
            True,
        ),
        ("killed", ("2024-01-01", "kg:low 300 ; kg:best 400"), ("2024-01-01", "kg:best 900"), False),
        ("killed", ("2024-01-01", "kg:low 3 ; kg:high 5"), ("2024-01-01", "kg:low 5 ; kg:high 9"), False),
        ("killed", ("from-2024-01-01", "kg:best 500"), ("2024-05-01", "kg:best 400"), False),
        ("killed", ("2024-05-01", "kg:best 500"), ("from-2024-05-01", "kg:best 400"), True),
        ("deployed", ("2024-01-01", "kg:best 500"), ("2024-01-01", "kg:best 400"), True),
        ("deployed", ("2024-01-01", "kg:best 500"), ("2024-01-02", "kg:best 400"), False),
        ("deployed", ("2024-01", "kg:best 500"), ("2024-01", "kg:best 400"), False),
        ("captured", ("2024-01-01", "kg:best 500"), ("2024-01-02", "kg:best 400"), False),
    ],
)
def test_rule_10_counts_must_meet(
    fate: str, first: tuple[str, str], second: tuple[str, str], is_sure: bool, tmp_path: Path
) -> None:
    one, two = count("ca", "a", *first, fate=fate), count("cb", "b", *second, fate=fate)
    assert [conflicts(dispute) for dispute in made(tmp_path, one, two)] == (
        [[("count", "ca", "cb")]] if is_sure else []
    )


@pytest.mark.parametrize(
    "options",
    [{"fate": "killed-or-wounded"}, {"fate": "wounded"}, {"of": "bloggers"}],
    ids=["broader", "other", "population"],
)
def test_rule_10_only_the_same_is_compared(options: dict[str, str], tmp_path: Path) -> None:
    one, two = (
        count("ca", "a", "2024-01-01", "kg:best 9"),
        count("cb", "b", "2024-01-01", "kg:best 1", **options),
    )
    assert made(tmp_path, one, two) == []


def test_rule_10_a_count_of_nobody_in_particular_is_not_compared(tmp_path: Path) -> None:
    parts = [
        count(name, name, "2024-01-01", f"kg:best {n}").replace(" ; kg:ofActor id:a-army", "")
        for n, name in enumerate("ab")
    ]
    assert made(tmp_path, *parts) == []


@pytest.mark.parametrize(
    ("kind", "one", "two", "is_sure"),
    [
        ("signature", "2024-06", "2024-11", True),
        ("signature", "2024-06-19", "2024-06-21", True),
        ("signature", "2024-06-19", "2024-06-20", False),
        ("signature", "2024-06", "2024-06-19", False),
        ("signature", "from-2024-06-19", "2024-06-01", True),
        ("signature", "from-2024-06-19", "2024-11", False),
        ("reaffirmation", "2024-06", "2024-11", False),
        ("parliamentary-approval", "2024-06", "2024-11", False),
    ],
)
def test_rule_11_an_act_is_done_once(kind: str, one: str, two: str, is_sure: bool, tmp_path: Path) -> None:
    parts = [signed("ca", "a", one, kind=kind), signed("cb", "b", two, kind=kind)]
    assert bool(made(tmp_path, *parts)) == is_sure


def test_rule_11_each_party_signs_for_itself(tmp_path: Path) -> None:
    assert made(tmp_path, signed("ca", "a", "2024-06"), signed("cb", "b", "2024-11", party="b")) == []


def test_rule_10_all_that_cannot_hold_beside_one_count_are_shown(tmp_path: Path) -> None:
    parts = [
        count("c1", "a", "2024-01-01", "kg:low 500"),
        count("c2", "a", "2024-01-02", "kg:low 600"),
        count("c3", "a", "2024-01-03", "kg:low 50"),
        count("c4", "b", "2024-01-04", "kg:high 100"),
    ]
    (dispute,) = made(tmp_path, *parts)
    assert conflicts(dispute) == [("count", "c1", "c4"), ("count", "c2", "c4")]
