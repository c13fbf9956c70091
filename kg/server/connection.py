"""A connection of the HTTP library that waits for ever neither for a request nor for who takes no answer."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes of a request before its body: a query may be in its first line.
MOST_HEAD = 1 << 20
_STALLED = 3  # times the patience with a request: who reads may do something with it meanwhile


class Connection(HttpToolsProtocol):
    """What the HTTP library makes of a connection, with an eye on the heads of its requests."""

    #: When the head began that is still to be completed; 0 when none is awaited.
    since = 0.0
    _size = 0
    _unsent = 0  # bytes that the client had not taken when it was last looked at
    _unsent_since = 0.0

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
        """Give the connection up if the head of its request takes longer than this, or nobody takes its answer."""
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent:
            self._unsent, self._unsent_since = unsent, self.loop.time()
        elif self.loop.time() - self._unsent_since > _STALLED * patience:
            self.transport.abort()
            return
        if self.since and self.loop.time() - self.since > patience:
            self._refuse(b"408 Request Timeout")

    def _refuse(self, status: bytes) -> None:
        self.since = 0.0
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 %b\r\nconnection: close\r\ncontent-length: 0\r\n\r\n" % status)
            self.transport.close()
