"""How long a command takes from the shell, as a ratio to the floor of any such command, measured in one run.

The floor is ``python -c "import click, pyoxigraph"``. Rounds are interleaved, so that a busy moment of the
machine falls on all; the figure is the median. Run it as ``python benchmarks/startup.py [--rounds N]``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from timing import KG, Subject, describe, environment, interleaved, seconds

QUERY = "SELECT ?d ?who { ?d a kg:Deployment ; kg:sendingState ?who }"
FLOOR = Subject("floor: import click, pyoxigraph", (sys.executable, "-c", "import click, pyoxigraph"), 1.0)
SUBJECTS = (
    Subject("kg --help", (KG, "--help"), 1.3),
    Subject("kg find Shoigu", (KG, "find", "Shoigu"), 1.6),
    Subject('kg show "Kim Jong Un"', (KG, "show", "Kim Jong Un"), 1.8),
    Subject("kg query -e ...", (KG, "query", "-e", QUERY), 1.8),
    Subject("kg claims --by Russia", (KG, "claims", "--by", "Russia")),
    Subject("kg query -e ... --according-to Russia", (KG, "query", "-e", QUERY, "--according-to", "Russia")),
)


def first_use(rounds: int, scratch: Path) -> float:
    """The median time of a look-up that has to build the store first: each round has an empty cache."""
    words = (KG, "find", "Shoigu")
    return statistics.median(seconds(words, environment(scratch / f"empty-{n}")) for n in range(rounds))


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        view = Subject("kg view", (KG, "view", "-o", str(scratch / "page.html")))
        subjects = (FLOOR, *SUBJECTS, view)
        medians = interleaved(subjects, rounds, environment(scratch / "cache"))
        built = first_use(max(3, rounds // 3), scratch)
    floor = medians[FLOOR.name]
    print(f"{describe()}\n{rounds} rounds, interleaved\n")
    print("| command | median ms | ratio | goal |\n|---|---|---|---|")
    for subject in subjects:
        goal = f"<= {subject.goal:.1f}" if subject.goal else "-"
        median = medians[subject.name]
        print(f"| `{subject.name}` | {median * 1000:.0f} | {median / floor:.2f} | {goal} |")
    print(f"| first use: build, then `kg find Shoigu` | {built * 1000:.0f} | {built / floor:.1f} | < 3 s |")


if __name__ == "__main__":
    main()
