"""The rules of the house as functions over a tree of sources; test_house.py says what is allowed where."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: A tree of Python sources: path from the root (``kg/rdf/trig.py``) -> text.
Tree = Mapping[str, str]

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of one rule."""

    rule: str
    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Import:
    """One module that a file imports, at the top or deep inside, and the name it takes from there."""

    file: str
    line: int
    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What is allowed: the floors from the ground up, and who may use which library or trick."""

    ladder: Sequence[Sequence[str]]
    libraries: Mapping[str, Sequence[str]]
    own_files: Sequence[str]
    dynamic_imports: Sequence[str]
    spells_iris: Sequence[str]
    takes_keywords: Sequence[str]


def read_tree(root: Path, *folders: str) -> dict[str, str]:
    """The Python files below these folders (or these files), sorted by path."""
    found: list[Path] = []
    for folder in folders:
        path = root / folder
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def module_name(file: str) -> str:
    """The name under which a file is imported: ``kg/rdf/__init__.py`` is ``kg.rdf``."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def room(module: str) -> str:
    """The room of a module of kg: ``kg.rdf.trig`` lies in ``rdf``; the face ``kg`` in the empty room."""
    return module.split(".")[1] if "." in module else ""


def _dynamic(node: ast.Call) -> str | None:
    """The module that a call of import_module or __import__ names; empty when it is computed."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in {"import_module", "__import__"}:
        return None
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _from_base(file: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = file.removesuffix(".py").split("/")[: -node.level]
    return ".".join([*parts, *([node.module] if node.module else [])])


def imports(tree: Tree) -> Iterator[Import]:
    """Every import of every file: at the top, in functions, under TYPE_CHECKING, and by constant name."""
    modules = {module_name(file) for file in tree}
    for file, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(file, node.lineno, alias.name)
            elif isinstance(node, ast.ImportFrom):
                base = _from_base(file, node)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    yield Import(file, node.lineno, inner if inner in modules else base, alias.name)
            elif isinstance(node, ast.Call) and (name := _dynamic(node)):
                yield Import(file, node.lineno, name)


def _floors(house: House) -> dict[str, int]:
    return {name: floor for floor, names in enumerate(house.ladder, 1) for name in names}


def imports_go_down(tree: Tree, house: House) -> Iterator[Finding]:
    """A file imports lower floors or its own room; every room stands on the ladder; the face is above all."""
    floors = _floors(house)
    for file in tree:
        if room(module_name(file)) not in {*floors, "", "__main__"}:
            yield Finding("no-floor", file, 1, "this room is not on the ladder")
    for found in imports(tree):
        if found.module.split(".")[0] != "kg":
            continue
        here, there = room(module_name(found.file)), room(found.module)
        known = here in floors and there in floors
        if known and here != there and floors[there] >= floors[here]:
            yield Finding("up", found.file, found.line, f"{here} may not import {found.module}")


def no_circle(tree: Tree, house: House) -> Iterator[Finding]:
    """No file reaches itself by its imports, not even within its own room."""
    files = {module_name(file): file for file in tree}
    arrows: dict[str, set[str]] = {name: set() for name in files}
    for found in imports(tree):
        if found.module in files and files[found.module] != found.file:
            arrows[module_name(found.file)].add(found.module)
    for start in sorted(arrows):
        seen: set[str] = set()
        todo = sorted(arrows[start])
        while todo:
            if (name := todo.pop()) not in seen:
                seen.add(name)
                todo += sorted(arrows[name])
        if start in seen:
            yield Finding("circle", files[start], 1, "imports itself through the files that it imports")


def no_faces(tree: Tree, house: House) -> Iterator[Finding]:
    """Files import files: a package's face is for users of the package, not for the house."""
    faces = {module_name(file) for file in tree if file.endswith("/__init__.py")}
    for found in imports(tree):
        if found.module in faces and found.file not in {"kg/__init__.py", "kg/__main__.py"}:
            yield Finding("face", found.file, found.line, f"imports the face {found.module}; import its file")


def libraries_at_home(tree: Tree, house: House) -> Iterator[Finding]:
    """A library, and a module that reaches the network, is used only where the house lists it."""
    for found in imports(tree):
        parts = [*found.module.split("."), *([found.name] if found.name else [])]
        names = {".".join(parts[: n + 1]) for n in range(len(parts))}
        plain = parts[0] in sys.stdlib_module_names and not names & set(house.libraries)
        if plain or parts[0] == "kg":
            continue
        homes = [home for name in names for home in house.libraries.get(name, ())]
        if not found.file.startswith(tuple(homes)):
            yield Finding("library", found.file, found.line, f"{found.module} is not at home here")


def no_hidden_imports(tree: Tree, house: House) -> Iterator[Finding]:
    """A module whose name is computed escapes the ladder, so only the listed files may import so."""
    for file, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _dynamic(node) == "" and file not in house.dynamic_imports:
                yield Finding("hidden-import", file, node.lineno, "imports a module whose name is computed")


def files_found_by_paths(tree: Tree, house: House) -> Iterator[Finding]:
    """Only the listed files look for what lies beside them; only paths.py knows ontology/ and data/."""
    for file, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            own = isinstance(node, ast.Name) and node.id == "__file__"
            if own and file not in house.own_files:
                yield Finding(
                    "own-file",
                    file,
                    getattr(node, "lineno", 1),
                    "asks where it lies; that is for kg/paths.py",
                )


def _docstrings(module: ast.Module) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(module) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def iris_in_vocabulary(tree: Tree, house: House) -> Iterator[Finding]:
    """Only rdf/vocabulary.py spells an IRI; docstrings may show one."""
    for file, text in tree.items():
        module = ast.parse(text)
        shown = _docstrings(module)
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown:
                iri = re.search(r"https?://\w[^\s>\"']*|w3id\.org/foedus\S*", node.value)
                if iri and file not in house.spells_iris:
                    yield Finding("iri", file, node.lineno, f"spells {iri[0]!r}")


def small_files(tree: Tree, house: House) -> Iterator[Finding]:
    """A file has one idea, a few hundred lines, and a name that says the idea."""
    for file, text in tree.items():
        if (lines := len(text.splitlines())) > MAX_FILE_LINES:
            yield Finding("long-file", file, MAX_FILE_LINES, f"{lines} lines; at most {MAX_FILE_LINES}")
        if VAGUE_NAMES & {part.strip("_") for part in file.removesuffix(".py").split("/")}:
            yield Finding("vague-name", file, 1, "a name that says nothing; name the idea")


def small_functions(tree: Tree, house: House) -> Iterator[Finding]:
    """A function fits on a screen; decorators and docstring count."""
    for file, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    yield Finding("long-function", file, node.lineno, f"{node.name} has {lines} lines")


def says_its_purpose(tree: Tree, house: House) -> Iterator[Finding]:
    """The first thing in a file says what the file is for."""
    for file, text in tree.items():
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            yield Finding("no-docstring", file, 1, "a file says what it is for in its first line")


def _public_functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for node in [*module.body, *(inner for scope in classes for inner in scope.body)]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def honest_signatures(tree: Tree, house: House) -> Iterator[Finding]:
    """No ``**kwargs`` but where listed, and no ``Any``, in the signature of a public function."""
    for file, text in tree.items():
        for node in _public_functions(ast.parse(text)):
            if node.args.kwarg and file not in house.takes_keywords:
                yield Finding("kwargs", file, node.lineno, f"{node.name} takes **{node.args.kwarg.arg}")
            notes = [arg.annotation for arg in [*node.args.args, *node.args.kwonlyargs]] + [node.returns]
            names = {getattr(n, "id", "") for note in notes if note for n in ast.walk(note)}
            if "Any" in names:
                yield Finding("any", file, node.lineno, f"{node.name} has Any in its signature")


def reasons_for_silence(tree: Tree, house: House) -> Iterator[Finding]:
    """An ignored type names its code and its reason; what is still to do names its issue."""
    silence, later = "# type: " + "ignore", "TO" + "DO|FIX" + "ME"
    for file, text in tree.items():
        for number, line in enumerate(text.splitlines(), 1):
            if silence in line and not re.search(silence + r"\[[\w, -]+\]\s+(?:#\s*)?\w+", line):
                yield Finding("bare-ignore", file, number, "an ignored type without its code and its reason")
            if re.search(rf"#.*\b({later})\b(?!.*#\d)", line):
                yield Finding("bare-todo", file, number, "something to do without an issue number")


#: Rules for the package; the second list holds for tests, benchmarks and launcher too.
PACKAGE_RULES: Sequence[Callable[[Tree, House], Iterator[Finding]]] = (
    imports_go_down,
    no_circle,
    no_faces,
    libraries_at_home,
    no_hidden_imports,
    files_found_by_paths,
    iris_in_vocabulary,
    honest_signatures,
)
GENERAL_RULES: Sequence[Callable[[Tree, House], Iterator[Finding]]] = (
    small_files,
    small_functions,
    says_its_purpose,
    reasons_for_silence,
)


def findings(tree: Tree, house: House, *, general_only: bool = False) -> list[Finding]:
    """Every breach in the tree, by rule, file and line."""
    rules = GENERAL_RULES if general_only else (*PACKAGE_RULES, *GENERAL_RULES)
    return sorted(finding for rule in rules for finding in rule(tree, house))
