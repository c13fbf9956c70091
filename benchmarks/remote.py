"""What a store behind an endpoint costs: requests, bytes and seconds of verbs; loading and copying made-up claims.

Give the addresses of engines that run, hold nothing that is worth keeping, and may be written to::

    oxigraph serve -l folder &
    python benchmarks/remote.py http://localhost:7878/query --claims 10000

With --excerpts the addresses are of made-up stores of any size, which are only read, as too large to be copied::

    python benchmarks/remote.py --excerpts http://localhost:7878/query http://localhost:7879/query
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from make_data import make_store
from timing import describe

from kg.commands.main import run
from kg.remote import open_remote
from kg.store.marker import Marker
from kg.store.push import Before, push
from kg.store.remote import Remote
from kg.store.slices import Text
from kg.store.snapshot import open_snapshot

DOSSIER = Path(__file__).resolve().parents[1] / "data" / "dossiers"
ROWS = "SELECT ?d ?who { ?d a kg:Deployment ; kg:sendingState ?who }"
RUSSIA = ("--according-to", "Russia", "--as-of", "2025-04-28")
#: What is run, in this order, from an empty cache: name -> words, and whether perspectives are kept there.
VERBS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("`kg query`, default perspective", ("query", "-e", ROWS), False),
    ("`kg show`, the first time: the copy is made", ("show", "Russia"), False),
    ("`kg show`, later", ("show", "Russia"), False),
    ("`kg disputes`", ("disputes",), False),
    ("`kg query --according-to`, from the copy", ("query", "-e", ROWS, *RUSSIA), False),
    ("the same with `KG_REMOTE_WRITE`, the first time", ("query", "-e", ROWS, *RUSSIA), True),
    ("the same, later", ("query", "-e", ROWS, *RUSSIA), True),
    ("`kg load` of what is there", ("load", str(DOSSIER)), False),
)


#: What is asked of a store that is too large to be copied, in this order.
EXCERPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("`kg show` of an event, the first of all: with the ontology", ("show", "id:event-0000100")),
    ("`kg show` of another event", ("show", "id:event-0000101")),
    ("`kg show` of the same again, under a perspective", ("show", "id:event-0000101", "--as-of", "2024")),
    ("`kg timeline` of a third", ("timeline", "id:event-0000102")),
    ("`kg disputes` on a fourth", ("disputes", "id:event-0000103")),
    ("`kg show` of a person in office", ("show", "id:person-03-01")),
    ("`kg claims` about a place", ("claims", "id:place-025")),
    ("`kg find`, the first time: all names", ("find", "state 3")),
    ("`kg show` by name, later", ("show", "event 104")),
)


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--claims", type=int, default=0, help="also load and copy so many made-up claims")
    parser.add_argument("--excerpts", action="store_true", help="ask of stores as too large to be copied")
    asked = parser.parse_args()
    print(describe())
    if asked.excerpts:
        excerpts(asked.addresses)
        return
    for address in asked.addresses:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["KG_CACHE"] = str(Path(folder) / "loads")
            print(f"\n{address}\n\n| what | requests | bytes | s |\n|---|---|---|---|")
            print(row("`kg load data/dossiers`", ("load", str(DOSSIER)), address))
            os.environ["KG_CACHE"] = str(Path(folder) / "reads")
            for name, words, keeps in VERBS:
                os.environ["KG_REMOTE_WRITE"] = "1" if keeps else ""
                print(row(name, words, address))
            if asked.claims:
                large(address, asked.claims, Path(folder))


def excerpts(addresses: list[str]) -> None:
    """Ask of stores that are too large to be copied."""
    os.environ["KG_MIRROR_QUADS"] = "0"
    for address in addresses:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["KG_CACHE"] = folder
            print(f"\n{address}\n\n| what | requests | bytes | s |\n|---|---|---|---|")
            for name, words in EXCERPTS:
                print(row(name, words, address))


def row(name: str, words: tuple[str, ...], address: str) -> str:
    """A row of the table for one command, run in this process."""
    with counted() as remotes:
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
            code = run([*words, "--store", address])
        took = time.perf_counter() - start
    if code > 1:
        sys.exit(f"kg {' '.join(words)} left with {code}")
    return (
        f"| {name} | {sum(r.requests for r in remotes)} | {sum(r.received for r in remotes):,} | {took:.2f} |"
    )


def large(address: str, claims: int, scratch: Path) -> None:
    """Load so many claims in the place of what is there, and copy them back."""
    store = scratch / "made.kg"
    store.mkdir()
    make_store(store, claims)
    snapshot = open_snapshot(store)
    remote = Remote(address)
    remote.update("DROP ALL")
    start = time.perf_counter()
    push(remote, Marker(), Before(Text(b"", {}, 0), None), snapshot)
    loaded = time.perf_counter() - start
    with counted() as remotes:
        start = time.perf_counter()
        copy = open_remote(address).text()
        copied = time.perf_counter() - start
    assert len(copy) == len(snapshot.text())
    print(
        f"\n{claims} claims, {snapshot.manifest.quads} quads: loaded in {loaded:.1f} s by {remote.requests}"
    )
    print(f"requests; copied in {copied:.1f} s, {sum(r.received for r in remotes):,} bytes")


@contextlib.contextmanager
def counted() -> Iterator[list[Remote]]:
    """The clients that are made within the block; they count."""
    made: list[Remote] = []
    before = Remote.__init__

    def remember(self: Remote, address: str) -> None:
        before(self, address)
        made.append(self)

    Remote.__init__ = remember  # type: ignore[method-assign]  # for the time of the block
    try:
        yield made
    finally:
        Remote.__init__ = before  # type: ignore[method-assign]  # as it was


if __name__ == "__main__":
    main()
