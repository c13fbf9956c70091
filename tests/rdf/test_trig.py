"""TriG in with positions, canonical TriG and N-Quads out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import DataError
from kg.rdf.trig import find_files, parse_trig, read_trig, write_nquads, write_trig
from kg.rdf.vocabulary import ID, KG, ONTOLOGY_GRAPH, PREFIXES, RDF_TYPE, XSD
from tests.tiny import HEAD, TINY

iris = st.one_of(
    st.sampled_from(
        [ID + "a", ID + "a.b", ID + "a/b", ID, KG + "Claim", RDF_TYPE, ID + "-a", ID + "2024..2025"]
    ),
    st.text("abcé-._~/?%2", min_size=1, max_size=6).map(
        lambda s: "http://example.org/" + s.replace("%", "%25")
    ),
).map(NamedNode)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
literals = st.one_of(
    texts.map(Literal),
    st.tuples(texts, st.sampled_from(["en", "fr", "ko-latn"])).map(lambda p: Literal(p[0], language=p[1])),
    st.tuples(
        st.sampled_from(["1", "-2", "+3", "01", "true", "1", "x", "1.5", "2025-03-21"]),
        st.sampled_from([XSD + "integer", XSD + "boolean", XSD + "date", "http://example.org/type"]),
    ).map(lambda p: Literal(p[0], datatype=NamedNode(p[1]))),
)
graphs = st.one_of(iris, st.just(DefaultGraph()))
quads = st.builds(Quad, iris, iris, st.one_of(iris, literals), graphs)
blanks = st.sampled_from("abc").map(BlankNode)
blank_quads = st.builds(Quad, st.one_of(iris, blanks), iris, st.one_of(iris, literals, blanks), graphs)


@given(st.lists(quads, max_size=12))
def test_what_is_written_is_read_again(given_quads: list[Quad]) -> None:
    text = write_trig(given_quads)
    assert set(parse_trig(text.encode(), name="a.trig")) == set(given_quads)
    assert write_trig(reversed(given_quads)) == text


@given(st.lists(quads, max_size=12))
def test_nquads_are_read_again(given_quads: list[Quad]) -> None:
    text = write_nquads(given_quads)
    assert set(parse(input=text, format=RdfFormat.N_QUADS)) == set(given_quads)
    assert text.count("\n") == len(set(given_quads))


@given(st.lists(blank_quads, max_size=6))
def test_blank_nodes_are_written_by_what_is_said_of_them(given_quads: list[Quad]) -> None:
    text = write_nquads(given_quads)
    other = parse(input=text.replace("_:c14n", "_:other"), format=RdfFormat.N_QUADS)
    assert write_nquads(other) == text
    text = write_trig(given_quads)
    read = Dataset(parse_trig(text.encode(), name="a.trig"))
    assert write_trig(read) == text


def test_the_canonical_form_is_this() -> None:
    source = HEAD + (
        "id:b kg:best 4 . GRAPH graph:record { claim:c kg:atRequest true ; a kg:Claim ;"
        ' rdfs:label "é\\n\\"x\\""@fr , "e"@en ; kg:notBefore "2025-01-01"^^xsd:date .'
        " <http://example.org/s> a <http://example.org/C> . }"
    )
    assert write_trig(parse_trig(source.encode(), name="a.trig")) == (
        "".join(f"@prefix {n}: <{PREFIXES[n]}> .\n" for n in ("claim", "graph", "id", "kg", "rdfs", "xsd"))
        + "\nid:b kg:best 4 .\n\n"
        "GRAPH graph:record {\n"
        "  <http://example.org/s> a <http://example.org/C> .\n"
        "  claim:c a kg:Claim ;\n"
        '    rdfs:label "e"@en , "é\\n\\"x\\""@fr ;\n'
        "    kg:atRequest true ;\n"
        '    kg:notBefore "2025-01-01"^^xsd:date .\n'
        "}\n"
    )


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(parse_trig(b"\xef\xbb\xbf<http://a.example/s> a <http://a.example/C> .", name="a.trig")) == 1


def test_turtle_goes_into_the_graph_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "terms.ttl"
    file.write_text(HEAD + "kg:Claim a owl:Class .", encoding="utf-8")
    (quad,) = read_trig(file, graph=ONTOLOGY_GRAPH)
    assert quad.graph_name == NamedNode(ONTOLOGY_GRAPH)


def test_blank_nodes_of_two_files_never_meet_and_stay_what_they_are(tmp_path: Path) -> None:
    one, other = tmp_path / "one.trig", tmp_path / "other.trig"
    one.write_text(HEAD + "id:a kg:about _:x , [ kg:best 1 ] .", encoding="utf-8")
    other.write_text(HEAD + "id:b kg:about _:x .", encoding="utf-8")
    first, second = read_trig(one), read_trig(other)
    assert first == read_trig(one)
    nodes = [{q.object for q in read if isinstance(q.object, BlankNode)} for read in (first, second)]
    assert len(nodes[0]) == 2
    assert not nodes[0] & nodes[1]


FAULTS = [
    ("id:a a id:B .", 1, 1, "bad-trig", "the prefix 'id:' has not been declared", f"@prefix id: <{ID}> ."),
    ("@prefix id: <http://a.example/> .\nid:a zz:p id:B .", 2, 6, "bad-trig", "'zz:'", "declare it"),
    ("<http://a.example/s> a <http://a.example/C>\n", 2, 1, "bad-trig", "", "end it with ."),
    ("<http://a.example/s> a <C> .", 1, 24, "bad-trig", "", ""),
    ('<http://a.example/s>\n  a "x .', 2, 5, "bad-trig", "", ""),
]


@pytest.mark.parametrize(("text", "line", "column", "rule", "what", "mend"), FAULTS)
def test_a_fault_says_where_it_is(
    tmp_path: Path, text: str, line: int, column: int, rule: str, what: str, mend: str
) -> None:
    file = tmp_path / "a.trig"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_trig(file)
    error = caught.value
    assert error.position
    assert (error.position.file, error.position.line, error.rule) == (str(file), line, rule)
    assert error.position.column in (column, column + 1)
    assert what in error.what
    assert mend in error.mend


def test_a_wrong_encoding_says_which_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_bytes('# é\n<http://a.example/é> a "'.encode() + "é".encode("latin-1") + b'" .')
    with pytest.raises(DataError) as caught:
        read_trig(file)
    assert (
        str(caught.value)
        == f"{file}:2:25: error: byte 0xE9 is not UTF-8; save the file as UTF-8 [bad-encoding]"
    )


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for call in (
        lambda: read_trig(tmp_path / "a.trig"),
        lambda: find_files(tmp_path / "a.trig"),
        lambda: find_files(tmp_path),
    ):
        with pytest.raises(DataError) as caught:
            call()
        assert caught.value.rule == "no-such-file"
        assert str(tmp_path) in caught.value.what


def test_files_are_found_in_order() -> None:
    assert [file.name for file in find_files(TINY)] == ["claims.trig", "reference.trig"]
    assert find_files(TINY / "claims.trig") == [TINY / "claims.trig"]
