"""The rules of docs/perspectives.md on comparing, C1 to C8, each by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.compare.model import ClaimRow, Comparison
from kg.compare.sides import compare
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.rdf.vocabulary import CLAIM, ID
from tests.compare.made import DOSSIER, TIMES, build, claim, of, stance

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("compare"), DOSSIER)


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("times"), TIMES)


def between(graph: KnowledgeGraph, left: str = "a", right: str = "b", as_of: str | None = None) -> Comparison:
    return compare(of(graph, left, as_of=as_of), of(graph, right, as_of=as_of))


def rows(comparison: Comparison) -> dict[str, ClaimRow]:
    return {row.claim.iri.removeprefix(CLAIM): row for row in comparison.claims}


def facts(comparison: Comparison) -> dict[tuple[str, str, str], str]:
    return {
        (row.subject.iri.removeprefix(ID), row.property.label, row.label): row.verdict
        for row in comparison.facts
    }


def stood(row: ClaimRow) -> tuple[str, str, str]:
    return row.verdict, row.left.position, row.right.position


def test_rule_c1_what_one_of_them_holds_or_rejects_is_compared(graph: KnowledgeGraph) -> None:
    found = between(graph)
    assert set(rows(found)) == {
        *("agreed", "denied", "moved", "by-bloggers", "asked", "short", "long", "yes", "no"),
        *("foreign", "refused", "said-a", "said-b", "empty", "texts"),
    }
    assert [row.claim.iri for row in found.claims] == sorted(row.claim.iri for row in found.claims)
    assert facts(found)["speech", "content", "yes"] == "silent"
    assert ("speech", "content", "oui") not in facts(found)
    assert not [fact for fact in facts(found) if fact[0] in {"foreign", "refused", "unsaid", "b1"}]


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("agreed", "holds", "holds"),
        ("denied", "holds", "denies"),
        ("moved", "holds", "does-not-deny"),
        ("by-bloggers", "holds", "silent"),
        ("asked", "holds", "declines-to-comment"),
        ("short", "holds", "says-the-same"),
        ("long", "silent", "holds"),
        ("yes", "holds", "holds-the-contrary"),
        ("no", "holds-the-contrary", "holds"),
        ("foreign", "denies", "disputes"),
        ("refused", "denies", "silent"),
        ("empty", "holds", "silent"),
    ],
)
def test_rule_c2_where_a_side_stands(graph: KnowledgeGraph, name: str, left: str, right: str) -> None:
    row = rows(between(graph))[name]
    assert (row.left.position, row.right.position) == (left, right)


def test_rule_c2_who_says_so_stands_beside_it(graph: KnowledgeGraph) -> None:
    found = rows(between(graph))
    denial, same, contrary = found["denied"].right, found["short"].right, found["no"].left
    assert denial.stance is not None
    assert (denial.stance.stance_of.iri, denial.stance.public_on.lexical) == (ID + "b1", "2023-05-10")  # type: ignore[union-attr]  # it has a day
    assert (same.stance, same.through) == (None, (CLAIM + "long",))
    assert (contrary.stance, contrary.through) == (None, (CLAIM + "yes",))


def test_rule_c2_of_one_day_the_last_by_name_counts(tmp_path: Path) -> None:
    parts = [claim("torn", "a", "id:torn kg:place id:p ."), claim("shy", "a", "id:shy kg:place id:p .")]
    for name, first, second in (
        ("torn", "denies", "disputes"),
        ("shy", "declines-to-comment", "does-not-deny"),
    ):
        parts += [stance(name, "b", first, "2023-05-10"), stance(name, "b1", second, "2023-05-10")]
    found = rows(between(build(tmp_path, parts)))
    assert stood(found["torn"]) == ("differ", "holds", "disputes")
    assert stood(found["shy"]) == ("silent", "holds", "does-not-deny")


def test_rule_c2_each_side_by_its_own_record(graph: KnowledgeGraph) -> None:
    early = rows(between(graph, as_of="2023-05-09"))
    assert stood(early["denied"]) == ("silent", "holds", "silent")
    assert "foreign" not in early
    mixed = rows(compare(of(graph, "a"), of(graph, "b", as_of="2023-05-10")))
    assert stood(mixed["moved"]) == ("differ", "holds", "denies")
    assert stood(mixed["foreign"]) == ("silent", "denies", "silent")


def test_rule_c3_verdicts_on_claims(graph: KnowledgeGraph) -> None:
    verdicts = {name: row.verdict for name, row in rows(between(graph)).items()}
    assert {name for name, verdict in verdicts.items() if verdict == "agree"} == {
        "agreed",
        "short",
        "foreign",
    }
    assert {name for name, verdict in verdicts.items() if verdict == "differ"} == {"denied", "yes", "no"}
    assert set(verdicts.values()) == {"agree", "differ", "silent"}


def test_rule_c4_verdicts_on_facts(graph: KnowledgeGraph) -> None:
    found = between(graph)
    assert facts(found)["x", "sending state", "Arland"] == "agree"
    assert facts(found)["x", "under treaty", "t"] == "silent"
    assert facts(found)["denied", "place", "p"] == "differ"
    assert facts(found)["no", "place", "p"] == "differ"
    assert facts(found)["moved", "place", "p"] == "silent"
    notes = {row.subject.iri.removeprefix(ID): row.right_position for row in found.facts}
    assert (notes["asked"], notes["moved"], notes["blog"]) == (
        "declines-to-comment",
        "does-not-deny",
        "silent",
    )
    (said,) = [row for row in found.facts if row.property.label == "host state"]
    assert (said.left, said.right) == ((CLAIM + "short",), (CLAIM + "long",))


def test_rule_c5_verdicts_on_issues(graph: KnowledgeGraph) -> None:
    found = {row.text: row for row in between(graph).issues}
    assert (found["What of it?"].verdict, found["What of it?"].right_position) == ("differ", "holds")
    assert [claim.text for claim in found["What of it?"].left] == ["claim agreed", "claim denied"]
    assert [claim.text for claim in found["What of it?"].right_rejects] == ["claim denied"]
    (apart,) = [row for row in found.values() if row.verdict == "apart"]
    assert apart.issue is not None
    assert (apart.issue.iri, apart.left_position, apart.right_position) == (ID + "r", "holds", "holds")
    assert found["claim short"].issue is None
    assert found["claim short"].verdict == "agree"
    assert found["claim asked"].verdict == "silent"


def at_two_days(graph: KnowledgeGraph, *parties: str) -> Comparison:
    return compare(of(graph, *parties, as_of="2023-05-20"), of(graph, *parties, as_of="2023-05-31"))


def test_rule_c6_gained_lost_and_kept(times: KnowledgeGraph) -> None:
    found = at_two_days(times, "a")
    assert found.is_change
    assert {name: row.verdict for name, row in rows(found).items()} == {
        "kept": "kept",
        "state": "kept",
        "admitted": "gained",
        "new": "gained",
        "old": "lost",
        "taken-back": "lost",
        "doubted": "lost",
        "revived": "gained",
        "hasty": "lost",
    }
    assert facts(found)["old", "place", "p"] == "kept"
    assert facts(found)["old", "description", "seen"] == "lost"
    assert facts(found)["admitted", "place", "p"] == "gained"
    back = compare(of(times, "a", as_of="2023-05-31"), of(times, "a", as_of="2023-05-20"))
    assert rows(back)["doubted"].verdict == "gained"


def test_rule_c6_two_days_on_which_it_holds(times: KnowledgeGraph) -> None:
    found = compare(of(times, "a", on="2023-05-10"), of(times, "a", on="2023-05-20"))
    assert {name for name, row in rows(found).items() if row.verdict != "kept"} == {"state"}
    assert stood(rows(found)["state"]) == ("lost", "holds", "left-out")


def test_rule_c7_what_brought_the_change(times: KnowledgeGraph) -> None:
    found = rows(at_two_days(times, "a"))
    told = {
        name: [(s.type, s.stance_of.label, s.public_on.lexical) for s in row.stances if s.public_on]
        for name, row in found.items()
    }
    assert told["admitted"] == [
        ("declines-to-comment", "Arland", "2023-05-21"),
        ("confirms", "Arland", "2023-05-25"),
    ]
    assert told["taken-back"] == [("retracts", "Arland", "2023-05-27")]
    assert told["doubted"] == [("disputes", "Arland", "2023-05-28")]
    assert told["revived"] == told["hasty"] == [("retracts", "Arland", "2023-05-29")]
    assert found["revived"].successors == ()
    assert told["kept"] == told["old"] == []
    assert [claim.text for claim in found["old"].successors] == ["claim new"]
    assert stood(found["old"])[1:] == ("holds", "left-out")
    assert stood(found["admitted"])[1:] == ("denies", "holds")


def test_rule_c7_of_anyone_all_stances_count(times: KnowledgeGraph) -> None:
    found = rows(at_two_days(times))
    assert {name for name, row in found.items() if row.verdict == "lost"} == {"old", "taken-back", "hasty"}
    assert {name for name, row in found.items() if row.verdict == "gained"} == {"new", "revived"}
    assert found["doubted"].left.stance is not None
    assert found["doubted"].left.stance.stance_of.label == "Corland"
    assert [s.stance_of.label for s in found["admitted"].stances] == ["Arland", "Arland", "Borland"]


def test_rule_c8_issues_at_two_days(times: KnowledgeGraph) -> None:
    found = {row.text: row for row in at_two_days(times, "a").issues}
    assert found["What of it?"].verdict == "changed"
    assert (found["What of it?"].left_position, found["What of it?"].right_position) == ("holds", "holds")
    assert found["claim kept"].verdict == "kept"
    assert found["claim new"].verdict == "gained"


def test_several_parties_on_one_side_hold_together(graph: KnowledgeGraph) -> None:
    found = rows(compare(of(graph, "a", "c"), of(graph, "b")))
    assert stood(found["refused"]) == ("silent", "holds", "silent")
    assert stood(found["foreign"]) == ("differ", "holds", "disputes")
    others = rows(compare(of(graph, "c"), of(graph, "a", "b")))
    assert stood(others["foreign"]) == ("differ", "holds", "disputes")


def test_every_rule_of_comparing_names_the_test_that_holds_it() -> None:
    page = (ROOT / "docs" / "perspectives.md").read_text("utf-8")
    rules = re.findall(r"^\*\*(C\d+)\. ", page, re.M)
    table = dict(re.findall(r"^\| (C\d+) \| (.+) \|$", page, re.M))
    assert rules == [f"C{number}" for number in range(1, len(rules) + 1)]
    assert len(rules) >= 8
    assert list(table) == rules
    for row in table.values():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named
        assert not [test for file, test in named if f"def {test}(" not in (ROOT / file).read_text("utf-8")]


def test_perspectives_of_two_stores_are_not_compared(graph: KnowledgeGraph, times: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as caught:
        compare(of(graph, "a"), of(times, "a"))
    assert caught.value.rule == "compare-stores"
