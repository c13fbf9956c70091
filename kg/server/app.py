"""The service as an ASGI application: one table of routes, and around it what holds for every request.

To add a route, write ``routes(service) -> list[Route]`` in a file of kg/server/ and name it in :func:`_routes`.
A handler is what Starlette takes: ``async def page(request: Request) -> Response``; it reads nothing of the
store itself but returns ``service.reply(Task(...))``, or awaits ``service.pool.whole(Task(...))`` for bytes. It
raises a :class:`~kg.server.problem.Problem`, or any ``KgError``, for what goes wrong.
"""

from __future__ import annotations

import asyncio
import traceback
from collections import Counter
from functools import partial
from secrets import token_hex
from time import perf_counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, Router

from kg.errors import KgError
from kg.server import description, graph_store, whole
from kg.server.access_log import AccessLog
from kg.server.asgi import ClientGoneError, Header, Message, Receive, Scope, Send, header, send_bytes
from kg.server.explorer.routes import routes as explorer_routes
from kg.server.host import refuse_other_hosts
from kg.server.kept import Kept, Piece, Told
from kg.server.lanes.request import PATH
from kg.server.metrics import Metrics
from kg.server.problem import MEDIA_TYPE, Problem, problem_of
from kg.server.protocol import METHODS, Endpoint, wrong_method
from kg.server.service import Service
from kg.server.stream import BrokenAnswerError, InternalError
from kg.version import VERSION

_ALL = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def _routes(service: Service, endpoint: Endpoint, metrics: Metrics) -> list[BaseRoute]:
    """Every route, the first that fits wins; /sparql itself is answered before any of them is tried."""
    return [
        *_own_routes(service, metrics),
        *graph_store.routes(service),
        *description.routes(service),
        *explorer_routes(service),
        *whole.routes(service),
        Route("/perspectives/{words:path}/sparql", endpoint, methods=_ALL),
    ]


def create_app(service: Service, log: AccessLog) -> Front:
    """The application over a service whose pool is open."""
    return Front(service, log)


class Front:
    """What every request passes: limits of a client, faults as problems, the log and the counters."""

    def __init__(self, service: Service, log: AccessLog) -> None:
        self._service = service
        self._log = log
        self.metrics = Metrics(service.pool, service.lanes)
        self._endpoint = Endpoint(service)
        self._router = Router(_routes(service, self._endpoint, self.metrics))
        self._under_way: Counter[str] = Counter()
        if service.quick is not None:
            service.quick.note = self._note_again
        if service.lanes is not None:
            service.lanes.note = partial(self.metrics.add, PATH, 200)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begin = perf_counter()
        client = str(scope["client"][0]) if scope.get("client") else "-"  # type: ignore[index]  # a pair
        answer = _Answering(send, shared_headers(self._service, scope))
        fault = ""
        self._under_way[client] += 1
        try:
            self._admit(client, scope)
            if scope["path"] == "/sparql":
                await self._endpoint(scope, receive, answer.send)
            else:
                scope["app"] = (
                    self._service
                )  # then what fits no route is raised, as is a method that does not fit
                await self._router(scope, receive, answer.send)
        except ClientGoneError:
            answer.status = 499
        except BrokenAnswerError:
            answer.status = 499  # whoever reads it sees that it breaks off: nothing more is sent
        except asyncio.CancelledError:  # the time of grace is over
            if not self._service.is_closing:
                raise
            await self._tell(scope, answer, _closing())
        except HTTPException as cause:
            await self._tell_route(scope, answer, cause)
        except Exception as cause:
            fault = await self._tell(scope, answer, cause)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]
            self._note(scope, client, answer, perf_counter() - begin, fault)
        if "remembered" in scope:
            self._keep(scope, answer)

    def _admit(self, client: str, scope: Scope) -> None:
        if str(scope["path"]).startswith("/health/"):
            return
        refuse_other_hosts(scope, self._service.names)
        if self._service.is_closing:
            raise _closing()
        most = self._service.limits.per_client
        if most and self._under_way[client] > most:
            raise Problem(
                f"more than {most} requests of yours are under way",
                mend="wait for their answers",
                rule="too-many-requests",
                status=429,
                headers=(("retry-after", "1"),),
            )

    async def _tell_route(self, scope: Scope, answer: _Answering, cause: HTTPException) -> None:
        """Tell that a path or a method is not there; or, to who asks what is there, the methods."""
        path, method = str(scope["path"]), str(scope["method"])
        allowed = ", ".join(sorted({*(cause.headers or {}).get("Allow", "GET").split(", "), "OPTIONS"}))
        if cause.status_code != 405:
            what, mend = f"there is nothing at '{path}'", "see '/' for what there is"
            await self._tell(scope, answer, Problem(what, mend=mend, rule="unknown-route", status=404))
        elif method == "OPTIONS":
            await send_bytes(answer.send, 204, [(b"allow", allowed.encode())], b"")
        else:
            await self._tell(scope, answer, wrong_method(method, allowed))

    async def _tell(self, scope: Scope, answer: _Answering, cause: Exception) -> str:
        """Answer with a problem; the id of the log's lines if it is a fault of ours."""
        id = ""
        if isinstance(cause, KgError):
            problem = problem_of(cause)
        else:
            id = token_hex(6)
            told = (
                str(cause) if isinstance(cause, InternalError) else "".join(traceback.format_exception(cause))
            )
            self._log.fault(id, told)
            problem = Problem(
                "this is a fault in the service",
                mend="report it with this id to who runs it",
                rule="internal-fault",
                status=500,
                id=id,
            )
        if not answer.has_started:
            body = problem.body()
            headers: list[Header] = [
                (b"content-type", MEDIA_TYPE.encode()),
                (b"content-length", b"%d" % len(body)),
                *((name.encode("latin-1"), value.encode("latin-1")) for name, value in problem.headers),
            ]
            await send_bytes(answer.send, problem.status, headers, body)
        return id

    def _note(self, scope: Scope, client: str, answer: _Answering, seconds: float, fault: str) -> None:
        path = str(scope["path"])
        self.metrics.count(_route(scope), answer.status, seconds)
        query = scope["query_string"]
        assert isinstance(query, bytes)
        self._log.request(
            client=client,
            method=str(scope["method"]),
            path=path,
            query=query,
            status=answer.status,
            size=answer.size,
            seconds=seconds,
            id=fault,
        )

    def _keep(self, scope: Scope, answer: _Answering) -> None:
        """Let the same request be answered the short way."""
        quick, piece, method = self._service.quick, scope.get("piece"), str(scope["method"])
        if quick is None or not isinstance(piece, Piece) or answer.body is None or answer.status != 200:
            return
        if method in ("GET", "POST"):
            query = scope["query_string"]
            assert isinstance(query, bytes)
            told = Told(_route(scope), method, str(scope["path"]), query)
            quick.keep(piece, str(scope["remembered"]), answer.headers, answer.body, told)

    def _note_again(self, client: str, kept: Kept, seconds: float) -> None:
        route, method, path, query = kept.told
        self.metrics.count(route, 200, seconds)
        self._log.request(
            client=client,
            method=method,
            path=path,
            query=query,
            status=200,
            size=kept.size,
            seconds=seconds,
            id="",
        )


def _closing() -> Problem:
    return Problem(
        "the service is being stopped",
        mend="ask again when it runs",
        rule="closing",
        status=503,
        headers=(("retry-after", "5"), ("connection", "close")),
    )


def _route(scope: Scope) -> str:
    """The route of a request, as the counters name it."""
    if scope["path"] == "/sparql":
        return "/sparql"
    return str(getattr(scope.get("route"), "path", "other"))


class _Answering:
    """What was sent to a client so far; adds the headers that every answer has."""

    def __init__(self, send: Send, headers: list[Header]) -> None:
        self._send = send
        self._headers = headers
        self.has_started = False
        self.status = 0
        self.size = 0
        self.headers: list[Header] = []  # as they went out
        self.body: bytes | None = None  # if it went out as a whole

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_started = True
            self.status = int(str(message["status"]))
            headers = message["headers"]
            assert isinstance(headers, list)
            message["headers"] = self.headers = [*headers, *self._headers]
        else:
            body = message.get("body", b"")
            assert isinstance(body, bytes)
            self.body = None if self.size or message.get("more_body") else body
            self.size += len(body)
        await self._send(message)


_NO_SNIFFING: Header = (b"x-content-type-options", b"nosniff")
_OURS: Header = (b"server", f"foedus/{VERSION}".encode())  # so that another Foedus knows what it can ask for
_PLAIN: Header = (b"server", f"foedus-plain/{VERSION}".encode())


def shared_headers(service: Service, scope: Scope) -> list[Header]:
    """The headers of every answer to a request."""
    always = [_NO_SNIFFING, _PLAIN if service.source.kind == "plain" else _OURS]
    if not service.origins:
        return always
    origin = header(scope, b"origin")
    found = [*always, (b"vary", b"origin")]
    if "*" in service.origins or origin in service.origins:
        allowed = "*" if "*" in service.origins else origin
        found += [
            (b"access-control-allow-origin", allowed.encode("latin-1")),
            (b"access-control-expose-headers", b"etag, location, retry-after"),
        ]
        if scope["method"] == "OPTIONS":
            found += [
                (b"access-control-allow-methods", METHODS.encode()),
                (b"access-control-allow-headers", b"accept, authorization, content-type, if-none-match"),
                (b"access-control-max-age", b"86400"),
            ]
    return found


def _own_routes(service: Service, metrics: Metrics) -> list[BaseRoute]:
    """Whether the service lives and can answer, and what it counts."""

    async def live(request: Request) -> Response:
        return PlainTextResponse("live\n")

    async def ready(request: Request) -> Response:
        if service.is_closing or not service.pool.size:
            return PlainTextResponse("not ready\n", status_code=503)
        return PlainTextResponse("ready\n")

    async def counted(request: Request) -> Response:
        return Response(metrics.text(), headers={"content-type": metrics.content_type})

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", counted)]
