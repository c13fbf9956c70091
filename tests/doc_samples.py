"""The samples of the documentation: found in Markdown, run, compared, and written anew on request.

``python -m tests.doc_samples README.md docs/tutorial.md`` runs the samples of these pages and writes what the
program prints now into them; read the difference before you commit it.
"""

from __future__ import annotations

import doctest
import fcntl
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/*.md", "docs/decisions/*.md", "data/*.md", "ontology/*.md", "benchmarks/*.md")
SAVED_AS = re.compile(r"<!-- file: (?P<name>[\w./-]+) -->")
KEPT = re.compile(r"<!-- shows lines (?P<lines>[\d, -]+) -->")
OPT_OUT = re.compile(r"<!-- not tested: (?P<reason>.+?) -->")
FENCE = re.compile(r"^(?P<mark>```+)(?P<language>[\w-]*)\s*$")
TIME_LIMIT_S = 120
COLUMNS = 110


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where its text begins (lines count from 1), the file that it is to be saved as,
    which lines of an answer it keeps, and why it is not tested; each empty when that is not so."""

    page: str
    line: int
    language: str
    text: str
    saved_as: str
    kept: str
    opted_out: str


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block with the output that the page shows."""

    line: int
    words: str
    shown: list[str]


def pages() -> list[Path]:
    """Every page of the documentation, sorted."""
    return sorted(path for pattern in PAGES for path in ROOT.glob(pattern))


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = page.read_text("utf-8").splitlines()
    name = page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name
    number = 0
    while number < len(lines):
        if opening := FENCE.match(lines[number]):
            start = number + 1
            number = start
            while lines[number].strip() != opening["mark"]:
                number += 1
            before = [line for line in lines[: start - 1] if line.strip()]
            above = before[-1] if before else ""
            text = "\n".join(lines[start:number])
            file, kept, out = (_first(pattern, above) for pattern in (SAVED_AS, KEPT, OPT_OUT))
            yield Block(name, start + 1, opening["language"], text, file, kept, out)
        number += 1


def _first(pattern: re.Pattern[str], text: str) -> str:
    return found[1] if (found := pattern.search(text)) else ""


def elide(printed: list[str], kept: str) -> list[str]:
    """The lines with these numbers, from 1, and three dots for what is left out between and after them.

    >>> elide(["a", "b", "c", "d"], "1-2, 4"), elide(["a", "b"], "")
    (['a', 'b', '...', 'd'], ['a', 'b'])
    """
    ranges = [(part.split("-")[0], part.split("-")[-1]) for part in kept.split(",")] if kept else []
    wanted = {number for first, last in ranges for number in range(int(first), int(last) + 1)}
    shown: list[str] = []
    for number, line in enumerate(printed, 1):
        if number in wanted or not wanted:
            shown.append(line)
        elif shown[-1:] != ["..."]:
            shown.append("...")
    return shown


def commands(block: Block) -> list[Command]:
    """The commands of a console block; a line that ends in a backslash, or within quotes, goes on."""
    found: list[Command] = []
    lines = iter(enumerate(block.text.splitlines(), block.line))
    for number, line in lines:
        if line.startswith("$ "):
            words = line[2:]
            while words.endswith("\\") or words.count("'") % 2:
                words = f"{words}\n{next(lines)[1].removeprefix('> ')}"
            found.append(Command(number, words, []))
        elif found:
            found[-1].shown.append(line)
        else:
            raise ValueError(f"{block.page}:{number}: a console block begins with '$ '")
    return found


def save(block: Block, folder: Path) -> None:
    """Do what the page tells the reader: save the block under its name."""
    file = folder / block.saved_as
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text + "\n", "utf-8")


def run(words: str, folder: Path) -> list[str]:
    """What a terminal 110 columns wide shows for these words: the answer, then what is said beside it."""
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    with subprocess.Popen(
        [shutil.which("bash") or "sh", "-c", words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        answer: list[bytes] = []
        reader = threading.Thread(target=_read_terminal, args=(ours, answer))
        reader.start()
        _, beside = process.communicate(timeout=TIME_LIMIT_S)
        reader.join(TIME_LIMIT_S)
    os.close(ours)
    shown = b"".join(answer).replace(b"\r\n", b"\n") + beside
    return [line.rstrip() for line in shown.decode("utf-8").rstrip().splitlines()]


def _read_terminal(end: int, into: list[bytes]) -> None:
    try:
        while chunk := os.read(end, 65536):
            into.append(chunk)
    except OSError:  # the other end is closed: that is how a terminal ends
        return


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the page shows what was printed; a line of three dots stands for any number of lines.

    >>> matches(["a", "...", "d"], ["a", "b", "c", "d"]), matches(["a", "d"], ["a", "b", "d"])
    (True, False)
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def trim(shown: list[str]) -> list[str]:
    """The lines without the empty ones at the end, which only part one command from the next."""
    kept = [line.rstrip() for line in shown]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def run_python(page: Path) -> list[str]:
    """Run the Python blocks of a page in order, in one namespace; return what went otherwise than shown."""
    report: list[str] = []
    names: dict[str, object] = {}
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    for block in blocks(page):
        if block.language != "python" or block.opted_out:
            continue
        if ">>>" not in block.text:
            exec(compile("\n" * (block.line - 1) + block.text, str(page), "exec"), names)
            continue
        test = parser.get_doctest(block.text + "\n", names, block.page, block.page, block.line - 1)
        runner.run(test, out=report.append, clear_globs=False)
        names.update(test.globs)
    return report


def rewrite(page: Path, folder: Path) -> None:
    """Put what the program prints now into the console blocks; a sample that still matches stays."""
    lines = page.read_text("utf-8").splitlines()
    changes: list[tuple[int, int, list[str]]] = []
    for block in blocks(page):
        if block.saved_as:
            save(block, folder)
        if block.language != "console" or block.opted_out:
            continue
        for command in commands(block):
            printed = run(command.words, folder)
            if not matches(trim(command.shown), printed):
                first = command.line + command.words.count("\n")
                changes.append((first, first + len(trim(command.shown)), elide(printed, block.kept)))
    for first, last, printed in reversed(changes):
        lines[first:last] = printed
    page.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as scratch:
            rewrite(Path(argument).resolve(), Path(scratch))
