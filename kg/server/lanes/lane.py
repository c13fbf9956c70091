"""The process of a lane: it reads short queries from the connections that it was lent, and answers them there.

It holds the generation that is current and nothing else, so that it can be ended whenever it takes too long. What
it does not answer at once and whole it gives back to the front, with the bytes that it has read.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from time import monotonic, perf_counter, time
from typing import NoReturn, cast

from pyoxigraph import QueryTriples, Store

from kg.errors import KgError
from kg.server.access_log import AccessLog
from kg.server.asked import DEFAULT
from kg.server.kept import Kept, Quick, Told
from kg.server.lanes.messages import LARGEST, Back, Kind, back, lent, tally
from kg.server.lanes.request import PATH, Reader, Request, prefixes_for
from kg.server.lanes.slot import ROOM, Slot
from kg.server.messages import Json
from kg.server.naming import function_named
from kg.server.process import limit_memory, live_with, mapped
from kg.server.remembered import tag_of
from kg.server.served import OPENERS, Current, Opened
from kg.server.tally import Tally
from kg.server.task_query import ROW_FORMATS, TRIPLE_FORMATS
from kg.server.tasks import changes

_IDLE_S = 1.0  # after which a connection goes back to the front, which knows when to close it
_TOLD_S = 0.2  # that lines of the log and counts may wait
_MEMORY = 256 << 20  # bytes that a short query may need, if a worker may have as many


@dataclass(slots=True)
class Lease:
    """A connection that was lent."""

    number: int
    client: str
    socket: socket.socket
    used: float


class Lane:
    """The loop of a lane: ``control`` leads to the front, which lends connections."""

    def __init__(self, control: socket.socket, slot: Slot, settings: dict[str, Json]) -> None:
        self._control = control
        self._slot = slot
        self._kind, self._lang = str(settings["kind"]), str(settings["lang"])
        self._folder = Path(str(settings["folder"]))
        self._memory = min(int(str(settings["memory"])), _MEMORY)
        self._reader = Reader(frozenset(cast(list[str], settings["names"])))
        headers = cast(list[list[str]], settings["headers"])
        self._tail = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")
        self._log = AccessLog(Path(str(settings["log"])) if settings["log"] else None, later=lambda _: None)
        self._current = Current(self._folder)
        self._opened: Opened | None = None
        self._dataset: Callable[[str], Store] | None = None
        self._generation = ""
        self._kept = Quick(int(str(settings["kept"])), lambda: self._generation)
        self._tally = Tally()
        self._leases: dict[int, Lease] = {}
        self._ready = select.epoll()
        self._due = 0.0
        self._head = b""
        self._second = 0

    def run(self) -> None:
        """Answer until the front closes ``control``.

        :raises KgError: what opening the store raises.
        """
        self._look()
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it again and again
        self._ready.register(self._control.fileno(), select.EPOLLIN)
        self._control.send(bytes([Kind.READY]))
        while True:
            found = self._ready.poll(_TOLD_S if self._tally.count else _IDLE_S)
            self._look()  # after the requests came: whoever knows of a load gets what it brought
            now = monotonic()
            for descriptor, _ in found:
                lease = self._leases.get(descriptor)
                if lease is not None:
                    lease.used = now
                    self._answer(lease)
                elif descriptor == self._control.fileno() and not self._hear(now):
                    self._tell()
                    return
            if now >= self._due:
                self._due = now + _TOLD_S
                self._tell()
                for lease in [lease for lease in self._leases.values() if now - lease.used > _IDLE_S]:
                    self._give_back(lease)

    def _look(self) -> None:
        """Open the current generation, unless it is open."""
        name = self._current.name()
        if self._opened is None or name != self._generation:
            self._opened = self._dataset = None  # closes the one before
            if self._memory:
                limit_memory(sys.maxsize)  # the limit is for what users ask, not for what opening takes
            opener = function_named(OPENERS[self._kind])
            self._opened = opened = cast(Opened, opener(self._folder, self._lang))
            self._dataset = opened.dataset(DEFAULT)
            self._dataset("")  # opened now, not within the first request's time
            self._generation = opened.generation
            if self._memory:
                limit_memory(mapped() + opened.mapped() + self._memory)

    def _hear(self, now: float) -> bool:
        """Take a connection; False when the front wants no more."""
        message, descriptors, _, _ = socket.recv_fds(self._control, ROOM, 1)
        if not message:
            return False
        number, client = lent(message)
        if not descriptors:  # this process has as many files open as it may
            self._control.send(back(number, Back.UNREAD, b""))
        for descriptor in descriptors:
            lease = Lease(number, client, socket.socket(fileno=descriptor), now)
            self._leases[descriptor] = lease
            self._ready.register(descriptor, select.EPOLLIN)
        return True

    def _answer(self, lease: Lease) -> None:
        begin = perf_counter()
        slot = self._slot
        slot.taking(lease.number)
        try:
            size = lease.socket.recv_into(slot.room, 0, socket.MSG_DONTWAIT)
        except BlockingIOError:
            slot.idle()
            return
        except OSError:  # the client has gone, which the front will see too
            size = 0
        data = slot.working(lease.number, size)
        kept = self._kept.get(data) if data else None
        if kept is None and data:
            kept = self._make(data)
        if kept is None:
            self._give_back(lease, data)
            return
        slot.sending()
        self._send(lease, kept.rest)
        slot.idle()
        seconds = perf_counter() - begin
        self._tally.add(seconds)
        self._log.request(
            client=lease.client,
            method="GET",
            path=PATH,
            query=kept.told.query,
            status=200,
            size=kept.size,
            seconds=seconds,
            id="",
        )

    def _make(self, data: bytes) -> Kept | None:
        request = self._reader.read(data) if len(data) < ROOM else None
        if request is None:
            return None
        try:
            made = self._evaluate(request)
        except (
            ValueError,
            OSError,
            RuntimeError,
            MemoryError,
            KgError,
        ):  # SyntaxError is told in full elsewhere
            return None
        if made is None or len(made[1]) > LARGEST:
            return None
        media_type, body = made
        rest = b"content-type: %b\r\netag: %b\r\ncontent-length: %d\r\n%b\r\n%b" % (
            media_type.encode(),
            tag_of(media_type, body),
            len(body),
            self._tail,
            body,
        )
        kept = Kept(self._generation, rest, len(body), Told(PATH, "GET", PATH, request.query_string))
        if not changes(request.query):
            self._kept.put(data, kept)
        return kept

    def _evaluate(self, request: Request) -> tuple[str, bytes] | None:
        """The media type and the bytes of an answer; None when the client takes no such format."""
        assert self._dataset is not None
        text, fields = request.query, request.fields
        try:
            result = self._dataset(text).query(text, base_iri=fields.base, prefixes=prefixes_for(text))
        except SyntaxError:
            return None
        if isinstance(result, QueryTriples):
            offer = fields.triples
            return offer and (
                offer.content_type,
                result.serialize(format=TRIPLE_FORMATS[offer.format]) or b"",
            )
        offer = fields.rows
        return offer and (offer.content_type, result.serialize(format=ROW_FORMATS[offer.format]) or b"")

    def _send(self, lease: Lease, rest: bytes) -> None:
        now = int(time())
        if now != self._second:
            self._second = now
            self._head = b"HTTP/1.1 200 OK\r\ndate: %b\r\n" % formatdate(now, usegmt=True).encode()
        answer = self._head + rest
        try:
            sent = lease.socket.send(answer, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:  # the client has gone, which the front will see too
            sent = len(answer)
        if sent < len(answer):
            self._give_back(lease, answer[sent:], how=Back.UNSENT)

    def _give_back(self, lease: Lease, data: bytes = b"", *, how: Back = Back.UNREAD) -> None:
        descriptor = lease.socket.fileno()
        self._ready.unregister(descriptor)
        del self._leases[descriptor]
        lease.socket.close()
        self._control.send(back(lease.number, how, data))
        self._slot.idle()  # only now: until then the front would find the request here

    def _tell(self) -> None:
        self._log.flush()
        if self._tally.count:
            self._control.send(tally(self._tally))
            self._tally = Tally()


def main() -> NoReturn:
    """Be the lane that the front started: its socket, its slot and the settings are the arguments."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.setblocking(True)
    live_with(control)
    with suppress(OSError, KgError):  # the front has gone, or will see what is wrong with the store by itself
        Lane(control, Slot(int(sys.argv[2])), json.loads(sys.argv[3])).run()
    os._exit(0)


if __name__ == "__main__":
    main()
