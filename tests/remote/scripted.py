"""A small HTTP server on loopback that goes wrong as asked, by the path of the request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_plus

from kg.rdf.vocabulary import DCTERMS

_JSON = "application/sparql-results+json"
_ROW = {
    "property": {"type": "uri", "value": DCTERMS + "identifier"},
    "value": {"type": "literal", "value": "abc"},
}
_MARKER = json.dumps({"head": {"vars": ["property", "value"]}, "results": {"bindings": [_ROW]}}).encode()
_ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://a.example/1"}}'
HANG = 30.0


class Scripted(ThreadingHTTPServer):
    """The server; it remembers the requests that it got: method, path and headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.elsewhere = ""  # where a redirection leads
        self.ending = threading.Event()

    def address(self, path: str) -> str:
        """The address of an endpoint that goes wrong in this way."""
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, body: str) -> None:
        path, _, query = self.path.partition("?")
        server = self.server
        server.seen.append((self.command, self.path, dict(self.headers)))
        is_marker = "graph:load" in unquote_plus(query + body)
        name = path.removeprefix("/")
        if name.startswith("then-"):
            if is_marker:
                return self._send(200, _MARKER)
            name = name.removeprefix("then-")
        if name in ("401", "403", "404", "500", "504"):
            return self._send(
                int(name), b"<html><title>Sorry</title>it is <b>not</b> to be</html>", "text/html"
            )
        if name == "problem":
            return self._send(
                503, b'{"title":"Busy","detail":"no room for\\nthis"}', "application/problem+json"
            )
        if name == "busy":
            times = sum(path == seen[1].partition("?")[0] for seen in server.seen)
            return self._send(503, b"") if times < 3 else self._send(200, _MARKER)
        if name == "hang":
            server.ending.wait(HANG)
            return None
        if name in ("cut", "cancelled"):
            end = b"The SPARQL operation has been cancelled" if name == "cancelled" else b""
            return self._send(200, _ROWS + end)
        if name == "broken":
            return self._send(200, _ROWS, length=len(_ROWS) + 50)
        if name == "html":
            return self._send(200, b"<html>Welcome</html>", "text/html")
        if name == "list":
            return self._send(200, b"[1]")
        if name == "elsewhere":
            return self._redirect(server.elsewhere)
        if name == "moved":
            return self._redirect(f"/then-fine?{query}")
        return self._send(200, _ROWS + b"]}}")

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, body: bytes, kind: str = _JSON, *, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True


@contextmanager
def scripted() -> Iterator[Scripted]:
    """A server on a free port, until the end of the block."""
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.ending.set()
        server.shutdown()
        thread.join()
        server.server_close()
        time.sleep(0)
