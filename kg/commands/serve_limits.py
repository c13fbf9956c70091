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
Kind = click.IntRange | click.FloatRange


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


#: Any time but none.
SECONDS = Seconds(0, min_open=True)


def _keep(context: click.Context, parameter: click.Parameter, value: float) -> None:
    """Keep a limit by the name of its option."""
    context.meta.setdefault(_LIMITS, {})[parameter.name] = value


def bound(name: str, default: float, kind: Kind, metavar: str, help: str) -> Callable[[_Command], _Command]:
    """An option that bounds something, as an argument of the command; the manual shows its default."""
    return click.option(name, default=default, show_default=True, type=kind, metavar=metavar, help=help)


def _kept(
    name: str, default: float, kind: Kind, metavar: str, help: str, *, is_shown: bool = True
) -> Callable[[_Command], _Command]:
    """The same, kept for :func:`limits_of` and no argument."""
    return click.option(
        name,
        default=default,
        show_default=is_shown,
        type=kind,
        metavar=metavar,
        help=help,
        callback=_keep,
        expose_value=False,
    )


_OPTIONS = (
    _kept(
        "--workers",
        0,
        click.IntRange(0, _MOST_WORKERS),
        "N",
        "Processes that answer at a time. Default: one for each core.",
        is_shown=False,
    ),
    _kept("--time-limit", 30.0, SECONDS, "SECONDS", "The longest that an answer may take."),
    _kept(
        "--prepare-limit",
        120.0,
        SECONDS,
        "SECONDS",
        "The longest that making a perspective may take, before the answer's time begins.",
    ),
    _kept(
        "--write-limit",
        600.0,
        SECONDS,
        "SECONDS",
        "The longest that an update may take, with its checks and the generation that it makes.",
    ),
    _kept("--memory", 2048, Memory(), "MB", "The most memory of a worker, at least 32; 0 for any."),
    _kept("--max-rows", 1_000_000, click.IntRange(0), "N", "The most rows of an answer; 0 for any number."),
    _kept("--max-bytes", 256, click.IntRange(0), "MB", "The largest answer; 0 for any."),
    _kept("--max-body", 16, click.IntRange(1), "MB", "The largest body of a request."),
    _kept("--body-time", 10.0, SECONDS, "SECONDS", "The longest that a request may take to arrive."),
    _kept(
        "--per-client",
        128,
        click.IntRange(0),
        "N",
        "Requests of one address that may be under way; 0 for any number.",
    ),
    _kept("--queue", 512, click.IntRange(0), "N", "Requests that may wait for a worker."),
    _kept(
        "--remember", 64, click.IntRange(0), "MB", "Answers to keep for who asks the same again; 0 for none."
    ),
    _kept(
        "--grace",
        10.0,
        Seconds(0),
        "SECONDS",
        "How long answers under way may take to end when the service is stopped.",
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
