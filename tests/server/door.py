"""The service through the door that its users take: a real process, asked over a real connection."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

START_S = 60.0  # the first start builds the shipped store


@dataclass(frozen=True, slots=True)
class Got:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rule(self) -> str:
        """The rule of a problem; whatever is told, no traceback is among it."""
        assert self.type == "application/problem+json", (self.status, self.text)
        told = json.loads(self.body)
        assert told["status"] == self.status
        assert told["title"]
        assert told["detail"]
        assert told["mend"]
        assert told["type"].endswith(told["rule"])
        assert not re.search(r"Traceback|\.py|line \d+, in|0x[0-9a-f]{6}", self.text)
        return str(told["rule"])

    @property
    def rows(self) -> list[dict[str, str]]:
        found = json.loads(self.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


@dataclass(frozen=True, slots=True)
class Server:
    """A running ``kg serve``."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 60.0,
    ) -> Got:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            answer = connection.getresponse()
            told: dict[str, str] = {}
            for name, value in answer.getheaders():
                key = name.lower()
                told[key] = f"{told[key]}, {value}" if key in told else value
            return Got(answer.status, told, answer.read())
        finally:
            connection.close()

    def query(self, text: str, *, accept: str = "", endpoint: str = "/sparql", **words: str) -> Got:
        """A query by GET; ``words`` are further parameters, with ``_`` for ``-``."""
        pairs = {name.replace("_", "-"): value for name, value in words.items()}
        sign = "&" if "?" in endpoint else "?"
        path = f"{endpoint}{sign}{urlencode({'query': text, **pairs})}"
        return self.ask(path, headers={"accept": accept} if accept else {})

    def workers(self) -> list[int]:
        """The processes that it started."""
        done = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return sorted(map(int, done.stdout.split()))

    def memory(self) -> int:
        """Bytes that the service and its workers hold now."""
        total = 0
        for pid in (self.process.pid, *self.workers()):
            try:
                total += int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
            except OSError:
                continue  # it ended just now
        return total * os.sysconf("SC_PAGE_SIZE")

    def logged(self) -> str:
        """What its log says so far."""
        time.sleep(0.3)  # it is written a few lines at a time
        return self.log.read_text("utf-8")

    def connect(self) -> socket.socket:
        """A connection to write to by hand."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


@contextmanager
def serving(folder: Path, *options: str, token: str = "") -> Iterator[Server]:
    """A service that runs in ``folder`` until it is no longer needed."""
    log = folder / "access.log"
    environment = {**os.environ, **({"KG_TOKEN": token} if token else {})}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kg.commands.main",
            "serve",
            "--port",
            "0",
            "--access-log",
            str(log),
            *options,
        ],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Server(process, _port(process), log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()
            if process.stderr:
                process.stderr.close()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stderr is not None
    end = time.monotonic() + START_S
    said = ""
    while time.monotonic() < end:
        line = process.stderr.readline()
        said += line
        if match := re.search(r"serving at http://127\.0\.0\.1:(\d+)/", line):
            return int(match[1])
        if not line:
            break
    raise AssertionError(f"the service did not start: {said}")
