"""The front process: a socket, the pool, the HTTP library's loop, and a graceful end."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from kg.errors import UsageError
from kg.server.access_log import AccessLog
from kg.server.app import create_app, shared_headers
from kg.server.connection import Connection
from kg.server.kept import Quick
from kg.server.lanes.front import Lanes, are_possible
from kg.server.lanes.messages import LARGEST
from kg.server.limits import Limits
from kg.server.messages import Json
from kg.server.pool import Pool
from kg.server.quick import protocol_of
from kg.server.remembered import Remembered
from kg.server.served import Source
from kg.server.service import ALWAYS, Service

_STEP_S = 0.05
_LOG_S = 0.2  # that lines of the log may wait
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and how to serve."""

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()  # that are believed in whose name they ask
    token: str = ""
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    log: Path | None = None


def serve(
    source: Source,
    limits: Limits,
    settings: Settings,
    listening: socket.socket,
    *,
    ready: Callable[[str], None],
) -> None:
    """Serve at a socket of :func:`listen` until a signal says to stop; ``ready`` gets the address.

    :raises UsageError: bad-address; cannot-write, when the log cannot be opened.
    :raises KgError: what opening the store raises.
    """
    config = uvicorn.Config(
        app="",  # it is set when the pool is open
        http=Connection,
        ws="none",
        lifespan="off",
        loop="auto",
        log_config=None,
        log_level="critical",  # what goes wrong is told by us; of what is no request nothing is
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=max(1, round(limits.grace)),
        backlog=_BACKLOG,
    )
    factory = config.get_loop_factory()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(_serve(source, limits, settings, config, listening, ready))


async def _serve(
    source: Source,
    limits: Limits,
    settings: Settings,
    config: uvicorn.Config,
    listening: socket.socket,
    ready: Callable[[str], None],
) -> None:
    pool = Pool(source, limits)
    service = Service(
        source,
        limits,
        pool,
        Remembered(limits.cache),
        token=settings.token,
        origins=settings.origins,
        hosts=settings.hosts,
        names=_names(settings),
    )
    service.quick = Quick(limits.cache // 4, lambda: "" if service.is_closing else pool.current.name())
    service.lanes = _lanes(service, settings.log)
    config.http = protocol_of(service.quick, service.lanes)
    log = AccessLog(settings.log, later=partial(asyncio.get_running_loop().call_later, _LOG_S))
    try:
        await pool.open()
        _begin(listening, settings)
        app = create_app(service, log)
        config.app = app
        server = _Server(config, service)
        started = asyncio.get_running_loop().create_task(_tell_when_ready(server, listening, ready))
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it again and again
        await server.serve(sockets=[listening])
        await started
    finally:
        await pool.close()
        log.flush()


def _lanes(service: Service, log: Path | None) -> Lanes | None:
    """Lanes, where there can be some; not where an answer that they give might be more than one may have."""
    limits = service.limits
    if not are_possible() or 0 < limits.rows < LARGEST or 0 < limits.bytes < LARGEST:
        return None
    headers = [*ALWAYS, *shared_headers(service, {"method": "GET", "headers": []})]
    settings: dict[str, Json] = {
        "kind": service.source.kind,
        "folder": str(service.source.folder),
        "lang": service.source.lang,
        "memory": limits.memory,
        "names": sorted(service.names),
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers],
        "log": str(log.absolute()) if log else "",
        "kept": limits.cache // 4 // limits.workers,
    }
    return Lanes(settings, limits.workers, per_client=limits.per_client)


class _Server(uvicorn.Server):
    """The HTTP library's server, which refuses new requests as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second: give up connections whose request does not come."""
        if counter % 5 == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.look(self._service.limits.body_time)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """The end: what was lent comes back first, so that it is closed with the rest."""
        if self._service.lanes is not None:
            await self._service.lanes.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Begin the end; a second signal ends at once."""
        if self.should_exit:
            self.force_exit = True
        self._service.is_closing = True
        self.should_exit = True


async def _tell_when_ready(
    server: uvicorn.Server, listening: socket.socket, ready: Callable[[str], None]
) -> None:
    while not server.started and not server.should_exit:
        await asyncio.sleep(_STEP_S / 10)
    host, port = listening.getsockname()[:2]
    ready(f"{_SCHEME}{f'[{host}]' if ':' in host else host}:{port}/")


_SCHEME = "http" + "://"


def listen(settings: Settings) -> socket.socket:
    """Take the address; who asks there is turned away until the store is open.

    :raises UsageError: bad-address.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, _, _, _, address = found[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, UnicodeError) as cause:  # the latter for a name that no host can have
        raise _bad_address(settings, cause) from cause
    listening.setblocking(False)
    return listening


def _begin(listening: socket.socket, settings: Settings) -> None:
    """Let connections in, unless another process was let in while the store was opened."""
    try:
        listening.listen(_BACKLOG)
    except OSError as cause:
        raise _bad_address(settings, cause) from cause


def _bad_address(settings: Settings, cause: OSError | UnicodeError) -> UsageError:
    why = (getattr(cause, "strerror", "") or str(cause)).lower()
    return UsageError(
        f"cannot listen at {settings.host}:{settings.port}: {why}",
        mend="choose another with --host and --port",
        rule="bad-address",
    )


def _names(settings: Settings) -> frozenset[str]:
    """The hosts that a request may name; none for any.

    What only this machine can reach, a page of any site could read if it gave the site's name this address.
    """
    if not is_loopback(settings.host):
        return frozenset()
    return frozenset(
        name.lower() for name in ("localhost", "127.0.0.1", "::1", settings.host, *settings.names)
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address of this name."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
