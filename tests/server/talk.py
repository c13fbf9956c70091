"""A conversation by hand: requests as bytes, and the bytes that come back."""

from __future__ import annotations

import re
from urllib.parse import quote

from tests.server.door import Server

ACCEPT = b"Host: localhost\r\nAccept: application/sparql-results+json\r\n"


def request(query: str, *more: bytes, method: bytes = b"GET") -> bytes:
    path = f"/sparql?query={quote(query)}".encode()
    return b"%b %b HTTP/1.1\r\n%b%b\r\n" % (method, path, ACCEPT, b"".join(more))


class Talk:
    """One connection, written to and read from by hand."""

    def __init__(self, server: Server) -> None:
        self._socket = server.connect()
        self._left = b""

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *fault: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def answer(self, *, has_body: bool = True) -> tuple[bytes, bytes]:
        """The next answer: its head without the date, and its body."""
        while b"\r\n\r\n" not in self._left:
            self._read()
        head, _, self._left = self._left.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        size = int(length[1]) if length and has_body else 0
        while len(self._left) < size:
            self._read()
        body, self._left = self._left[:size], self._left[size:]
        return re.sub(rb"\r\ndate: [^\r]+", b"", head), body

    def is_closed(self) -> bool:
        """Whether the other side has closed it, and nothing is left to read."""
        return not self._left and not self._socket.recv(1)

    def _read(self) -> None:
        data = self._socket.recv(65536)
        assert data, f"closed after {self._left!r}"
        self._left += data


def ask(server: Server, data: bytes) -> tuple[bytes, bytes]:
    with Talk(server) as talk:
        talk.send(data)
        return talk.answer()
