"""kg mcp: the look-ups as tools for AI agents, over the Model Context Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.commands import options
from kg.commands.serve_limits import SECONDS, Memory, bound
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.server.served import Source

_MB = 1 << 20


@click.command()
@options.store_option
@bound("--time-limit", 20.0, SECONDS, "SECONDS", "The longest that an answer may take.")
@bound(
    "--prepare-limit",
    120.0,
    SECONDS,
    "SECONDS",
    "The longest that making a perspective may take, before the answer's time begins.",
)
@bound("--memory", 2048, Memory(), "MB", "The most memory of a process that answers, at least 32; 0 for any.")
@bound("--workers", 2, click.IntRange(1), "N", "Processes that answer at a time.")
def command(store: str | None, time_limit: float, prepare_limit: float, memory: int, workers: int) -> None:
    """Give the look-ups to an AI agent: a server of the Model Context Protocol on stdin and stdout.

    A client starts it and ends it. Tools: find, show, claims, disputes, timeline, treaty, compare and query, each
    under any perspective, all read-only. It needs the extra: pip install 'foedus[mcp]'.

    \b
    kg mcp
    kg mcp --store my.kg --time-limit 5
    """
    try:
        from kg.server.agents import serving
    except ModuleNotFoundError as cause:
        if (cause.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise UsageError(
            "the library of the Model Context Protocol is not installed",
            mend="pip install 'foedus[mcp]'",
            rule="extra-missing",
        ) from cause
    from kg.server.limits import Limits

    limits = Limits(workers=workers, time=time_limit, prepare=prepare_limit, memory=memory * _MB, cache=0)
    serving.run(_source(store), limits)


def _source(store: str | None) -> Source:
    """The store to answer from; it is opened once here, so that what is wrong with it is told at once.

    :raises UsageError: bad-option, for a store that is gone with this process.
    """
    from kg import graph as graphs
    from kg.server.served import Source

    if store == graphs.MEMORY:
        what = "a store in memory cannot be served: each process would have its own"
        raise UsageError(what, mend="give a folder with --store", rule="bad-option")
    with graphs.open(store) as graph:
        folder = graph.perspective().generation.parent
    return Source("claims", folder)
