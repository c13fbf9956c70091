"""What the page of a whole store costs in Python, from 1,000 claims on: to gather, to draw, in memory, in bytes.

Run ``python benchmarks/page_stores.py [--sizes 1000 5000 20000 100000] [--stores FOLDER]``. Each size runs in a process
of its own; the stores are made if they are not in the folder. Times are processor times.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_data import make_store
from perspectives import _memory
from timing import describe

from kg import graph as graphs
from kg.page.document import gathered, render, render_lite
from kg.perspective.definition import Definition


def measure(folder: Path) -> dict[str, float]:
    """The figures of one store."""
    view = graphs.open(folder)._view(Definition())
    start = time.process_time()
    known = gathered(view, lang="en", title="")
    gathering = time.process_time()
    page = render(known)
    drawing = time.process_time()
    lite = render_lite(known)
    return {
        "gather, s": gathering - start,
        "draw and write, s": drawing - gathering,
        "the same, lite, s": time.process_time() - drawing,
        "page, kB": len(page.encode()) / 1000,
        "lite, kB": len(lite.encode()) / 1000,
        "claims in the page": len(known.claims),
        "claims left out, and told so": known.omitted,
        "peak memory, MB": _memory(),
    }


def main() -> None:
    """Measure every size in a process of its own and print one table, with the growth from step to step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 5_000, 20_000, 100_000])
    parser.add_argument("--stores", type=Path, help="a folder in which made stores are kept")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(measure(asked.only)))
        return
    columns = []
    with tempfile.TemporaryDirectory() as scratch:
        stores = asked.stores or Path(scratch)
        stores.mkdir(parents=True, exist_ok=True)
        for size in asked.sizes:
            folder = stores / f"made-{size}"
            if not (folder / "current").exists():
                make_store(folder, size)
            words = [sys.executable, __file__, "--only", str(folder)]
            done = subprocess.run(words, check=True, capture_output=True, text=True)
            columns.append(json.loads(done.stdout))
    print(f"{describe()}\n\n| figure | {' | '.join(f'{size:,}' for size in asked.sizes)} claims | growth |")
    print("|---|" + "---|" * (len(columns) + 1))
    for name in columns[0]:
        values = [column[name] for column in columns]
        shown = " | ".join(f"{value:,.0f}" if value >= 100 else f"{value:.3g}" for value in values)
        growth = f"{values[-1] / values[0]:,.0f}x" if values[0] else ""
        print(f"| {name} | {shown} | {growth} |")


if __name__ == "__main__":
    main()
