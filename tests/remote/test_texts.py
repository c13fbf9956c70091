"""What is read from an engine is what was written to it: text found again, answers of an odd engine mended."""

from __future__ import annotations

import json

import pytest

from kg.loading import ontology_quads
from kg.rdf.vocabulary import XSD_BOOLEAN
from kg.store import slices
from kg.store.engines import engine_of, update_address
from tests.tiny import tiny_quads

VIRTUOSO = engine_of("Virtuoso/07.20", "http://a.example/sparql")


def test_a_text_is_found_again_graph_by_graph() -> None:
    written = slices.write([*ontology_quads(), *tiny_quads()])
    assert len(written.graphs) >= 10
    assert slices.read(written.content) == written
    assert slices.read(b"") == slices.write([])


@pytest.mark.parametrize(
    "text",
    [b"<http://a/1> <http://a/2> <http://a/3> .\n<x", b'<http://a/1> <http://a/2> "3" .\n', b"hello\n"],
)
def test_what_is_no_text_of_ours_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="is no quad in a named graph"):
        slices.read(text)


def test_a_graph_in_two_places_is_refused() -> None:
    one, two = (f"<http://a/1> <http://a/2> <http://a/3> <http://g/{n}> .\n".encode() for n in "12")
    with pytest.raises(ValueError, match="lies in two places"):
        slices.read(one + two + one)


def test_the_answers_of_an_odd_engine_are_those_of_the_standard() -> None:
    row = {
        "yes": {"type": "typed-literal", "value": "1", "datatype": XSD_BOOLEAN},
        "node": {"type": "bnode", "value": "nodeID://b10"},
        "text": {"type": "literal", "value": "nodeID://1"},
    }
    said = {"head": {"link": [], "vars": [*row]}, "results": {"distinct": False, "bindings": [row]}}
    mended = json.loads(VIRTUOSO.mended(json.dumps(said).encode()))
    found = mended["results"]["bindings"][0]
    assert [found[name]["value"] for name in row] == ["true", "b10", "nodeID://1"]


@pytest.mark.parametrize(("rows", "answer"), [([{"__ASK_RETVAL": {"value": "1"}}], True), ([], False)])
def test_its_yes_and_no(rows: list[object], answer: bool) -> None:
    said = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": rows}}
    assert json.loads(VIRTUOSO.mended(json.dumps(said).encode())) == {"head": {}, "boolean": answer}


def test_where_updates_go(monkeypatch: pytest.MonkeyPatch) -> None:
    assert update_address("http://a.example/repositories/x") == "http://a.example/repositories/x/statements"
    assert update_address("http://a.example/sparql") == "http://a.example/sparql"
    monkeypatch.setenv("KG_UPDATE_ADDRESS", "http://a.example/write")
    assert update_address("http://a.example/sparql") == "http://a.example/write"


@pytest.mark.parametrize("path", ["perspectives/as-of=2025-04-25/sparql", "sparql?as-of=2025-04-25", "query"])
def test_our_service_under_a_perspective_is_an_engine_like_any_other(path: str) -> None:
    assert not engine_of("foedus/1.0", f"http://a.example/{path}").is_foedus
    assert engine_of("foedus/1.0", "http://a.example/sparql").is_foedus
    assert not engine_of("foedus-plain/1.0", "http://a.example/sparql").is_foedus
