"""One running service: what every route needs, and the answer of a task as an ASGI application."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field

from kg.server.asgi import ClientGoneError, Message, Receive, Scope, Send, header, send_bytes
from kg.server.kept import Quick
from kg.server.lanes.front import Lanes
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.server.problem import Problem
from kg.server.remembered import Answer, Remembered, make_answer
from kg.server.served import Source
from kg.server.stream import Head, Stream
from kg.server.tasks import Task

_SOON_S = 0.05  # an answer that comes sooner is not worth looking whether its client has gone
#: Headers of every answer of a task.
ALWAYS = [(b"vary", b"accept"), (b"cache-control", b"no-cache")]


@dataclass(slots=True)
class Service:
    """What is served, to whom, and how much."""

    source: Source
    limits: Limits
    pool: Pool
    remembered: Remembered
    token: str = ""  # empty: nobody may write
    origins: tuple[str, ...] = ()  # that a browser may ask from; '*' for any
    hosts: tuple[str, ...] = ()  # that SERVICE and LOAD may reach
    names: frozenset[str] = frozenset()  # that a request may ask for in its header Host; none for any
    is_closing: bool = False
    quick: Quick | None = None
    lanes: Lanes | None = None
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)  # held while a new generation is made

    def reply(self, task: Task) -> TaskReply:
        """The answer of a task, for a handler to return: it sends itself."""
        return TaskReply(self, task)

    def must_write(self, scope: Scope) -> None:
        """Refuse who may not write.

        :raises Problem: not-writable; no-token; wrong-token.
        """
        if not self.token:
            what, mend = "this service is read-only", "start it with --writable and a KG_TOKEN"
            raise Problem(what, mend=mend, rule="not-writable", status=403)
        scheme, _, given = header(scope, b"authorization").partition(" ")
        if not given.strip():
            raise Problem(
                "writing needs a token",
                mend="send 'Authorization: Bearer' and the token",
                rule="no-token",
                status=401,
                headers=(("www-authenticate", 'Bearer realm="foedus"'),),
            )
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            what, mend = "this token is not the one that may write", "ask who runs the service"
            headers = (("www-authenticate", 'Bearer error="invalid_token"'),)
            raise Problem(what, mend=mend, rule="wrong-token", status=401, headers=headers)


class TaskReply:
    """The answer of a task: remembered, or made by a worker and streamed.

    It is an ASGI application, so a handler may return it as its response, or call it.
    """

    def __init__(self, service: Service, task: Task) -> None:
        self._service = service
        self._task = task

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer.

        :raises KgError: what the task raises, before anything was sent.
        :raises BrokenAnswerError: when it breaks off later; the connection must then be broken too.
        """
        service, task = self._service, self._task
        repeatable = task.is_repeatable
        if repeatable:
            key = task.key()
            found = service.remembered.get(service.pool.current.name(), key)
            if found is not None:
                scope["remembered"] = service.pool.current.name()
                await _send_answer(scope, send, found)
                return
        if task.kind.writes:
            async with service.changing:
                await self._work(scope, receive, send, None)
        else:
            await self._work(scope, receive, send, key if repeatable else None)

    async def _work(self, scope: Scope, receive: Receive, send: Send, key: bytes | None) -> None:
        stream = self._service.pool.begin(self._task)
        watch = _Watch(stream, receive)
        try:
            head = await stream.head
            if not head.is_whole and scope.get("http_version") == "1.0":
                # Without chunks the end of the connection is the end of the answer: it must be whole before.
                head = await stream.whole()
            if not head.is_whole:
                await _send_parts(send, head, stream)
                return
        except BaseException:
            stream.abandon()
            raise
        finally:
            watch.end()
        answer = make_answer(head)
        if key is not None and head.status == 200:
            self._service.remembered.keep(head.generation, key, answer)
            scope["remembered"] = head.generation
        await _send_answer(scope, send, answer)


class _Watch:
    """Sees, once an answer is not there at once, when its client goes; then it is abandoned."""

    def __init__(self, stream: Stream, receive: Receive) -> None:
        self._stream, self._receive = stream, receive
        self._looking: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_SOON_S, self._begin)

    def end(self) -> None:
        self._timer.cancel()
        if self._looking is not None:
            self._looking.cancel()

    def _begin(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        message: Message = {"type": ""}
        while message["type"] != "http.disconnect":
            message = await self._receive()
        self._stream.fail(ClientGoneError())
        self._stream.abandon()


async def _send_answer(scope: Scope, send: Send, answer: Answer) -> None:
    asked = header(scope, b"if-none-match")
    if asked and answer.status == 200 and scope["method"] in ("GET", "HEAD") and _names(asked, answer.etag):
        await send_bytes(send, 304, [(b"etag", answer.etag), *ALWAYS], b"")
        return
    await send_bytes(send, answer.status, [*answer.headers, *ALWAYS], answer.body)


def _names(asked: str, etag: bytes) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return "*" in tags or etag.decode() in tags


async def _send_parts(send: Send, head: Head, stream: Stream) -> None:
    headers = [
        (b"content-type", head.media_type.encode()),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in head.headers),
        *ALWAYS,
    ]
    await send({"type": "http.response.start", "status": head.status, "headers": headers})
    await send({"type": "http.response.body", "body": head.body, "more_body": True})
    async for part in stream.parts():
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
