"""The service under load, beside the engine's own server and Virtuoso, on the same data and queries in one run.

Run ``python benchmarks/serve.py [--claims 100000] [--stores FOLDER] [--seconds 4] [--rounds 2]``. It needs wrk, and
``pip install oxigraph``; Virtuoso is left out where it is not installed. All traffic is on loopback, and ends by
itself. First the answers are compared; ratios come last, and what they are ratios to.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from make_data import make_store
from serve_engines import Engine, has_virtuoso, ours, oxigraph, virtuoso, write_triples
from serve_load import Figures, differing, queries, run
from timing import describe

from kg import graph as graphs

CLIENTS = (1, 8, 64)
GOAL = 0.8  # of the engine's own server, for point queries
MANY = 100_000  # requests over which memory must be flat
UNCACHED, CACHED = "kg serve, nothing kept", "kg serve"

Cells = dict[tuple[str, int, str], Figures]  # kind of query, clients, engine


def main() -> None:
    """Measure the shipped dossier and a made-up store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--claims", type=int, default=100_000, help="of the made-up store; 0 for the shipped alone"
    )
    parser.add_argument("--stores", type=Path, default=None, help="a folder in which made stores are kept")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--many", type=int, default=MANY, help="requests of the memory test")
    given = parser.parse_args()
    print(describe())
    print(versions())
    with tempfile.TemporaryDirectory() as scratch:
        for name, folder in _stores(given.claims, given.stores or Path(scratch)):
            with tempfile.TemporaryDirectory() as inner:
                measure(
                    name, folder, Path(inner), seconds=given.seconds, rounds=given.rounds, many=given.many
                )


def _stores(claims: int, folder: Path) -> Iterator[tuple[str, Path]]:
    with graphs.open(graphs.SHIPPED) as graph:
        yield "the shipped dossier", graph.perspective().generation.parent
    if claims:
        made = folder / f"made-{claims}"
        if not (made / "current").exists():
            make_store(made, claims)
        yield f"{claims:,} made-up claims", made


def versions() -> str:
    """The programs besides our libraries."""
    told = [
        subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
        .stdout.split("[")[0]
        .strip()
    ]
    program = Path(sys.executable).with_name("oxigraph")
    told.append(
        subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    )
    if has_virtuoso():
        text = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True, check=False).stderr
        told.append("Virtuoso " + "".join(re.findall(r"Version ([\d.]+)", text)[:1]))
    return ", ".join([*told, platform.machine()])


def measure(name: str, folder: Path, scratch: Path, *, seconds: float, rounds: int, many: int) -> None:
    """All figures of one store."""
    asked = queries(folder)
    with ExitStack() as stack:
        engines = [stack.enter_context(oxigraph(folder, scratch))]
        engines += [
            stack.enter_context(ours(folder, scratch, name=told, words=words))
            for told, words in ((UNCACHED, ("--remember", "0")), (CACHED, ()))
        ]
        if has_virtuoso():
            triples = scratch / "load" / "default.nt"
            triples.parent.mkdir()
            count = write_triples(folder, triples)
            engines.append(stack.enter_context(virtuoso(triples, scratch)))
            print(f"\n## {name}: {count:,} triples in the default graph\n")
        else:
            print(f"\n## {name}\n")
        for other, wrong in differing(engines, asked).items():
            print(f"answers that differ from those of {engines[0].name}: {other}: {wrong}")
        cells = _load(engines, asked, seconds, rounds, scratch)
        _print_table(engines, cells)
        _print_memory(engines, asked["point"], many, scratch)
        _print_ratios(engines, cells)


def _load(
    engines: Sequence[Engine], asked: Mapping[str, Sequence[str]], seconds: float, rounds: int, scratch: Path
) -> Cells:
    """Every kind of query at every number of clients, the engines in turn; the median round by its rate."""
    cells: Cells = {}
    for kind, texts in asked.items():
        for engine in engines:
            run(engine, texts, clients=4, seconds=1, scratch=scratch)
        for clients in CLIENTS:
            taken: dict[str, list[Figures]] = {engine.name: [] for engine in engines}
            for _ in range(rounds):
                for engine in engines:
                    taken[engine.name].append(
                        run(engine, texts, clients=clients, seconds=seconds, scratch=scratch)
                    )
            for engine in engines:
                cells[kind, clients, engine.name] = _middle(taken[engine.name])
    return cells


def _middle(taken: Sequence[Figures]) -> Figures:
    """The median of each figure; errors add up."""
    return Figures(
        requests=round(median(one.requests for one in taken)),
        seconds=median(one.seconds for one in taken),
        p50=median(one.p50 for one in taken),
        p99=median(one.p99 for one in taken),
        errors=sum(one.errors for one in taken),
        processor=median(one.processor for one in taken),
    )


def _print_table(engines: Sequence[Engine], cells: Cells) -> None:
    print("\n| query | clients | engine | answers/s | p50 ms | p99 ms | errors | processor us/answer |")
    print("|---|---|---|---|---|---|---|---|")
    for (kind, clients, name), found in cells.items():
        figures = (
            f"{found.rate:,.0f} | {found.p50:.2f} | {found.p99:.2f} | {found.errors} | {found.processor:,.0f}"
        )
        print(f"| {kind} | {clients} | {name} | {figures} |", flush=True)


def _print_memory(engines: Sequence[Engine], texts: Sequence[str], many: int, scratch: Path) -> None:
    """What the processes of each engine hold before, while and after many requests."""
    print(f"\n| memory in MB, {many:,} point queries | start | a quarter | half | end | errors |")
    print("|---|---|---|---|---|---|")
    for engine in engines[:3]:  # ours, and the engine's own
        told, sent, failed = {0.0: engine.memory()}, 0, 0
        while sent < many:
            found = run(engine, texts, clients=8, seconds=2, scratch=scratch)
            sent, failed = sent + found.requests, failed + found.errors
            told[sent / many] = engine.memory()
        start, quarter, half, end = (_at(told, share) for share in (0, 0.25, 0.5, 1))
        print(
            f"| {engine.name} | {start:,.0f} | {quarter:,.0f} | {half:,.0f} | {end:,.0f} | {failed} |",
            flush=True,
        )


def _at(told: Mapping[float, float], share: float) -> float:
    """The memory when this share of the requests had been sent."""
    return next(memory for sent, memory in told.items() if sent >= share)


def _print_ratios(engines: Sequence[Engine], cells: Cells) -> None:
    first = engines[0].name
    print(
        f"\n| answers/s beside {first} | "
        + " | ".join(f"{clients} clients" for clients in CLIENTS)
        + " | goal |"
    )
    print("|---|" + "---|" * (len(CLIENTS) + 1))
    for kind in dict.fromkeys(kind for kind, _, _ in cells):
        for engine in engines[1:]:
            rates = (cells[kind, n, engine.name].rate / cells[kind, n, first].rate for n in CLIENTS)
            goal = f">= {GOAL}" if kind == "point" and engine.name != "Virtuoso" else "-"
            print(f"| {kind}: {engine.name} | {' | '.join(f'{rate:.2f}' for rate in rates)} | {goal} |")
    print(f"\n| processor time of {first} beside | " + " | ".join(f"{n} clients" for n in CLIENTS) + " |")
    print("|---|" + "---|" * len(CLIENTS))
    for kind in dict.fromkeys(kind for kind, _, _ in cells):
        for engine in engines[1:]:
            shares = (
                cells[kind, n, first].processor / cells[kind, n, engine.name].processor for n in CLIENTS
            )
            print(f"| {kind}: {engine.name} | {' | '.join(f'{share:.2f}' for share in shares)} |")


if __name__ == "__main__":
    main()
