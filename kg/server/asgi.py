"""Requests and answers on the level of ASGI: headers, parameters, bodies; for handlers that must be quick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from urllib.parse import parse_qsl

from kg.server.limits import Limits
from kg.server.problem import Problem

# What ASGI passes around has no better type: the values of a scope or a message are of many kinds.
Scope = MutableMapping[str, object]
Message = MutableMapping[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

_MOST_PARAMETERS = 1000
_DRAINED = 1 << 24


def headers_of(scope: Scope) -> list[Header]:
    """The headers of a request, their names in lower case."""
    found = scope["headers"]
    return found if isinstance(found, list) else list(found)  # type: ignore[call-overload]  # an iterable of pairs


def header(scope: Scope, name: bytes) -> str:
    """A header of a request; several of one name as one list, none as empty."""
    values = [value for key, value in headers_of(scope) if key == name]
    return b", ".join(values).decode("latin-1") if values else ""


def parameters_of(text: bytes) -> dict[str, list[str]]:
    """Parameters as a query string or a form holds them, each with its values in order.

    :raises Problem: bad-parameter, when they are not UTF-8 or too many.
    """
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError as cause:  # UnicodeDecodeError among them
        raise Problem(
            "the parameters of the request cannot be read",
            mend="percent-encode them as UTF-8",
            rule="bad-parameter",
            status=400,
        ) from cause
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def read_body(scope: Scope, receive: Receive, limits: Limits) -> bytes:
    """The body of a request.

    :raises Problem: body-too-large; body-too-slow.
    """
    told = header(scope, b"content-length")
    is_too_large = told.isdecimal() and int(told) > limits.body
    if is_too_large and int(told) > limits.body + _DRAINED:
        raise _too_large(limits)
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.body_time):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                part = message.get("body", b"")
                assert isinstance(part, bytes)
                size += len(part)
                is_too_large = is_too_large or size > limits.body
                if is_too_large:  # read on for a while: who is still sending does not hear why it is refused
                    parts = []
                    if size > limits.body + _DRAINED or not message.get("more_body"):
                        raise _too_large(limits)
                    continue
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError as cause:
        raise Problem(
            f"the body of the request took longer than {limits.body_time:g} s",
            mend="send it faster",
            rule="body-too-slow",
            status=408,
            headers=(("connection", "close"),),
        ) from cause


async def send_bytes(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    """Send a whole answer; ``headers`` say what it is and how long."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class ClientGoneError(Exception):
    """Nobody is there to answer to."""


def _too_large(limits: Limits) -> Problem:
    return Problem(
        f"the body of the request has more than {limits.body} bytes",
        mend="send less at once",
        rule="body-too-large",
        status=413,
        headers=(("connection", "close"),),
    )
