"""The options of ``kg serve`` that bound what a request may use; too many to be arguments of its function."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from kg.server.limits import Limits

_MB = 1 << 20
_LIMITS = "kg.limits"
#: MB below which a worker can answer next to nothing.
_LEAST_MEMORY = 32
_MOST_WORKERS = 1024
_Command = TypeVar("_Command", bound=Callable[..., object])


class Seconds(click.FloatRange):
    """A time that is a number: not without end, and not NaN, which no range keeps out."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds that were given."""
        seconds: float = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value} is no number of seconds.", param, ctx)
        return seconds


class Memory(click.IntRange):
    """The memory of a worker in MB: 0 for any, else enough to answer with."""

    def __init__(self) -> None:
        super().__init__(0)

    def convert(self, value: int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The MB that were given."""
        most: int = super().convert(value, param, ctx)
        if 0 < most < _LEAST_MEMORY:
            self.fail(f"{most} MB are too little to answer with: {_LEAST_MEMORY} are the least.", param, ctx)
        return most


def _keep(context: click.Context, parameter: click.Parameter, value: float) -> None:
    """Keep a limit by the name of its option."""
    context.meta.setdefault(_LIMITS, {})[parameter.name] = value


_OPTIONS = (
    click.option(
        "--workers",
        default=0,
        type=click.IntRange(0, _MOST_WORKERS),
        metavar="N",
        help="Processes that answer at a time. Default: one for each core.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--time-limit",
        default=30.0,
        show_default=True,
        type=Seconds(0, min_open=True),
        metavar="SECONDS",
        help="The longest that an answer may take.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--prepare-limit",
        default=120.0,
        show_default=True,
        type=Seconds(0, min_open=True),
        metavar="SECONDS",
        help="The longest that making a perspective may take, before the answer's time begins.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--write-limit",
        default=600.0,
        show_default=True,
        type=Seconds(0, min_open=True),
        metavar="SECONDS",
        help="The longest that an update may take, with its checks and the generation that it makes.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--memory",
        default=2048,
        show_default=True,
        type=Memory(),
        metavar="MB",
        help="The most memory of a worker, at least 32; 0 for any.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--max-rows",
        default=1_000_000,
        show_default=True,
        type=click.IntRange(0),
        metavar="N",
        help="The most rows of an answer; 0 for any number.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--max-bytes",
        default=256,
        show_default=True,
        type=click.IntRange(0),
        metavar="MB",
        help="The largest answer; 0 for any.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--max-body",
        default=16,
        show_default=True,
        type=click.IntRange(1),
        metavar="MB",
        help="The largest body of a request.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--body-time",
        default=10.0,
        show_default=True,
        type=Seconds(0, min_open=True),
        metavar="SECONDS",
        help="The longest that a request may take to arrive.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--per-client",
        default=128,
        show_default=True,
        type=click.IntRange(0),
        metavar="N",
        help="Requests of one address that may be under way; 0 for any number.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--queue",
        default=512,
        show_default=True,
        type=click.IntRange(0),
        metavar="N",
        help="Requests that may wait for a worker.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--remember",
        default=64,
        show_default=True,
        type=click.IntRange(0),
        metavar="MB",
        help="Answers to keep for who asks the same again; 0 for none.",
        callback=_keep,
        expose_value=False,
    ),
    click.option(
        "--grace",
        default=10.0,
        show_default=True,
        type=Seconds(0),
        metavar="SECONDS",
        help="How long answers under way may take to end when the service is stopped.",
        callback=_keep,
        expose_value=False,
    ),
)


def limit_options(command: _Command) -> _Command:
    """All of them, in the order of the manual; :func:`limits_of` reads them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def limits_of(context: click.Context) -> Limits:
    """The limits that were given."""
    from kg.server.limits import Limits

    given: dict[str, float] = context.meta[_LIMITS]
    return Limits(
        workers=int(given["workers"]) or os.cpu_count() or 1,
        time=given["time_limit"],
        prepare=given["prepare_limit"],
        write=given["write_limit"],
        memory=int(given["memory"]) * _MB,
        rows=int(given["max_rows"]),
        bytes=int(given["max_bytes"]) * _MB,
        body=int(given["max_body"]) * _MB,
        body_time=given["body_time"],
        per_client=int(given["per_client"]),
        queue=int(given["queue"]),
        grace=given["grace"],
        cache=int(given["remember"]) * _MB,
    )
