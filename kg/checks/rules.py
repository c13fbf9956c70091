"""Hygiene rules: SPARQL files that answer ``?entity ?property ?value`` for each breach of them.

The head of a rule is its documentation: a line ``# Problem: ...`` and a line ``# Solution: ...``; how grave
a breach is stands in ``severity.tsv`` beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.checks.finding import Finding, Severity
from kg.checks.material import Material
from kg.paths import ontology_folder

_HEAD = re.compile(r"^#[#\s]*\**(Problem|Solution)\b:?\**:?\s*(.*?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, how grave a breach is, what the problem is and how to mend it, and its query."""

    name: str
    severity: Severity
    problem: str
    solution: str
    query: str


def read_rules(folder: Path | None = None) -> list[Rule]:
    """The rules of a folder (default: the ontology's), by name.

    :raises ValueError: when a rule lacks a head or a gravity, or a gravity its rule; that is a fault of ours.
    """
    folder = folder or ontology_folder() / "hygiene"
    severities = dict(_severities(folder / "severity.tsv"))
    files = sorted(folder.glob("*.rq"))
    if unmatched := severities.keys() ^ {file.stem for file in files}:
        raise ValueError(f"rule without gravity, or gravity without rule: {', '.join(sorted(unmatched))}")
    return [_read_rule(file, severities[file.stem]) for file in files]


def check_rules(material: Material, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Findings of the rules about the files under check, rule by rule."""
    store = _store(material.quads)
    for rule in rules:
        for entity, property, value in _breaches(store, rule):
            if material.concerns(entity, value):
                yield material.finding(
                    rule.severity,
                    rule.name,
                    rule.problem,
                    rule.solution,
                    subject=entity,
                    property=property,
                    value=value,
                )


def _severities(file: Path) -> Iterator[tuple[str, Severity]]:
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, gravity = line.split("\t")[:2]
            if gravity in Severity.__members__:
                yield name, Severity[gravity]


def _read_rule(file: Path, severity: Severity) -> Rule:
    query = file.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    part = ""
    for line in query.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.match(line):
            part = match[1].lower()
            head[part] = match[2]
        elif part:
            head[part] = f"{head[part]} {line.lstrip('# ').rstrip()}".strip()
    if head.keys() != {"problem", "solution"}:
        raise ValueError(f"{file.name} needs '# Problem: ...' and '# Solution: ...' at its head")
    return Rule(file.stem, severity, _plain(head["problem"]), _plain(head["solution"]), query)


def _plain(sentence: str) -> str:
    """A sentence as a finding has it: it begins small and has no full stop."""
    first = sentence.partition(" ")[0]
    is_name = len(first) > 1 and first.isupper()  # IRI, SHACL; but not the article A
    return (sentence if is_name else sentence[:1].lower() + sentence[1:]).rstrip(".")


def _store(quads: Iterable[ox.Quad]) -> ox.Store:
    """The quads in their graphs, and their merge as the default graph."""
    store = ox.Store()
    quads = list(quads)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def _breaches(store: ox.Store, rule: Rule) -> list[tuple[str, str, str]]:
    """Entity, property and value of each breach, in order; what is not bound is empty."""
    solutions = store.query(rule.query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{rule.name}.rq must be a SELECT")
    return sorted(
        {(_spelt(row["entity"]), _spelt(row["property"]), _spelt(row["value"])) for row in solutions}
    )


def _spelt(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""
