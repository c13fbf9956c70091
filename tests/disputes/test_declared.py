"""Rules D1 to D7 and D12: denials and contradictions, whose they are, and how they are shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.disputes.find import disputes
from kg.errors import NotFoundError, UsageError
from kg.graph import KnowledgeGraph
from kg.rdf.terms import curie
from tests.disputes.made import claim, conflicts, found, shown, stance, store
from tests.tiny import tiny

__all__ = ["tiny"]

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "; kg:addressesIssue id:i"
SAID = claim("c", "b", "2023-01-01", more=ISSUE)


def test_rule_1_parties_are_those_in_whose_name_it_was_said(tmp_path: Path) -> None:
    told = claim("c", "b-news", "2023-01-01", more=ISSUE)
    graph = store(
        tmp_path,
        told,
        stance("denies", "c", "a-army", "2023-01-02"),
        stance("denies", "c", "bloggers", "2023-01-03"),
        stance("confirms", "c", "bloggers", "2023-01-04", behalf="c"),
        stance("disputes", "c", "chief", "2023-01-05", behalf="league"),
    )
    (dispute,) = found(graph)
    assert shown(dispute) == {
        "b-news": ["asserts c"],
        "a": ["denies c"],
        "bloggers": ["denies c"],
        "c": ["confirms c"],
        "league": ["disputes c"],
    }


def test_rule_1_who_speaks_in_two_names_does_not_contradict_either(tmp_path: Path) -> None:
    told = claim("c", "chief", "2023-01-01")
    one = store(tmp_path / "1", told, stance("denies", "c", "a-mfa", "2023-01-02"))
    assert found(one) == []
    two = store(tmp_path / "2", told, stance("denies", "c", "b", "2023-01-02"))
    assert shown(found(two)[0]) == {"a": ["asserts c"], "league": ["asserts c"], "b": ["denies c"]}


def test_rule_2_the_latest_counts_and_the_earlier_stay(tmp_path: Path) -> None:
    moves = [
        stance("denies", "c", "a-mfa", "2023-01"),
        stance("declines-to-comment", "c", "a", "2023-02-02"),
        stance("disputes", "c", "a-army", "2023-03-03"),
        stance("disputes", "c", "a", "2023-04-04"),
    ]
    graph = store(tmp_path, SAID, *moves, stance("confirms", "c", "chief", "2023-05-05", behalf="a"))
    assert found(graph) == []
    (dispute,) = found(graph, as_of="2023-05-04")
    (side,) = [side for side in dispute.sides if side.party.label == "A"]
    assert [s.type for s in side.position.history] == [
        "denies",
        "declines-to-comment",
        "disputes",
        "disputes",
    ]
    assert [s.type for s in side.position.earlier] == ["denies", "declines-to-comment"]
    assert (str(side.position.since), str(side.position.stance.public_on)) == ("2023-03-03", "2023-04-04")
    assert dispute.day == "2023-04-04"


def test_rule_2_on_one_day_a_denial_outweighs(tmp_path: Path) -> None:
    same = [stance("confirms", "c", "a-mfa", "2023-01-02"), stance("denies", "c", "a-army", "2023-01-02")]
    (dispute,) = found(store(tmp_path, SAID, *same))
    assert shown(dispute)["a"] == ["denies c"]


def test_rule_3_retracted_and_superseded_claims_are_in_no_dispute(tmp_path: Path) -> None:
    parts = [
        SAID,
        claim("d", "b", "2023-01-01"),
        stance("denies", "c", "a", "2023-01-02"),
        stance("denies", "d", "a", "2023-01-02"),
        stance("retracts", "c", "b", "2023-01-05"),
        claim("e", "b", "2023-01-05", more="; kg:supersedes claim:d"),
    ]
    graph = store(tmp_path, *parts)
    assert [conflicts(dispute) for dispute in found(graph, as_of="2023-01-04")] == [
        [("denial", "c")],
        [("denial", "d")],
    ]
    assert found(graph) == []


def test_rule_3_undisputed_leaves_what_nobody_denies(tmp_path: Path) -> None:
    graph = store(
        tmp_path,
        SAID,
        stance("denies", "c", "a", "2023-01-02"),
        claim("d", "a", "2023-01-01"),
        claim("e", "b", "2023-01-02", more="; kg:contradicts claim:d"),
    )
    both = [[("contradiction", "d", "e")], [("denial", "c")]]
    assert sorted(conflicts(dispute) for dispute in found(graph)) == both
    assert [conflicts(d) for d in disputes(graph.perspective(undisputed=True))] == both[:1]
    assert [conflicts(d) for d in disputes(graph.perspective(disputed=True))] == both[1:]


@pytest.mark.parametrize("kind", ["does-not-deny", "declines-to-comment", "confirms", "revises", "retracts"])
def test_rule_4_who_does_not_reject_is_in_no_conflict(kind: str, tmp_path: Path) -> None:
    assert found(store(tmp_path, SAID, stance(kind, "c", "a", "2023-01-02"))) == []


def test_rule_4_a_partys_own_doubt_is_no_dispute(tmp_path: Path) -> None:
    told = claim("c", "a-mfa", "2023-01-01")
    assert found(store(tmp_path, told, stance("denies", "c", "a-army", "2023-01-01"))) == []


@pytest.mark.parametrize("who", ["a", "a-army"])
def test_rule_5_contradictions_need_two_parties(who: str, tmp_path: Path) -> None:
    parts = [
        claim("c", "a-mfa", "2023-01-01"),
        claim("d", who, "2023-01-02", more="; kg:contradicts claim:c"),
    ]
    assert found(store(tmp_path / "1", *parts)) == []
    (dispute,) = found(store(tmp_path / "2", *parts, stance("confirms", "d", "b", "2023-01-03")))
    assert conflicts(dispute) == [("contradiction", "c", "d")]
    assert shown(dispute) == {"a": ["asserts c", "asserts d"], "b": ["confirms d"]}


def test_rule_6_the_issue_or_the_claim_itself(tmp_path: Path) -> None:
    graph = store(
        tmp_path,
        claim("c", "b", "2023-01-01"),
        stance("denies", "c", "a", "2023-01-02"),
        claim("d", "b", "2023-01-01"),
        claim("e", "a", "2022-01-01", more="; kg:contradicts claim:d"),
        claim("f", "b", "2023-01-01", more=ISSUE),
        claim("g", "a", "2023-01-01", more="; kg:contradicts claim:f"),
        claim("h", "a", "2023-01-01", more="; kg:contradicts claim:k"),
        claim("k", "b", "2022-01-01", more="; kg:contradicts claim:h"),
    )
    issues = {curie(d.issue.iri): (d.issue.label, conflicts(d)) for d in found(graph)}
    assert issues == {
        "claim:c": ("c", [("denial", "c")]),
        "claim:d": ("d", [("contradiction", "d", "e")]),
        "id:i": ("Question?", [("contradiction", "f", "g")]),
        "claim:k": ("k", [("contradiction", "k", "h")]),
    }


def test_rule_7_all_who_speak_to_the_issue_have_a_side(tmp_path: Path) -> None:
    graph = store(
        tmp_path,
        SAID,
        claim("other", "league", "2022-01-01", more=ISSUE),
        stance("declines-to-comment", "c", "c", "2022-12-31"),
        stance("denies", "c", "a-army", "2023-01-02"),
    )
    (dispute,) = found(graph)
    assert list(shown(dispute).items()) == [
        ("b", ["asserts c"]),
        ("a", ["denies c"]),
        ("c", ["declines-to-comment c"]),
        ("league", ["asserts other"]),
    ]
    sides = {side.party.label: side for side in dispute.sides}
    assert [claim.text for claim in sides["B"].holds] == ["c"]
    assert [claim.text for claim in sides["A"].rejects] == ["c"]
    assert not sides["C"].holds + sides["C"].rejects


def test_rule_12_the_newest_first_and_only_what_was_asked_for(tmp_path: Path) -> None:
    graph = store(
        tmp_path,
        claim("c", "b", "2023-01-01", says="id:x kg:place id:town ."),
        stance("denies", "c", "a-army", "2023-01-02"),
        claim("d", "b", "from-2023-05-01"),
        stance("denies", "d", "c", "from-2023-05-01"),
        claim("e", "b", "2022-01-01"),
        stance("denies", "e", "c", "2023-01-03"),
    )
    view = graph.perspective()

    def issues(*, about: str | None = None, of: tuple[str, ...] = ()) -> list[str]:
        return [dispute.issue.label for dispute in disputes(view, about=about, of=of)]

    assert issues() == ["e", "c", "d"]
    assert issues(about="id:town") == issues(about="claim:c") == issues(of=("id:a",)) == ["c"]
    assert issues(of=("id:a-army",)) == ["c"]
    assert issues(of=("id:a-mfa",)) == []
    assert issues(of=("id:c",)) == ["e", "d"]
    with pytest.raises(NotFoundError):
        issues(about="Atlantis")


def test_a_partys_own_perspective_has_no_disputes(tiny: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="one side") as caught:
        disputes(tiny.perspective(according_to="Arland"))
    assert caught.value.rule == "one-sided-disputes"


def test_the_tiny_dossier(tiny: KnowledgeGraph) -> None:
    """Nan Voss denied it in office, for Arland; its defence ministry confirmed; the count is disputed."""
    (dispute,) = disputes(tiny.perspective(as_of="2023-06-30"))
    assert shown(dispute) == {
        "herald": ["asserts herald-1"],
        "arland": ["denies herald-1"],
        "borland": ["asserts borland-brief-1"],
    }
    (dispute,) = disputes(tiny.perspective())
    assert shown(dispute) == {"borland": ["asserts borland-count-2"], "arland": ["disputes borland-count-2"]}


def test_every_rule_of_disputes_names_the_test_that_holds_it() -> None:
    page = (ROOT / "docs" / "perspectives.md").read_text(encoding="utf-8")
    rules = re.findall(r"^\*\*D(\d+)\. ", page, re.M)
    rows = dict(re.findall(r"^\| D(\d+) \| (.+) \|$", page, re.M))
    assert rules == list(rows) == [str(number) for number in range(1, 13)]
    for number, row in rows.items():
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_rule_(\d+)_\w+)`", row)
        assert named
        assert {rule for _, _, rule in named} == {number}
        assert all(f"def {test}(" in (ROOT / file).read_text(encoding="utf-8") for file, test, _ in named)
