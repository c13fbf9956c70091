"""The store as a whole, for another Foedus that copies it: what it is, and its quads piece by piece; or an excerpt.

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
from kg.store.excerpt import Focus

#: Bytes of one piece; it ends with a line.
PIECE = 1 << 25
_DIGITS = 18
_WORDS = ("things", "speakers", "parties", "claims")


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


def excerpt(work: Work, reply: Reply) -> None:
    """Answer with canonical N-Quads; arguments: ``focus``, as JSON, and ``most``, how many quads there may be.

    :raises UsageError: bad-parameter.
    :raises StoreError: remote-too-large.
    """
    focus = _focus(work.text("focus"))
    most = work.text("most")
    if not most.isdecimal() or len(most) > _DIGITS:
        raise _fault(f"'{most[:_DIGITS]}' is no number of quads", mend="give how many there may be at most")
    found = work.graph.excerpt(focus, most=int(most))
    work.started()
    reply.start("application/n-quads", headers=(("foedus-store", work.graph.identifier),))
    reply.write(found)


def _focus(text: str) -> Focus:
    try:
        given = json.loads(text)
        lists = {word: tuple(map(str, given.get(word, ()))) for word in _WORDS}
        return Focus(**lists, kin=bool(given.get("kin")))
    except (ValueError, AttributeError, TypeError) as cause:
        what, mend = "the focus is none", 'give JSON such as {"things": ["https://..."]}'
        raise _fault(what, mend=mend) from cause


def _fault(what: str, *, mend: str) -> UsageError:
    return UsageError(what, mend=mend, rule="bad-parameter")


def routes(service: Service) -> list[BaseRoute]:
    """The routes."""

    async def tell(request: Request) -> TaskReply:
        return service.reply(Task("store-identity"))

    async def give(request: Request) -> TaskReply:
        start = request.query_params.get("from", "0")
        return service.reply(Task("store-quads", arguments={"from": start}))

    async def give_part(request: Request) -> TaskReply:
        asked = {name: request.query_params.get(name, "") for name in ("focus", "most")}
        return service.reply(Task("store-excerpt", arguments=asked))

    return [
        Route("/store.json", tell, methods=["GET"]),
        Route("/store.nq", give, methods=["GET"]),
        Route("/excerpt.nq", give_part, methods=["GET"]),
    ]
