"""Whatever goes wrong between us and an endpoint is one line with the right rule, and exit code 4."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.commands.door import Done, kg, kg_process
from tests.remote.scripted import Scripted, scripted
from tests.remote.servers import free_port

QUERY = "SELECT ?s { ?s ?p ?o }"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Scripted, Scripted]]:
    """Two servers, of which the first sends on to the second."""
    with scripted() as first, scripted() as second:
        first.elsewhere = second.address("fine")
        yield first, second


@pytest.fixture
def server(servers: tuple[Scripted, Scripted]) -> Scripted:
    for each in servers:
        each.seen.clear()
    return servers[0]


def ask(address: str) -> Done:
    return kg("query", "-e", QUERY, "--store", address, "--format", "json")


CASES = {
    "401": ("remote-refused", "401"),
    "403": ("remote-refused", "KG_AUTHORIZATION"),
    "404": ("remote-refused", "endpoint itself"),
    "500": ("remote-refused", "500 Sorry it is not to be"),
    "504": ("remote-timeout", "504"),
    "cut": ("remote-answer", "cannot be read"),
    "cancelled": ("remote-answer", "cannot be read"),
    "broken": ("remote-answer", "breaks off"),
    "html": ("remote-answer", "'text/html' and not 'application/sparql-results+json'; give the address of"),
    "list": ("remote-answer", "cannot be read"),
    "elsewhere": ("remote-refused", "sends us on"),
}


@pytest.mark.parametrize("when", ["", "then-"], ids=["at once", "later"])
@pytest.mark.parametrize("fault", sorted(CASES))
def test_a_fault_is_named(server: Scripted, fault: str, when: str) -> None:
    rule, says = CASES[fault]
    address = server.address(when + fault)
    done = ask(address)
    assert (done.code, done.out) == (4, "")
    assert done.err.endswith(f" [{rule}]\n"), done.err
    assert done.err.count("error:") == 1
    assert "Traceback" not in done.err
    assert address in done.err
    assert says in done.err


@pytest.mark.parametrize("when", ["", "then-"], ids=["at once", "later"])
def test_what_hangs_is_not_waited_for(server: Scripted, when: str) -> None:
    address = server.address(when + "hang")
    done = kg_process("query", "-e", QUERY, "--store", address, env={"KG_TIMEOUT": "0.5"})
    assert done.code == 4
    assert done.err.endswith(" [remote-timeout]\n"), done.err
    assert "Traceback" not in done.err


def test_nobody_listens() -> None:
    address = f"http://127.0.0.1:{free_port()}/sparql"
    done = kg_process("show", "Russia", "--store", address)
    assert done.code == 4
    assert done.err.startswith(f"error: cannot reach '{address}': connection refused;"), done.err
    assert done.err.endswith(" [remote-unreachable]\n")


def test_a_server_that_is_busy_is_asked_again(server: Scripted) -> None:
    assert ask(server.address("busy")).code == 0
    assert [seen[0] for seen in server.seen[:3]] == ["GET"] * 3


def test_what_a_server_says_is_passed_on_as_one_line(server: Scripted) -> None:
    done = ask(server.address("problem"))
    assert "says no: 503 no room for this; ask again later" in done.err
    assert len(server.seen) == 3, "a query may be repeated"


def test_an_update_is_sent_once(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import StoreError
    from kg.store.remote import Remote

    with pytest.raises(StoreError) as caught:
        Remote(server.address("problem")).update("INSERT DATA {}")
    assert caught.value.rule == "remote-refused"
    assert [seen[0] for seen in server.seen] == ["POST"]


def test_a_secret_is_sent_to_the_server_that_was_named_and_to_no_other(
    servers: tuple[Scripted, Scripted], server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_AUTHORIZATION", "Bearer sesame")
    done = ask(server.address("elsewhere"))
    assert done.err.endswith(" [remote-refused]\n")
    assert "sesame" not in done.err
    assert [seen[2].get("Authorization") for seen in server.seen] == ["Bearer sesame"]
    assert not servers[1].seen, "the other server was asked"


def test_a_move_within_the_server_is_followed(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_AUTHORIZATION", "Bearer sesame")
    done = ask(server.address("moved"))
    assert done.code == 0, done.err
    assert {seen[2].get("Authorization") for seen in server.seen} == {"Bearer sesame"}


def test_updates_go_to_no_other_server(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import UsageError
    from kg.store.remote import Remote

    monkeypatch.setenv("KG_UPDATE_ADDRESS", "http://127.0.0.1:9/update")
    with pytest.raises(UsageError) as caught:
        Remote(server.address("fine")).update("INSERT DATA {}")
    assert caught.value.rule == "remote-address"
    assert not server.seen


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "0"])
def test_a_time_is_a_number(server: Scripted, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KG_TIMEOUT", value)
    done = ask(server.address("fine"))
    assert (done.code, done.err[-14:]) == (2, "[bad-timeout]\n")


def test_a_header_is_one_line(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_AUTHORIZATION", "Bearer a\r\nX-Evil: b")
    done = ask(server.address("fine"))
    assert done.code == 2
    assert "[remote-address]" in done.err
    assert "Evil" not in done.err
    assert not server.seen


def test_a_wrong_query_is_found_here_and_not_sent(server: Scripted) -> None:
    done = kg("query", "-e", "SELECT ?s WHERE { ?s ?p }", "--store", server.address("then-fine"))
    assert (done.code, done.err[-12:]) == (2, "[bad-query]\n")
    assert len(server.seen) == 1, "only what was loaded was asked for"


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "DROP ALL"])
def test_no_query_reaches_further_or_writes(server: Scripted, text: str) -> None:
    done = kg("query", "-e", text, "--store", server.address("then-fine"))
    assert done.code == 2
    assert len(server.seen) == 1
