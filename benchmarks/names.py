"""What finding a thing by name costs and yields: look-ups at 1k, 100k and 1M names, peers, cold start, quality.

The names are made up and the same in every run. Peers answer the same questions in the same run: rapidfuzz over
a list of names, and SQLite's FTS5 with trigrams. Times are of the processor, so that a busy machine does not
count, but for whole commands, whose rounds are interleaved. Run ``python benchmarks/names.py [--sizes 1000 100000]``.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from made_names import made_names, mistyped, types_of
from name_quality import print_quality
from rapidfuzz import fuzz, process
from timing import KG, Subject, describe, environment, interleaved

from kg.errors import KgError
from kg.lookup.index import NameIndex
from kg.lookup.name import Name

SIZES = (1_000, 100_000, 1_000_000)
QUESTIONS, SLOW_QUESTIONS = 300, 8
#: The memory that a process takes for itself when it opens an index and looks one name up; pages of the file, which
#: the system lends and takes back, not counted.
MEMORY = """
import sys
from pathlib import Path
from kg.lookup.index import NameIndex
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
before = resident()
index = NameIndex.load(Path(sys.argv[1]))
opened = resident()
index.search(sys.argv[2])
print(opened - before, resident() - before)
"""

Ask = Callable[[str], object]


def milliseconds(ask: Ask, questions: Sequence[str]) -> list[float]:
    """How long each answer took."""
    took = []
    for question in questions:
        start = time.process_time()
        ask(question)
        took.append(1000 * (time.process_time() - start))
    return took


def shown(took: Sequence[float]) -> str:
    """Median and 99th percentile, in milliseconds."""
    ordered = sorted(took)
    return f"{statistics.median(took):.2f} | {ordered[int(0.99 * (len(ordered) - 1))]:.1f}"


def build(names: Sequence[Name], file: Path) -> NameIndex:
    """Build an index, tell what it cost, and open it from its file."""
    types = types_of(names)
    start = time.process_time()
    NameIndex.gather(names, types=types, above={}).save(file)
    seconds = time.process_time() - start
    size = file.stat().st_size
    rate = f"{len(names) / seconds:,.0f} names/s"
    print(
        f"| {len(names):,} | {seconds:.2f} s | {rate} | {size / 1e6:.1f} MB | {size / len(names):.0f} |",
        end="",
    )
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(file), names[len(names) // 2].text],
        capture_output=True,
        text=True,
        check=True,
    )
    opened, asked = done.stdout.split()
    print(f" {int(opened) / 1024:.1f} MB | {int(asked) / 1024:.1f} MB |")
    return NameIndex.load(file)


def trigrams(names: Sequence[Name]) -> Ask:
    """SQLite's FTS5 with trigrams: first the text as it is, else any of its trigrams, best first."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE name USING fts5(text, tokenize='trigram')")
    base.executemany(
        "INSERT INTO name(rowid, text) VALUES (?, ?)", ((n, name.text) for n, name in enumerate(names))
    )
    ask = "SELECT rowid FROM name WHERE name MATCH ? ORDER BY rank LIMIT 5"

    def answer(text: str) -> object:
        bare = text.replace('"', "")
        found = base.execute(ask, (f'"{bare}"',)).fetchall() if len(bare) > 2 else []
        pieces = {bare[n : n + 3] for n in range(len(bare) - 2)}
        any_of = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
        return found or (base.execute(ask, (any_of,)).fetchall() if pieces else [])

    return answer


def measure(names: Sequence[Name], index: NameIndex) -> list[str]:
    """The rows of latencies for one size."""
    chance = random.Random(7)
    some = [chance.choice(names).text for _ in range(QUESTIONS)]
    wrong = [mistyped(text, chance) for text in some]
    raw = [name.text for name in names]
    fts = trigrams(names)

    def resolve(text: str) -> object:
        try:
            return index.resolve(text)
        except KgError:
            return None

    def extract(text: str) -> object:
        return process.extract(text, raw, limit=5)

    def extract_plainly(text: str) -> object:
        return process.extract(text, raw, scorer=fuzz.ratio, limit=5)

    index.search("Warm Up")
    rows = []
    for title, ask, questions in (
        ("kg, exact: find", lambda text: index.search(text, limit=5), some),
        ("kg, exact: one THING", resolve, some),
        ("kg, one typo: find", lambda text: index.search(text, limit=5), wrong),
        ("kg, prefix of 4 letters: find", lambda text: index.search(text[:4], limit=5), some),
        ("FTS5 trigram, exact", fts, some[: 5 * SLOW_QUESTIONS]),
        ("FTS5 trigram, one typo", fts, wrong[: 5 * SLOW_QUESTIONS]),
        ("rapidfuzz.process.extract, one typo", extract, wrong[:SLOW_QUESTIONS]),
        ("rapidfuzz.process.extract with plain ratio, one typo", extract_plainly, wrong[:SLOW_QUESTIONS]),
    ):
        rows.append(f"| {title} | {len(names):,} | {shown(milliseconds(ask, questions))} |")
    return rows


def store_with(index: Path, folder: Path) -> None:
    """A store folder whose index is this one: as if a dossier with all these names had been loaded."""
    import shutil

    from kg import loading

    def write(store: object, file: Path) -> None:
        shutil.copyfile(index, file)

    loading._write_index = write
    loading.make_empty(folder)


def cold(scratch: Path, index: Path, name: str, size: int) -> None:
    """The whole command from the shell, as a ratio to the least that any command of this kind costs."""
    store_with(index, scratch / "big.kg")
    floor = Subject("floor: import click, pyoxigraph", (sys.executable, "-c", "import click, pyoxigraph"))
    subjects = (
        floor,
        Subject("`kg find Shoigu`, the dossier", (KG, "find", "Shoigu"), 1.5),
        Subject("`kg find Shoygu` (heard), the dossier", (KG, "find", "Shoygu")),
        Subject(
            f"`kg find`, exact, {size:,} names", (KG, "find", name, "--store", str(scratch / "big.kg")), 2.0
        ),
        Subject(
            f"`kg find`, one typo, {size:,} names",
            (KG, "find", mistyped(name, random.Random(3)), "--store", str(scratch / "big.kg")),
        ),
    )
    env = environment(scratch / "cache")
    wall = interleaved(subjects, 15, env)
    busy = processor_time(subjects, 15, env)
    print("\n| command, cold | median ms | ratio | processor ms | ratio | goal |\n|---|---|---|---|---|---|")
    for subject in subjects:
        shares = [
            f"{1000 * times[subject.name]:.0f} | {times[subject.name] / times[floor.name]:.2f}"
            for times in (wall, busy)
        ]
        goal = f"<= {subject.goal:.1f}" if subject.goal else "-"
        print(f"| {subject.name} | {' | '.join(shares)} | {goal} |")


def processor_time(subjects: Sequence[Subject], rounds: int, env: Mapping[str, str]) -> dict[str, float]:
    """The median time that each command kept a processor busy, round by round: what a busy machine does not change."""
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for _ in range(rounds):
        for subject in subjects:
            process_id = subprocess.Popen(subject.words, env=env, stdout=subprocess.DEVNULL).pid
            _, _, used = os.wait4(process_id, 0)
            times[subject.name].append(used.ru_utime + used.ru_stime)
    return {name: statistics.median(taken) for name, taken in times.items()}


def profile(env: dict[str, str]) -> None:
    """What ``kg find`` imports, the dearest first."""
    words = [sys.executable, "-X", "importtime", "-m", "kg.commands.main", "find", "Shoigu"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    lines = [
        line.split("|")
        for line in done.stderr.splitlines()
        if line.startswith("import time:") and "[us]" not in line
    ]
    costs = sorted(((int(own.split(":")[1]), name.strip()) for own, _, name in lines), reverse=True)
    print(
        f"\n`kg find` imports {len(costs)} modules in {sum(cost for cost, _ in costs) / 1000:.0f} ms;",
        "the dearest, in ms: ",
        end="",
    )
    print(", ".join(f"`{name}` {cost / 1000:.1f}" for cost, name in costs[:10]))


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    print(describe(), "\n")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        rows: list[str] = []
        print("| names | build | rate | on disk | bytes a name | memory, opened | memory, one look-up |")
        print("|---|---|---|---|---|---|---|")
        for size in sizes:
            names = list(made_names(int(size / 2.26)))
            index = build(names, scratch / "names.index")
            rows += measure(names, index)
            gc.collect()
        print("\n| look-up | names | p50 ms | p99 ms |\n|---|---|---|---|")
        print("\n".join(sorted(rows, key=lambda row: row.split("|")[1])))
        cold(scratch, scratch / "names.index", next(n.text for n in names if " " in n.text), len(names))
        profile(environment(scratch / "cache"))
    print_quality()


if __name__ == "__main__":
    main()
