"""Any perspective is an endpoint: by parameters or by a path, it answers what ``kg query`` answers under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.server.asked import Asked, from_path
from tests.commands.door import kg
from tests.server.door import Server, serving

WHO = "SELECT DISTINCT ?who { ?d a kg:Deployment ; kg:sendingState ?who } ORDER BY ?who"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
WORDS = [
    {"according-to": "Russia", "as-of": "2025-04-25"},
    {"according-to": "Russia", "as-of": "2025-04-28"},
    {"according-to": "Ukraine", "exactly": ""},
    {"as-of": "2025-04"},
    {"on": "2024-11-15"},
    {"undisputed": "true"},
    {"disputed": "1"},
    {"infer": ""},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("perspectives"), "--store", ":shipped:", "--workers", "1") as server:
        yield server


def options(words: dict[str, str]) -> list[str]:
    """The same for the command line."""
    return [
        part
        for word, value in words.items()
        for part in (f"--{word}", value)
        if part not in ("", "true", "1")
    ]


@pytest.mark.parametrize("words", WORDS, ids=str)
@pytest.mark.parametrize("query", [COUNT, GRAPHS, WHO], ids=["count", "graphs", "who"])
def test_a_perspective_answers_as_on_the_command_line(
    server: Server, words: dict[str, str], query: str
) -> None:
    path = "/sparql?" + urlencode({**words, "query": query})
    done = kg("query", "-e", query, "--format", "csv", "--store", ":shipped:", *options(words))
    assert server.ask(path, headers={"accept": "text/csv"}).text.split() == done.out.split()


def test_perspectives_differ(server: Server) -> None:
    paths = ("/sparql?" + urlencode({**words, "query": COUNT}) for words in WORDS)
    assert len({server.ask(path).text for path in paths}) >= 6


def test_a_path_names_a_perspective_for_good(server: Server) -> None:
    path = "/perspectives/according-to=Russia;as-of=2025-04-25/sparql"
    expected = server.query(COUNT, according_to="Russia", as_of="2025-04-25").text
    assert server.query(COUNT, endpoint=path).text == expected
    iri = quote("https://w3id.org/foedus/id/russia", safe="")
    for party in ("id%3Arussia", iri, "%D0%A0%D0%BE%D1%81%D1%81%D0%B8%D1%8F"):
        other = f"/perspectives/according-to={party};as-of=2025-04-25/sparql"
        got = server.query(COUNT, endpoint=other)
        assert (got.status, got.text) == (200, expected), party
    headers = {"content-type": "application/sparql-query"}
    assert server.ask(path, method="POST", body=COUNT.encode(), headers=headers).text == expected


def test_several_parties_in_any_order_are_one_perspective(server: Server) -> None:
    one = [("according-to", "Russia"), ("according-to", "North Korea"), ("query", COUNT)]
    first = server.ask("/sparql?" + urlencode(one))
    assert first.status == 200
    assert server.ask("/sparql?" + urlencode(one[::-1])).text == first.text
    assert server.query(COUNT, according_to="Russia").text != first.text


@pytest.mark.parametrize(
    ("words", "rule", "told"),
    [
        ("according-to=Nordland", "unknown-party", "Nordland"),
        ("according-to=Kim", "ambiguous-name", "id:kim-jong-un"),
        ("according-to=Kursk", "unknown-party", "Kursk"),
        ("according-to=", "bad-parameter", "according-to"),
        ("as-of=yesterday", "bad-date", "yesterday"),
        ("as-of=2025&as-of=2024", "bad-parameter", "as-of"),
        ("on=2025-02-30", "bad-date", "2025-02-30"),
        ("undisputed&disputed", "opposite-options", "undisputed"),
        ("infer=maybe", "bad-parameter", "infer"),
        ("accordingto=Russia", "bad-parameter", "accordingto"),
        ("as-of=2025&default-graph-uri=urn:x", "query-from", "default-graph-uri"),
    ],
)
def test_what_is_no_perspective_is_refused(server: Server, words: str, rule: str, told: str) -> None:
    got = server.ask(f"/sparql?{words}&" + urlencode({"query": COUNT}))
    assert (got.status, got.rule) == (400, rule)
    assert told in got.text


@pytest.mark.parametrize(
    "segment", ["according-to=Nordland", "as-of=x", "nothing", "as-of=2025;as-of=2024", ";"]
)
def test_what_is_no_perspective_is_no_path_either(server: Server, segment: str) -> None:
    got = server.query(COUNT, endpoint=f"/perspectives/{segment}/sparql")
    assert got.status == 400
    assert got.rule in ("unknown-party", "bad-date", "bad-parameter")


def test_a_query_may_not_choose_graphs_beside_a_perspective(server: Server) -> None:
    got = server.query("SELECT * FROM graph:record { ?s ?p ?o }", as_of="2025")
    assert (got.status, got.rule) == (400, "query-from")
    path = "/perspectives/as-of=2025/sparql?according-to=Russia"
    assert server.query(COUNT, endpoint=path).rule == "bad-parameter"


@pytest.mark.parametrize(
    "asked",
    [
        Asked(according_to=("North Korea", "a;b/c=d&e%f", "Россия", "id:x")),
        Asked(as_of="2025-04-25", on="2024-01-31", undisputed=True, exactly=True, infer=True),
        Asked(disputed=True),
    ],
)
def test_a_path_is_read_as_it_was_written(asked: Asked) -> None:
    assert from_path(asked.path()) == Asked(
        tuple(sorted(asked.according_to)),
        asked.as_of,
        asked.on,
        asked.undisputed,
        asked.disputed,
        asked.exactly,
        asked.infer,
    )


def test_to_make_a_perspective_has_a_limit_of_its_own(tmp_path: Path) -> None:
    with serving(tmp_path, "--store", ":shipped:", "--workers", "1", "--prepare-limit", "0.01") as server:
        got = server.query(COUNT, infer="")
        assert (got.status, got.rule) == (503, "time-limit")
        assert "the perspective takes longer than 0.01 s" in got.text
        assert server.query(COUNT).status == 200


def test_no_way_of_writing_a_path_gives_the_answer_of_another_perspective(server: Server) -> None:
    here = "according-to=Russia;as-of=2025-04-25"
    query = urlencode({"query": COUNT})
    right = server.ask(f"/perspectives/{here}/sparql?{query}").rows
    assert right != server.query(COUNT).rows
    assert server.ask(f"/%70erspectives/{here}/sparql?{query}").rows == right
    for path in (
        f"/perspectives/{here}/x/sparql",
        f"/perspectives/x/../{here}/sparql",
        "/perspectives//sparql",
    ):
        got = server.ask(f"{path}?{query}")
        assert (got.status, got.rule) == (404, "unknown-route"), path


def test_what_no_client_sends_in_earnest_is_a_fault_of_its_own(server: Server) -> None:
    many = "9" * 5000
    for path in (f"/api/find?q=x&limit={many}", f"/store.nq?from={many}"):
        assert (server.ask(path).status, server.ask(path).rule) == (400, "bad-parameter"), path[:30]
    got = server.ask("/.well-known/void", headers={"host": 'a"><b>'})
    assert (got.status, got.rule) == (421, "unknown-host")
    got = server.ask("/.well-known/void", headers={"host": 'localhost:"><b>'})
    assert (got.status, got.rule) == (400, "bad-parameter")
