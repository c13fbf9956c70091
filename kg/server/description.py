"""The description of the service at the address where a client looks that knows nothing but the host."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from kg.server.asgi import Receive, Scope, Send, header
from kg.server.asked import DEFAULT
from kg.server.host import address
from kg.server.protocol import describe
from kg.server.service import Service

_PATH = "/.well-known/void"


class WellKnown:
    """VoID at its own address, after https://www.w3.org/TR/void/#well-known."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Describe the endpoint of the default perspective."""
        endpoint = address(scope).removesuffix(_PATH) + "/sparql"
        is_writable = bool(self._service.token)
        task = describe(DEFAULT, header(scope, b"accept"), endpoint, is_writable=is_writable)
        await self._service.reply(task)(scope, receive, send)


def routes(service: Service) -> list[BaseRoute]:
    """The one route."""
    return [Route(_PATH, WellKnown(service), methods=["GET", "HEAD"])]
