"""The editor: what it runs is what the endpoint answers, what it shows is that, and its address brings it back."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from kg.paths import ontology_folder
from tests.commands.door import kg
from tests.explorer.conftest import Visit
from tests.server.door import Server

pytestmark = pytest.mark.browser

PLAIN = (
    "SELECT ?party (COUNT(?claim) AS ?n) WHERE { GRAPH graph:record { ?claim kg:claimant ?party } } "
    "GROUP BY ?party ORDER BY DESC(?n) ?party"
)
MANY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
QUESTIONS = sorted((ontology_folder() / "questions").glob("*.rq"))


def type_query(page: Page, text: str) -> None:
    page.fill("#query", text)


def answered(page: Page) -> None:
    expect(page.locator("#run")).to_be_enabled(timeout=15000)
    expect(page.locator("#answer")).to_be_visible()


def table(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.locator("#table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return found


def by_verb(text: str, *words: str) -> list[list[str]]:
    done = kg("query", "-e", text, "--store", ":shipped:", "--format", "csv", *words)
    return list(csv.reader(io.StringIO(done.out)))[1:]


def short(cells: list[list[str]]) -> list[list[str]]:
    from kg.rdf.terms import curie

    return [[curie(cell) for cell in row] for row in cells]


def test_a_query_is_answered_as_by_the_verb_and_its_address_brings_it_back(visit: Visit) -> None:
    seen = visit("/query")
    page = seen.page
    type_query(page, PLAIN)
    page.focus("#query")
    page.keyboard.press("Control+Enter")
    answered(page)
    expected = short(by_verb(PLAIN))
    assert len(expected) > 30
    assert table(page) == expected
    assert page.inner_text("#counted").startswith(f"{len(expected)} rows in ")
    assert parse_qs(urlsplit(page.url).query) == {"query": [PLAIN]}
    page.reload()
    answered(page)
    assert table(page) == expected
    assert page.input_value("#query") == PLAIN
    page.go_back()
    expect(page.locator("#answer")).to_be_hidden()
    assert page.input_value("#query") != PLAIN
    assert seen.is_quiet(), seen


def test_the_perspective_of_the_controls_is_asked(visit: Visit) -> None:
    seen = visit("/query")
    page = seen.page
    text = "SELECT ?party WHERE { ?stance kg:stanceOn ?claim ; kg:onBehalfOf ?party } ORDER BY ?party ?claim"
    type_query(page, text)
    page.click("#according summary")
    page.check("#according input[value='id:ukraine']")
    page.click("h1")
    page.fill("#perspective [name=as-of]", "2025-04-27")
    page.click("#perspective button")
    answered(page)
    expected = short(by_verb(text, "--according-to", "Ukraine", "--as-of", "2025-04-27"))
    assert expected
    assert expected != short(by_verb(text))
    assert table(page) == expected
    asked = {"query": [text], "according-to": ["id:ukraine"], "as-of": ["2025-04-27"]}
    assert parse_qs(urlsplit(page.url).query) == asked
    page.reload()
    answered(page)
    assert table(page) == expected
    expect(page.locator("#according-shown")).to_have_text("Ukraine")
    assert seen.is_quiet(), seen


def test_every_question_is_an_example_and_runs(visit: Visit, served: Server) -> None:
    seen = visit("/query")
    page = seen.page
    links: list[str] = page.locator(".examples a").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href'))"
    )
    assert len(links) == len(QUESTIONS) + 2 >= 33
    titles = page.locator(".examples a").all_inner_texts()
    assert titles[2:] == [file.read_text("utf-8").partition("\n")[0].lstrip("# ") for file in QUESTIONS]
    for file in QUESTIONS:  # what the editor would send
        assert served.query(file.read_text("utf-8")).status == 200
    page.click(".examples a >> nth=2")
    answered(page)
    assert page.input_value("#query") == QUESTIONS[0].read_text("utf-8")
    told = csv.reader(io.StringIO(QUESTIONS[0].with_suffix(".csv").read_text("utf-8")))
    assert sorted(table(page)) == sorted(short(list(told)[1:]))
    expect(page.locator(".examples [aria-current]")).to_have_text(titles[2])
    assert seen.is_quiet(), seen


TREATIES = "CONSTRUCT { ?s a kg:Treaty } WHERE { ?s a kg:Treaty }"
ROWS = {
    "CSV": ("text/csv", "csv"),
    "TSV": ("text/tab-separated-values", "tsv"),
    "JSON": ("application/sparql-results+json", "json"),
    "XML": ("application/sparql-results+xml", "xml"),
}
TRIPLES = {
    "Turtle": ("text/turtle", ""),
    "N-Triples": ("application/n-triples", ""),
    "JSON-LD": ("application/ld+json", ""),
    "RDF/XML": ("application/rdf+xml", ""),
}


@pytest.mark.parametrize(
    ("query", "formats"),
    [
        (PLAIN, ROWS),
        (TREATIES, TRIPLES),
        ("ASK { ?s a kg:Treaty }", {"JSON": ROWS["JSON"], "XML": ROWS["XML"]}),
    ],
    ids=["select", "construct", "ask"],
)
def test_a_download_has_the_endpoints_bytes(
    visit: Visit, served: Server, query: str, formats: dict[str, tuple[str, str]]
) -> None:
    seen = visit(f"/query?{urlencode({'query': query})}")
    page = seen.page
    answered(page)
    assert page.locator("#downloads button").all_inner_texts() == list(formats)
    for name, (accept, flag) in formats.items():
        with page.expect_download() as download:
            page.click(f"#downloads >> role=button[name='Download {name}']")
        data = download.value.path().read_bytes()
        assert data
        assert data == served.query(query, accept=accept).body
        if flag:
            assert data.decode() == kg("query", "-e", query, "--store", ":shipped:", "--format", flag).out
    assert seen.is_quiet(), seen


def test_a_table_is_cut_and_says_of_how_many(visit: Visit, served: Server) -> None:
    seen = visit(f"/query?{urlencode({'query': MANY})}")
    page = seen.page
    answered(page)
    count = len(json.loads(served.query(MANY).body)["results"]["bindings"])
    assert count > 1000
    assert re.sub(r"\D", "", page.inner_text("#counted").partition(" rows")[0]) == str(count)
    assert len(table(page)) == 200
    expect(page.locator("#table caption")).to_contain_text(f"of {count}")
    page.click("#more")
    assert len(table(page)) == 400
    page.click("#as-graph")
    expect(page.locator("#drawing p")).to_contain_text(re.compile(r"40 of \d+ things"))
    assert page.locator("#drawing .node").count() == 40
    page.click("#as-table")
    expect(page.locator("#table")).to_be_visible()
    assert seen.is_quiet(), seen


BOXES = """() => [...document.querySelectorAll('#drawing .node rect')].map((rect) => {
  const {x, y, width, height} = rect.getBBox();
  return [x, y, width, height];
})"""


def test_triples_are_drawn_the_same_way_each_time(visit: Visit) -> None:
    drawn = []
    for _ in range(2):
        seen = visit("/query?question=graph")
        answered(seen.page)
        expect(seen.page.locator("#as-graph")).to_have_attribute("aria-pressed", "true")
        assert seen.page.locator("#drawing .link").count() > 20
        drawn.append(seen.page.evaluate(BOXES))
        assert seen.is_quiet(), seen
    assert drawn[0] == drawn[1]
    boxes = drawn[0]
    apart = [
        a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        for at, a in enumerate(boxes)
        for b in boxes[:at]
    ]
    assert len(apart) > 500
    assert all(apart)
    seen.page.click("#drawing a.node >> nth=0")
    seen.page.wait_for_url("**/things/**")
