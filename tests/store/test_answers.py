"""Queries of users: what they may not do, where their faults are, and the forms of their answers."""

from __future__ import annotations

import json
import socket

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import UsageError
from kg.rdf.vocabulary import KG
from kg.store.answers import Boolean, Solutions, Triples, answer

QUADS = """
<http://a.example/s> <http://a.example/p> "1" <http://a.example/g> .
<http://a.example/s> <http://a.example/p> "1" <http://a.example/h> .
<http://a.example/s> <http://a.example/p> "2" <http://a.example/h> .
<http://a.example/s> <http://a.example/p> "3" .
"""


@pytest.fixture
def store() -> Store:
    made = Store()
    made.load(input=QUADS, format=RdfFormat.N_QUADS)
    return made


def texts(store: Store, query: str) -> list[list[str]]:
    rows = answer(store, query)
    assert isinstance(rows, Solutions)
    return [[term.value for term in row if term is not None and not hasattr(term, "subject")] for row in rows]


REFUSED = [
    ("query-service", "SELECT * {\n  SERVICE <http://b.example/> { ?s ?p ?o } }", "query:2:3"),
    ("query-service", "SELECT * { { service silent ?x { ?s ?p ?o } } }", "query:1:14"),
    ("query-service", "ASK { ?s kg:atRequest trueSERVICE <http://b.example/> { ?s ?p ?o } }", "query:1:23"),
    ("query-service", "ASK { ?s ?p 1SeRvIcE <http://b.example/> { ?s ?p ?o } }", "query:1:14"),
    ("query-service", "PREFIX SERVICE: <http://a.example/> ASK {}", "query:1:8"),
    ("query-service", "PREFIX : <http://b.example/> ASK { SERVICE:b { ?s ?p ?o } }", "query:1:36"),
    ("query-service", "PREFIX x: <http://b.example/> ASK { SERVICEx:b { ?s ?p ?o } }", "query:1:37"),
    ("query-service", "ASK { SERVICESILENTx:b { ?s ?p ?o } }", "query:1:7"),
    ("query-service", "ASK { SERVICESILENT <http://b.example/> { ?s ?p ?o } }", "query:1:7"),
    ("bad-query", "ASKFROM graph:record { ?s ?p ?o }", "query:1:1"),
    ("bad-query", "ASKFROMgraph:record { ?s ?p ?o }", "query:1:1"),
    ("bad-query", "PREFIX from: <http://a.example/> ASK {}", "query:1:8"),
    ("bad-query", "ASK { FILTER(1<a:b#>\n) } # SERVICE", "query:1:15"),
    ("query-update", "INSERTDATA { <http://a.example/s> a <http://a.example/C> }", "query:1:1"),
    ("query-update", "CLEARALL", "query:1:1"),
    ("query-update", "LOADx:y", "query:1:1"),
    ("query-update", "INSERT DATA { <http://a.example/s> a <http://a.example/C> }", "query:1:1"),
    ("query-update", "# hello\nPREFIX x: <y>\nload <http://b.example/>", "query:3:1"),
    ("query-update", "DELETE WHERE { ?s ?p ?o }", "query:1:1"),
    ("query-update", "DROP ALL", "query:1:1"),
    ("query-update", "WITH <http://a.example/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "query:1:1"),
    ("bad-query", "SELECT * { ?s zz:p ?o }", "query:1:15"),
    ("bad-query", "SELECT * {\n ?s ?p ", "query:2:8"),
    ("bad-query", "SELECT ?x WHERE ?s ?p ?o", "query:1:17"),
    ("bad-query", "", "query:1:1"),
    ("bad-query", "SELECT * FROM { ?s ?p ?o }", "query:1:10"),
    ("bad-query", "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", ""),
]


@pytest.mark.parametrize(("rule", "query", "where"), REFUSED)
def test_a_query_is_refused_at_its_position(store: Store, rule: str, query: str, where: str) -> None:
    with pytest.raises(UsageError) as caught:
        answer(store, query)
    assert caught.value.rule == rule
    assert str(caught.value).startswith(f"{where}: " if where else "")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
    assert caught.value.exit_code == 2


#: Every way that was found to bring SERVICE past a reader of words; {here} is a server of the test.
HIDDEN = [
    "ASK {{ SERVICE <{here}> {{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p trueSERVICE <{here}> {{ ?s ?p ?o }} }}",
    "PREFIX SERVICE: <http://x/> PREFIX : <{here}> ASK {{ SERVICE:b {{ ?s ?p ?o }} }}",
    "PREFIX x: <{here}> PREFIX SERVICEx: <{here}> ASK {{ SERVICEx:b {{ ?s ?p ?o }} }}",
    "PREFIX : <{here}> PREFIX a: <http://x/> ASK {{ BIND(1 AS ?a) FILTER(?a<2)SERVICE:b#>\n{{ ?s ?p ?o }} }}",
    "ASK {{ BIND('a' AS ?a) FILTER(?a<'>') SERVICE <{here}> {{ ?s ?p ?o }} FILTER('x'='x') }}",
    "ASK {{ BIND('a' AS ?a) FILTER(?a<'> #') SERVICE <{here}> {{ ?s ?p ?o }}\n }}",
    "ASK {{ BIND(1 AS ?a) FILTER(?a<2#>'''\n) SERVICE <{here}> {{ ?s ?p ?o }} #'''\n }}",
    # What is no string or name to the engine, though it looks like one.
    "ASK {{ VALUES ?x {{ '''a' }} SERVICE <{here}> {{ ?s ?p ?o }} #\\q'''\n }}",
    "ASK {{ VALUES ?x {{ '''a' }} SERVICE <{here}> {{ ?s ?p ?o }} #\\uD800'''\n }}",
    "PREFIX e: <x:> ASK {{ VALUES ?x {{ e:a\u0301\\#b }} SERVICE <{here}> {{ ?s ?p ?o }}\n }}",
    "PREFIX e: <http://a:1> ASK {{ VALUES ?x {{ 1 }} <http://a.example/s> ?p e:SERVICE <{here}> {{ ?s ?p ?o }} }}",
    "PREFIX e: <a:/#> PREFIX x: <{here}> ASK {{ <http://a.example/s> ?p e:SERVICEx:b\\#{{ ?s ?p ?o }} }}",
    "PREFIX e: <http://> PREFIX x: <{here}> ASK {{ <http://a.example/s> ?p e:SERVICEx:b{{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_no_query_reaches_another_server(store: Store, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        here = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(UsageError):
            answer(store, query.format(here=here))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_comparison_or_an_iri_alone_is_no_ground_for_refusal(store: Store) -> None:
    assert texts(store, "SELECT ?o { ?s ?p ?o FILTER(?o<'4'&&'1'<?o) }") == [["3"]]
    query = "SELECT ?o FROM <http://a.example/g#from> { ?fromService <http://a.example/SERVICE#from> ?o }"
    assert not texts(store, query)


def test_positions_name_the_file(store: Store) -> None:
    with pytest.raises(UsageError, match=r"^who\.rq:1:17: error: the query cannot be read at '\?s'"):
        answer(store, "SELECT ?x WHERE ?s", name="who.rq")


def test_what_only_looks_like_a_service_runs(store: Store) -> None:
    assert not texts(
        store, "SELECT ?SERVICE { ?SERVICE <http://a.example/LOAD> 'SERVICE' } # SERVICE <http://x>"
    )


def test_our_prefixes_are_known_and_the_users_win(store: Store) -> None:
    assert texts(store, "SELECT (kg:Claim AS ?x) {}") == [[KG + "Claim"]]
    assert texts(store, "PREFIX kg: <http://k.example/> SELECT (kg:Claim AS ?x) {}") == [
        ["http://k.example/Claim"]
    ]


COUNT = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"
G, H = "<http://a.example/g>", "<http://a.example/h>"


@pytest.mark.parametrize(
    ("dataset", "count"),
    [
        ("", "1"),
        (f"FROM {G}", "1"),
        (f"FROM {G} FROM {H}", "2"),
        (f"FROM NAMED {H}", "0"),
        (f"FROM {H} FROM NAMED {G}", "2"),
    ],
)
def test_from_is_an_rdf_merge(store: Store, dataset: str, count: str) -> None:
    assert texts(store, COUNT % dataset) == [[count]]


def test_from_named_is_obeyed(store: Store) -> None:
    query = "PREFIX a: <http://a.example/> SELECT ?g ?o FROM NAMED a:h { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
    assert texts(store, query) == [["http://a.example/h", "1"], ["http://a.example/h", "2"]]


def test_from_is_refused_where_a_perspective_chooses(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        answer(store, f"SELECT *\nFROM {G} {{ ?s ?p ?o }}", is_scoped=True)
    assert caught.value.rule == "query-from"
    assert str(caught.value.position) == "query:2:1"


def test_positions_are_the_users_even_with_from(store: Store) -> None:
    positions = []
    for dataset in (f"FROM {G}", " " * len(f"FROM {G}")):
        with pytest.raises(UsageError) as caught:
            answer(store, f"SELECT *\n{dataset}\n{{ ?s ?p }}")
        positions.append(str(caught.value.position))
    assert positions == ["query:3:10"] * 2


def test_the_forms_of_rows(store: Store) -> None:
    rows = answer(store, "SELECT ?s ?o { ?s ?p ?o }")
    assert isinstance(rows, Solutions)
    assert rows.variables == ("s", "o")
    assert json.loads(rows.serialize("json"))["results"]["bindings"][0]["o"]["value"] == "3"
    for form, start in (("csv", b"s,o\r\n"), ("tsv", b"?s\t?o\n"), ("xml", b"<?xml")):
        assert answer(store, "SELECT ?s ?o { ?s ?p ?o }").serialize(form).startswith(start)


def test_the_forms_of_a_yes(store: Store) -> None:
    yes = answer(store, "ASK { ?s ?p '3' }")
    assert isinstance(yes, Boolean)
    assert yes
    assert json.loads(yes.serialize("json"))["boolean"] is True
    assert not answer(store, "ASK { ?s ?p '4' }")


def test_the_forms_of_triples(store: Store) -> None:
    query = "CONSTRUCT { ?s a kg:Claim , ?o } { { ?s ?p ?x } UNION { ?s ?p ?x } BIND(kg:Stance AS ?o) }"
    triples = answer(store, query)
    assert isinstance(triples, Triples)
    assert len(triples) == len(list(triples)) == 2
    assert triples.serialize("turtle").decode() == (
        f"@prefix kg: <{KG}> .\n\n<http://a.example/s> a kg:Claim , kg:Stance .\n"
    )
    assert triples.serialize("ntriples").count(b"\n") == 2
    assert json.loads(triples.serialize("json-ld"))
    assert b"rdf:RDF" in triples.serialize("rdf-xml")
    assert isinstance(answer(store, "DESCRIBE <http://a.example/s>"), Triples)


@pytest.mark.parametrize("query", ["SELECT * {}", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_unknown_form_is_refused(store: Store, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        answer(store, query).serialize("word")
    assert caught.value.rule == "unknown-format"
    assert "choose one of" in caught.value.mend
