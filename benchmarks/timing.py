"""Timing whole commands from the shell: interleaved rounds, medians, and what the figures depend on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

KG = str(Path(sys.executable).with_name("kg"))
LIBRARIES = ("click", "pyoxigraph", "rdflib", "networkx", "pyvis", "pyshacl", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Subject:
    """A command to time: its name, its words, and its goal as a ratio to the floor, if it has one."""

    name: str
    words: tuple[str, ...]
    goal: float | None = None


def environment(cache: Path) -> dict[str, str]:
    """The environment of a user with an empty cache and no settings."""
    kept = {name: text for name, text in os.environ.items() if name not in {"KG_STORE", "PYTHONPATH"}}
    return {**kept, "KG_CACHE": str(cache)}


def seconds(words: Sequence[str], env: Mapping[str, str]) -> float:
    """The wall time of one run; a run that fails ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(words)} left with {done.returncode}:\n{done.stderr}")
    return took


def interleaved(subjects: Sequence[Subject], rounds: int, env: Mapping[str, str]) -> dict[str, float]:
    """The median time of every subject, taken round by round; each runs once before, to warm the disk."""
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for number in range(rounds + 1):
        for subject in subjects:
            took = seconds(subject.words, env)
            if number:
                times[subject.name].append(took)
    return {name: statistics.median(taken) for name, taken in times.items()}


def describe() -> str:
    """What the figures depend on, in three lines."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.platform(terse=True)}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
        f"foedus {version('foedus')}; {libraries}\n"
        f"load average {os.getloadavg()[0]:.1f}"
    )
