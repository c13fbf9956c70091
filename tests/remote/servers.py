"""Engines started for a test on loopback, as normal processes in a folder of their own, and ended after it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.rdf.vocabulary import PREFIXES

TOKEN = "sesame-of-the-tests"
AUTHORIZATION = f"Bearer {TOKEN}"
_PATIENCE = 40.0  # seconds until a server must answer

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
MaxQueryMem = 500M
ThreadsPerQuery = 2
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[Replication]
ServerName = db
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """``oxigraph serve`` over an empty folder; the address of its queries."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the program oxigraph is not installed")
    port = free_port()
    bind = f"127.0.0.1:{port}"
    with _running([str(program), "serve", "-l", str(folder), "-b", bind], folder):
        _wait(f"http://{bind}/query?query=ASK%7B%7D", port)
        yield f"http://{bind}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso over an empty folder, where everybody may write; its limit of 10,000 rows is that of Debian."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not program or not isql:
        pytest.skip("virtuoso-t is not on this machine (Debian: virtuoso-opensource-7-bin)")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    with _running([program, "+configfile", "virtuoso.ini", "+foreground"], folder):
        _wait(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", http)
        rights = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"
        command = [isql, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={rights}"]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        yield f"http://127.0.0.1:{http}/sparql"


@contextmanager
def foedus(store: Path, *options: str) -> Iterator[str]:
    """``kg serve`` over a store; the address of its endpoint. With ``--writable`` it takes our token."""
    with _served(store.parent, "--store", str(store), *options) as address:
        yield address


@contextmanager
def plain(folder: Path) -> Iterator[str]:
    """``kg serve --plain --writable`` over an empty folder: an engine like any other."""
    with _served(folder, "--plain", str(folder / "dataset"), "--writable") as address:
        yield address


@contextmanager
def _served(folder: Path, *options: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "kg.commands.main", "serve", "--port", str(port), "--workers", "1"]
    env = {**os.environ, "KG_TOKEN": TOKEN, "KG_CACHE": str(folder / "cache-of-server")}
    with _running([*command, *options], folder, env=env):
        _wait(f"http://127.0.0.1:{port}/health/ready", port)
        yield f"http://127.0.0.1:{port}/sparql"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], folder: Path, env: dict[str, str] | None = None) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=env)
    try:
        yield
    except TimeoutError as cause:
        said = (folder / "server.log").read_text(errors="replace")[-2000:]
        raise AssertionError(f"{command[0]} did not start: {said}") from cause
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on {port}")


def rows(address: str, query: str) -> list[dict[str, str]]:
    """The rows of a query that is sent to an endpoint as it stands, with our prefixes."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    request = urllib.request.Request(
        f"{address}?{urlencode({'query': head + query})}",
        headers={"Accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        found = json.load(answer)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def update(address: str, text: str) -> None:
    """Send an update to where an engine takes them, as someone would who knows nothing of us."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    request = urllib.request.Request(
        address.replace("/query", "/update"),
        data=(head + text).encode(),
        headers={"Content-Type": "application/sparql-update", "Authorization": AUTHORIZATION},
    )
    urllib.request.urlopen(request, timeout=_PATIENCE).close()


def put(address: str, trig: str) -> None:
    """Send a dossier to Oxigraph as anyone would, by the Graph Store Protocol."""
    request = urllib.request.Request(
        address.replace("/query", "/store"), data=trig.encode(), headers={"Content-Type": "application/trig"}
    )
    urllib.request.urlopen(request, timeout=_PATIENCE).close()
