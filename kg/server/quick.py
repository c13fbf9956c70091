"""The shortest way to an answer that was given before: the same bytes asked again get the same bytes back.

A request that came in one piece and was answered by a whole, remembered answer is kept with that answer. When the
very same bytes come again, on any connection that waits for a request, they are looked up before anything reads
them, and the answer goes out at once if the generation is still the current one. All else goes the ordinary way.
It also sends the head of an answer together with its body, which the HTTP library sends apart.
"""

from __future__ import annotations

import asyncio
from time import perf_counter

from uvicorn.config import Config
from uvicorn.server import ServerState

from kg.server.connection import Connection
from kg.server.kept import Piece, Quick

_CONTINUE = b"HTTP/1.1 100"


def protocol_of(quick: Quick) -> type[asyncio.Protocol]:
    """The protocol class of a server that keeps answers in ``quick``."""

    class Protocol(QuickProtocol):
        kept = quick

    return Protocol


class QuickProtocol(Connection):
    """A connection, with the short way before the ordinary one."""

    kept: Quick

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._piece: Piece | None = None
        self._waits = True  # for the first byte of a request
        self._last = 0.0  # when an answer last went the short way
        self._client = "-"

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """A client has come."""
        super().connection_made(_Joined(transport, self.loop))
        self._client = self.client[0] if self.client else "-"

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or of several."""
        if not self._waits or (self.cycle is not None and not self.cycle.response_complete):
            self._piece = None
            super().data_received(data)
            return
        kept = self.kept.get(data)
        if kept is None or self.flow.write_paused:
            self._piece = Piece(data)
            super().data_received(data)
            return
        begin = perf_counter()
        date = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n%b%b" % (date, kept.rest))
        self.server_state.total_requests += 1
        self._last = self.loop.time()
        self.since, self._size = 0.0, 0
        self.kept.note(self._client, kept, perf_counter() - begin)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._waits = False
        if self._piece is not None:
            self._piece.requests += 1
            self.scope["piece"] = self._piece  # type: ignore[typeddict-unknown-key]  # ours

    def on_headers_complete(self) -> None:
        """Its head is there."""
        super().on_headers_complete()
        if self._piece is not None and self.cycle is not None:
            self._piece.keeps_alive = self.cycle.keep_alive and not self.expect_100_continue

    def on_message_complete(self) -> None:
        """All of it is there."""
        super().on_message_complete()
        self._waits = True
        if self._piece is not None:
            self._piece.is_whole = True

    def on_response_complete(self) -> None:
        """An answer has been sent."""
        self.transport.flush()  # type: ignore[attr-defined]  # it is a _Joined
        super().on_response_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came the ordinary way for long: the client has gone, unless it was answered the short way."""
        left = self._last + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()


class _Joined(asyncio.Transport):
    """A transport that holds the head of an answer back until its body comes, or nothing else is to be done."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._head = b""
        self._is_aborted = False
        self.is_closing = transport.is_closing  # type: ignore[method-assign]  # a call less
        self.pause_reading = transport.pause_reading  # type: ignore[method-assign]  # as above
        self.resume_reading = transport.resume_reading  # type: ignore[method-assign]  # as above
        self.get_extra_info = transport.get_extra_info  # type: ignore[method-assign]  # as above

    def get_write_buffer_size(self) -> int:
        """The bytes that the client has not taken."""
        return self._transport.get_write_buffer_size()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send, or hold a head back; after an abort nothing, though who writes may not have heard of it yet."""
        if self._is_aborted:
            return
        if self._head:
            data, self._head = self._head + bytes(data), b""
        elif bytes(data[-4:]) == b"\r\n\r\n" and bytes(data[:5]) == b"HTTP/" and data[:12] != _CONTINUE:
            self._head = bytes(data)
            self._loop.call_soon(self.flush)
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send what is held back."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def close(self) -> None:
        """Send all and close."""
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._head = b""
        self._is_aborted = True
        self._transport.abort()
