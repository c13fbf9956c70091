"""An answer on its way from a worker to a client: a head, then parts, with the clock that watches it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from kg.server.messages import Json
from kg.server.problem import Headers, Problem

_MUCH, _LITTLE = 1 << 20, 1 << 18


@dataclass(frozen=True, slots=True)
class Head:
    """What comes before an answer; ``body`` is all of it when it is whole, else its beginning."""

    status: int
    media_type: str
    headers: Headers
    generation: str
    body: bytes
    is_whole: bool


class InternalError(Exception):
    """A fault of ours in a worker: its traceback, for the log alone."""


class BrokenAnswerError(Exception):
    """An answer ended before it was whole, and its status has gone out already."""


def _nothing() -> None:
    """Where there is nothing to pause."""


class Stream:
    """One answer. Await :attr:`head`, then iterate over what follows it if it is not whole."""

    def __init__(self, key: bytes, *, abandon: Callable[[Stream], None]) -> None:
        loop = asyncio.get_running_loop()
        self.key = key  # of the task
        self.head: asyncio.Future[Head] = loop.create_future()
        self.timer: asyncio.TimerHandle | None = None
        self.seconds = 0.0  # that it may take once it has started
        self.overdue: Callable[[], None] = _nothing
        self.pause: Callable[[], None] = _nothing
        self.resume: Callable[[], None] = _nothing
        self.is_abandoned = False
        self.has_started = False  # what it needs was prepared
        self._loop = loop
        self._abandon = abandon
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._is_paused = False
        self._came: asyncio.Future[None] | None = None
        self._end: Exception | None = None

    def abandon(self) -> None:
        """Nobody waits for it any more."""
        if not self.is_abandoned:
            self.is_abandoned = True
            self._abandon(self)

    def watch(self, seconds: float) -> None:
        """Call ``overdue`` unless it has ended, or been started, by then."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = self._loop.call_later(seconds, self.overdue)

    def started(self) -> None:
        """What it needs is prepared: from now on its own time counts."""
        self.has_started = True
        if not self.is_abandoned:
            self.watch(self.seconds)

    def head_came(self, head: dict[str, Json], body: bytes, *, is_whole: bool) -> None:
        """The head, and with it the whole answer or its beginning."""
        if is_whole:
            self._stop()
        if not self.head.done():
            headers = cast(Sequence[Sequence[str]], head.get("headers") or ())
            found = Head(
                cast(int, head["status"]),
                str(head["type"]),
                tuple((name, value) for name, value in headers),
                str(head["generation"]),
                body,
                is_whole,
            )
            self.head.set_result(found)

    def data_came(self, data: bytes) -> None:
        """A further part; the worker waits when the client takes them too slowly."""
        if self.is_abandoned:
            return
        self._parts.append(data)
        self._size += len(data)
        if self._size > _MUCH and not self._is_paused:
            self._is_paused = True
            self.pause()
        self._wake()

    def ended(self) -> None:
        """It is whole."""
        self._stop()
        self._end = StopAsyncIteration()
        self._wake()

    def fault_came(self, told: dict[str, Json]) -> None:
        """It failed: by its status, if that has not gone out yet, else by breaking off."""
        if "trace" in told:
            self.fail(InternalError(str(told["trace"])))
            return
        headers = cast(Sequence[Sequence[str]], told.get("headers") or ())
        what, mend, rule = (str(told[name]) for name in ("what", "mend", "rule"))
        self.fail(
            Problem(
                what,
                mend=mend,
                rule=rule,
                status=cast(int, told["status"]),
                headers=tuple((name, value) for name, value in headers),
                line=cast(int, told["line"]),
                column=cast(int, told["column"]),
            )
        )

    def fail(self, fault: Exception) -> None:
        """End it with a fault."""
        self._stop()
        if not self.head.done():
            self.head.set_exception(fault)
            self.head.exception()  # whoever waited may have gone
        elif self._end is None:
            self._end = BrokenAnswerError(str(fault))
            self._end.__cause__ = fault
        self._wake()

    async def whole(self) -> Head:
        """The head with all that follows it.

        :raises KgError: what the task raises.
        """
        head = await self.head
        if head.is_whole:
            return head
        try:
            body = b"".join([head.body, *[part async for part in self.parts()]])
        except BrokenAnswerError as broken:  # nothing was sent yet, so its cause can be told
            raise (broken.__cause__ or broken) from None
        return replace(head, body=body, is_whole=True)

    async def parts(self) -> AsyncIterator[bytes]:
        """What follows the head.

        :raises BrokenAnswerError: when it ends before it is whole.
        """
        while True:
            while self._parts:
                part = self._parts.popleft()
                self._size -= len(part)
                if self._is_paused and self._size < _LITTLE:
                    self._is_paused = False
                    self.resume()
                yield part
            if isinstance(self._end, BrokenAnswerError):
                raise self._end
            if self._end is not None:
                return
            self._came = self._loop.create_future()
            await self._came

    def _wake(self) -> None:
        if self._came is not None and not self._came.done():
            self._came.set_result(None)

    def _stop(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
