"""The house stands as planned: the ladder, homes, sizes; mutants prove that each rule bites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house_rules import House, findings, read_tree

ROOT = Path(__file__).resolve().parents[1]

#: The floors of kg/, from the ground up: a file imports lower floors only; rooms on one floor are strangers.
LADDER = (
    ("errors", "notebook", "paths", "version"),
    ("dates", "rdf", "whole_file"),
    ("claims",),
    ("store",),
    ("checks",),
    ("perspective", "lookup"),
    ("loading",),
    ("remote",),
    ("treaties", "timeline", "compare", "disputes", "exporters"),
    ("networks",),
    ("page",),
    ("view",),
    ("graph",),
    ("shapes",),
    ("server",),
    ("commands",),
)

#: Where each library, and each module that reaches the network, is at home; what is not listed is nowhere.
LIBRARIES = {
    "click": ("kg/commands/",),
    "pyoxigraph": (
        "kg/rdf/",
        "kg/claims/",
        "kg/store/",
        "kg/checks/",
        "kg/perspective/",
        "kg/exporters/",
        "kg/server/",
    ),
    "rdflib": ("kg/checks/shapes.py", "kg/perspective/", "kg/exporters/"),
    "pyshacl": ("kg/checks/shapes.py",),
    "networkx": ("kg/networks/", "kg/exporters/", "kg/view.py"),
    "pyvis": ("kg/page/",),
    "jinja2": ("kg/page/", "kg/server/"),
    "markupsafe": ("kg/page/", "kg/server/"),
    "rapidfuzz": ("kg/lookup/",),
    "platformdirs": ("kg/store/",),
    "starlette": ("kg/server/",),
    "uvicorn": ("kg/server/",),
    "prometheus_client": ("kg/server/",),
    "mcp": ("kg/server/",),
    "mcp_types": ("kg/server/",),  # the messages of the same protocol
    "urllib3": ("kg/store/",),
    "socket": ("kg/store/remote.py", "kg/server/"),
    "http": ("kg/store/remote.py", "kg/server/"),
    "urllib.request": ("kg/store/remote.py",),
    "pickle": (),
    "importlib.resources": (),
}

HOUSE = House(
    ladder=LADDER,
    libraries=LIBRARIES,
    own_files=(
        "kg/commands/words.py",
        "kg/paths.py",
        "kg/rdf/queries.py",
        "kg/page/theme.py",
        "kg/server/explorer/documents.py",
    ),
    dynamic_imports=(
        "kg/__init__.py",
        "kg/commands/main.py",
        "kg/commands/reference.py",
        "kg/server/naming.py",  # the tasks of a closed registry
    ),
    spells_iris=("kg/rdf/vocabulary.py",),
    takes_keywords=(
        "kg/rdf/queries.py",
        "kg/page/phrases.py",
        "kg/page/map_texts.py",
        "kg/commands/words.py",
        "kg/server/explorer/documents.py",
    ),  # what fills a query, a phrase: all of one type
)


def test_the_house_stands() -> None:
    tree = read_tree(ROOT, "kg")
    assert len(tree) >= 40, "the files of kg/ were not found"
    assert not (found := findings(tree, HOUSE)), "\n".join(map(str, found))


def test_a_room_stands_on_one_floor() -> None:
    rooms = [room for floor in LADDER for room in floor]
    assert sorted(rooms) == sorted(set(rooms))


def test_beside_the_package_files_are_small_and_say_what_they_are_for() -> None:
    tree = read_tree(ROOT, "tests", "benchmarks", "cli.py")
    assert len(tree) >= 20, "the files of tests/ and benchmarks/ were not found"
    assert not (found := findings(tree, HOUSE, general_only=True)), "\n".join(map(str, found))


def test_every_floor_and_every_home_is_lived_in() -> None:
    files = list(read_tree(ROOT, "kg"))
    homes = {home for homes in LIBRARIES.values() for home in homes} | {
        *HOUSE.own_files,
        *HOUSE.dynamic_imports,
    }
    later = {"kg/server/", "kg/store/remote.py"}  # rooms that a later release fills
    empty = sorted(home for home in homes - later if not any(file.startswith(home) for file in files))
    assert not empty, f"listed, and not there: {empty}"


#: rule -> a small tree that breaks it. Every file gets a docstring, so that only this rule is broken.
MUTANTS: list[tuple[str, dict[str, str]]] = [
    ("up", {"kg/perspective/select.py": "from kg.networks.relations import project"}),
    ("up", {"kg/claims/codec.py": "def f() -> None:\n    import kg.store.embedded"}),
    (
        "up",
        {"kg/rdf/trig.py": "import typing\nif typing.TYPE_CHECKING:\n    from kg.claims.model import Claim"},
    ),
    ("up", {"kg/treaties.py": "from kg.timeline import entries", "kg/timeline.py": ""}),
    ("up", {"kg/networks/relations.py": "from kg.graph import KnowledgeGraph", "kg/graph.py": ""}),
    ("up", {"kg/view.py": "from kg.graph import KnowledgeGraph", "kg/graph.py": ""}),
    ("up", {"kg/timeline.py": "def f():\n    from kg.view import View", "kg/view.py": ""}),
    ("up", {"kg/treaties/status.py": "from kg.networks.owed import obligations", "kg/networks/owed.py": ""}),
    ("up", {"kg/page/document.py": "from kg.view import View", "kg/view.py": ""}),
    ("up", {"kg/dates.py": "from kg.rdf.terms import curie"}),
    ("up", {"kg/lookup/search.py": "from ..perspective.select import admitted"}),
    ("up", {"kg/store/connect.py": "import importlib\nimportlib.import_module('kg.page.write')"}),
    ("face", {"kg/page/write.py": "from kg import open", "kg/__init__.py": "def open() -> None: ..."}),
    ("up", {"kg/errors.py": "from kg.paths import shipped"}),
    ("no-floor", {"kg/wizard.py": ""}),
    (
        "circle",
        {
            "kg/store/a.py": "from kg.store.b import x",
            "kg/store/b.py": "def f():\n    from kg.store import a",
        },
    ),
    (
        "face",
        {"kg/page/write.py": "from kg.networks import relations", "kg/networks/__init__.py": "relations = 1"},
    ),
    ("face", {"kg/claims/codec.py": "import kg.rdf", "kg/rdf/__init__.py": ""}),
    ("library", {"kg/perspective/select.py": "def f():\n    import networkx"}),
    ("library", {"kg/commands/show.py": "import rdflib.namespace"}),
    ("library", {"kg/lookup/search.py": "import numpy"}),
    ("library", {"kg/commands/view.py": "from urllib.request import urlopen"}),
    ("library", {"kg/commands/view.py": "from urllib import request"}),
    ("library", {"kg/page/write.py": "import socket"}),
    ("hidden-import", {"kg/store/connect.py": "import importlib\nimportlib.import_module('kg.' + 'page')"}),
    ("own-file", {"kg/store/connect.py": "DATA = __file__ + '/../data'"}),
    ("iri", {"kg/networks/relations.py": "PARTY = 'https://w3id.org/foedus/ontology#hasParty'"}),
    ("iri", {"kg/networks/relations.py": "q = f'SELECT ?x {{ ?x a <http://example.org/{1}> }}'"}),
    ("long-file", {"kg/dates.py": "x = 1\n" * 301}),
    ("vague-name", {"kg/rdf/utils.py": ""}),
    ("vague-name", {"kg/rdf/common/dates.py": ""}),
    ("long-function", {"kg/dates.py": "def f() -> None:\n" + "    x = 1\n" * 50}),
    ("no-docstring", {"kg/dates.py": "-"}),
    ("kwargs", {"kg/dates.py": "def parse(**options: int) -> None: ..."}),
    ("any", {"kg/dates.py": "def parse(text: list[Any]) -> None: ..."}),
    ("bare-ignore", {"kg/dates.py": "x = y  # type: " + "ignore"}),
    ("bare-ignore", {"kg/dates.py": "x = y  # type: " + "ignore[attr-defined]"}),
    ("bare-todo", {"kg/dates.py": "# TO" + "DO: later"}),
]

#: What must stay allowed: a rule that catches everything proves nothing.
INNOCENT: list[dict[str, str]] = [
    {"kg/networks/owed.py": "from kg.treaties.reading import treaties", "kg/treaties/reading.py": ""},
    {
        "kg/networks/relations.py": "from kg.perspective.select import admitted\nimport networkx",
        "kg/perspective/select.py": "",
    },
    {
        "kg/store/embedded.py": "from kg.store.base import Store\nimport pyoxigraph, json",
        "kg/store/base.py": "",
    },
    {
        "kg/claims/codec.py": "from kg.rdf import vocabulary as v",
        "kg/rdf/vocabulary.py": "KG = 'https://w3id.org/foedus/'",
    },
    {"kg/commands/view.py": "import click\ndef f():\n    from kg.page import write", "kg/page/write.py": ""},
    {
        "kg/__init__.py": "from kg.graph import KnowledgeGraph",
        "kg/graph.py": "x = y  # type: " + "ignore[misc]  # why it is so",
    },
    {"kg/dates.py": "# TO" + "DO #12: eras\ndef _parse(text: Any) -> None: ..."},
]


def _with_docstrings(tree: dict[str, str]) -> dict[str, str]:
    return {file: text if text == "-" else f'"""What it is for."""\n{text}\n' for file, text in tree.items()}


@pytest.mark.parametrize(
    ("rule", "tree"), MUTANTS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(MUTANTS)]
)
def test_the_rule_bites(rule: str, tree: dict[str, str]) -> None:
    tree = {file: "1\n" if text == "-" else text for file, text in _with_docstrings(tree).items()}
    assert {finding.rule for finding in findings(tree, HOUSE)} == {rule}


@pytest.mark.parametrize("tree", INNOCENT, ids=range(len(INNOCENT)))
def test_the_innocent_pass(tree: dict[str, str]) -> None:
    assert findings(_with_docstrings(tree), HOUSE) == []


def test_there_is_a_mutant_for_every_rule() -> None:
    source = (ROOT / "tests" / "house_rules.py").read_text("utf-8")
    rules = set(re.findall(r'Finding\(\s*"([\w-]+)"', source))
    assert rules == {rule for rule, _ in MUTANTS}
    assert len(rules) >= 14
    assert len(MUTANTS) >= 30
