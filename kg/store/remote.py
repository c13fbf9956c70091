"""A SPARQL 1.1 endpoint over HTTP: queries whose answers stream, and updates that are sent once.

A query may be sent again when the server was not reached or is busy; an update never is, as nobody can know
whether it was carried out. Another server is never followed to, so that no secret reaches one.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Collection, Iterable
from functools import cached_property
from urllib.parse import urlencode, urljoin

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProtocolError
from urllib3.response import BaseHTTPResponse

from kg.errors import UsageError
from kg.store.address import checked_address, origin
from kg.store.engines import Engine, engine_of, update_address
from kg.store.remote_faults import foreign, redirected, refused, talking, unreachable
from kg.version import VERSION

#: Seconds until a connection stands; and between two pieces of an answer, unless ``KG_TIMEOUT`` says otherwise.
CONNECT, READ = 10.0, 60.0
#: What is asked for: rows, a yes or no; triples.
RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"
_JSON = (RESULTS, "application/json")
_TEXTS = (TRIPLES, "text/plain")
_TRIES = 3
_PAUSE = 0.2  # seconds before the second try; then twice that
_LONGEST_PAUSE = 5.0
_BUSY = (429, 502, 503)
_MOVED = (301, 302, 303, 307, 308)
_HOPS = 3
_LONGEST_GET = 1_500  # characters; longer queries are posted


class Body:
    """An answer as it comes, to be read like a file; ``is_cut``: the server says that there are more rows."""

    def __init__(self, remote: Remote, response: BaseHTTPResponse) -> None:
        self._remote = remote
        self._response = response
        weakref.finalize(self, response.close)  # whoever gives up half-way need not think of it
        self.headers = response.headers
        self.is_cut = "X-SPARQL-MaxRows" in response.headers  # Virtuoso's, and only when there are more

    def read(self, size: int = -1) -> bytes:
        """The next bytes, all of them without ``size``; none at the end.

        :raises StoreError: remote-timeout; remote-answer, when it breaks off.
        """
        with talking(self._remote.address):
            data = self._response.read(None if size < 0 else size, decode_content=True)
        self._remote.received += len(data)
        return data

    def close(self) -> None:
        """Do without the rest."""
        self._response.close()


class Remote:
    """An endpoint; it is asked nothing before the first query. ``requests`` and ``received`` are counted."""

    def __init__(self, address: str) -> None:
        self.address = checked_address(address)
        self.engine: Engine = engine_of("", "")
        self.requests = self.received = 0
        self._headers = {"User-Agent": f"foedus/{VERSION}", "Accept-Encoding": "gzip"}
        if given := os.environ.get("KG_AUTHORIZATION", "").strip():
            if not given.isprintable() or not given.isascii():
                raise UsageError(
                    "KG_AUTHORIZATION is no value of a header",
                    mend="give one line of ASCII, such as 'Bearer ...'",
                    rule="remote-address",
                )
            self._headers["Authorization"] = given

    def query(
        self,
        text: str,
        *,
        accept: str = RESULTS,
        default: Iterable[str] = (),
        named: Iterable[str] = (),
        also: Iterable[tuple[str, str]] = (),
    ) -> Body:
        """Send a query, over these graphs if any are given; ``also``: parameters that the server knows.

        :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
        """
        fields = [("query", text), *also]
        fields += [("default-graph-uri", graph) for graph in default]
        fields += [("named-graph-uri", graph) for graph in named]
        response = self._asked(urlencode(fields), accept)
        return self._body(response, accept, _JSON if accept == RESULTS else _TEXTS)

    def get(self, name: str, *, accept: str) -> Body:
        """What lies beside the endpoint under a name; only our own service has such things.

        :raises StoreError: as a query.
        """
        address = urljoin(self.address, name)
        response = self._patiently("GET", address, b"", {"Accept": accept})
        if response.status != 200:
            raise refused(address, response)
        return self._body(response, accept, (accept,))

    def _body(self, response: BaseHTTPResponse, accept: str, known: Collection[str]) -> Body:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in known:
            response.close()
            raise foreign(self.address, kind, accept)
        return Body(self, response)

    def update(self, text: str) -> None:
        """Send an update, once.

        :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
        """
        where = update_address(self.address)
        if origin(where) != origin(self.address):  # the secret is for the server that was named
            raise UsageError(
                f"KG_UPDATE_ADDRESS is on another server than '{self.address}'",
                mend="give both on one server",
                rule="remote-address",
            )
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        with talking(where):
            response = self._send("POST", where, text.encode(), headers)
        if response.status in _MOVED:
            raise redirected(where, response.headers.get("Location", "nowhere"))
        if response.status >= 300:
            raise refused(where, response)
        with talking(where):
            response.drain_conn()
            response.release_conn()

    def _asked(self, form: str, accept: str) -> BaseHTTPResponse:
        """The answer to a query, from where the server has moved it to if that is still the server."""
        address = self.address
        for _ in range(_HOPS):
            is_short = len(form) <= _LONGEST_GET
            if is_short:
                joint = "&" if "?" in address else "?"
                response = self._patiently("GET", f"{address}{joint}{form}", b"", {"Accept": accept})
            else:
                kind = "application/x-www-form-urlencoded"
                headers = {"Accept": accept, "Content-Type": kind}
                response = self._patiently("POST", address, form.encode(), headers)
            if response.status < 300:
                return response
            if response.status not in _MOVED:
                raise refused(self.address, response)
            response.close()
            target = urljoin(address, response.headers.get("Location", ""))
            if origin(target) != origin(address) or not (is_short or response.status in (307, 308)):
                raise redirected(self.address, target.partition("?")[0])
            address = target.partition("?")[0]
        raise redirected(self.address, address)

    def _patiently(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> BaseHTTPResponse:
        """Send a query, again if the server was not reached or is busy."""
        pause = _PAUSE
        for left in reversed(range(_TRIES)):
            try:
                response = self._send(method, address, body, headers)
                if response.status not in _BUSY or not left:
                    return response
                given = response.headers.get("Retry-After", "")
                pause = max(pause, float(given) if given.isdecimal() else 0)
                if pause > _LONGEST_PAUSE:  # whoever waits at a terminal wants to be told
                    return response
                response.close()
            except (ConnectTimeoutError, NewConnectionError, ProtocolError) as cause:
                if not left:
                    raise unreachable(self.address, cause) from cause
            except (HTTPError, OSError):
                with talking(self.address):
                    raise
            time.sleep(pause)
            pause *= 2
        raise AssertionError  # the last try returns or raises

    def _send(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> BaseHTTPResponse:
        self.requests += 1
        response = self._pool.request(
            method,
            address,
            body=body or None,
            headers=self._headers | headers,
            preload_content=False,
            redirect=False,
            retries=False,
        )
        if server := response.headers.get("Server", ""):
            self.engine = engine_of(server, self.address)
        return response

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        return urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=min(CONNECT, _patience()), read=_patience())
        )


def _patience() -> float:
    """How long to wait for the next piece of an answer.

    :raises UsageError: bad-timeout.
    """
    given = os.environ.get("KG_TIMEOUT") or str(READ)
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise UsageError(f"KG_TIMEOUT is {given!r}", mend="give a number of seconds", rule="bad-timeout")
    return seconds


def may_write() -> bool:
    """Whether a verb that reads may keep a perspective on the server: ``KG_REMOTE_WRITE`` is set."""
    return os.environ.get("KG_REMOTE_WRITE", "") not in ("", "0")
