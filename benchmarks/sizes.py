"""A benchmark over stores of several sizes: each measured in a process of its own, and one table of all."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from make_data import make_store
from timing import describe


def over_sizes(
    measure: Callable[[Path], Mapping[str, float]], *, script: str, manual: str | None, unit: str
) -> None:
    """Measure every size with ``measure``, which ``script`` calls by this, and print the growth from size to size."""
    parser = argparse.ArgumentParser(description=manual)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--stores", type=Path, default=None, help="a folder in which made stores are kept")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(measure(given.only)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["KG_CACHE"] = str(Path(scratch) / "cache")
        stores = given.stores or Path(scratch)
        stores.mkdir(parents=True, exist_ok=True)
        columns = []
        for size in given.sizes:
            folder = stores / f"made-{size}"
            if not (folder / "current").exists():
                make_store(folder, size)
            words = [sys.executable, script, "--only", str(folder)]
            told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
            columns.append(json.loads(told))
    print(f"{describe()}\n\n| {unit} | {' | '.join(f'{size:,} claims' for size in given.sizes)} | growth |")
    print("|---|" + "---|" * (len(columns) + 1))
    for name in columns[0]:
        values = [column.get(name) for column in columns]
        known = [value for value in values if value is not None]
        growth = f"{known[-1] / known[0]:,.1f}x" if known[0] else "-"
        print(f"| {name} | {' | '.join(map(_shown, values))} | {growth} |")


def _shown(value: float | None) -> str:
    """Three digits; a dash for what a size was not measured at."""
    if value is None:
        return "-"
    return f"{value:,.3g}" if value < 100 else f"{value:,.0f}"
