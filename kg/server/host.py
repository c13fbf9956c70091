"""The header Host: whom a request means, and what its own address is."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.server.asgi import Scope, header
from kg.server.problem import Problem, bad_parameter

_HOST = re.compile(r"(?:[A-Za-z0-9._~%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")


def refuse_other_hosts(scope: Scope, names: Collection[str]) -> None:
    """Refuse who asks for another host: the name of some site that leads to this machine; no names for any host.

    :raises Problem: unknown-host.
    """
    host = header(scope, b"host").lower()
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if names and host and name not in names:
        raise Problem(
            "this service has no such name as 'Host' gives it",
            mend="ask for 127.0.0.1 or localhost, or start it with --name",
            rule="unknown-host",
            status=421,
        )


def address(scope: Scope) -> str:
    """The address that a request was sent to, without its query.

    :raises Problem: bad-parameter, when the header Host is none.
    """
    host = header(scope, b"host") or "localhost"
    if not _HOST.fullmatch(host):
        raise bad_parameter("Host", "send the name of the host and its port, nothing else")
    return f"{scope['scheme']}://{host}{raw_path(scope)}"


def raw_path(scope: Scope) -> str:
    """The path of a request as it came, percent-encoded."""
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    assert isinstance(raw, bytes)
    return raw.decode("latin-1")
