"""One worker process as the front sees it: started, given a task, listened to, killed."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import cast

from kg.server.limits import Limits
from kg.server.messages import (
    DATA,
    END,
    FAULT,
    HEAD,
    READY,
    STARTED,
    TASK,
    WHOLE,
    Frames,
    split_head,
    with_head,
)
from kg.server.process import environment
from kg.server.served import Source
from kg.server.stream import Stream
from kg.server.tasks import Task

_REAP_S = 0.05
_LOOK_S, _LOOKS = 0.005, 100


class Link(asyncio.Protocol):
    """A worker; ``stream`` is the answer that it is working on."""

    def __init__(
        self, *, ready: Callable[[Link], None], idle: Callable[[Link], None], gone: Callable[[Link], None]
    ) -> None:
        self.stream: Stream | None = None
        self.is_ready = False
        self.fault: dict[str, object] | None = None  # why it could not open the store
        self.perspectives: set[bytes] = set()
        self._ready, self._idle, self._gone = ready, idle, gone
        self._frames = Frames()
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, source: Source, limits: Limits) -> None:
        """Start the process; ``ready`` is called when it has opened the store."""
        ours, theirs = socket.socketpair()
        settings = {
            "kind": source.kind,
            "folder": str(source.folder),
            "lang": source.lang,
            "memory": limits.memory,
            "bytes": limits.bytes,
            "rows": limits.rows,
        }
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.server.workers", str(theirs.fileno()), json.dumps(settings)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=environment(),
            )
        await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid if self._process else 0

    def send(self, task: Task, stream: Stream, *, generation: str) -> None:
        """Give it a task; it must be idle."""
        assert self._transport is not None
        self.stream = stream
        stream.pause, stream.resume = self._transport.pause_reading, self._transport.resume_reading
        running = b"false" if task.kind.prepares and not task.asked.is_default else b"true"
        head = b'{"generation":"%b","running":%b,%b' % (generation.encode(), running, stream.key[1:])
        self._transport.write(with_head(TASK, head, task.body))

    def kill(self) -> None:
        """End it now, whatever it does."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Let it end: it does when its socket is closed."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is there; the process may still be starting."""
        self._transport = cast(asyncio.Transport, transport)  # that of uvloop is one by its methods only

    def data_received(self, data: bytes) -> None:
        """It said something."""
        for kind, payload in self._frames.feed(data):
            if kind == READY:
                self.is_ready = True
                self._ready(self)
            elif kind == FAULT and self.stream is None:
                self.fault = dict(split_head(payload)[0])
            elif self.stream is not None:
                self._hear(self.stream, kind, payload)

    def _hear(self, stream: Stream, kind: int, payload: bytes) -> None:
        if kind == STARTED:
            stream.started()
        elif kind == HEAD:
            stream.head_came(*split_head(payload), is_whole=False)
        elif kind == DATA:
            stream.data_came(payload)
        else:
            self.stream = None
            if kind == WHOLE:
                stream.head_came(*split_head(payload), is_whole=True)
            elif kind == END:
                stream.ended()
            elif kind == FAULT:
                stream.fault_came(split_head(payload)[0])
            self._idle(self)

    @property
    def ran_out_of_memory(self) -> bool:
        """Whether that is how it ended: the engine aborts then, or the system kills it."""
        code = self._process.returncode if self._process is not None else None
        return code in (-signal.SIGABRT, -signal.SIGKILL)

    @property
    def ran_out_of_stack(self) -> bool:
        """Whether that is how it ended: the engine descends into what it reads, without counting how deep."""
        return self._process is not None and self._process.returncode == -signal.SIGSEGV

    def connection_lost(self, fault: Exception | None) -> None:
        """The process has ended, or is about to; who waits for its answer is told when it is known how."""
        if self.stream is None:
            self._gone(self)
            self._reap()
        else:
            self._see_end(_LOOKS)

    def _see_end(self, looks: int) -> None:
        if self._process is not None and self._process.poll() is None and looks:
            asyncio.get_running_loop().call_later(_LOOK_S, self._see_end, looks - 1)
        else:
            self._gone(self)
            self._reap()

    def _reap(self) -> None:
        if self._process is not None and self._process.poll() is None:
            asyncio.get_running_loop().call_later(_REAP_S, self._reap)
