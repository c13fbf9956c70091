"""``kg load``: dossiers into a store, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.output import ROW_FORMATS, Answer, Json, write
from kg.commands.tables import visible
from kg.commands.waiting import sign_of_life
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.checks.finding import Finding

_STORE = "store.kg"
_COLUMNS = ("store", "files", "claims", "quads")


@click.command("load", short_help="Load a dossier into a store, all or nothing.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--store",
    metavar="LOCATION",
    envvar="KG_STORE",
    default=_STORE,
    help="A folder, made when it is not there, or a SPARQL endpoint. Default: KG_STORE, else ./store.kg.",
)
@click.option(
    "--format",
    type=click.Choice(ROW_FORMATS),
    default="table",
    show_default=True,
    help="The form of the counts.",
)
def command(paths: tuple[Path, ...], store: str, format: str) -> None:
    """Load dossiers, files or folders of TriG, into a store.

    What is loaded is checked first, on the ground of what the store holds already; a finding at ERROR, or
    anything that goes wrong later, leaves the store as it was. Who reads it meanwhile is not disturbed.
    What is loaded again and has not changed changes nothing.

    An endpoint (https://...) is written in batches: a load that breaks off there is seen by every reader, and
    is finished by repeating it. KG_AUTHORIZATION is the value of the header that lets us in.

    Exit code: 0 loaded, 3 the data break a rule, 4 the store is locked, damaged, out of reach or cannot be written.

    \b
    kg load my-dossier
    kg load actors.trig claims.trig --store my.kg

    \b
    kg load my-dossier/
    kg load my-dossier/ more.trig --store both.kg
    """
    from kg import graph as graphs
    from kg.checks.finding import errors
    from kg.checks.run import read_paths
    from kg.loading import RejectedError

    with sign_of_life("loading"):
        faults = errors(finding for reading in read_paths(paths) for finding in reading.findings)
        if faults:
            _refuse(faults)
        try:
            loaded = graphs.load(paths, location=store)
        except RejectedError as rejected:
            _refuse(rejected.findings)
    row = (store, loaded.files, loaded.claims, loaded.quads)
    data: Json = dict(zip(_COLUMNS, row, strict=True))
    write(Answer(data, _COLUMNS, [[str(cell) for cell in row]]), format=format)


def _refuse(findings: Sequence[Finding]) -> None:
    """Say every finding, then that nothing was loaded.

    :raises DataError: not-loaded.
    """
    sys.stderr.write("".join(f"{visible(str(finding))}\n" for finding in findings))
    what = "1 error" if len(findings) == 1 else f"{len(findings)} errors"
    raise DataError(
        f"nothing was loaded: {what}",
        mend="mend them and load again; the store is as it was",
        rule="not-loaded",
    )
