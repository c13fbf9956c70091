"""An agent's client: the SDK's own, over stdio, with a real ``kg mcp`` at the other end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import mcp_types as types
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters

KG = str(Path(sys.executable).with_name("kg"))


class Agent:
    """A connected client that is asked step by step."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal = portal
        self.client = client

    def call(self, tool: str, **arguments: object) -> types.CallToolResult:
        """Call a tool."""
        return self._portal.call(partial(self.client.call_tool, tool, arguments))

    def ask(self, tool: str, **arguments: object) -> dict[str, object]:
        """The structured answer of a tool that must not refuse."""
        found = self.call(tool, **arguments)
        assert not found.is_error, text_of(found)
        assert isinstance(found.structured_content, dict)
        return found.structured_content

    def refusal(self, tool: str, **arguments: object) -> str:
        """What a tool says that must refuse."""
        found = self.call(tool, **arguments)
        assert found.is_error, found.structured_content
        return text_of(found)

    def tools(self) -> dict[str, types.Tool]:
        """The tools by name."""
        return {tool.name: tool for tool in self._portal.call(self.client.list_tools).tools}

    def resources(self) -> dict[str, types.Resource]:
        """The resources by address."""
        return {one.uri: one for one in self._portal.call(self.client.list_resources).resources}

    def read(self, uri: str) -> str:
        """The text of a resource."""
        (contents,) = self._portal.call(self.client.read_resource, uri).contents
        assert isinstance(contents, types.TextResourceContents)
        return contents.text

    def start(self, tool: str, **arguments: object) -> object:
        """Begin a call and do not wait: a future of its result."""
        return self._portal.start_task_soon(partial(self.client.call_tool, tool, arguments))


def text_of(found: types.CallToolResult) -> str:
    """The text of an answer."""
    (content,) = found.content
    assert isinstance(content, types.TextContent)
    return content.text


@contextmanager
def connected(*words: str, mode: str = "auto", env: Mapping[str, str] | None = None) -> Iterator[Agent]:
    """A client of ``kg mcp WORDS``, which ends with it."""
    server = StdioServerParameters(command=KG, args=["mcp", *words], env={**os.environ, **(env or {})})
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server, mode=mode, cache=None)) as client,
    ):
        yield Agent(portal, client)
