"""The store as a whole, for another Foedus that copies it: what it is, and its quads piece by piece.

The endpoint shows perspectives; what nobody holds any more is in none of them, and a copy needs that too.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from kg.errors import UsageError
from kg.server.reply import Reply
from kg.server.service import Service, TaskReply
from kg.server.tasks import Task
from kg.server.work import Work

#: Bytes of one piece; it ends with a line.
PIECE = 1 << 25
_DIGITS = 18


def identity(work: Work, reply: Reply) -> None:
    """Answer with the hash of what is stored, and its size in bytes of canonical N-Quads."""
    graph = work.graph
    reply.start("application/json")
    reply.write(json.dumps({"identifier": graph.identifier, "bytes": graph.size}).encode())


def quads(work: Work, reply: Reply) -> None:
    """Answer with the canonical N-Quads from a byte on; argument: ``from``. A header tells of which store.

    :raises UsageError: bad-parameter.
    """
    start = work.text("from") or "0"
    if not start.isdecimal() or len(start) > _DIGITS:
        what, mend = f"'{start[:_DIGITS]}' is no place in the quads", "give the number of bytes that you have"
        raise UsageError(what, mend=mend, rule="bad-parameter")
    graph = work.graph
    piece = graph.text(int(start), PIECE)
    reply.start("application/n-quads", headers=(("foedus-store", graph.identifier),))
    reply.write(piece)


def routes(service: Service) -> list[BaseRoute]:
    """The two routes."""

    async def tell(request: Request) -> TaskReply:
        return service.reply(Task("store-identity"))

    async def give(request: Request) -> TaskReply:
        start = request.query_params.get("from", "0")
        return service.reply(Task("store-quads", arguments={"from": start}))

    return [
        Route("/store.json", tell, methods=["GET"]),
        Route("/store.nq", give, methods=["GET"]),
    ]
