"""kg query: any SPARQL, from anywhere, under any perspective, in the standard formats."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pyoxigraph
import pytest

from tests.commands.door import kg

SENDERS = "SELECT DISTINCT ?who { ?d a kg:Deployment ; kg:sendingState ?who }"
KOREA = "https://w3id.org/foedus/id/north-korea"


def test_the_table_shows_short_names() -> None:
    assert kg("query", "-e", SENDERS).out.split() == ["who", "-" * len("id:north-korea"), "id:north-korea"]


def test_json_is_sparql_json() -> None:
    found = cast("dict[str, dict[str, list[object]]]", kg("query", "-e", SENDERS, "--format", "json").data)
    assert found["head"] == {"vars": ["who"]}
    assert found["results"]["bindings"] == [{"who": {"type": "uri", "value": KOREA}}]


@pytest.mark.parametrize("format", ["json", "csv", "tsv", "xml"])
def test_results_in_the_formats_of_sparql(format: str) -> None:
    out = kg("query", "-e", SENDERS, "--format", format).out
    if format == "csv":
        assert out.split() == ["who", KOREA]
        return
    formats = pyoxigraph.QueryResultsFormat
    known = {"json": formats.JSON, "tsv": formats.TSV, "xml": formats.XML}
    rows = list(
        cast("pyoxigraph.QuerySolutions", pyoxigraph.parse_query_results(out.encode(), format=known[format]))
    )
    assert [row["who"] for row in rows] == [pyoxigraph.NamedNode(KOREA)]


@pytest.mark.parametrize("format", ["turtle", "ntriples", "jsonld", "rdfxml", "table", "json"])
def test_construct_gives_rdf(format: str) -> None:
    text = kg(
        "query",
        "-e",
        "CONSTRUCT { ?d kg:sendingState ?who } WHERE { ?d kg:sendingState ?who }",
        "--format",
        format,
    ).out
    formats = pyoxigraph.RdfFormat
    known = {
        "ntriples": formats.N_TRIPLES,
        "jsonld": formats.JSON_LD,
        "json": formats.JSON_LD,
        "rdfxml": formats.RDF_XML,
    }
    triples = {
        quad.triple for quad in pyoxigraph.parse(text.encode(), format=known.get(format, formats.TURTLE))
    }
    assert triples
    assert {triple.object for triple in triples} == {pyoxigraph.NamedNode(KOREA)}


def test_ask_says_yes_or_no() -> None:
    assert kg("query", "-e", "ASK { ?d a kg:Deployment }").out == "yes\n"
    assert kg("query", "-e", "ASK { ?d a kg:Nothing }").out == "no\n"
    assert '"boolean":true' in kg(
        "query", "-e", "ASK { ?d a kg:Deployment }", "--format", "json"
    ).out.replace(" ", "")


NOTHING = "error: nothing fits the query; loosen its patterns, or the perspective [nothing-found]\n"


@pytest.mark.parametrize("format", ["table", "json", "csv", "tsv", "xml"])
@pytest.mark.parametrize(("kind", "code"), [("kg:Nothing", 1), ("kg:Deployment", 0)])
def test_a_select_without_rows_says_so(format: str, kind: str, code: int) -> None:
    done = kg("query", "-e", f"SELECT ?x {{ ?x a {kind} }}", "--format", format)
    assert (done.code, done.err) == (code, NOTHING if code else "")
    assert done.out or format == "table", "an empty table is written all the same"


@pytest.mark.parametrize("format", ["table", "turtle", "ntriples", "jsonld", "rdfxml"])
@pytest.mark.parametrize(("kind", "code"), [("kg:Nothing", 1), ("kg:Deployment", 0)])
def test_a_construct_without_triples_says_so(format: str, kind: str, code: int) -> None:
    done = kg("query", "-e", f"CONSTRUCT WHERE {{ ?x a {kind} }}", "--format", format)
    assert (done.code, done.err) == (code, NOTHING if code else "")


def test_from_a_file_and_from_stdin(tmp_path: Path) -> None:
    file = tmp_path / "senders.rq"
    file.write_text(SENDERS, "utf-8")
    expected = kg("query", "-e", SENDERS).out
    assert kg("query", str(file)).out == expected
    assert kg("query", "-", stdin=SENDERS.encode()).out == expected


@pytest.mark.parametrize("name", ["1", "001", "who-signed", "001-who-signed-the-treaty-in-which-office"])
def test_a_question_by_number_or_name(name: str) -> None:
    assert "id:kim-jong-un" in kg("query", "--question", name).out


def test_a_corroborated_fact_counts_once() -> None:
    count = "SELECT (COUNT(*) AS ?n) { id:dprk-deployment kg:sendingState id:north-korea }"
    claims = "SELECT (COUNT(*) AS ?n) { GRAPH ?c { id:dprk-deployment kg:sendingState id:north-korea } }"
    assert kg("query", "-e", count, "--format", "csv").out.split() == ["n", "1"]
    assert int(kg("query", "-e", claims, "--format", "csv").out.split()[1]) > 1


def test_two_perspectives_differ() -> None:
    ask = "ASK { ?d a kg:Deployment ; kg:sendingState id:north-korea }"
    assert kg("query", "-e", ask, "--according-to", "Russia", "--as-of", "2025-04-25").out == "no\n"
    assert kg("query", "-e", ask, "--according-to", "Russia", "--as-of", "2025-04-28").out == "yes\n"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["-e", "SELECT ?x {"], "bad-query"),
        (["-e", "DELETE WHERE { ?a ?b ?c }"], "query-update"),
        (["-e", "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }"], "query-service"),
        (
            ["-e", "SELECT * FROM <http://example.org/> { ?a ?b ?c }", "--according-to", "Russia"],
            "query-from",
        ),
        (["-e", SENDERS, "--format", "turtle"], "unknown-format"),
        (["nowhere.rq"], "bad-option"),
        ([], "bad-option"),
        (["-e", SENDERS, "--question", "1"], "bad-option"),
    ],
)
def test_a_bad_query_is_refused(words: list[str], rule: str) -> None:
    done = kg("query", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert done.err.endswith(f"[{rule}]\n")


def test_an_unknown_question_is_told() -> None:
    done = kg("query", "--question", "nothing-like-it")
    assert done.code == 1
    assert done.err.endswith("'kg list questions' lists them [unknown-question]\n")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes("SELECT * { ?x rdfs:label 'é' }".encode("latin-1"))
    done = kg("query", str(file))
    assert (done.code, done.err.endswith("[bad-encoding]\n")) == (2, True)


def test_limit_cuts_the_table() -> None:
    assert len(kg("query", "-e", "SELECT ?p { ?p a kg:Person }", "--limit", "3").out.splitlines()) == 5


@pytest.mark.parametrize(
    "words",
    [
        ("SELECT ?p { ?p a kg:Person }", "--format", "json"),
        ("CONSTRUCT { ?p a kg:Person } WHERE { ?p a kg:Person }",),
    ],
)
def test_a_limit_of_what_is_no_table_is_refused_and_not_forgotten(words: tuple[str, ...]) -> None:
    done = kg("query", "--limit", "1", "-e", *words)
    assert (done.code, done.out, done.err.endswith("[bad-option]\n")) == (2, "", True)


@pytest.mark.parametrize("body", ["{" * 3000 + "}" * 3000, f"{{ FILTER({'(' * 20000}1=1{')' * 20000}) }}"])
def test_a_query_that_is_nested_too_deep_is_refused(body: str) -> None:
    """The engine was seen to run out of stack and take the process with it at some thousand levels."""
    done = kg("query", "-e", f"ASK {body}")
    assert (done.code, done.out) == (2, "")
    assert "is nested more than 200 deep" in done.err
    flat = "{" * 150 + "}" * 150
    assert kg("query", "-e", f"ASK {flat}").code == 0


def test_the_formats_that_are_offered_are_those_that_are_taken() -> None:
    done = kg("query", "-e", "CONSTRUCT WHERE { ?s a kg:Treaty }", "--format", "csv")
    assert (done.code, done.out) == (2, "")
    offered = done.err.partition("choose one of ")[2].partition(" [")[0].split(", ")
    assert len(offered) >= 5
    for format in offered:
        assert kg("query", "-e", "CONSTRUCT WHERE { ?s a kg:Treaty }", "--format", format).code == 0
    done = kg("query", "-e", "SELECT ?s { ?s a kg:Treaty }", "--format", "turtle")
    assert (done.code, done.out) == (2, "")
