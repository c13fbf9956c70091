"""Nothing public is left out of the documentation, and what it shows of RDF is RDF in our own terms."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pyoxigraph
import pytest

import kg
from kg.commands.main import VERBS
from kg.commands.reference import reference
from kg.rdf.vocabulary import KG, PREFIXES
from tests.doc_samples import Block, blocks, pages

ROOT = Path(__file__).resolve().parents[1]
RDF_BLOCKS = [block for page in pages() for block in blocks(page) if block.language in {"trig", "turtle"}]
README_LINES = [block for block in blocks(ROOT / "README.md") if block.language == "bash"]


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def verb(name: str) -> click.Command:
    command: click.Command = import_module(f"kg.commands.{name}").command
    return command


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_and_option_is_documented(name: str) -> None:
    manual = read("docs/cli.md")
    sections = re.split(r"^#+ ", manual, flags=re.M)
    (section,) = [text for text in sections if text.split("\n")[0].strip("` ") in {name, f"kg {name}"}]
    options = [opt for param in verb(name).params if isinstance(param, click.Option) for opt in param.opts]
    assert not [opt for opt in options if opt not in section]


def test_the_manual_of_the_command_line_is_what_the_program_prints() -> None:
    assert read("docs/cli.md") == reference()


def test_every_verb_says_what_it_does() -> None:
    assert len(VERBS) >= 14
    for name in VERBS:
        command = verb(name)
        assert command.help, name
        assert all(p.help for p in command.params if isinstance(p, click.Option)), name


def test_the_readme_shows_every_verb() -> None:
    assert not [name for name in VERBS if f"kg {name}" not in read("README.md")]


def test_every_public_name_of_the_package_is_documented() -> None:
    page = read("docs/api.md")
    assert len(kg.__all__) >= 3
    assert not [name for name in kg.__all__ if not re.search(rf"\b{re.escape(name)}\b", page)]


def test_the_readme_has_one_line_to_start_and_one_to_test() -> None:
    start, test = (block.text for block in README_LINES)
    assert "\n" not in start + test
    assert start.startswith("python3 -m venv .venv && ")
    assert " install . " in start
    assert "kg view -o " in start
    assert test.startswith("python3 -m venv .venv && ")
    assert "'.[test]'" in test
    assert test.endswith(" -m pytest -n 2 --dist loadfile")  # a file's tests share its servers


def test_ci_runs_the_lines_of_the_readme() -> None:
    script = read(".ci/run")
    lines = [line.strip() for line in script.splitlines() if "bash -euo pipefail -c" in line]
    assert [re.findall(r"readme_line (\d)", line) for line in lines] == [["1"], ["2"]]
    assert script.rstrip().endswith('bash -euo pipefail -c "$(readme_line 2)"')


@pytest.mark.parametrize("block", RDF_BLOCKS, ids=[f"{b.page}:{b.line}" for b in RDF_BLOCKS])
def test_rdf_in_the_docs_is_rdf_in_our_terms(block: Block) -> None:
    known = {**PREFIXES, "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#"}
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in known.items())
    quads = list(pyoxigraph.parse(head + block.text, format=pyoxigraph.RdfFormat.TRIG))
    assert quads
    used = {
        term.value
        for q in quads
        for term in (q.predicate, q.object)
        if isinstance(term, pyoxigraph.NamedNode)
    }
    ontology = "".join(path.read_text("utf-8") for path in sorted((ROOT / "ontology").glob("*.ttl")))
    unknown = [
        iri for iri in used if iri.startswith(KG) and f"\nkg:{iri.removeprefix(KG)} a " not in ontology
    ]
    assert not unknown


def test_there_is_rdf_to_check() -> None:
    assert len(RDF_BLOCKS) >= 3


def test_one_version_stands_everywhere() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(r"^## (\S+)", read("CHANGELOG.md"), re.M)[1] == version  # type: ignore[index] # it is there
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert f'owl:versionInfo "{version}"' in read("ontology/kg.ttl")


def test_every_rule_of_perspectives_names_the_test_that_holds_it() -> None:
    page = read("docs/perspectives.md")
    rules = re.findall(r"^\*\*R(\d+)\. ", page, re.M)
    rows = dict(re.findall(r"^\| R(\d+) \| (.+) \|$", page, re.M))
    assert rules == [str(number) for number in range(1, len(rules) + 1)]
    assert len(rules) >= 12
    assert list(rows) == rules
    for row in rows.values():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named
        assert not [test for file, test in named if f"def {test}(" not in read(file)]
