"""The SPARQL 1.1 Protocol: from a request to a task, refusing what is not a request of the protocol.

The endpoint stands at ``/sparql`` and, for a stable perspective, at ``/perspectives/WORDS/sparql``.
"""

from __future__ import annotations

from kg.server.asgi import Receive, Scope, Send, header, parameters_of, read_body, send_bytes
from kg.server.asked import Asked, from_path, take_perspective
from kg.server.host import address, raw_path
from kg.server.messages import Json
from kg.server.negotiation import NAMES, TRIPLES, choose, ranges
from kg.server.problem import Problem, bad_parameter
from kg.server.service import Service
from kg.server.tasks import Task

METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_FORMATS = ("format", "output", "results")
_USING = {"using-graph-uri": "using", "using-named-graph-uri": "using_named"}
_GRAPHS = {"default-graph-uri": "default", "named-graph-uri": "named"}


class Endpoint:
    """One SPARQL endpoint as an ASGI application; its perspective is that of its path and its parameters."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query or an update, or describe the endpoint.

        :raises Problem: bad-parameter, bad-request-type, wrong-method; what reading the body raises.
        """
        method = scope["method"]
        if method == "OPTIONS":
            await send_bytes(send, 204, [(b"allow", METHODS.encode())], b"")
            return
        if method not in ("GET", "HEAD", "POST"):
            raise wrong_method(str(method), METHODS)
        query_string = scope["query_string"]
        assert isinstance(query_string, bytes)
        parameters = parameters_of(query_string)
        task: Task | None
        if method == "POST":
            task = await self._posted(scope, receive, parameters)
        elif not parameters or "query" not in parameters:
            task = self._described(scope, parameters)
        else:
            task = self._query(scope, parameters)
        if task is None:
            await send_bytes(send, 303, [(b"location", b"/"), (b"content-length", b"0")], b"")
            return
        await self._service.reply(task)(scope, receive, send)

    async def _posted(self, scope: Scope, receive: Receive, parameters: dict[str, list[str]]) -> Task:
        kind, _, options = header(scope, b"content-type").partition(";")
        kind = kind.strip().lower()
        charset = options.lower().partition("charset=")[2].strip(' "')
        if kind not in (FORM, QUERY, UPDATE) or charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise _wrong_type(f"{kind}; {options}".strip("; "))
        refuse_encoding(scope)
        if kind == UPDATE:
            self._service.must_write(scope)
        body = await read_body(scope, receive, self._service.limits)
        if kind == FORM:
            for name, values in parameters_of(body).items():
                parameters.setdefault(name, []).extend(values)
        else:
            name = "query" if kind == QUERY else "update"
            if name in parameters:
                raise bad_parameter(name, "give it in the body alone")
            parameters[name] = [_utf8(body)]
        if "update" in parameters:
            self._service.must_write(scope)
            return self._update(scope, parameters)
        return self._query(scope, parameters)

    def _query(self, scope: Scope, parameters: dict[str, list[str]]) -> Task:
        asked = self._asked(scope, parameters)
        arguments: dict[str, Json] = {
            "query": _one(parameters, "query"),
            "accept": _accept(scope, parameters),
            "base": address(scope),
        }
        self._let_reach(arguments, "query")
        _take_graphs(parameters, _GRAPHS, arguments)
        if not asked.is_default and ("default" in arguments or "named" in arguments):
            raise Problem(
                "the perspective chooses the graphs, as do default-graph-uri and named-graph-uri",
                mend="leave one of them out",
                rule="query-from",
                status=400,
            )
        refuse_others(parameters)
        return Task("query", asked, arguments)

    def _update(self, scope: Scope, parameters: dict[str, list[str]]) -> Task:
        if not self._asked(scope, parameters).is_default:
            raise bad_parameter("according-to, as-of, on ...", "an update has no perspective: leave it out")
        arguments: dict[str, Json] = {"update": _one(parameters, "update"), "base": address(scope)}
        self._let_reach(arguments, "update")
        _take_graphs(parameters, _USING, arguments)
        refuse_others(parameters)
        return Task("update", arguments=arguments)

    def _let_reach(self, arguments: dict[str, Json], name: str) -> None:
        """Name the hosts that may be reached, to a task that may want to: others stay equal to each other."""
        text = str(arguments[name]).upper()
        if self._service.hosts and ("SERVICE" in text or "LOAD" in text):
            arguments["hosts"] = list(self._service.hosts)

    def _described(self, scope: Scope, parameters: dict[str, list[str]]) -> Task | None:
        """The description of the endpoint for a client that asks no query; None for a browser."""
        asked = self._asked(scope, parameters)
        accept = header(scope, b"accept")
        if not parameters and _is_browser(accept):
            return None
        refuse_others(parameters)
        is_writable = bool(self._service.token) and asked.is_default
        return describe(asked, accept, address(scope), is_writable=is_writable)

    def _asked(self, scope: Scope, parameters: dict[str, list[str]]) -> Asked:
        """The perspective of the path, else that of the parameters."""
        asked = take_perspective(parameters)
        segment = path_segment(scope)
        if not segment:
            return asked
        if not asked.is_default:
            raise bad_parameter("according-to, as-of, on ...", "the path names the perspective already")
        return from_path(segment)


def describe(asked: Asked, accept: str, endpoint: str, *, is_writable: bool) -> Task:
    """The task that describes an endpoint and its dataset."""
    return Task("description", asked, {"accept": accept, "endpoint": endpoint, "writable": is_writable})


def path_segment(scope: Scope) -> str:
    """What the path of a request says of the perspective, percent-encoded as it came; empty when it names none.

    :raises Problem: unknown-route, when there is not one segment between ``/perspectives/`` and what is asked.
    """
    if not str(scope["path"]).startswith("/perspectives/"):
        return ""
    parts = raw_path(scope).split("/")  # the first may be percent-encoded too
    if len(parts) != 4 or not parts[2]:
        raise Problem(
            "a perspective is one segment of a path",
            mend="percent-encode every '/' in it",
            rule="unknown-route",
            status=404,
        )
    return parts[2]


def wrong_method(method: str, allowed: str) -> Problem:
    """The fault of a method that a path does not have."""
    return Problem(
        f"there is no {method} here",
        mend=f"use {allowed}",
        rule="wrong-method",
        status=405,
        headers=(("allow", allowed),),
    )


def refuse_encoding(scope: Scope) -> None:
    """Refuse a body that is packed: a small one may unpack to any size.

    :raises Problem: bad-request-type.
    """
    encoding = header(scope, b"content-encoding")
    if encoding.lower() not in ("", "identity"):
        raise Problem(
            f"a body of content-encoding '{encoding}' is not unpacked",
            mend="send it as it is",
            rule="bad-request-type",
            status=415,
            headers=(("accept-encoding", "identity"),),
        )


def refuse_others(parameters: dict[str, list[str]]) -> None:
    """Refuse parameters that nobody took: to leave a misspelt one out would change the answer.

    :raises Problem: bad-parameter.
    """
    for name in parameters:
        raise bad_parameter(
            name, "it is not one of this address: leave it out, or spell it as the manual does"
        )


def _take_graphs(parameters: dict[str, list[str]], names: dict[str, str], arguments: dict[str, Json]) -> None:
    for name, argument in names.items():
        if graphs := parameters.pop(name, []):
            if not all(":" in graph and not set(graph) & set('<>"{}|^`\\ \n\r\t') for graph in graphs):
                raise bad_parameter(name, "give the IRI of a graph in full")
            arguments[argument] = list(dict.fromkeys(graphs))


def _one(parameters: dict[str, list[str]], name: str) -> str:
    values = parameters.pop(name, [])
    if len(values) != 1:
        raise bad_parameter(name, "give it once")
    return values[0]


def _accept(scope: Scope, parameters: dict[str, list[str]]) -> str:
    """The formats that a client takes: by its header, else by a parameter as older clients send it."""
    accept = header(scope, b"accept")
    asked = [value for name in _FORMATS for value in parameters.pop(name, [])]
    if asked and (not accept or all(name == "*/*" for name, _ in ranges(accept))):
        return NAMES.get(asked[0].lower(), asked[0])
    return accept


def _is_browser(accept: str) -> bool:
    given = dict(ranges(accept))
    return "text/html" in given and choose(accept.replace("*/*", "x/x"), TRIPLES[:4]) is None


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Problem(
            "the body of the request is not UTF-8", mend="send it as UTF-8", rule="bad-encoding", status=400
        ) from cause


def _wrong_type(given: str) -> Problem:
    return Problem(
        f"a body of type '{given}' cannot be read",
        mend=f"send {FORM}, {QUERY} or {UPDATE}, in UTF-8",
        rule="bad-request-type",
        status=415,
    )
