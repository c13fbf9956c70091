"""The workers of a service: a task goes to an idle one, waits for its turn, and is killed when it is overdue.

There is one process more than work at a time, started and waiting, so that a killed one is replaced at once.
The front calls :meth:`Pool.begin` and reads the :class:`~kg.server.stream.Stream`; handlers use
``service.reply(task)``, which does that and sends the answer, or ``await pool.whole(task)`` for its bytes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial

from kg.errors import KgError, StoreError
from kg.server.limits import Limits
from kg.server.link import Link
from kg.server.problem import Problem, memory_problem, too_deep_problem
from kg.server.served import Current, Source
from kg.server.stream import Head, InternalError, Stream
from kg.server.tasks import Task

_PATIENCE_S = 0.25  # for a task whose client has gone: a short one may as well end by itself
_LONGEST_PAUSE_S = 10.0
_OPENING_S = 60.0  # at least, for a process to open the store


@dataclass(slots=True)
class Counts:
    """What happened since the start."""

    started: int = 0
    killed_for_time: int = 0
    killed_for_gone: int = 0
    died: int = 0


class Pool:
    """The workers over one source."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.current = Current(source.folder)
        self.counts = Counts()
        self._links: set[Link] = set()
        self._idle: list[Link] = []
        self._busy: dict[Stream, Link] = {}
        self._waiting: dict[Stream, Task] = {}
        self._order: deque[Stream] = deque()
        self._pause = 0.0
        self._generation = self.current.name()
        self._is_closing = False
        self._first: asyncio.Future[None] | None = None
        self._starts: set[asyncio.Task[None]] = set()

    @property
    def size(self) -> int:
        """The processes that are ready."""
        return sum(link.is_ready for link in self._links)

    @property
    def busy(self) -> int:
        """The tasks that are being done."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """The tasks that wait for a worker."""
        return len(self._waiting)

    async def open(self) -> None:
        """Start the workers; done when the first is ready.

        :raises KgError: what the worker raises when it opens the store.
        """
        self._first = asyncio.get_running_loop().create_future()
        for _ in range(self.limits.workers + 1):
            self._start()
        await self._first

    async def close(self) -> None:
        """End all workers, whatever they do."""
        self._is_closing = True
        for start in self._starts:
            start.cancel()
        for link in list(self._links):
            link.kill()
        await asyncio.sleep(0)

    def begin(self, task: Task) -> Stream:
        """Have a task done; by the worker that is free now, or when one is.

        :raises Problem: too-busy, when too many wait already.
        """
        stream = Stream(task.key(), abandon=self._abandoned)
        kind = task.kind
        stream.seconds = self.limits.write if kind.writes else self.limits.time
        if not self._give(stream, task):
            if len(self._waiting) >= self.limits.queue:
                raise _too_busy()
            self._waiting[stream] = task
            self._order.append(stream)
            stream.overdue = partial(self._waited_too_long, stream)
            stream.watch(self.limits.wait)
        return stream

    async def whole(self, task: Task) -> Head:
        """Have a task done whose answer is short, and wait for all of it.

        :raises KgError: what the task raises.
        """
        stream = self.begin(task)
        try:
            return await stream.whole()
        except asyncio.CancelledError:
            stream.abandon()
            raise

    def _give(self, stream: Stream, task: Task) -> bool:
        if len(self._busy) >= self.limits.workers or not self._idle:
            return False
        link = self._choose(task)
        self._busy[stream] = link
        stream.overdue = partial(self._took_too_long, stream)
        stream.has_started = not (task.kind.prepares and not task.asked.is_default)
        stream.watch(stream.seconds if stream.has_started else self.limits.prepare)
        generation = self.current.name()
        if generation != self._generation:
            self._generation = generation
            asyncio.get_running_loop().call_soon(self._let_go)
        link.send(task, stream, generation=generation)
        return True

    def _let_go(self) -> None:
        """Have idle workers open the new generation now: what nobody reads can be removed from the disk."""
        task = Task("open")
        for link in self._idle:
            stream = Stream(task.key(), abandon=self._abandoned)
            stream.overdue = partial(self._took_too_long, stream)
            stream.watch(self.limits.prepare)
            self._busy[stream] = link
            link.send(task, stream, generation=self._generation)
        self._idle.clear()

    def _choose(self, task: Task) -> Link:
        """An idle worker, if possible one that has made the perspective already."""
        if task.asked.is_default:
            return self._idle.pop()
        key = repr(task.asked).encode()
        for link in self._idle:
            if key in link.perspectives:
                self._idle.remove(link)
                return link
        link = self._idle.pop()
        link.perspectives.add(key)
        return link

    def _next(self) -> None:
        while self._order and self._idle:
            stream = self._order[0]
            task = self._waiting.get(stream)
            if task is not None and not self._give(stream, task):
                return
            self._order.popleft()
            self._waiting.pop(stream, None)

    def _start(self) -> None:
        if self._is_closing:
            return
        link = Link(ready=self._is_ready, idle=self._is_idle, gone=self._has_gone)
        self._links.add(link)
        self.counts.started += 1
        start = asyncio.get_running_loop().create_task(link.start(self.source, self.limits))
        self._starts.add(start)
        start.add_done_callback(partial(self._has_started, link))

    def _has_started(self, link: Link, start: asyncio.Task[None]) -> None:
        """A process was started and should open the store soon; or it was not, for want of files or memory."""
        self._starts.discard(start)
        if start.cancelled():
            return
        if start.exception() is None:
            patience = max(self.limits.prepare, _OPENING_S)
            asyncio.get_running_loop().call_later(patience, self._must_be_ready, link)
        elif link in self._links:
            self._links.discard(link)
            link.kill()
            self._could_not_start(link)

    def _must_be_ready(self, link: Link) -> None:
        """Give up a worker that has not opened the store by now; another will be tried."""
        if link in self._links and not link.is_ready:
            link.kill()

    def _is_ready(self, link: Link) -> None:
        self._pause = 0.0
        if self._first is not None and not self._first.done():
            self._first.set_result(None)
        self._is_idle(link)

    def _is_idle(self, link: Link) -> None:
        for stream in [stream for stream, busy in self._busy.items() if busy is link]:
            del self._busy[stream]
        self._idle.append(link)
        self._next()

    def _has_gone(self, link: Link) -> None:
        """A worker has ended: killed by us, or by the system when it asked for too much memory."""
        self._links.discard(link)
        if link in self._idle:
            self._idle.remove(link)
        if link.stream is not None:
            self._busy.pop(link.stream, None)
            self.counts.died += 1
            link.stream.fail(_end_of(link))
            link.stream = None
        if not link.is_ready:
            self._could_not_start(link)
        elif not self._is_closing:
            self._start()
        self._next()

    def _could_not_start(self, link: Link) -> None:
        fault = _opening_fault(link)
        if self._first is not None and not self._first.done():
            self._first.set_exception(fault)
            return
        self._pause = min(max(2 * self._pause, 0.5), _LONGEST_PAUSE_S)
        asyncio.get_running_loop().call_later(self._pause, self._start)

    def _took_too_long(self, stream: Stream) -> None:
        self.counts.killed_for_time += 1
        made = "answer takes" if stream.has_started else "perspective takes"
        stream.fail(_too_slow(made, stream.seconds if stream.has_started else self.limits.prepare))
        self._kill(stream)

    def _waited_too_long(self, stream: Stream) -> None:
        self._waiting.pop(stream, None)
        stream.fail(_too_busy())

    def _abandoned(self, stream: Stream) -> None:
        if self._waiting.pop(stream, None) is not None:
            stream.fail(_too_busy())
        elif stream in self._busy:
            stream.resume()
            stream.overdue = partial(self._is_unwanted, stream)
            stream.watch(_PATIENCE_S)

    def _is_unwanted(self, stream: Stream) -> None:
        self.counts.killed_for_gone += 1
        stream.fail(_too_slow("client has gone, which took", 0))
        self._kill(stream)

    def _kill(self, stream: Stream) -> None:
        link = self._busy.pop(stream, None)
        if link is not None:
            link.stream = None
            link.kill()


def _opening_fault(link: Link) -> KgError:
    told = link.fault
    if told is None:
        return StoreError(
            "a worker could not be started", mend="see what it says above", rule="worker-failed"
        )
    if "trace" in told:
        raise InternalError(str(told["trace"]))
    what, mend, rule = (str(told[name]) for name in ("what", "mend", "rule"))
    return StoreError(what, mend=mend, rule=rule)


def _end_of(link: Link) -> Exception:
    """What the end of a worker means for who waited for its answer."""
    if link.ran_out_of_memory:
        return memory_problem()
    if link.ran_out_of_stack:
        return too_deep_problem()
    return InternalError(f"the worker {link.pid} died of something else than memory")


def _too_busy() -> Problem:
    return Problem(
        "too many requests wait for an answer",
        mend="ask again in a moment",
        rule="too-busy",
        status=503,
        headers=(("retry-after", "2"),),
    )


def _too_slow(what: str, seconds: float) -> Problem:
    return Problem(
        f"the {what} longer than {seconds:g} s",
        mend="ask for less, or of fewer things",
        rule="time-limit",
        status=503,
    )
