"""The rules of the program, collected from its code and its ontology, and the printed part of docs/errors.md.

``python -m tests.errors_page`` checks every bad example of the ontology and writes what the program says into
docs/errors.md, below its mark; read the difference before you commit it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.checks.finding import Finding
from kg.checks.rules import read_rules
from kg.checks.run import check_paths
from kg.checks.shapes import SHAPE, shape_files
from kg.paths import ontology_folder
from kg.rdf.vocabulary import SHACL

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "errors.md"
BAD = ontology_folder() / "examples" / "bad"
MARK = "<!-- Below: printed by python -m tests.errors_page -->\n"


def rules_in_code(root: Path = ROOT / "kg") -> dict[str, str]:
    """Every rule that the code names, with one place where it does."""
    found: dict[str, str] = {}
    for file in sorted(root.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        takers = dict(_takers(tree))
        for node in ast.walk(tree):
            for value in _values(node, takers):
                for part in ast.walk(value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        found.setdefault(part.value, f"{file.name}:{part.lineno}")
    return found


def _takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The functions of a module that take a rule's name, and as which argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "rule" in names:
                yield node.name, names.index("rule")


def _values(node: ast.AST, takers: dict[str, int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.keyword) and node.arg == "rule":
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        index = takers.get(node.func.id, len(node.args))
        yield from node.args[index : index + 1]


def shape_names() -> dict[str, str]:
    """The shapes that have a message, which is what they say when they are broken."""
    message = ox.NamedNode(SHACL + "message")
    found: dict[str, str] = {}
    for file in shape_files():
        for triple in ox.parse(path=file):
            if triple.predicate == message and isinstance(triple.subject, ox.NamedNode):
                assert isinstance(triple.object, ox.Literal)
                found[triple.subject.value.removeprefix(SHAPE)] = triple.object.value
    return found


def data_rules() -> list[str]:
    """The shapes and the rules of hygiene, by name."""
    return sorted({*shape_names(), *(rule.name for rule in read_rules())})


def findings_of(rule: str) -> list[Finding]:
    """What the program says of the bad example of a rule; positions name the file alone."""
    (file,) = sorted(BAD.glob(f"{rule}.t*"))
    return check_paths([file], background=())


def example(rule: str) -> str:
    """The line that the program prints for the bad example of a rule."""
    finding = next(finding for finding in findings_of(rule) if finding.rule == rule)
    return str(finding).replace(f"{BAD}/", "")


def printed() -> str:
    """The part of the page about shapes and rules of hygiene."""
    parts = []
    for rule in data_rules():
        line = example(rule)
        match = re.fullmatch(r"(?P<where>[^ ]+): (?P<word>\w+): (?P<text>.*) \[[\w-]+\]", line)
        assert match, line
        weight = (
            "" if match["word"] == "error" else f" A {match['word']}: it does not keep data out of a store."
        )
        source = f"[{rule}](../ontology/examples/bad/{match['where'].partition(':')[0]})"
        parts.append(f"### {rule}\n\nIs broken by {source}.{weight}\n\n```text\n{line}\n```\n")
    return "\n".join(parts)


def headings(text: str) -> list[str]:
    """The rules that have a heading on the page, in its order."""
    return re.findall(r"^### ([a-z0-9-]+)$", text, flags=re.MULTILINE)


if __name__ == "__main__":
    by_hand = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    PAGE.write_text(f"{by_hand}{MARK}\n{printed()}", encoding="utf-8")
