"""kg claims: the record of who said what, chosen by party, stance and date."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from kg.commands.json_shapes import CLAIM, NAMED, POSITION
from tests.commands.door import kg

DENIED = "https://w3id.org/foedus/id/claim/nis-2024-10-18-deployment"


def one(*words: str) -> dict[str, object]:
    (found,) = kg("claims", "claim:nis-2024-10-18-deployment", *words, "--format", "json").rows
    return found


def positions(claim: dict[str, object], key: str) -> dict[str, str]:
    found = cast("list[dict[str, str]]", claim[key])
    return {position["label"]: position["on"] for position in found}


def test_every_claim_has_the_keys_that_scripts_rely_on() -> None:
    rows = kg("claims", "--format", "json").rows
    assert len(rows) >= 60
    for row in rows:
        assert set(row) == set(CLAIM)
        assert set(cast("dict[str, str]", row["claimant"])) == set(NAMED)
    stances = [s for row in rows for s in cast("list[dict[str, str]]", row["stances"])]
    assert len(stances) > len(rows)
    assert all(set(stance) == set(POSITION) for stance in stances)


def test_claims_come_by_date() -> None:
    rows = kg("claims", "--by", "Ukraine", "--format", "json").rows
    dates = [str(row["stated_on"]).removeprefix("until-") for row in rows]
    assert len(dates) >= 3
    assert dates == sorted(dates)


def test_a_claim_says_who_moved_from_denial_to_admission() -> None:
    before, after = one("--as-of", "2024-10-22"), one()
    assert positions(before, "denied_by") == {"Russia": "2024-10-01..2024-10-20", "North Korea": "2024-10-21"}
    assert positions(before, "confirmed_by") == {}
    assert positions(after, "denied_by") == {}
    assert {"Russia", "North Korea", "NATO"} <= set(positions(after, "confirmed_by"))
    assert len(cast("list[object]", after["stances"])) >= 8


def test_by_keeps_a_party_and_those_who_speak_for_it() -> None:
    rows = kg("claims", "--by", "Ukraine", "--format", "json").rows
    assert {cast("dict[str, str]", row["on_behalf_of"])["label"] for row in rows} == {"Ukraine"}
    assert {cast("dict[str, str]", row["claimant"])["label"] for row in rows} > {"Volodymyr Zelensky"}


def test_by_keeps_a_party_of_what_is_said_of_a_thing() -> None:
    about = {row["claim"] for row in kg("claims", "Kursk Oblast", "--format", "json").rows}
    by = {row["claim"] for row in kg("claims", "--by", "Ukraine", "--format", "json").rows}
    both = {row["claim"] for row in kg("claims", "Kursk Oblast", "--by", "Ukraine", "--format", "json").rows}
    assert both == about & by
    assert both not in (about, by)
    assert both


def test_stance_lists_each_who_took_it_with_date_and_source() -> None:
    rows = kg("claims", "--stance", "denies", "--by", "North Korea", "--format", "json").rows
    assert [(row["claim"], row["stance"]) for row in rows] == [(DENIED, "denies")]
    cells = kg("claims", "--stance", "denies", "--by", "North Korea", "--format", "csv").out.splitlines()[1]
    assert cells.startswith(
        "2024-10-21,Permanent Mission of North Korea to the United Nations,North Korea,denies,"
    )
    assert "KBS 188596" in cells


def test_stances_that_are_neither_yes_nor_no_are_listed() -> None:
    assert kg("claims", "--stance", "does-not-deny", "--by", "Russia").code == 0
    assert "does-not-deny" in kg("claims", "--stance", "does-not-deny", "--by", "Russia").out


def test_a_source_lists_what_it_carries() -> None:
    rows = kg("claims", "source:euronews-2025-04-28", "--format", "json").rows
    paragraphs = {row["paragraph"] for row in rows}
    assert len(rows) >= 35
    assert set(range(2, 23)) - paragraphs <= {7, 9, 11}, "every paragraph is read"


def test_the_passage_is_given_by_its_offsets() -> None:
    (row,) = kg("claims", "claim:euronews-p04-1", "--format", "json").rows
    assert (row["paragraph"], row["start"], row["end"]) == (4, 700, 1000)


def test_two_perspectives_differ() -> None:
    kremlin = {row["claim"] for row in kg("claims", "--according-to", "Russia", "--format", "json").rows}
    kyiv = {row["claim"] for row in kg("claims", "--according-to", "Ukraine", "--format", "json").rows}
    assert kremlin
    assert kyiv
    assert kremlin != kyiv
    before = kg("claims", "--according-to", "Russia", "--as-of", "2025-04-25", "--format", "json").rows
    assert DENIED in kremlin
    assert DENIED not in {row["claim"] for row in before}


def test_disputed_and_undisputed_part_the_claims() -> None:
    def listed(*words: str) -> set[object]:
        return {row["claim"] for row in kg("claims", *words, "--format", "json").rows}

    everything, disputed, undisputed = listed(), listed("--disputed"), listed("--undisputed")
    assert disputed
    assert disputed | undisputed == everything
    assert not disputed & undisputed
    done = kg("claims", "--disputed", "--undisputed")
    assert done.code == 2
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "--by", "NATO"),
        ("claims", "--according-to", "NATO"),
        ("path", "Kim Jong Un", "North Korea"),
        ("export", "--format", "csv", "--as-of", "2019"),
        ("timeline", "Gornal"),
        ("show", "Gornal"),
    ],
)
def test_a_limit_beyond_all_numbers_bounds_nothing(words: tuple[str, ...]) -> None:
    done = kg(*words, "--limit", "9" * 30)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    "words", [("Kursk Oblast",), ("--stance", "asserts"), ("Russia", "--stance", "asserts")]
)
def test_a_limit_gives_the_first_of_all(words: tuple[str, ...]) -> None:
    rows = kg("claims", *words, "--format", "json").rows
    assert len(rows) > 2
    assert kg("claims", *words, "--limit", "2", "--format", "json").rows == rows[:2]


def test_limit_and_language() -> None:
    (row,) = kg("claims", "--limit", "1", "--lang", "fr", "--format", "json").rows
    (english,) = kg("claims", "--limit", "1", "--format", "json").rows
    assert row["claim"] == english["claim"]
    assert row["text"] != english["text"]


@pytest.mark.parametrize(
    ("name", "words", "starts"),
    [
        ("c.json", (), "[\n"),
        ("c.csv", (), "date,claimant,"),
        ("c.CSV", (), "date,claimant,"),
        ("c.txt", (), "date  "),
        ("c.json", ("--format", "csv"), "date,claimant,"),
        ("c.tsv", (), "date  "),
    ],
)
def test_the_ending_of_the_file_tells_the_format(
    name: str, words: tuple[str, ...], starts: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    assert kg("claims", *words, "-o", str(file)).code == 0
    assert file.read_text(encoding="utf-8").startswith(starts)


@pytest.mark.parametrize("name", ["code:denies", "kg:Deployment", "id:kursk-oblast", "claim:euronews-p14-1"])
def test_what_is_no_actor_is_no_party(name: str) -> None:
    done = kg("claims", "--according-to", name)
    assert (done.code, done.out) == (2, "")
    assert "[unknown-party]" in done.err
