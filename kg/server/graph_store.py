"""The SPARQL 1.1 Graph Store Protocol: one graph of the dataset as a resource, named in a parameter or the path.

``/graphs?graph=IRI`` and ``/graphs?default``, under a perspective by its parameters or its path; a graph whose
IRI is its own address, ``/graphs/person/1``, is also found there.
"""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from kg.server.asgi import Receive, Scope, Send, header, parameters_of, read_body, send_bytes
from kg.server.asked import Asked, from_path, take_perspective
from kg.server.host import address
from kg.server.messages import Json
from kg.server.problem import bad_parameter
from kg.server.protocol import path_segment, refuse_encoding, refuse_others, wrong_method
from kg.server.service import Service
from kg.server.tasks import Task

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_ALL = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_PATH = "/graphs"


def routes(service: Service) -> list[BaseRoute]:
    """The graphs of the default perspective, those named by their address, and those of a stable perspective."""
    store = GraphStore(service)
    paths = (_PATH, _PATH + "/{name:path}", "/perspectives/{words:path}" + _PATH)
    return [Route(path, store, methods=_ALL) for path in paths]


class GraphStore:
    """The graphs as an ASGI application."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a graph, or change it.

        :raises Problem: bad-parameter, wrong-method, bad-request-type; not-writable, no-token, wrong-token; what
            reading the body raises.
        """
        method = str(scope["method"])
        if method == "OPTIONS":
            await send_bytes(send, 204, [(b"allow", METHODS.encode())], b"")
            return
        if method not in METHODS:
            raise wrong_method(method, METHODS)
        query_string = scope["query_string"]
        assert isinstance(query_string, bytes)
        parameters = parameters_of(query_string)
        asked = _asked(scope, parameters)
        graph = _graph(scope, parameters)
        refuse_others(parameters)
        if method in ("GET", "HEAD"):
            if graph is None:
                raise bad_parameter("graph", "name one, or ask for 'default'")
            task = Task("graph", asked, {"graph": graph, "accept": header(scope, b"accept")})
        else:
            self._service.must_write(scope)
            if not asked.is_default:
                raise bad_parameter("according-to, as-of, on ...", "what is written has no perspective")
            refuse_encoding(scope)
            body = b"" if method == "DELETE" else await read_body(scope, receive, self._service.limits)
            task = Task("write-graph", arguments=self._arguments(scope, graph), body=body)
        await self._service.reply(task)(scope, receive, send)

    def _arguments(self, scope: Scope, graph: str | None) -> dict[str, Json]:
        mint = ""
        if graph is None:
            if scope["method"] != "POST" or self._service.source.kind != "plain":
                raise bad_parameter("graph", "name the graph that is to be written")
            mint = address(scope) + "/"
        media_type = header(scope, b"content-type")
        return {"method": str(scope["method"]), "graph": graph or "", "type": media_type, "mint": mint}


def _asked(scope: Scope, parameters: dict[str, list[str]]) -> Asked:
    """The perspective of the path, else that of the parameters."""
    asked = take_perspective(parameters)
    segment = path_segment(scope)
    if not segment:
        return asked
    if not asked.is_default:
        raise bad_parameter("according-to, as-of, on ...", "the path names the perspective already")
    return from_path(segment)


def _graph(scope: Scope, parameters: dict[str, list[str]]) -> str | None:
    """The graph that a request names: its IRI, empty for the default graph, ``None`` when it names none."""
    given = parameters.pop("graph", [])
    defaults = parameters.pop("default", [])
    if str(scope["path"]).startswith(_PATH + "/"):
        if given or defaults:
            raise bad_parameter("graph", "the path names the graph already")
        return address(scope)
    if len(given) + bool(defaults) > 1:
        raise bad_parameter("graph", "name one graph, or ask for 'default'")
    if defaults and defaults != [""]:
        raise bad_parameter("default", "give it without a value, once")
    if given and (":" not in given[0] or set(given[0]) & set('<>"{}|^`\\ \n\r\t')):
        raise bad_parameter("graph", "give the IRI of the graph in full")
    return given[0] if given else "" if defaults else None
