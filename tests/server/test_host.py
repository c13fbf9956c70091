"""Whose name a request asks for: a site's name that leads to this machine must not open it to that site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.server.plain import make_plain
from tests.server.door import Server, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("named")
    make_plain(folder / "plain")
    with serving(folder, "--plain", "plain", "--workers", "1", "--name", "kg.example") as server:
        yield server


def asked(server: Server, path: str, host: str) -> int:
    got = server.ask(path, headers={"host": host})
    if got.status == 421:
        assert got.rule == "unknown-host"
    return got.status


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1", "kg.example"])
def test_names_of_this_machine_and_those_given_are_answered(served: Server, host: str) -> None:
    assert asked(served, "/sparql?query=ASK%7B%7D", host) == 200


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/metrics", "/about", "/store.json"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "[::2]"]
)
def test_any_other_name_is_refused_everywhere(served: Server, host: str, path: str) -> None:
    assert asked(served, "/sparql?query=ASK%7B%7D", "localhost") == 200  # so that it may be remembered
    assert asked(served, path, host) == 421


def test_its_health_is_told_to_whoever_asks(served: Server) -> None:
    assert asked(served, "/health/ready", "10.0.0.1") == 200
