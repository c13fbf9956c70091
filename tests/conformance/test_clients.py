"""Clients that others wrote, which know nothing of us: a store that federates, and a client of the Web's own kind.

Comunica runs where KG_COMUNICA names its program, ``node_modules/.bin/comunica-sparql`` of
``npm install @comunica/query-sparql``, or where that is in the PATH; docs/conformance.md has the release
that ``.ci/run`` installs.
"""

from __future__ import annotations

import json
import os
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


@pytest.fixture(scope="module")
def comunica() -> str:
    """The program that answers for itself; one that is named must, one that is found may be too new for its node."""
    named = os.environ.get("KG_COMUNICA")
    program = named or shutil.which("comunica-sparql")
    if not program:
        pytest.skip("no Comunica: name comunica-sparql in KG_COMUNICA or put it into the PATH")
    told = subprocess.run([program, "--version"], capture_output=True, check=False)
    if b"Comunica Engine" not in told.stdout + told.stderr:  # it says so on stderr, and ends with 1
        reason = f"{program} does not run with this node"
        pytest.fail(reason) if named else pytest.skip(reason)
    return program


@pytest.mark.parametrize("path", ["/sparql", "/perspectives/according-to=Arland/sparql"])
@pytest.mark.parametrize("kind", ["sparql@", ""], ids=["told", "found-out"])
def test_comunica_asks_us(kind: str, path: str, server: Server, comunica: str) -> None:
    """Told that it is an endpoint, or finding it out from the description at its address."""
    command = [comunica, f"{kind}{server.address}{path}", f"{PREFIX} SELECT ?party {PARTIES}"]
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


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_what_only_reads_says_so(path: str, server: Server) -> None:
    answer = server.ask("GET", path, headers={"accept": "text/turtle"})
    assert b"SPARQL11Query" in answer.body
    assert b"SPARQL11Update" not in answer.body
