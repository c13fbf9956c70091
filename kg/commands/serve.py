"""``kg serve``: the store on HTTP, as a SPARQL endpoint and an explorer."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.server.served import Source

_MB = 1 << 20
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")


@click.command("serve", short_help="Serve the store as a SPARQL endpoint and explorer over HTTP.")
@options.store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 for any free one.",
)
@click.option(
    "--plain",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Serve a plain RDF dataset: no claims, no checks, no perspectives.",
)
@click.option("--writable", is_flag=True, help="Take updates from who sends the token in KG_TOKEN.")
@click.option(
    "--workers",
    default=0,
    type=click.IntRange(0),
    metavar="N",
    help="Processes that answer at a time. Default: one for each core.",
)
@click.option(
    "--time-limit",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="The longest that an answer may take.",
)
@click.option(
    "--prepare-limit",
    default=120.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="The longest that making a perspective may take, before the answer's time begins.",
)
@click.option(
    "--write-limit",
    default=600.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="The longest that an update may take, with its checks and the generation that it makes.",
)
@click.option(
    "--memory",
    default=2048,
    show_default=True,
    type=click.IntRange(0),
    metavar="MB",
    help="The most memory of a worker; 0 for any.",
)
@click.option(
    "--max-rows",
    default=1_000_000,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="The most rows of an answer; 0 for any number.",
)
@click.option(
    "--max-bytes",
    default=256,
    show_default=True,
    type=click.IntRange(0),
    metavar="MB",
    help="The largest answer; 0 for any.",
)
@click.option(
    "--max-body",
    default=16,
    show_default=True,
    type=click.IntRange(1),
    metavar="MB",
    help="The largest body of a request.",
)
@click.option(
    "--body-time",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="The longest that a request may take to arrive.",
)
@click.option(
    "--per-client",
    default=128,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Requests of one address that may be under way; 0 for any number.",
)
@click.option(
    "--queue",
    default=512,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Requests that may wait for a worker.",
)
@click.option(
    "--remember",
    default=64,
    show_default=True,
    type=click.IntRange(0),
    metavar="MB",
    help="Answers to keep for who asks the same again; 0 for none.",
)
@click.option(
    "--grace",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="How long answers under way may take to end when the service is stopped.",
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin ask, '*' for any. May be repeated.",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="HOST[:PORT]",
    help="Let queries ask this host by SERVICE, and updates LOAD from it. May be repeated. Default: none.",
)
@click.option(
    "--access-log",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append a line for each request to this file and not to stderr.",
)
@options.lang_option
def command(
    store: str | None,
    host: str,
    port: int,
    plain: Path | None,
    writable: bool,
    workers: int,
    time_limit: float,
    prepare_limit: float,
    write_limit: float,
    memory: int,
    max_rows: int,
    max_bytes: int,
    max_body: int,
    body_time: float,
    per_client: int,
    queue: int,
    remember: int,
    grace: float,
    cors: tuple[str, ...],
    allow_host: tuple[str, ...],
    access_log: Path | None,
    lang: str,
) -> None:
    """Serve the store over HTTP: a SPARQL 1.1 endpoint at /sparql and the explorer at /.

    Any perspective is an endpoint: /sparql?according-to=Russia&as-of=2025-04-25. Only this machine can reach the
    service unless --host says otherwise. It is read-only unless --writable is given. Who asks what, when and how
    long it took goes to stderr. Ctrl-C ends it.

    \b
    kg serve
    kg serve --store my.kg --port 8080
    """
    from kg.server.limits import Limits
    from kg.server.serving import Settings, is_loopback, serve

    limits = Limits(
        workers=workers or os.cpu_count() or 1,
        time=time_limit,
        prepare=prepare_limit,
        write=write_limit,
        memory=memory * _MB,
        rows=max_rows,
        bytes=max_bytes * _MB,
        body=max_body * _MB,
        body_time=body_time,
        per_client=per_client,
        queue=queue,
        grace=grace,
        cache=remember * _MB,
    )
    settings = Settings(
        host=host,
        port=port,
        token=_token() if writable else "",
        origins=cors,
        hosts=tuple(map(_reachable, allow_host)),
        log=access_log,
    )
    source = _source(store, plain, lang, is_writable=writable)
    if not is_loopback(host):
        click.echo(f"warning: whoever can reach {host} can read all of the store", err=True)
    serve(source, limits, settings, ready=lambda address: click.echo(f"serving at {address}", err=True))


def _source(store: str | None, plain: Path | None, lang: str, *, is_writable: bool) -> Source:
    """What is to be served; a store of claims is opened once, so that what is wrong with it is told at once.

    :raises UsageError: bad-option, for a store that is gone with this process; shipped-store, for writing what
        is only a copy.
    """
    from kg import graph as graphs
    from kg.commands.waiting import sign_of_life
    from kg.server.plain import make_plain
    from kg.server.served import Source
    from kg.store.connect import store_location

    if plain is not None:
        make_plain(plain)
        return Source("plain", plain, lang)
    if store == graphs.MEMORY:
        what = "a store in memory cannot be served: each worker would have its own"
        raise UsageError(what, mend="give a folder with --store", rule="bad-option")
    where = store_location(store)
    if is_writable and (where == graphs.SHIPPED or "://" in where):
        what = "what is no folder cannot be written: the service has a copy of it"
        raise UsageError(what, mend="give a folder with --store", rule="shipped-store")
    with sign_of_life("opening the store"), graphs.open(store) as graph:
        folder = graph.perspective().generation.parent
    return Source("claims", folder, lang)


def _reachable(host: str) -> str:
    """A host that may be reached, as addresses are compared with it.

    :raises UsageError: bad-option.
    """
    if not _HOST.fullmatch(host):
        what = f"'{host}' is no host that could be reached"
        raise UsageError(
            what, mend="give its name and, if it is not the usual one, its port", rule="bad-option"
        )
    return host.lower()


def _token() -> str:
    token = os.environ.get("KG_TOKEN", "").strip()
    if len(token) < 8:
        raise UsageError(
            "--writable needs a token of at least 8 characters in KG_TOKEN",
            mend="set it to a text that nobody guesses",
            rule="no-token",
        )
    return token
