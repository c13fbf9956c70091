"""Named queries run as they stand, and parameters cannot break out of their block."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

import kg.rdf.queries as queries
from kg.rdf.queries import iri, named_query

FILES = sorted((Path(queries.__file__).parent / "sparql").glob("*.rq"))


def test_there_are_queries() -> None:
    assert len(FILES) >= 15


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_query_runs_as_it_stands_and_says_what_it_is_for(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.startswith("# ")
    list(Store().query(text))  # type: ignore[arg-type]  # a SELECT or CONSTRUCT
    assert named_query(file.stem) == text


def test_a_parameter_is_filled() -> None:
    text = named_query("labels", thing=[iri("http://a.example/1"), iri("http://a.example/2")])
    assert "VALUES ?thing { <http://a.example/1> <http://a.example/2> }" in text
    assert "UNDEF" not in text
    assert named_query("labels", thing=None) == named_query("labels")
    assert "VALUES ?thing {  }" in named_query("labels", thing=[])


@pytest.mark.parametrize(
    ("name", "parameters"), [("labels", {"nothing": []}), ("no_such", {}), ("../labels", {})]
)
def test_what_does_not_exist_is_our_fault(name: str, parameters: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"has no parameter|there is no query"):
        named_query(name, **parameters)


@pytest.mark.parametrize(
    "text", ["http://a.example/> } DROP ALL #", "no iri", "http://a.example/\n", "a{b}", ""]
)
def test_what_is_no_iri_is_not_let_in(text: str) -> None:
    with pytest.raises(ValueError, match="is not an IRI"):
        iri(text)


def test_a_term_is_a_term() -> None:
    found = Store().query(f"SELECT ({iri('http://a.example/é')} AS ?x) {{}}")
    assert isinstance(found, QuerySolutions)
    assert next(iter(found))["x"] == NamedNode("http://a.example/é")
