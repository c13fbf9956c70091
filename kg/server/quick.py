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
from kg.server.lanes.front import Lanes
from kg.server.lanes.request import BEGINNING

_CONTINUE = b"HTTP/1.1 100"
_COMES_AGAIN = 2
_LONGEST_PUT_OFF = 1 << 10


def protocol_of(quick: Quick, lanes: Lanes | None) -> type[asyncio.Protocol]:
    """The protocol class of a server that keeps answers in ``quick`` and lends connections to ``lanes``."""

    class Protocol(QuickProtocol):
        kept = quick
        borrowers = lanes

    return Protocol


class QuickProtocol(Connection):
    """A connection, with the short way before the ordinary one; a client that comes again is lent to a lane."""

    kept: Quick
    borrowers: Lanes | None

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
        self._answers = 0
        self._lent_from = _COMES_AGAIN  # so many answers
        self._put_off = _COMES_AGAIN  # by so many, if a lane cannot answer
        self._is_plain = False  # the request that came last, by how it begins

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library has it
        """A client has come."""
        super().connection_made(_Joined(transport, self.loop))
        self._client = self.client[0] if self.client else "-"

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or of several."""
        self._is_plain = data.startswith(BEGINNING)
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
        if self.timeout_keep_alive_task is None:  # a lane gave it back: nothing came the ordinary way since
            self.timeout_keep_alive_handler()
        self._offer()

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
        self._offer()

    def fileno(self) -> int:
        """The file descriptor of the connection."""
        found: int = self.transport.get_extra_info("socket").fileno()
        return found

    def client_name(self) -> str:
        """Its other end, for the log."""
        return self._client

    def unread(self, data: bytes, *, is_short: bool) -> None:
        """A lane gives it back, with the bytes of a request that it has not answered."""
        if self.transport.is_closing():
            return
        if not is_short:
            self._lent_from = self._answers + self._put_off
            self._put_off = min(2 * self._put_off, _LONGEST_PUT_OFF)
        self.transport.resume_reading()
        if data:
            self.data_received(data)
        else:
            self._last = self.loop.time()
            self.timeout_keep_alive_handler()

    def unsent(self, data: bytes) -> None:
        """A lane gives it back, with the rest of an answer."""
        if not self.transport.is_closing():
            self.transport.write(data)
            self.unread(b"", is_short=False)

    def lost(self) -> None:
        """A lane has ended, and perhaps an answer with it."""
        self.transport.abort()

    def _offer(self) -> None:
        """Lend the connection to a lane, if the client asks what lanes answer and is likely to ask again."""
        self._answers += 1
        if self.borrowers is None or not self._is_plain or self._answers < self._lent_from:
            return
        transport = self.transport
        is_answered = self.cycle is None or self.cycle.response_complete  # the one before may just have been
        waits = self._waits and is_answered and not transport.get_write_buffer_size()
        if waits and not transport.is_closing() and self.borrowers.lend(self):
            transport.pause_reading()
            self._unset_keepalive_if_required()

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
        """The bytes that the client has not taken, or not been sent."""
        return len(self._head) + self._transport.get_write_buffer_size()

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
