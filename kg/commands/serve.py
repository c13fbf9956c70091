"""``kg serve``: the store on HTTP, as a SPARQL endpoint and an explorer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kg.commands import options, serve_addresses
from kg.commands.serve_limits import limit_options, limits_of
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.server.served import Source


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
    "--name",
    multiple=True,
    metavar="HOST",
    help="Another name by which this machine alone is asked, as by a proxy on it. May be repeated.",
)
@click.option(
    "--behind-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Believe a proxy at this address, or in this network, in whose name it asks. May be repeated.",
)
@click.option(
    "--plain",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Serve a plain RDF dataset: no claims, no checks, no perspectives.",
)
@click.option("--writable", is_flag=True, help="Take updates from who sends the token in KG_TOKEN.")
@limit_options
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
@click.pass_context
def command(
    context: click.Context,
    store: str | None,
    host: str,
    port: int,
    name: tuple[str, ...],
    proxies: tuple[str, ...],
    plain: Path | None,
    writable: bool,
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
    from kg.server.serving import Settings, is_loopback, listen, serve

    if plain is not None and context.get_parameter_source("store") is ParameterSource.COMMANDLINE:
        what = "--plain and --store are two things to serve"
        raise UsageError(what, mend="give one of them", rule="bad-option")
    settings = Settings(
        host=host,
        port=port,
        names=tuple(map(serve_addresses.own_name, name)),
        proxies=tuple(map(serve_addresses.proxy, proxies)),
        token=_token() if writable else "",
        origins=tuple(map(serve_addresses.origin, cors)),
        hosts=tuple(map(serve_addresses.reachable, allow_host)),
        log=access_log,
    )
    limits = limits_of(context)
    with listen(settings) as listening:  # first: nothing is made, and nothing said, of what cannot be
        source = _source(store, plain, lang, is_writable=writable)

        def ready(address: str) -> None:
            if not is_loopback(host):
                click.echo(f"warning: whoever can reach {host} can read all of the store", err=True)
            click.echo(f"serving at {address}", err=True)

        serve(source, limits, settings, listening, ready=ready)


def _source(store: str | None, plain: Path | None, lang: str, *, is_writable: bool) -> Source:
    """What is to be served; a store of claims is opened once, so that what is wrong with it is told at once.

    :raises UsageError: bad-option, for a store that is gone with this process; shipped-store, for writing what
        is only a copy.
    :raises StoreError: no-such-store, and what is wrong with it.
    """
    from kg import graph as graphs
    from kg.commands.waiting import sign_of_life
    from kg.server.plain import make_plain, read_plain
    from kg.server.served import Source
    from kg.store.connect import store_location

    if plain is not None:
        if not is_writable:
            read_plain(plain)
        elif make_plain(plain):
            click.echo(f"'{plain}' is a new dataset, with nothing in it yet", err=True)
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


def _token() -> str:
    token = os.environ.get("KG_TOKEN", "").strip()
    if len(token) < 8:
        raise UsageError(
            "--writable needs a token of at least 8 characters in KG_TOKEN",
            mend="set it to a text that nobody guesses",
            rule="no-token",
        )
    return token
