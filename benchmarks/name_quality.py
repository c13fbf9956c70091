"""How well names are found: the table of forms in tests/lookup/forms, asked of us and of peers in one run."""

from __future__ import annotations

import csv
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from kg import graph as graphs
from kg.errors import KgError
from kg.lookup.index import NameIndex
from kg.lookup.name import LABEL, Name
from kg.rdf.terms import curie
from kg.rdf.vocabulary import ID

FORMS = Path(__file__).resolve().parents[1] / "tests" / "lookup" / "forms"
SPELLINGS = FORMS.parent / "spellings.tsv"
#: A peer takes its first hit for the thing that is meant when the score is as high as this.
TAKEN = 90.0

#: The things found, best first; and the one that is taken without asking, if any.
Answer = tuple[list[str], str | None]


@dataclass(slots=True)
class Tally:
    """What one way of asking got right."""

    first: int = 0
    among_five: int = 0
    taken: int = 0
    wrongly_taken: int = 0
    found_for_nothing: int = 0
    told: int = 0
    told_right: int = 0
    took: list[float] = field(default_factory=list)


def read_forms() -> list[tuple[str, set[str]]]:
    """The forms and the things that each must find; none for a form that nothing bears."""
    forms: list[tuple[str, set[str]]] = []
    for file in sorted(FORMS.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            forms += [
                (form, set() if expected == "-" else set(expected.split())) for form, _, expected, _ in rows
            ]
    return forms


def ours(index: NameIndex) -> Callable[[str], Answer]:
    """What ``kg find`` gives, and what a THING becomes."""

    def ask(form: str) -> Answer:
        found = [curie(match.iri) for match in index.search(form, limit=5)]
        try:
            return found, curie(index.resolve(form))
        except KgError:
            return found, None

    return ask


def by_rapidfuzz(names: Sequence[Name], spell: Callable[[str], str]) -> Callable[[str], Answer]:
    """rapidfuzz over a list of the names, each spelled first; the scorer is its best for names."""
    spelled = [spell(name.text) for name in names]

    def ask(form: str) -> Answer:
        hits = process.extract(spell(form), spelled, scorer=fuzz.WRatio, limit=40)
        found = list(dict.fromkeys(curie(names[place].iri) for _, _, place in hits))
        return found[:5], found[0] if hits and hits[0][1] >= TAKEN else None

    return ask


def by_trigrams(names: Sequence[Name]) -> Callable[[str], Answer]:
    """SQLite's FTS5 with trigrams; a text that a name holds as it is counts as taken."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE name USING fts5(text, tokenize='trigram')")
    base.executemany(
        "INSERT INTO name(rowid, text) VALUES (?, ?)", ((n, name.text) for n, name in enumerate(names))
    )
    query = "SELECT rowid FROM name WHERE name MATCH ? ORDER BY rank LIMIT 40"

    def ask(form: str) -> Answer:
        bare = form.replace('"', "")
        pieces = sorted({bare[n : n + 3] for n in range(len(bare) - 2)})
        if not pieces:
            return [], None
        whole = base.execute(query, (f'"{bare}"',)).fetchall()
        rows = whole or base.execute(query, (" OR ".join(f'"{piece}"' for piece in pieces),)).fetchall()
        found = list(dict.fromkeys(curie(names[row[0]].iri) for row in rows))
        return found[:5], found[0] if whole else None

    return ask


def tally(ask: Callable[[str], Answer], forms: Sequence[tuple[str, set[str]]]) -> Tally:
    """Ask every form and count."""
    counted = Tally()
    for form, expected in forms:
        start = time.process_time()
        found, taken = ask(form)
        counted.took.append(1000 * (time.process_time() - start))
        counted.told += bool(found)
        counted.told_right += found[:1] != [] and found[0] in expected
        counted.first += bool(expected) and found[:1] != [] and found[0] in expected
        counted.among_five += bool(expected & set(found))
        counted.taken += bool(expected) and taken in expected
        counted.wrongly_taken += taken is not None and taken not in expected
        counted.found_for_nothing += not expected and bool(found)
    return counted


def without_aliases(names: Sequence[Name]) -> tuple[list[Name], list[tuple[str, set[str]]]]:
    """The names, of four persons only an English label; and the spellings that are to find these."""
    with SPELLINGS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    things = {label: ID + label.lower().replace(" ", "-") for _, label in rows}
    kept = [name for name in names if name.iri not in set(things.values())]
    kept += [Name(iri, LABEL, "en", label) for label, iri in things.items()]
    return kept, [(form, {curie(things[label])}) for form, label in rows]


def print_quality() -> None:
    """Print the tables of quality, ours and those of peers."""
    with graphs.open(graphs.SHIPPED) as graph:
        index = graph._index
        names = [index.names.name(number) for number in range(len(index.names))]
    forms = read_forms()
    borne = sum(bool(expected) for _, expected in forms)
    print(f"\n{borne} forms that {len(names)} names bear, {len(forms) - borne} that none does\n")
    print_table(names, index, forms)
    few, spellings = without_aliases(names)
    types = {iri: index.names.types(thing) for iri, thing in _things(few, index).items()}
    print(f"\n{len(spellings)} spellings of four persons of whom only an English label is known\n")
    print_table(few, NameIndex.gather(few, types=types, above=index.names.above), spellings)


def _things(names: Sequence[Name], index: NameIndex) -> dict[str, int]:
    found = {name.iri: index.names.thing(name.iri) for name in names}
    return {iri: thing for iri, thing in found.items() if thing is not None}


def print_table(names: Sequence[Name], index: NameIndex, forms: Sequence[tuple[str, set[str]]]) -> None:
    """One table: ours, and each peer over the same names."""
    borne = sum(bool(expected) for _, expected in forms)
    borne = sum(bool(expected) for _, expected in forms)
    ways: list[tuple[str, Callable[[str], Answer]]] = [
        ("kg", ours(index)),
        ("rapidfuzz.process.extract, WRatio", by_rapidfuzz(names, str)),
        ("FTS5 trigram", by_trigrams(names)),
    ]
    try:
        from anyascii import anyascii
    except ImportError:
        print("anyascii is not installed, so that peer is left out (pip install '.[bench]')\n")
    else:
        ways.insert(2, ("anyascii + rapidfuzz", by_rapidfuzz(names, lambda text: anyascii(text).lower())))
    print("| | recall@1 | recall@5 | precision@1 | taken, right | taken, wrong | hits for nothing | p50 ms |")
    print("|---|---|---|---|---|---|---|---|")
    for title, ask in ways:
        got = tally(ask, forms)
        print(
            f"| {title} | {got.first / borne:.3f} | {got.among_five / borne:.3f} "
            f"| {got.told_right / max(1, got.told):.3f} | {got.taken / borne:.3f} | {got.wrongly_taken} "
            f"| {got.found_for_nothing} | {statistics.median(got.took):.2f} |"
        )


if __name__ == "__main__":
    print_quality()
