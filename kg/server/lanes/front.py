"""The lanes as the front sees them: connections are lent and come back; a lane that is not quick is ended.

Whatever becomes of a lane, each of its connections comes back, with the request that it had begun on; that is
then answered the ordinary way, as if there were no lanes. So only the ordinary way knows limits and faults.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.server.lanes.messages import Back, Kind, given_back, lease, told
from kg.server.lanes.slot import Slot, Step
from kg.server.messages import Json
from kg.server.process import environment

#: A query that takes more processor time than this, or more time by the clock, is none for a lane. Both are short:
#: the others of the lane wait, and the limit of time for the ordinary way begins only then. On a busy machine the
#: clock alone would end lanes that merely did not get their turn.
SHORT_S = 0.05
_SHORT_BY_CLOCK_S = 0.25
_LOOK_S = 0.025
#: A lane that does nothing lets go of a connection after a second or two; one that holds it longer has been stopped.
_HELD_S = 4.0
_PACKET = 1 << 18
_PAUSE_S = 1.0  # before a lane that has ended is replaced; twice as long each time that one soon ends
_LONG_S = 60.0
_REAP_S = 0.05


class Connection(Protocol):
    """A connection that can be lent, while it waits for a request."""

    def fileno(self) -> int:
        """Its file descriptor."""

    def client_name(self) -> str:
        """Its other end, for the log."""

    def unread(self, data: bytes, *, is_short: bool) -> None:
        """It is back, with the bytes of a request that nobody has answered; ``is_short``: it may be lent again."""

    def unsent(self, data: bytes) -> None:
        """It is back, with the rest of an answer."""

    def lost(self) -> None:
        """Nobody knows what became of its request."""


@dataclass(eq=False, slots=True)
class _Lane:
    """One process."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    slot: Slot
    started: float
    is_ready: bool = False
    is_killed: bool = False
    lent: dict[int, Connection] = field(default_factory=dict)
    seen: tuple[int, int, int] = (0, 0, 0)  # where it was, and what it held, when it was last looked at
    since: float = 0.0  # when that was first so
    used: float = 0.0  # the processor time that it had taken by then


class Lanes:
    """Some lanes, started when the first connection would be lent.

    ``settings``: what :class:`kg.server.lanes.lane.Lane` takes. ``per_client``: connections of one client that are
    lent at a time, 0 for any; it has no more than so many requests in lanes. ``note`` is set by who counts: it gets
    the seconds and the buckets of requests that were answered.
    """

    def __init__(self, settings: Mapping[str, Json], count: int, *, per_client: int) -> None:
        self._settings = json.dumps(settings)
        self._count = count
        self._per_client = per_client
        self._of: Counter[str] = Counter()  # the connections of each client that are lent
        self.note: Callable[[float, tuple[int, ...]], None] = lambda seconds, buckets: None
        self._lanes: list[_Lane] = []
        self._number = 0
        self._pause = 0.0
        self._waiting = 0  # lanes that are to be started later
        self._looking: asyncio.TimerHandle | None = None
        self._is_closing = False
        self._ended: asyncio.Future[None] | None = None
        self.killed = 0

    @property
    def size(self) -> int:
        """The lanes that are ready."""
        return sum(lane.is_ready for lane in self._lanes)

    @property
    def lent(self) -> int:
        """The connections that they hold."""
        return sum(len(lane.lent) for lane in self._lanes)

    def lend(self, connection: Connection) -> bool:
        """Let the lane that has fewest take a connection; False when it must stay."""
        client = connection.client_name()
        if self._is_closing or 0 < self._per_client <= self._of[client]:
            return False
        for _ in range(self._count - len(self._lanes) - self._waiting):
            try:
                self._start()
            except OSError:  # no files are left, or no processes
                self._start_later()
        ready = [lane for lane in self._lanes if lane.is_ready]
        if not ready:
            return False
        lane = min(ready, key=lambda lane: len(lane.lent))
        self._number += 1
        message = lease(self._number, client)
        try:
            socket.send_fds(lane.control, [message], [connection.fileno()], socket.MSG_DONTWAIT)
        except OSError:  # it is busy, or ends just now
            return False
        lane.lent[self._number] = connection
        self._of[client] += 1
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(_LOOK_S, self._look)
        return True

    async def close(self) -> None:
        """Take all connections back; done when the lanes have ended."""
        self._is_closing = True
        if not self._lanes:
            return
        self._ended = asyncio.get_running_loop().create_future()
        for lane in self._lanes:
            lane.control.shutdown(socket.SHUT_WR)  # it ends the answer that it is at
        done, _ = await asyncio.wait([self._ended], timeout=_SHORT_BY_CLOCK_S)
        if not done:
            for lane in self._lanes:
                lane.process.kill()
            await self._ended

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs, ExitStack() as undo:
            undo.callback(ours.close)
            slot = Slot.make()
            undo.callback(slot.close)
            descriptors = [theirs.fileno(), slot.descriptor]
            command = [
                sys.executable,
                "-P",
                "-m",
                "kg.server.lanes.lane",
                *map(str, descriptors),
                self._settings,
            ]
            process = subprocess.Popen(
                command, pass_fds=descriptors, stdin=subprocess.DEVNULL, env=environment()
            )
            undo.pop_all()
        lane = _Lane(process, ours, slot, asyncio.get_running_loop().time())
        self._lanes.append(lane)
        asyncio.get_running_loop().add_reader(ours.fileno(), self._hear, lane)

    def _hear(self, lane: _Lane) -> None:
        while True:
            try:
                message = lane.control.recv(_PACKET)
            except BlockingIOError:
                return
            except (
                ConnectionResetError
            ):  # it ended before it took all that was lent; what it said is still there
                continue
            except OSError:
                message = b""
            if not message:
                self._has_ended(lane)
                return
            if message[0] == Kind.READY:
                lane.is_ready = True
            elif message[0] == Kind.TOLD:
                self.note(*told(message))
            else:
                self._take_back(lane, *given_back(message))

    def _take_back(self, lane: _Lane, number: int, how: Back, data: bytes) -> None:
        connection = lane.lent.pop(number, None)
        if connection is None:
            return
        self._is_back(connection)
        if how is Back.UNSENT:
            connection.unsent(data)
        else:
            connection.unread(data, is_short=not data)

    def _is_back(self, connection: Connection) -> None:
        client = connection.client_name()
        self._of[client] -= 1
        if not self._of[client]:
            del self._of[client]

    def _has_ended(self, lane: _Lane) -> None:
        """A lane is no more: its slot tells what it was at."""
        asyncio.get_running_loop().remove_reader(lane.control.fileno())
        lane.control.close()
        self._lanes.remove(lane)
        state = lane.slot.read()
        lane.slot.close()
        for number, connection in lane.lent.items():
            self._is_back(connection)
            if number != state.lease or state.step is Step.IDLE:
                connection.unread(b"", is_short=True)
            elif state.step is Step.WORKING:
                connection.unread(state.data, is_short=False)
            else:
                connection.lost()
        self._reap(lane.process)
        if self._is_closing:
            if not self._lanes and self._ended is not None:
                self._ended.set_result(None)
            return
        loop = asyncio.get_running_loop()
        lived = loop.time() - lane.started
        self._pause = _PAUSE_S if lived > _LONG_S else min(max(2 * self._pause, _PAUSE_S), _LONG_S)
        self._start_later()

    def _start_later(self) -> None:
        self._waiting += 1
        asyncio.get_running_loop().call_later(self._pause or _PAUSE_S, self._start_again)

    def _start_again(self) -> None:
        self._waiting -= 1  # who lends next starts what is missing

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            asyncio.get_running_loop().call_later(_REAP_S, self._reap, process)

    def _look(self) -> None:
        """End a lane that is too long at one request, or that has been stopped with connections in its hands."""
        loop = asyncio.get_running_loop()
        for lane in self._lanes:
            state = lane.slot.read()
            is_working = state.step is Step.WORKING
            held = 0 if is_working else next(iter(lane.lent), 0)  # what it has held longest
            seen = (state.turn, state.step, held)
            used = _processor_time(lane.process.pid) if is_working else 0.0
            if seen != lane.seen or not (is_working or held):
                lane.seen, lane.since, lane.used = seen, loop.time(), used
            elif not lane.is_killed and is_too_long(is_working, loop.time() - lane.since, used - lane.used):
                lane.is_killed = True
                self.killed += 1
                lane.process.kill()
        self._looking = loop.call_later(_LOOK_S, self._look) if self.lent else None


def is_too_long(is_working: bool, clock: float, processor: float) -> bool:
    """Whether a lane is to be ended that has been where it is for some seconds by the clock, and by the processor.

    >>> [is_too_long(True, 0.2, used) for used in (0.04, 0.06)], is_too_long(True, 0.3, 0.0)
    ([False, True], True)
    >>> [is_too_long(False, held, 0.0) for held in (3.0, 5.0)]
    [False, True]
    """
    if is_working:
        return processor > SHORT_S or clock > _SHORT_BY_CLOCK_S
    return clock > _HELD_S


def _processor_time(pid: int) -> float:
    """Seconds of processor time that a process has taken; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_bytes().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def are_possible() -> bool:
    """Whether the system has what lanes need: to pass connections on, and to share memory."""
    return hasattr(os, "memfd_create") and hasattr(socket, "SOCK_SEQPACKET")
