"""kg disputes: who contradicts whom, side by side, through the door."""

from __future__ import annotations

import csv
import io
from typing import cast

import pytest

from kg.commands.json_shapes import CLAIM, NAMED, POSITION, VERB_SHAPES
from tests.commands.door import kg

Object = dict[str, object]


def sides(dispute: Object) -> dict[str, Object]:
    """Each side by the label of its party."""
    found = cast("list[Object]", dispute["sides"])
    return {cast("Object", side["party"])["label"]: side for side in found}  # type: ignore[misc]  # a label is a text


def issues(*words: str) -> list[object]:
    return [cast("Object", row["issue"])["iri"] for row in kg("disputes", *words, "--format", "json").rows]


def test_every_dispute_has_the_keys_that_scripts_rely_on() -> None:
    rows = kg("disputes", "--format", "json").rows
    assert len(rows) >= 9
    for row in rows:
        assert set(row) == set(VERB_SHAPES["disputes"][1])
        assert set(cast("Object", row["issue"])) == set(NAMED)
        assert row["kind"] in ("declared", "incompatible")
        for side in sides(row).values():
            told = VERB_SHAPES["disputes"][1]["sides"]
            assert set(side) == set(told[told.index("{") + 1 : told.index("}")].split(", "))
            claims = cast("list[Object]", side["claims"])
            assert all(set(claim) == set(CLAIM) for claim in claims)
            assert {claim["claim"] for claim in claims} == {
                claim for key in ("holds", "rejects", "neither") for claim in cast("list[str]", side[key])
            }
            history = cast("list[Object]", side["history"])
            assert all(set(stance) == {"claim", *POSITION} for stance in history)
            assert len(history) >= len(claims) >= 1


def test_a_limit_keeps_the_newest() -> None:
    for words in ((), ("--as-of", "2025-04-25"), ("--according-to", "Russia"), ("kursk oblast",)):
        assert issues(*words, "--limit", "2") == issues(*words)[:2]


def test_a_side_has_what_it_said_before_in_order() -> None:
    (row,) = kg("disputes", "--as-of", "2024-10-31", "--format", "json").rows
    russia = sides(row)["Russia"]
    assert (russia["position"], russia["date"], russia["since"]) == ("disputes", "2024-10-30", "2024-10-30")
    assert [stance["stance"] for stance in cast("list[Object]", russia["history"])] == [
        "denies",
        "does-not-deny",
        "disputes",
    ]
    (claim,) = cast("list[Object]", russia["claims"])
    assert (claim["stance"], russia["rejects"], russia["holds"]) == ("disputes", [claim["claim"]], [])
    assert row["day"] == "2024-10-30"
    assert [conflict["how"] for conflict in cast("list[Object]", row["conflicts"])] == ["denial"]


def test_csv_has_a_line_for_each_position() -> None:
    text = kg("disputes", "Kursk Oblast", "--limit", "1", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert ("Ukraine", "denies", "2025-04-26", "General Staff of the Armed Forces of Ukraine") in {
        (row["party"], row["position"], row["date"], row["by"]) for row in rows
    }
    assert {row["party"] for row in rows} == {"Russia", "Ukraine", "Russian pro-war military bloggers"}
    assert {row["issue id"] for row in rows} == {"id:issue-kursk-control"}


def test_the_table_is_a_block_for_each_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    done = kg("disputes")
    assert (done.code, done.err) == (0, "")
    heads = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert "Had Ukrainian troops left Kursk Oblast by the end of April 2025?" in heads
    assert "When was the 2024 treaty signed?" in heads
    assert "When was the 2024 treaty signed? (incompatible, though nobody says so)" in heads
    assert len(heads) == len(issues())
    assert max(map(len, done.out.splitlines())) <= 100


def test_a_thing_narrows_to_what_is_said_of_it() -> None:
    everything = issues()
    assert issues("--limit", "2") == everything[:2]
    assert [iri for iri in everything if iri in issues("csp-2024")] == issues("csp-2024")
    assert 0 < len(issues("csp-2024")) < len(everything)
    assert issues("id:issue-kursk-control") == ["https://w3id.org/foedus/id/issue-kursk-control"]
    assert issues("claim:euronews-p14-3") == ["https://w3id.org/foedus/id/issue-kursk-control"]


def test_a_party_keeps_the_disputes_in_which_it_takes_a_side() -> None:
    """Both sides stay: what the other holds is not for the party to choose."""
    kyiv = kg("disputes", "--according-to", "Ukraine", "--format", "json").rows
    assert kyiv
    assert all("Ukraine" in sides(row) and len(sides(row)) >= 2 for row in kyiv)
    assert issues("--according-to", "Ukraine") != issues("--according-to", "TASS")
    both = issues("--according-to", "Ukraine", "--according-to", "TASS")
    assert set(both) == {*issues("--according-to", "Ukraine"), *issues("--according-to", "TASS")}
    staff = issues("--according-to", "ukraine-general-staff")
    assert staff == ["https://w3id.org/foedus/id/issue-kursk-control"]


def test_undisputed_hides_the_denials_and_disputed_all_else() -> None:
    kursk = "https://w3id.org/foedus/id/issue-kursk-control"
    assert kursk in issues()
    assert kursk in issues("--disputed")
    denied, rest = issues("--disputed"), issues("--undisputed")
    assert kursk not in rest
    assert set(denied) < set(issues())
    done = kg("disputes", "id:issue-kursk-control", "--undisputed")
    assert done.code == 1
    assert "leave --undisputed out" in done.err


@pytest.mark.parametrize("words", [("--as-of", "1900"), ("Maria Zakharova",)])
def test_none_is_a_no(words: tuple[str, ...]) -> None:
    done = kg("disputes", *words)
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("[nothing-found]\n")
    assert kg("disputes", *words, "--format", "json").rows == []


def test_labels_are_in_the_language_asked_for() -> None:
    (row,) = kg("disputes", "--as-of", "2024-10-31", "--lang", "fr", "--format", "json").rows
    assert {"Russie", "Corée du Nord"} <= set(sides(row))


def test_a_small_store(tiny: str) -> None:
    rows = kg("disputes", "--store", tiny, "--as-of", "2023-06-30", "--format", "json").rows
    assert [set(sides(row)) for row in rows] == [{"The Herald", "Arland", "Borland"}]
