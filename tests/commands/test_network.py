"""kg network: every network, every measure, every form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import cast

import networkx
import pytest

from kg.commands import network as verb
from kg.commands.json_shapes import VERB_SHAPES
from kg.commands.network_shape import LINE_COLUMNS
from kg.networks import measures
from kg.networks.apart import PACES
from kg.networks.catalogue import NETWORKS
from tests.commands.door import kg, kg_process

KEYS = set(VERB_SHAPES["network"][1])
COMMON = {"from", "to", "property", "label", "weight", "claims"}
BESIDES = {
    "obligations": {"obligation", "treaty", "article", "trigger"},
    "meetings": {"meeting", "date"},
    "agreement": {"same", "opposite"},
}
Json = dict[str, object]

ACTORS = ("Kim Jong Un", "Vladimir Putin")


def told(edge: Json) -> list[str]:
    """The claims behind an edge."""
    return cast("list[str]", edge["claims"])


def inner(of: Json, key: str) -> Json:
    return cast("Json", of[key])


def test_the_verb_names_what_there_is() -> None:
    assert tuple(NETWORKS) == verb.NAMES == tuple(LINE_COLUMNS)
    assert tuple(measures.MEASURES) == verb.MEASURES
    assert PACES == verb.PACES


@pytest.mark.parametrize("name", verb.NAMES)
def test_an_edge_in_every_form(name: str) -> None:
    done = kg("network", name, "--format", "json")
    assert (done.code, done.err) == (0, "")
    for edge in done.rows:
        assert set(edge) == COMMON | BESIDES.get(name, set())
        for end in ("from", "to"):
            assert set(inner(edge, end)) == {"iri", "label", "type"}
    counts = [len(told(edge)) for edge in done.rows]
    assert counts == sorted(counts, reverse=True)
    table = list(csv.DictReader(io.StringIO(kg("network", name, "--format", "csv").out)))
    assert len(table) == len(done.rows)
    for row, edge in zip(table, done.rows, strict=True):
        assert float(row["weight"]) == edge["weight"]
        assert len(row["claim ids"].split()) == len(told(edge))
    lines = kg_process("network", name, env={"COLUMNS": "100"}).out.splitlines()
    assert lines[0].split()[0] == LINE_COLUMNS[name][0].split()[0]
    assert max(map(len, lines)) <= 100


def test_every_key_of_the_json_is_seen() -> None:
    seen = {
        key for name in verb.NAMES for edge in kg("network", name, "--format", "json").rows for key in edge
    }
    seen |= set(kg("network", "opponents", "--measure", "degree", "--format", "json").rows[0])
    seen |= set(kg("network", "relations", *ACTORS, "--measure", "distance", "--format", "json").rows[0])
    assert seen == KEYS


def test_things_keep_the_edges_that_touch_them() -> None:
    found = kg("network", "statements", "csp-2024", "Kremlin", "--format", "json").rows
    ends = [{str(inner(edge, end)["iri"]).rpartition("/")[2] for end in ("from", "to")} for edge in found]
    assert all(pair & {"csp-2024", "kremlin"} for pair in ends)
    assert {thing for pair in ends for thing in pair} >= {"csp-2024", "kremlin", "russia"}


@pytest.mark.parametrize("measure", verb.MEASURES)
def test_a_measure_in_every_form(measure: str) -> None:
    words = ("network", "relations", "--measure", measure, "--limit", "5")
    rows = kg(*words, "--format", "json").rows
    assert [set(row) for row in rows] == [{"rank", "thing", "value"}] * 5
    table = list(csv.DictReader(io.StringIO(kg(*words, "--format", "csv").out)))
    assert [float(row["value"]) for row in table] == [row["value"] for row in rows]
    assert [int(row["rank"]) for row in table] == [row["rank"] for row in rows]
    assert kg(*words).out.split()[:4] == ["rank", "thing", "value", "id"]
    alone = kg(*words[:4], "Russia", "--format", "json").rows
    assert [inner(row, "thing")["label"] for row in alone] == ["Russia"]


def test_a_distance_as_known_at_the_end_of_each_month() -> None:
    words = ("network", "relations", *ACTORS, "--measure", "distance")
    (now,) = kg(*words, "--format", "json").rows
    assert now["date"] is None
    path = kg("path", *ACTORS, "--format", "json").data
    assert isinstance(path, list)
    assert now["steps"] == len(path[0])
    rows = kg(*words, "--every", "month", "--from", "2024-09", "--to", "2025-04-28", "--format", "json").rows
    days = [row["date"] for row in rows]
    assert days[:2] == ["2024-09-30", "2024-10-31"]
    assert days[-2:] == ["2025-03-31", "2025-04-28"]
    assert rows[0]["steps"] is None
    for row in rows[1::2]:
        found = kg("path", *ACTORS, "--as-of", str(row["date"]), "--format", "json").data
        assert isinstance(found, list)
        assert row["steps"] == (len(found[0]) if found else None)
    first, *_ = kg(*words, "--every", "month", "--format", "json").rows
    assert first == next(row for row in rows if row["steps"] is not None), "where no first day is asked for"


def test_a_distance_does_not_look_past_what_is_known() -> None:
    words = (
        "network",
        "relations",
        *ACTORS,
        "--measure",
        "distance",
        "--every",
        "year",
        "--as-of",
        "2024-12-15",
    )
    rows = kg(*words, "--to", "2025-04-28", "--format", "json").rows
    assert [row["date"] for row in rows] == ["2024-12-15"]


def test_files_for_other_programs(tmp_path: Path) -> None:
    for ending, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        file = tmp_path / f"a.{ending}"
        assert kg("network", "opponents", "Ukraine", "-o", str(file)).code == 0
        found = read(file)
        assert {data["label"] for _, data in found.nodes(data=True)} == {"Ukraine", "Russia"}
        assert kg("network", "opponents", "Ukraine", "--format", ending).out.encode() == file.read_bytes()
    page = tmp_path / "a.html"
    assert kg("network", "relations", "-o", str(page)).code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    "words",
    [
        ("relations", "--measure", "degree", "-o", "x.html"),
        ("relations", "--format", "html"),
        ("relations", "--measure", "degree", "--format", "gexf"),
        ("relations", "--limit", "3", "--format", "graphml"),
        ("relations", "Russia", "--measure", "distance"),
        ("relations", "Russia", "id:russia", "--measure", "distance"),
        ("relations", "--every", "month"),
        ("relations", *ACTORS, "--measure", "distance", "--from", "2024"),
        ("relations", *ACTORS, "--measure", "distance", "--every", "day", "--from", "2025", "--to", "2024"),
        ("relations", "--measure", "power"),
        ("alliances",),
        (),
    ],
)
def test_what_does_not_go_together_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    done = kg("network", *words)
    assert (done.code, done.out) == (2, "")
    assert "[bad-option]" in done.err
    assert not Path("x.html").exists()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("obligations", "--on", "2024-12-03"), "[]\n"),
        (("opponents", "--as-of", "2024-01-01"), "[]\n"),
        (("meetings", "Russia"), "[]\n"),
        (("agreement", "--undisputed", "--measure", "degree"), "[]\n"),
        (("meetings", *ACTORS, "--measure", "distance"), None),
    ],
)
def test_nothing_is_an_empty_answer_and_exit_code_1(words: tuple[str, ...], answer: str | None) -> None:
    done = kg("network", *words, "--format", "json")
    assert done.code == 1
    assert "[nothing-found]" in done.err
    assert done.out == answer or [row["steps"] for row in json.loads(done.out)] == [None]
    file = kg("network", "obligations", "--on", "2024-12-03", "--format", "graphml")
    assert (file.code, file.out) == (1, "")


def test_the_same_bytes_in_every_process() -> None:
    """networkx walks sets, and texts in sets stand in another order in every process."""
    for measure in ("communities", "eigenvector", "brokers"):
        words = ("network", "statements", "--measure", measure, "--format", "csv")
        one, other = (kg_process(*words, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2"))
        assert one == other


def test_a_table_in_french() -> None:
    done = kg("network", "opponents", "--lang", "fr")
    assert done.out.splitlines()[0].split() == ["partie", "acte", "contre", "affirmations"]
    assert " dément " in done.out
