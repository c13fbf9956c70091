"""Positions agree with the parser: what it reads as a subject is found where it is written."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Position
from kg.paths import dossiers_folder, ontology_folder
from kg.rdf.positions import PositionIndex, find_position, index_positions

TEXT = '''@prefix : <http://d/> . PREFIX graph: <http://g/>
BASE <http://b/x/>
# :comment :a :b .
GRAPH graph:reference {
  :a a :B ; :label "x # not a comment . "@en , """long "quoted" :no :no :no .
 text"""@fr ; :c <rel> , [ :d :e ; :f ( :g "h" 3.5 ) ] ; :n 5 , -2.5e3, true .
  :date-2024..2025 :at "2025-02-30"^^<http://x/date> .
  :z :p :q. :y :p :q.
}
GRAPH <http://claim/1> { :k :p :l ; }
[ :m :n ] :o :p .
_:b :o :p .
:a :label "tab\\there" .
'''


@pytest.fixture
def index() -> PositionIndex:
    return index_positions(TEXT, "a.trig")


def at(line: int, column: int) -> Position:
    return Position("a.trig", line, column)


def test_subjects_are_found_and_nothing_else(index: PositionIndex) -> None:
    assert index.subjects == {
        "http://d/a": [at(5, 3), at(13, 1)],
        "http://d/date-2024..2025": [at(7, 3)],
        "http://d/z": [at(8, 3)],
        "http://d/y": [at(8, 13)],
        "http://d/k": [at(10, 26)],
    }


@pytest.mark.parametrize(
    ("property", "value", "line", "column"),
    [
        ("", "", 5, 3),
        ("http://d/label", "", 5, 13),
        ("http://d/label", "x # not a comment . ", 5, 20),
        ("http://d/label", 'long "quoted" :no :no :no .\n text', 5, 48),
        ("http://d/label", "tab\there", 13, 11),
        ("http://d/label", "not there", 5, 13),
        ("http://d/c", "http://b/x/rel", 6, 18),
        ("http://d/n", "5", 6, 61),
        ("http://d/none", "", 5, 3),
    ],
)
def test_the_closest_position_wins(
    index: PositionIndex, property: str, value: str, line: int, column: int
) -> None:
    assert find_position([index], "http://d/a", property, value) == at(line, column)


def test_a_graph_name_is_an_occurrence(index: PositionIndex) -> None:
    assert find_position([index], "http://claim/1") == at(10, 7)
    assert find_position([index], "http://x/date") == at(7, 38)
    assert find_position([index], "http://nowhere") is None


def test_a_value_knows_its_block(index: PositionIndex) -> None:
    assert index.block_of("http://d/a", at(5, 48)) == at(5, 3)
    assert index.block_of("http://d/a", at(13, 11)) == at(13, 1)


def test_a_broken_text_is_walked_to_its_end() -> None:
    index = index_positions('PREFIX : <http://d/> :a :b """open ]]] ) } .\n\n:c :d :e .', "a.trig")
    assert find_position([index], "http://d/a") == at(1, 22)


def files() -> list[Path]:
    return sorted([*ontology_folder().rglob("*.ttl"), *dossiers_folder().rglob("*.trig")])


def test_every_subject_of_the_shipped_files_is_found() -> None:
    assert len(files()) >= 50, "the shipped files were not found"
    for path in files():
        text = path.read_text(encoding="utf-8")
        format = ox.RdfFormat.TURTLE if path.suffix == ".ttl" else ox.RdfFormat.TRIG
        subjects = {q.subject.value for q in ox.parse(text, format) if isinstance(q.subject, ox.NamedNode)}
        index = index_positions(text, str(path))
        assert set(index.subjects) == subjects, path
        lines = text.splitlines()
        for blocks in index.subjects.values():
            assert all(lines[p.line - 1][p.column - 1 : p.column].strip() for p in blocks), path


local = st.from_regex(r"[A-Za-z0-9_é김]([A-Za-z0-9_.\-é김]{0,6}[A-Za-z0-9_\-])?", fullmatch=True)
node = local.map(lambda name: ox.NamedNode(f"http://d/{name}"))
text = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\"'\\\n\t.;,[]{}<>#@")
)
odd = [
    ox.Literal("x", language="ko-Latn"),
    ox.Literal(True),
    ox.Literal("1.0", datatype=ox.NamedNode("http://x/d")),
]
literal = st.one_of(text.map(ox.Literal), st.integers().map(ox.Literal), st.sampled_from(odd))
quad = st.builds(ox.Quad, node, node, node | literal, node)


def spelt(term: object) -> str:
    assert isinstance(term, (ox.NamedNode, ox.Literal))
    return term.value


@given(st.lists(quad, max_size=8))
def test_any_text_the_parser_writes_is_placed_whole(quads: list[ox.Quad]) -> None:
    written = (ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes={"d": "http://d/"}) or b"").decode()
    index = index_positions(written, "a.trig")
    assert set(index.subjects) == {spelt(q.subject) for q in quads}
    for q in quads:
        key = spelt(q.subject), spelt(q.predicate), spelt(q.object)
        assert find_position([index], *key) == index.values[key][0]
        assert spelt(q.graph_name) in index.occurrences
