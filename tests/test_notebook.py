"""What a notebook shows of an answer: tables in which the data are text and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol, runtime_checkable

import pytest

from kg import graph as graphs
from kg.graph import KnowledgeGraph
from kg.notebook import MOST
from kg.store.answers import Solutions
from tests.tiny import tiny

__all__ = ["tiny"]

HOSTILE = Path(__file__).parent / "data" / "hostile"
TAGS = {"table", "caption", "tr", "th", "td", "p"}
EVERYTHING = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:ontology) } ORDER BY ?s ?p ?o"


@runtime_checkable
class Shown(Protocol):
    def _repr_html_(self) -> str: ...


class Reader(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert [name for name, _ in attrs if name != "dir"] == []
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"


def shown(answer: object) -> Reader:
    assert isinstance(answer, Shown)
    reader = Reader()
    reader.feed(answer._repr_html_())
    reader.close()
    assert set(reader.tags) <= TAGS
    return reader


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("hostile") / "s"
    graphs.load([HOSTILE], location=folder)
    return graphs.open(folder)


def test_every_answer_is_shown_and_none_brings_markup(hostile: KnowledgeGraph) -> None:
    view = hostile.perspective()
    (claim,) = claims = view.claims()
    sheets = "".join(shown(view.show(f"id:{name}")).text for name in ("mallory", "evil-state", "evil-deed"))
    assert "<script>alert(1)</script>" in sheets
    assert '<b>"State"</b>' in sheets
    assert '<b>"State"</b>' in shown(claim).text
    assert '<b>"State"</b>' in shown(claims).text
    assert '<b>"State"</b>' in shown(view.timeline()).text
    assert "<script>alert(1)</script>" in shown(view.query("SELECT ?name { id:mallory ?p ?name }")).text
    assert "<script>alert(1)</script>" in shown(view.query("DESCRIBE id:mallory")).text
    assert shown(view.query("ASK {}")).text == "yes\n"


def rows(answer: object) -> Solutions:
    assert isinstance(answer, Solutions)
    return answer


def test_to_look_at_rows_does_not_use_them_up(tiny: KnowledgeGraph) -> None:
    found = rows(tiny.query("SELECT ?state { ?state a kg:State } ORDER BY ?state"))
    looked = shown(found)
    assert looked.text.split() == ["state", "id:arland", "id:borland"]
    assert shown(found).text == looked.text
    assert len(list(found)) == 2


def test_a_long_answer_is_cut_and_says_so(tiny: KnowledgeGraph) -> None:
    found = rows(tiny.query(EVERYTHING))
    assert shown(found).tags.count("tr") == 1 + MOST + 1
    assert shown(found).text.endswith("and more\n")
    assert len(list(found)) > MOST


def test_a_sheet_says_who_claims_what(tiny: KnowledgeGraph) -> None:
    text = shown(tiny.show("Nan Voss")).text
    assert "Nan Voss" in text
    assert "Нан Восс" in text
    (claim,) = tiny.show("Nan Voss").claims
    assert claim.claimant.label in text
    assert claim.claimant.label in shown(claim).text
    assert "asserts on" in shown(claim).text
