"""How long a command takes from the shell, as a ratio to the floor of any such command, measured in one run.

The floor is ``python -c "import click, pyoxigraph"``. Rounds are interleaved, so that a busy moment of the
machine falls on all; the figure is the median. Run it as ``python benchmarks/startup.py [--rounds N]``.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

QUERY = "SELECT ?d ?who { ?d a kg:Deployment ; kg:sendingState ?who }"
LIBRARIES = ("click", "pyoxigraph", "rdflib", "networkx", "pyvis", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Subject:
    """A command to time: its name, its words, and its goal as a ratio to the floor, if it has one."""

    name: str
    words: tuple[str, ...]
    goal: float | None = None


def subjects(scratch: Path) -> list[Subject]:
    """The floor first, then what is measured against it."""
    kg = str(Path(sys.executable).with_name("kg"))
    return [
        Subject("floor: import click, pyoxigraph", (sys.executable, "-c", "import click, pyoxigraph"), 1.0),
        Subject("kg --help", (kg, "--help"), 1.3),
        Subject("kg find Shoigu", (kg, "find", "Shoigu"), 1.6),
        Subject('kg show "Kim Jong Un"', (kg, "show", "Kim Jong Un"), 1.8),
        Subject("kg query -e ...", (kg, "query", "-e", QUERY), 1.8),
        Subject("kg claims --by Russia", (kg, "claims", "--by", "Russia")),
        Subject(
            "kg query -e ... --according-to Russia", (kg, "query", "-e", QUERY, "--according-to", "Russia")
        ),
        Subject("kg view", (kg, "view", "-o", str(scratch / "page.html"))),
    ]


def seconds(words: Sequence[str], env: dict[str, str]) -> float:
    """The wall time of one run; a run that fails ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(words)} left with {done.returncode}:\n{done.stderr}")
    return took


def interleaved(chosen: Sequence[Subject], rounds: int, env: dict[str, str]) -> dict[str, list[float]]:
    """The times of every subject, round by round; each is run once before, to warm the disk."""
    times: dict[str, list[float]] = {subject.name: [] for subject in chosen}
    for number in range(rounds + 1):
        for subject in chosen:
            took = seconds(subject.words, env)
            if number:
                times[subject.name].append(took)
    return times


def first_use(rounds: int, scratch: Path, env: dict[str, str]) -> list[float]:
    """The times of a look-up that has to build the store first: each round has an empty cache."""
    kg = str(Path(sys.executable).with_name("kg"))
    return [
        seconds((kg, "find", "Shoigu"), {**env, "KG_CACHE": str(scratch / f"empty-{number}")})
        for number in range(rounds)
    ]


def describe(write: Callable[[str], object]) -> None:
    """Print what the figures depend on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    write(f"{platform.platform(terse=True)}, {os.cpu_count()} cores, Python {platform.python_version()}")
    write(f"foedus {version('foedus')}; {libraries}")
    write(f"load average {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    describe(print)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        env = {name: text for name, text in os.environ.items() if name not in {"KG_STORE", "PYTHONPATH"}}
        env["KG_CACHE"] = str(scratch / "cache")
        chosen = subjects(scratch)
        times = interleaved(chosen, rounds, env)
        builds = first_use(max(3, rounds // 3), scratch, env)
    floor = statistics.median(times[chosen[0].name])
    print(f"{rounds} rounds, interleaved\n\n| command | median ms | ratio | goal |\n|---|---|---|---|")
    for subject in chosen:
        median = statistics.median(times[subject.name])
        goal = f"<= {subject.goal:.1f}" if subject.goal else "-"
        print(f"| `{subject.name}` | {median * 1000:.0f} | {median / floor:.2f} | {goal} |")
    built = statistics.median(builds)
    print(f"| first use: build, then `kg find Shoigu` | {built * 1000:.0f} | {built / floor:.1f} | < 3 s |")


if __name__ == "__main__":
    main()
