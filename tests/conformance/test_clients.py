"""Clients that others wrote, which know nothing of us: a store that federates, and a client of the Web's own kind.

Comunica runs where its program is in the PATH: ``npm install @comunica/query-sparql`` puts it into
``node_modules/.bin``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.loading import ontology_quads
from tests.conformance.server import FORM, Server
from tests.remote.servers import oxigraph
from tests.tiny import build_store, tiny_quads

PREFIX = "PREFIX kg: <https://w3id.org/foedus/ontology#> PREFIX id: <https://w3id.org/foedus/id/> "
PARTIES = "{ id:pact-2020 kg:hasParty ?party }"
EXPECTED = {"https://w3id.org/foedus/id/arland", "https://w3id.org/foedus/id/borland"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clients") / "store"
    build_store(folder, [*ontology_quads(), *tiny_quads()]).close()
    with Server("--store", str(folder)) as server:
        yield server


@pytest.mark.parametrize(
    "path", ["/sparql", "/perspectives/according-to=Arland/sparql", "/sparql?according-to=Arland"]
)
def test_another_store_asks_us_in_the_middle_of_its_own_query(
    path: str, server: Server, tmp_path: Path
) -> None:
    with oxigraph(tmp_path) as engine:
        text = f"{PREFIX} SELECT ?party {{ VALUES ?x {{ 1 }} SERVICE <{server.address}{path}> {PARTIES} }}"
        request = urllib.request.Request(
            f"{engine}?query={quote(text)}", headers={"accept": "application/sparql-results+json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            rows = json.load(answer)["results"]["bindings"]
    assert {row["party"]["value"] for row in rows} == EXPECTED


def _version(program: str) -> bytes:
    """What it says of itself; it does so on stderr, and ends with 1."""
    done = subprocess.run([program, "--version"], capture_output=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("path", ["/sparql", "/perspectives/according-to=Arland/sparql"])
@pytest.mark.parametrize("kind", ["sparql@", ""], ids=["told", "found-out"])
def test_comunica_asks_us(kind: str, path: str, server: Server) -> None:
    """Told that it is an endpoint, or finding it out from the description at its address."""
    program = shutil.which("comunica-sparql")
    if not program or b"Comunica Engine" not in _version(program):
        pytest.skip("comunica-sparql is not in the PATH, or does not run with this node")
    command = [program, f"{kind}{server.address}{path}", f"{PREFIX} SELECT ?party {PARTIES}"]
    done = subprocess.run(
        [*command, "-t", "application/sparql-results+json"], capture_output=True, timeout=120, check=True
    )
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert {row["party"]["value"] for row in rows} == EXPECTED


def test_a_description_names_the_path_that_a_client_asked(server: Server) -> None:
    path = "/perspectives/according-to=Arland/sparql"
    answer = server.ask("GET", path, headers={"accept": "text/turtle"})
    assert f"endpoint <{server.address}{path}>".encode() in answer.body
    posted = server.ask("POST", path, body=b"query=ASK{}", headers={"content-type": FORM})
    assert posted.status == 200
