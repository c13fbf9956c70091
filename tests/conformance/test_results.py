"""The comparison itself: what it takes for equal, and what it must not. A judge who says yes to all proves nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.conformance.results import is_ordered, same_csv, same_graph, same_results, same_rows

INTEGER, DECIMAL = "http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#decimal"


def rows(*values: str) -> bytes:
    """Results as TSV: one column, these terms."""
    return "".join(f"{line}\n" for line in ("?x", *values)).encode()


def same(left: bytes, right: bytes, *, query: str = "SELECT ?x {}") -> bool:
    return same_results(left, right, ".tsv", query=query)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (rows("<a:b>", '"c"'), rows('"c"', "<a:b>")),
        (rows("_:a", "_:b"), rows("_:c", "_:d")),
        (rows(f'"2.0"^^<{DECIMAL}>'), rows(f'"2"^^<{DECIMAL}>')),
        (rows("", "<a:b>"), rows("<a:b>", "")),
        (rows("<a:b>", "<a:b>"), rows("<a:b>", "<a:b>")),
    ],
)
def test_what_is_equal(left: bytes, right: bytes) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (rows("<a:b>"), rows("<a:c>")),
        (rows("<a:b>"), rows("<a:b>", "<a:b>")),
        (rows("<a:b>", "<a:c>"), rows("<a:b>", "<a:b>")),
        (rows("_:a", "_:b"), rows("_:c", "_:c")),
        (rows("_:a"), rows("<a:b>")),
        (rows('"a"@en'), rows('"a"@fr')),
        (rows('"a"'), rows('"a"@en')),
        (rows(f'"2"^^<{DECIMAL}>'), rows(f'"2"^^<{INTEGER}>')),
        (rows(f'"2"^^<{INTEGER}>'), rows(f'"3"^^<{INTEGER}>')),
        (rows("", "<a:b>"), rows("<a:b>")),
        (rows("<a:b>"), rows("<a:b>").replace(b"?x", b"?y")),
    ],
)
def test_what_is_not(left: bytes, right: bytes) -> None:
    assert not same(left, right)


def test_order_counts_where_the_query_orders() -> None:
    left, right = rows("<a:b>", "<a:c>"), rows("<a:c>", "<a:b>")
    assert same(left, right, query="SELECT ?x { { SELECT ?x {} ORDER BY ?x } }")
    assert not same(left, right, query="SELECT ?x {} ORDER  BY DESC(?x)")
    assert is_ordered("SELECT ?x { ?x a ?y } order by ?x")
    assert not is_ordered("SELECT ?x { ?x a 'ORDER BY' } # ORDER BY")


def test_yes_is_not_no_and_neither_is_a_row() -> None:
    yes, no = (f'{{"head":{{}},"boolean":{said}}}'.encode() for said in ("true", "false"))
    none = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
    assert same_results(yes, yes, ".srj", query="ASK {}")
    for left, right in ((yes, no), (yes, none), (none, no)):
        assert not same_results(left, right, ".srj", query="ASK {}")


def test_csv_has_columns_in_any_order_and_no_types() -> None:
    assert same_csv(b"a,b\r\n1.0E1,_:x\r\n", b"b,a\n_:y,10\n")
    assert not same_csv(b"a,b\r\n1,2\r\n", b"a,b\n2,1\n")
    assert not same_csv(b"a\r\n1\r\n", b"a\n1\n1\n")
    assert not same_csv(b"a\r\n_:x\r\n", b"a\nx\n")


def graph(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.TRIG))


def test_graphs_are_equal_up_to_the_names_of_blank_nodes() -> None:
    assert same_graph(graph("_:a <a:p> _:b . _:b <a:p> 1 ."), graph("_:x <a:p> _:a . _:a <a:p> 01 ."))
    for other in (
        "_:a <a:p> _:a . _:a <a:p> 1 .",
        "_:a <a:p> _:b .",
        "<a:g> { _:a <a:p> _:b . _:b <a:p> 1 }",
    ):
        assert not same_graph(graph("_:a <a:p> _:b . _:b <a:p> 1 ."), graph(other))


def test_rows_that_a_graph_tells_of() -> None:
    rs = "PREFIX rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> "
    told = graph(
        rs
        + '[] rs:resultVariable "x" , "y" ; rs:solution [ rs:binding [ rs:variable "x" ; rs:value <a:b> ] ] .'
    )
    head = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/>'
    answer = (
        head
        + '<variable name="y"/></head><results><result><binding name="x"><uri>a:b</uri></binding></result>'
    )
    assert same_rows(f"{answer}</results></sparql>".encode(), told)
    assert not same_rows(f"{answer}<result></result></results></sparql>".encode(), told)
    assert not same_rows(f"{answer.replace('a:b', 'a:c')}</results></sparql>".encode(), told)
    assert not same_rows(
        f"{answer.replace('name=', 'name=', 1).replace('y', 'z')}</results></sparql>".encode(), told
    )
