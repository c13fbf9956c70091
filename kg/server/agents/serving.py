"""The look-ups for agents: a server of the Model Context Protocol over stdin and stdout.

What is asked is answered by worker processes, so that a query that does not end can be ended.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import TypeAlias

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from kg.errors import KgError, NotFoundError
from kg.server.agents import resources
from kg.server.agents.guide import INSTRUCTIONS
from kg.server.agents.parameters import Value, checked, input_schema
from kg.server.agents.schemas import output_schema
from kg.server.agents.tools import BY_NAME, TOOLS, ToolOffer
from kg.server.asked import Asked
from kg.server.limits import Limits
from kg.server.messages import Json
from kg.server.pool import Pool
from kg.server.served import Source
from kg.server.stream import InternalError
from kg.server.tasks import Task
from kg.version import VERSION

_NO_SUCH_RESOURCE = -32002  # as the protocol has it


_Context: TypeAlias = ServerRequestContext
_Page: TypeAlias = types.PaginatedRequestParams | None


class Agents:
    """The tools and resources over one store."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def tools(self, ctx: _Context, params: _Page) -> types.ListToolsResult:
        """Every tool, with what it takes and gives."""
        return types.ListToolsResult(tools=[_tool(offer) for offer in TOOLS])

    async def call(self, ctx: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Answer a call; what is asked wrongly is told to the model, which can ask again.

        :raises MCPError: for a tool that there is not.
        """
        offer = BY_NAME.get(params.name)
        if offer is None:
            raise MCPError(types.INVALID_PARAMS, _line(_no_tool(params.name)))
        try:
            arguments = checked(offer.parameters, params.arguments or {})
            given = {
                name: list(value) if isinstance(value, tuple) else value for name, value in arguments.items()
            }
            asked: dict[str, Json] = {"tool": offer.name, "arguments": given}
            head = await self._pool.whole(Task("agent", _perspective(arguments), asked))
        except KgError as fault:
            return _refusal(fault)
        except InternalError as fault:
            sys.stderr.write(f"{fault}\n")
            return _told_wrong("this is a fault in kg; its log has the rest [internal-fault]")
        found = json.loads(head.body)
        text = types.TextContent(type="text", text=found["text"])
        return types.CallToolResult(content=[text], structured_content=found["structured"])

    async def resources(self, ctx: _Context, params: _Page) -> types.ListResourcesResult:
        """Every resource."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=resources.SCHEME + offer.path,
                    name=offer.path,
                    title=offer.title,
                    description=offer.says,
                    mime_type=offer.media_type,
                )
                for offer in resources.offers()
            ]
        )

    async def read(self, ctx: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """The text of a resource.

        :raises MCPError: for one that there is not.
        """
        kinds = {resources.SCHEME + offer.path: offer.media_type for offer in resources.offers()}
        try:
            if params.uri == resources.SCHEME + "ontology":
                text = (await self._pool.whole(Task("agent-ontology"))).body.decode()
            else:
                text = resources.read(params.uri)
        except NotFoundError as fault:
            raise MCPError(_NO_SUCH_RESOURCE, _line(fault)) from fault
        except KgError as fault:
            raise MCPError(types.INTERNAL_ERROR, _line(fault)) from fault
        contents = types.TextResourceContents(uri=params.uri, mime_type=kinds[params.uri], text=text)
        return types.ReadResourceResult(contents=[contents])


def _tool(offer: ToolOffer) -> types.Tool:
    return types.Tool(
        name=offer.name,
        title=offer.title,
        description=offer.says,
        input_schema=input_schema(offer.parameters),
        output_schema=output_schema(offer.name),
        annotations=types.ToolAnnotations(
            title=offer.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _perspective(arguments: Mapping[str, Value]) -> Asked:
    """The perspective that must be made for a call, if it is none that is there already."""
    named = arguments.get("according_to") or arguments.get("parties") or ()
    assert isinstance(named, tuple)
    days = [str(arguments.get(name) or arguments.get(f"with_{name}") or "") for name in ("as_of", "on")]
    return Asked(
        according_to=tuple(sorted(named)),
        as_of=days[0],
        on=days[1],
        undisputed=bool(arguments.get("undisputed")),
        disputed=bool(arguments.get("disputed")),
        exactly=bool(arguments.get("exactly")),
        infer=bool(arguments.get("infer")),
    )


def _line(fault: KgError) -> str:
    """A fault as a model reads it: what, how to mend it, its name."""
    where = f"{fault.position}: " if fault.position else ""
    return " ".join(f"{where}{fault.what}; {fault.mend} [{fault.rule}]".split())


def _no_tool(name: str) -> NotFoundError:
    what = f"there is no tool '{name[:40]}'"
    return NotFoundError(what, mend=f"choose one of {', '.join(BY_NAME)}", rule="unknown-tool")


def _refusal(fault: KgError) -> types.CallToolResult:
    return _told_wrong(_line(fault))


def _told_wrong(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


def run(source: Source, limits: Limits) -> None:
    """Serve until stdin ends.

    :raises KgError: when the store cannot be opened.
    """
    asyncio.run(_serve(source, limits))


async def _serve(source: Source, limits: Limits) -> None:
    pool = Pool(source, limits)
    agents = Agents(pool)
    server = Server(
        "foedus",
        version=VERSION,
        title="Foedus: who claims what, when, in which source",
        instructions=INSTRUCTIONS,
        on_list_tools=agents.tools,
        on_call_tool=agents.call,
        on_list_resources=agents.resources,
        on_read_resource=agents.read,
    )
    async with stdio_server() as (incoming, outgoing):
        try:
            await pool.open()  # its processes are started when stdout is no longer theirs to write to
            await server.run(incoming, outgoing, server.create_initialization_options())
        finally:
            await pool.close()
