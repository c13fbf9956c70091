"""Updates of users: what they may not fetch, and the graphs that their requests choose for them."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import UsageError
from kg.store.embedded import run_update
from kg.store.safety_update import check_update

REFUSED = [
    ("update-load", "LOAD <http://b.example/>", "update:1:1"),
    ("update-load", "CLEAR ALL;\n load silent <http://b.example/> INTO GRAPH <a:b>", "update:2:2"),
    ("update-load", "LOADSILENT <http://b.example/>", "update:1:1"),
    ("update-load", "PREFIX : <http://b.example/> LOAD:b", "update:1:30"),
    ("update-load", "PREFIX b: <http://b.example/> LOADb:b", "update:1:31"),
    ("update-load", "CLEAR ALLLOAD <http://b.example/>", "update:1:7"),
    ("update-load", "PREFIX payload: <http://b.example/> CLEAR ALL", "update:1:8"),
    (
        "query-service",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://b.example/> { ?s ?p ?o } }",
        "update:1:29",
    ),
    ("query-service", "INSERT { ?s ?p ?o } WHERE { SERVICESILENT <a:b> { ?s ?p ?o } }", "update:1:29"),
    ("update-load", "INSERT {} WHERE { VALUES ?x { '''a' }};\nLOAD <a:b> #\\q'''\n", "update:2:1"),
    ("update-load", "PREFIX e: <a:> INSERT DATA { e:a e:b e:a\u0301\\#b };LOAD <a:b>", "update:1:48"),
    ("update-load", "PREFIX e: <http://a:1> CLEAR ALL; INSERT DATA { e:a e:b e:LOAD }", "update:1:57"),
    ("bad-query", "DELETE { ?s ?p ?o } WHERE { FILTER(1<a:b#>\n) } # LOAD", "update:1:37"),
    ("bad-query", "INSERT DATA { <a:s> zz:p 1 }", "update:1:21"),
    ("bad-query", "INSERT { ?s ?p ?o } WHERE " + "{" * 201 + "}" * 201, "update:1:227"),
]


@pytest.mark.parametrize(("rule", "text", "where"), REFUSED, ids=range(len(REFUSED)))
def test_what_an_update_may_not_do_is_refused_before_the_engine_sees_it(
    rule: str, text: str, where: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check_update(text)
    assert (caught.value.rule, str(caught.value.position)) == (rule, where)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CLEAR ALL; DROP SILENT GRAPH <http://a.example/load>",
        "PREFIX x: <http://a.example/SERVICE#> INSERT DATA { x:load x:service 'LOAD <http://b.example/>' }",
        "DELETE WHERE { ?load ?service 'it''s' } # LOAD",
        "PREFIX x: <a:> CLEAR ALL; PREFIX y: <b:> INSERT DATA { x:a y:b 1 }",
    ],
)
def test_what_only_looks_alike_passes(text: str) -> None:
    assert check_update(text) == text


@pytest.mark.parametrize("text", ["WITH <a:g> DELETE { ?s ?p 1 } WHERE {}", "INSERT {} USING <a:g> WHERE {}"])
def test_either_the_update_or_its_request_chooses_graphs(text: str) -> None:
    assert check_update(text) == text
    with pytest.raises(UsageError) as caught:
        check_update(text, using_named=["http://a.example/g"])
    assert caught.value.rule == "update-dataset"


@pytest.mark.parametrize("graph", ["g", "http://a.example/> CLEAR ALL", ""])
def test_a_graph_of_a_request_is_an_iri(graph: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_update("DELETE WHERE { ?s ?p ?o }", using=[graph])
    assert caught.value.rule == "bad-query"


def test_the_graphs_of_the_request_are_where_each_operation_looks() -> None:
    store = Store()
    run_update(
        store, "INSERT DATA { <a:s> <a:p> 0 GRAPH <a:g> { <a:s> <a:p> 1 } GRAPH <a:h> { <a:s> <a:p> 2 } }"
    )
    text = """INSERT { GRAPH <a:out> { ?s <a:saw> ?o } } WHERE { ?s <a:p> ?o { SELECT * WHERE { ?s ?p ?o } } } ;
    INSERT { GRAPH <a:out> { ?s <a:named> ?o } } WHERE { GRAPH ?g { ?s <a:p> ?o } } ;
    DELETE WHERE { ?s <a:p> ?o }"""
    run_update(store, check_update(text, using=["a:g"], using_named=["a:h"]))
    assert sorted(str(quad.triple) for quad in store if str(quad.graph_name) == "<a:out>") == [
        '<a:s> <a:named> "2"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '<a:s> <a:saw> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]
    # DELETE WHERE looks into the graph of the request too, and deletes in the default graph, as its long form.
    assert len(store) == 5


def test_a_fault_is_told_as_that_of_an_update() -> None:
    with pytest.raises(UsageError) as caught:
        run_update(Store(), "INSERT { ?s ?p ?o }")
    assert str(caught.value.position) == "update:1:20"
    assert caught.value.what == "the update cannot be read after '}'"
