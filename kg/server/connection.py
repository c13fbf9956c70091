"""A connection of the HTTP library that does not wait for ever for the head of a request, nor take any length."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes of a request before its body: a query may be in its first line.
MOST_HEAD = 1 << 20


class Connection(HttpToolsProtocol):
    """What the HTTP library makes of a connection, with an eye on the heads of its requests."""

    #: When the head began that is still to be completed; 0 when none is awaited.
    since = 0.0
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """A client is there, and should say something."""
        super().connection_made(transport)
        self.since = self.loop.time()

    def on_message_begin(self) -> None:
        """The first bytes of a request came."""
        super().on_message_begin()
        self.since = self.loop.time()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self.since = 0.0
        self._size = 0
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        if self.since:
            self._size += len(data)
            if self._size > MOST_HEAD:
                self._refuse(b"431 Request Header Fields Too Large")
                return
        super().data_received(data)

    def look(self, patience: float) -> None:
        """Give the connection up if the head of its request takes longer than this."""
        if self.since and self.loop.time() - self.since > patience:
            self._refuse(b"408 Request Timeout")

    def _refuse(self, status: bytes) -> None:
        self.since = 0.0
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 %b\r\nconnection: close\r\ncontent-length: 0\r\n\r\n" % status)
            self.transport.close()
