"""A real ``kg serve`` in a process of its own, and requests to it over one connection."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlencode

TOKEN = "a token of the tests"
#: Where nobody listens; a server that may reach it reaches no network.
NOBODY = "127.0.0.1:1"
_IDLE_S = 2.0
FORM = "application/x-www-form-urlencoded"


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    assert isinstance(port, int)
    return port


def reaching_nobody(text: str) -> str:
    """A text of a suite in which SERVICE and LOAD name a port of this machine where nobody listens."""
    return re.sub(
        r"((?:LOAD|SERVICE)\s+(?:SILENT\s+)?)<[^>]*>", rf"\1<http://{NOBODY}/>", text, flags=re.IGNORECASE
    )


class Answer(NamedTuple):
    """What came back; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Server:
    """A service that may be written, until the block ends."""

    def __init__(self, *options: str, port: int = 0, token: str = TOKEN) -> None:
        command = [
            sys.executable,
            "-m",
            "kg",
            "serve",
            "--port",
            str(port),
            "--access-log",
            os.devnull,
            *options,
        ]
        self._process = subprocess.Popen(
            command,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "KG_TOKEN": token},
            stderr=subprocess.PIPE,
        )
        self.address = self._told_address()
        self._token = token
        self.connect()

    def _told_address(self) -> str:
        """Where it says that it serves, after what else it has to say; when it ends without, that is told."""
        assert self._process.stderr
        said = ""
        for line in self._process.stderr:
            said += line.decode()
            if "serving at http://" in said:
                return said.split()[-1].rstrip("/")
        raise AssertionError(said)

    def connect(self) -> None:
        """Begin a connection of its own."""
        self._asked = 0.0
        self._connection = HTTPConnection(self.address.removeprefix("http://"), timeout=60)

    def close(self) -> None:
        """End the connection, not the service."""
        self._connection.close()

    @property
    def endpoint(self) -> str:
        """The address for queries and updates."""
        return self.address + "/sparql"

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        """One exchange; ``token``: another than the right one, or none when empty."""
        given = self._token if token is None else token
        sent = {"authorization": f"Bearer {given}"} if given else {}
        if time.monotonic() - self._asked > _IDLE_S:  # the service closes what nobody uses
            self.close()
        self._asked = time.monotonic()
        try:
            self._connection.request(method, path, body=body, headers={**sent, **(headers or {})})
            answer = self._connection.getresponse()
            read = answer.read()
        except BaseException:
            self.close()  # the next request begins another
            raise
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, read)

    def query(
        self, text: str, *, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """A query as a form, over the graphs of the protocol if any."""
        pairs = [("query", text), *(("default-graph-uri", graph) for graph in default)]
        pairs += [("named-graph-uri", graph) for graph in named]
        headers = {"content-type": FORM, "accept": accept}
        return self.ask("POST", "/sparql", body=urlencode(pairs).encode(), headers=headers)

    def update(self, text: str) -> Answer:
        """An update by itself."""
        headers = {"content-type": "application/sparql-update"}
        return self.ask("POST", "/sparql", body=text.encode(), headers=headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()
        self._process.terminate()
        assert self._process.wait(30) == 0, self._process.returncode
        if self._process.stderr:
            self._process.stderr.close()
