"""How long the work over the whole dossier takes: load, check, every export, the page; in seconds and ratios.

The floor is ``python -c "import click, pyoxigraph"``, in the same run. Run ``python benchmarks/build.py``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from timing import KG, describe, environment, seconds

DOSSIER = Path(__file__).resolve().parents[1] / "data" / "dossiers"
FORMATS = ("trig", "turtle", "nquads", "jsonld", "rdfxml", "graphml", "gexf", "csv")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        env = environment(scratch / "cache")
        floor_words = (sys.executable, "-c", "import click, pyoxigraph")
        floor = statistics.median(seconds(floor_words, env) for _ in range(rounds))
        rows: list[tuple[str, float]] = []
        loads = [
            seconds((KG, "load", str(DOSSIER), "--store", str(scratch / f"store-{n}")), env)
            for n in range(rounds)
        ]
        rows.append(("kg load data/dossiers", statistics.median(loads)))
        store = str(scratch / "store-0")
        work = [("kg check", (KG, "check")), ("kg view", (KG, "view", "-o", str(scratch / "page.html")))]
        for name in FORMATS:
            out = str(scratch / f"export.{name}")
            work.append(
                (f"kg export --format {name}", (KG, "export", "--format", name, "-o", out, "--store", store))
            )
        for name, words in work:
            rows.append((name, statistics.median(seconds(words, env) for _ in range(rounds))))
    print(f"{describe()}\n{rounds} rounds\n\n| command | median s | ratio to the floor |\n|---|---|---|")
    for name, taken in rows:
        print(f"| `{name}` | {taken:.2f} | {taken / floor:.1f} |")


if __name__ == "__main__":
    main()
