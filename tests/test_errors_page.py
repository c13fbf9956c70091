"""docs/errors.md and the code name the same rules, and what the page shows is what the program says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kg.errors import DataError, KgError, NotFoundError, Position, StoreError, UsageError
from tests.errors_page import BAD, MARK, PAGE, data_rules, example, headings, rules_in_code

TEXT = PAGE.read_text(encoding="utf-8")
BY_HAND, _, PRINTED = TEXT.partition(MARK)
#: Named on the page and by no `rule=`: what the last way out says.
BESIDES = {"internal-fault"}
SAMPLE = re.compile(r"^```text\n(.+?)\n```$", re.MULTILINE | re.DOTALL)


def section(rule: str) -> str:
    return TEXT.partition(f"\n### {rule}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def test_every_rule_of_the_code_has_a_heading_and_every_heading_a_rule() -> None:
    rules = rules_in_code()
    assert len(rules) >= 35, "the rules were not found in the code"
    assert sorted(headings(BY_HAND)) == sorted({*rules, *BESIDES})


def test_every_shape_and_rule_of_hygiene_has_a_heading() -> None:
    assert len(data_rules()) >= 100, "the shapes and rules were not found"
    assert headings(PRINTED) == data_rules()
    assert sorted(file.stem for file in BAD.glob("*.t*")) == data_rules()


def test_the_collector_sees_every_way_to_name_a_rule(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "def f(what, rule): ...\n"
        "f('x', 'by-position'); E('x', rule='by-keyword'); E('x', rule='one' if x else 'other'); g('no', 'not-it')"
    )
    assert sorted(rules_in_code(tmp_path)) == ["by-keyword", "by-position", "one", "other"]


@pytest.mark.parametrize("rule", sorted(rules_in_code()))
def test_a_section_says_why_and_shows_the_line(rule: str) -> None:
    text = section(rule)
    samples = SAMPLE.findall(text)
    assert samples, f"{rule} has no sample"
    assert len(SAMPLE.sub("", text).strip()) >= 40, f"{rule} does not say why"
    for line in samples:
        assert re.fullmatch(rf"(?:[^ ]+: )?(?:error|warning): .+; .+ \[{rule}\]", line), line


@pytest.mark.parametrize("rule", data_rules())
def test_a_bad_example_is_caught_and_says_what_the_page_shows(rule: str) -> None:
    assert SAMPLE.findall(section(rule)) == [example(rule)], "run: python -m tests.errors_page"


def test_exit_codes_are_as_the_page_says() -> None:
    rows = dict(re.findall(r"^\| (\d+) \| .*? \| `?(\w*)`? \|$", BY_HAND, flags=re.MULTILINE))
    classes: list[type[KgError]] = [NotFoundError, UsageError, DataError, StoreError]
    assert {str(c.exit_code): c.__name__ for c in classes}.items() <= rows.items()


def test_the_rules_in_docstrings_exist() -> None:
    """``:raises DataError: bad-date, when ...`` may only name what is there."""
    known = {*rules_in_code(), *BESIDES}
    wrong = []
    for file in sorted((PAGE.parents[1] / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                continue
            for raised in re.findall(
                r":raises (?:Data|Usage|Store|NotFound)Error: (.+)", ast.get_docstring(node) or ""
            ):
                names = re.findall(r"(?<![`\w-])[a-z]+(?:-[a-z]+)+(?![`\w-])", raised.partition(", when")[0])
                wrong += [f"{file.name}: {name}" for name in names if name not in known]
    assert not wrong


def test_a_fault_is_one_line_whatever_it_quotes() -> None:
    fault = DataError("'a\nb' is bad", mend="mend\tit", rule="bad-trig", position=Position("a\nb.trig", 1))
    assert "\n" not in str(fault)
