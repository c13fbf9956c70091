"""The engines of benchmarks/serve.py: each started on loopback over the same data, with a query's address."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

ACCEPT = "application/sparql-results+json"
GRAPH = "urn:default"  # where Virtuoso, which has no default graph of its own, holds it
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine that runs: its name, its process, and the path of a query."""

    name: str
    pid: int
    port: int
    path: Callable[[str], str]

    def ask(self, query: str) -> bytes:
        """The answer to one query, as JSON."""
        url = f"http://127.0.0.1:{self.port}{self.path(query)}"
        with urlopen(Request(url, headers={"Accept": ACCEPT}), timeout=_PATIENCE_S) as answer:
            data: bytes = answer.read()
        return data

    def memory(self) -> float:
        """Megabytes that its processes hold, shared pages by their share; 0 where the system does not tell."""
        return sum(_proportional(pid) for pid in _family(self.pid)) / 1024

    def processor(self) -> float:
        """Seconds of processor time that its processes have taken."""
        return sum(map(_taken, _family(self.pid)))


def free_port() -> int:
    """A port of loopback that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def ours(folder: Path, scratch: Path, *, name: str, words: tuple[str, ...]) -> Iterator[Engine]:
    """``kg serve`` over a store, with its default limits but for ``words``."""
    log = scratch / f"{name.replace(' ', '-').replace(',', '')}.log"
    kg = Path(sys.executable).with_name("kg")
    command: list[str | Path] = [
        kg,
        "serve",
        "--store",
        folder,
        "--port",
        "0",
        "--access-log",
        log.with_suffix(".access"),
        *words,
    ]
    with _running(command, log) as process:
        port = int(_wait(lambda: re.search(r"serving at \S+:(\d+)/", log.read_text()), process, log)[1])
        yield Engine(name, process.pid, port, lambda query: f"/sparql?query={quote(query, safe='')}")


@contextmanager
def oxigraph(folder: Path, scratch: Path) -> Iterator[Engine]:
    """The engine's own server over the very files that ``kg serve`` reads."""
    program, port, log = Path(sys.executable).with_name("oxigraph"), free_port(), scratch / "oxigraph.log"
    generation = folder / (folder / "current").read_text().strip()
    command: list[str | Path] = [
        program,
        "serve-read-only",
        "--location",
        generation / "store",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with _running(command, log) as process:
        engine = Engine(
            "oxigraph serve", process.pid, port, lambda query: f"/query?query={quote(query, safe='')}"
        )
        _wait(lambda: _answers(engine), process, log)
        yield engine


@contextmanager
def virtuoso(triples: Path, scratch: Path) -> Iterator[Engine]:
    """A private Virtuoso that holds the default graph as N-Triples; buffers for all of it, threads for 64 clients."""
    home = scratch / "virtuoso"
    home.mkdir()
    sql, port, log = free_port(), free_port(), home / "virtuoso.log"
    (home / "virtuoso.ini").write_text(_INI.format(sql=sql, port=port, triples=triples.parent))
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    path = f"/sparql?default-graph-uri={quote(GRAPH, safe='')}&query="
    with _running(command, scratch / "virtuoso.out", cwd=home) as process:
        engine = Engine("Virtuoso", process.pid, port, lambda query: path + quote(query, safe=""))
        _wait(lambda: _answers(engine), process, log)
        load = f"ld_dir('{triples.parent}', '{triples.name}', '{GRAPH}'); rdf_loader_run(); checkpoint;"
        words = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
        subprocess.run(words, check=True, capture_output=True, timeout=1200)
        yield engine


def has_virtuoso() -> bool:
    """Whether the machine has it."""
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


def write_triples(folder: Path, file: Path) -> int:
    """The default graph of a store as N-Triples, for an engine that reads files; how many there are."""
    generation = folder / (folder / "current").read_text().strip()
    store = Store.read_only(str(generation / "store"))
    with file.open("wb") as text:
        store.dump(output=text, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    with file.open("rb") as text:
        return sum(1 for _ in parse(input=text, format=RdfFormat.N_TRIPLES))


@contextmanager
def _running(
    command: Sequence[str | Path], log: Path, *, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours, ended at the end."""
    env = {name: text for name, text in os.environ.items() if name not in {"KG_STORE", "PYTHONPATH"}}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=cwd, env=env)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(
    look: Callable[[], re.Match[str] | None], process: subprocess.Popen[bytes], log: Path
) -> re.Match[str]:
    """What ``look`` finds, as soon as it does."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        found = look()
        if found is not None:
            return found
        time.sleep(0.1)
    sys.exit(f"did not start: {log.read_text()[-2000:]}")


def _answers(engine: Engine) -> re.Match[str] | None:
    try:
        return re.search("true|1", engine.ask("ASK {}").decode())
    except (URLError, OSError):
        return None


def _family(pid: int) -> list[int]:
    """A process and those that it started, and they in turn."""
    found = [pid]
    for one in found:
        try:
            told = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        found += map(int, told.split())
    return found


def _proportional(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)[0])


def _taken(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    ticks = sum(map(int, told.rpartition(")")[2].split()[11:15]))  # its own, and of children that have ended
    return ticks / os.sysconf("SC_CLK_TCK")


_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 100
CheckpointInterval = 0
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = ., {triples}
MaxQueryMem = 1G
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 80
MaxClientConnections = 80
MaxKeepAlives = 80
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
[Plugins]
"""
