"""kg compare: two parties, or what each of several parties says on two days; every form and every refusal."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import cast

import pytest

from kg.commands.json_shapes import CLAIM, POSITION, VERB_SHAPES
from kg.compare.model import POSITIONS
from tests.commands.door import Done, kg

DAYS = ("--as-of", "2025-04-25", "--with-as-of", "2025-04-28")
BOTH = ("--according-to", "Russia", "--according-to", "North Korea")
CORE = "https://w3id.org/foedus/id/claim/nis-2024-10-18-deployment"

Json = dict[str, object]


def listed(of: object, key: str) -> list[Json]:
    return cast("list[Json]", cast("Json", of)[key])


def inner(of: object, key: str) -> Json:
    return cast("Json", cast("Json", of)[key])


def csv_rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.out)))


def test_the_json_of_two_parties_has_the_keys_that_scripts_rely_on() -> None:
    done = kg("compare", "Russia", "Ukraine", "--as-of", "2025-04-30", "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = done.object
    assert set(found) == set(VERB_SHAPES["compare"][1]) - {"verdict", "position"}
    assert (found["change"], inner(found, "left")["as_of"], inner(found, "left")["on"]) == (
        False,
        "2025-04-30",
        None,
    )
    assert [party["label"] for party in listed(found["right"], "parties")] == ["Ukraine"]
    assert len(listed(found, "issues")) >= 15
    for issue in listed(found, "issues"):
        assert set(issue) == {"issue", "text", "verdict", "left", "right"}
        for side in ("left", "right"):
            assert set(inner(issue, side)) == {"position", "claims", "rejects"}
            assert inner(issue, side)["position"] in POSITIONS
            assert all(set(claim) == set(CLAIM) for claim in listed(issue[side], "claims"))
    for claim in listed(found, "claims"):
        assert claim["verdict"] in {"agree", "differ", "silent"}
        by = [inner(claim, side)["by"] for side in ("left", "right")]
        assert all(set(cast("Json", one)) == set(POSITION) for one in by if one)
    facts = listed(found, "facts")
    assert len(facts) == sum(cast("dict[str, int]", inner(found, "counts")["facts"]).values()) >= 100
    assert len({str([fact[key] for key in ("subject", "property", "value")]) for fact in facts}) == len(facts)
    for fact in facts:
        assert bool(fact["left"]) + bool(fact["right"]) == (2 if fact["verdict"] == "agree" else 1)


def test_the_question_of_the_admissions_is_one_command() -> None:
    done = kg("compare", *BOTH, *DAYS, "--format", "json")
    russia, north_korea = done.rows
    for found, before, speakers in (
        (russia, "disputes", ["Valery Gerasimov", "Vladimir Putin"]),
        (north_korea, "denies", ["Central Military Commission of the Workers' Party of Korea"]),
    ):
        (core,) = [row for row in listed(found, "claims") if row["claim"] == CORE]
        assert (core["verdict"], inner(core, "left")["position"]) == ("gained", before)
        changed = listed(core, "changed_by")
        assert [inner(stance, "by")["label"] for stance in changed] == speakers
        assert all(stance["source"] and stance["stance"] == "confirms" for stance in changed)
    days = [stance["on"] for stance in listed(listed(russia, "claims")[0], "changed_by")]
    assert days == ["2025-04-26", "2025-04-28"]


def test_people_read_the_summary_first_then_what_differs() -> None:
    done = kg("compare", "Russia", "Ukraine", "--as-of", "2025-04-30")
    lines = done.out.splitlines()
    assert lines[0] == "Russia and Ukraine, as of 2025-04-30"
    assert lines[1].split(maxsplit=1) == ["claims", "1 agreed, 3 differ, 26 silent"]
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles[1:] == [
        *("issues", "they differ", "only Russia", "only Ukraine", "they agree"),
        *("facts: differ", "facts: agreed"),
    ]
    (line,) = [line for line in lines if "claim:euronews-p14-1" in line]
    assert "asserts: Russia, 2025-04-26 (source:euronews-2025-04-28 ¶14)" in line
    assert "denies: General Staff of the Armed Forces of Ukraine, 2025-04-26" in line


def test_people_read_what_changed_for_each_party() -> None:
    lines = kg("compare", *BOTH, *DAYS).out.splitlines()
    titles = [line for line in lines if line and not line.startswith(" ")]
    parts = ["issues", "gained", "kept", "facts: gained"]
    heads = [f"{party}, as of 2025-04-25 and 2025-04-28" for party in ("Russia", "North Korea")]
    assert titles == [heads[0], *parts, heads[1], *parts]
    core = [line for line in lines if line.endswith("claim:nis-2024-10-18-deployment")]
    assert len(core) == 2
    assert core[0].index("disputes: Vasily Nebenzya") < core[0].index(
        "confirms: Valery Gerasimov, 2025-04-26"
    )
    assert core[1].index("denies: Permanent Mission") < core[1].index("confirms: Central Military Commission")


def test_a_terminal_of_a_hundred_columns_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for words in (("Russia", "Ukraine"), ("North Korea", "South Korea"), (*BOTH, *DAYS)):
        assert max(map(len, kg("compare", *words).out.splitlines())) <= 100


def test_csv_is_flat_and_has_claims_and_facts() -> None:
    rows = csv_rows(kg("compare", "Russia", "Ukraine", "--as-of", "2025-04-30", "--format", "csv"))
    kinds = {kind: [row for row in rows if row["kind"] == kind] for kind in ("claim", "fact")}
    assert (len(kinds["claim"]), len(kinds["fact"])) == (30, 116)
    (core,) = [row for row in kinds["claim"] if row["what"] == "Kursk Oblast has been freed"]
    assert [core[name] for name in ("verdict", "left", "left by", "left on", "right", "right by")] == [
        *("differ", "holds", "Valery Gerasimov", "2025-04-26", "denies"),
        "General Staff of the Armed Forces of Ukraine",
    ]
    agreed = [row["what"] for row in kinds["fact"] if row["verdict"] == "agree"]
    assert "North Korean deployment to Russia | sending state | North Korea" in agreed
    change = csv_rows(kg("compare", *BOTH, *DAYS, "--format", "csv"))
    assert {row["of"] for row in change} == {"Russia", "North Korea"}
    assert all(row["changed by"] for row in change if row["verdict"] == "gained" and row["kind"] == "claim")


def test_without_a_party_it_is_what_anyone_says() -> None:
    found = kg("compare", *DAYS, "--format", "json").object
    assert (inner(found, "left")["parties"], found["change"]) == ([], True)
    assert {row["verdict"] for row in listed(found, "claims")} == {"gained", "kept"}


def test_a_party_may_be_an_argument_and_its_days_those_that_it_speaks_of() -> None:
    words = ("--as-of", "2025-04-25", "--with-as-of", "2025-04-28", "--format", "json")
    assert kg("compare", "Russia", *words).data == kg("compare", "--according-to", "Russia", *words).data
    found = kg("compare", "--on", "2024-05-01", "--with-on", "2024-06-01", "--format", "json").object
    assert {row["verdict"] for row in listed(found, "claims")} == {"gained", "kept", "lost"}
    assert [row["verdict"] for row in listed(found, "claims") if not row["issues"]].count("lost") >= 1


def test_limit_bounds_each_part_and_not_the_counts() -> None:
    found = kg("compare", "Russia", "Ukraine", "--limit", "2", "--format", "json").object
    assert [len(listed(found, key)) for key in ("issues", "claims", "facts")] == [2, 2, 2]
    assert sum(cast("dict[str, int]", inner(found, "counts")["claims"]).values()) >= 30
    lines = kg("compare", "Russia", "Ukraine", "--limit", "1").out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["claims", "facts"]
    assert len([line for line in lines if "claim:" in line]) <= 5


def test_the_language_of_labels() -> None:
    english, french = (
        kg("compare", "Russia", "Ukraine", "--lang", lang, "--format", "json").object for lang in ("en", "fr")
    )
    assert [party["label"] for party in listed(french["left"], "parties")] == ["Russie"]
    verdicts = [[row["verdict"] for row in listed(one, "facts")] for one in (english, french)]
    assert sorted(map(str, verdicts[0])) == sorted(map(str, verdicts[1]))
    assert inner(english, "counts") == inner(french, "counts")


@pytest.mark.parametrize(
    ("words", "rule", "what"),
    [
        ((), "compare-what", "not 0"),
        (("Russia",), "compare-what", "not 1"),
        (("North", "Korea", "Russia"), "compare-what", "in quotes"),
        (("Russia", "id:russia"), "compare-what", "one party"),
        (("Russia", "Ukraine", "--according-to", "NATO"), "compare-what", "--according-to is for"),
        (("--according-to", "Russia", "--according-to", "Ukraine"), "compare-what", "--according-to is for"),
        (("Russia", "Ukraine", *DAYS), "compare-what", "two questions"),
        (("Russia", "--with-as-of", "2025-04-28"), "compare-days", "give the first day with --as-of"),
        (("--with-on", "2025-04-28"), "compare-days", "give the first day with --on"),
        (("Russia", "--as-of", "2025-04-28", "--with-as-of", "2025-04-25"), "compare-days", "is after"),
        (("Russia", "--as-of", "2025-04", "--with-as-of", "2025-04-30"), "compare-days", "the same day"),
        (("Russia", "--on", "2025-04-30", "--with-on", "2025-04-30"), "compare-days", "give two days"),
        (("Russia", "Atlantis"), "unknown-party", "Atlantis"),
        (("Russia", "id:kursk-oblast"), "unknown-party", "kursk"),
        (("Russia", "Kim"), "ambiguous-name", "Kim"),
        (("Russia", "Ukraine", "--disputed", "--undisputed"), "opposite-options", "disputed"),
    ],
)
def test_what_is_no_comparison_is_refused_in_one_line(words: tuple[str, ...], rule: str, what: str) -> None:
    done = kg("compare", *words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.endswith(f"[{rule}]\n")
    assert what in done.err


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_to_compare_is_a_no(form: str) -> None:
    done = kg("compare", "Russia", "Ukraine", "--as-of", "1900", "--format", form)
    assert (done.code, done.err.endswith("[nothing-found]\n")) == (1, True)
    if form == "json":
        assert [done.object[key] for key in ("issues", "claims", "facts")] == [[], [], []]
    else:
        assert len(done.out.splitlines()) == (0 if form == "table" else 1)


def test_the_same_question_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("a.json", "b.json"))
    for file in (first, second):
        assert kg("compare", "Russia", "North Korea", "-o", str(file)).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_hostile_labels_are_escaped(hostile: str) -> None:
    done = kg("compare", "--as-of", "1900", "--with-as-of", "2100", "--store", hostile)
    assert done.code == 0
    assert "\\x1b" in done.out
    assert "\x1b" not in done.out
