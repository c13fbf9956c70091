"""The guard against the network: only loopback passes. Python loads it from PYTHONPATH by this name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable


class NetworkRefused(RuntimeError):  # noqa: N818 - it is a verdict of the tests, not an error of the socket
    """A test tried to leave the machine. Not an OSError, so that no code takes it for a bad connection."""


def _is_local(host: object) -> bool:
    if host in {"localhost", "", None}:
        return True
    try:
        address = ipaddress.ip_address(str(host))
        return address.is_loopback or address.is_unspecified  # the latter to listen at, and so connects to us
    except ValueError:
        return False


def _check(address: object) -> None:
    if isinstance(address, tuple) and not _is_local(address[0]):
        raise NetworkRefused(f"a test tried to reach {address[0]!r}; tests run without network")


def install() -> None:
    """Refuse every connection and look-up that leaves this machine, from now on, in this process."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        _check(address)
        connect(self, address)  # type: ignore[arg-type] # whatever the caller gave, socket judges it

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        _check(address)
        return connect_ex(self, address)  # type: ignore[arg-type] # as above

    def guarded_look_up(host: object, *rest: object, **options: object) -> object:
        _check((host,))
        call: Callable[..., object] = look_up
        return call(host, *rest, **options)

    vars(socket)["getaddrinfo"] = guarded_look_up
    socket.socket.connect = guarded_connect  # type: ignore[method-assign, assignment] # that is the guard
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign, assignment] # that is the guard


if __name__ == "sitecustomize":
    install()
