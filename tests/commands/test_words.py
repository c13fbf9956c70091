"""Our own words in a table follow --lang; JSON and CSV, which scripts read, do not."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

import kg.commands
from kg.commands.main import VERBS
from kg.commands.tables import Section, render
from kg.commands.words import words
from tests.commands.door import kg as run

FRENCH = words("fr")
#: Verbs whose answers have no labels of the data, or words of SPARQL.
ENGLISH = {"check", "load", "query", "verify"}


def columns() -> dict[str, set[str]]:
    """verb or file -> the headings of its tables, as its constants have them."""
    found: dict[str, set[str]] = {}
    for module in iter_modules(kg.commands.__path__):
        if module.name not in ENGLISH:
            names = vars(import_module(f"kg.commands.{module.name}"))
            for name, value in names.items():
                if name.endswith("COLUMNS") and isinstance(value, tuple):
                    found.setdefault(module.name, set()).update(value)
    return found


def test_every_heading_has_its_word_in_french() -> None:
    found = columns()
    assert len(found) >= 8, "the columns were not found"
    assert {"claims", "show", "timeline"} <= set(found) & set(VERBS)
    table = {name: values - set(FRENCH) for name, values in found.items() if name != "compare_shape"}
    assert not {name: values for name, values in table.items() if values}


def test_a_table_is_in_one_language() -> None:
    table = run("claims", "--lang", "fr", "--stance", "denies").out
    assert " nie " in table
    assert " pour " in table
    assert not re.search(r"\b(denies|claimant|by 20\d\d|or later|confirmed by|denied by)\b", table)
    timeline = run("timeline", "--lang", "fr").out
    assert "au plus tard 20" in timeline
    assert " affirme 1 " in timeline
    assert not re.search(r"\b(asserts|statement|event|said by|by 20\d\d|or later)\b(?!:)", timeline)
    assert "référence" in run("show", "Choïgou", "--lang", "fr").out


def test_scripts_read_the_same_words_in_every_language() -> None:
    for format in ("json", "csv"):
        answer = run("claims", "--lang", "fr", "--stance", "denies", "--format", format).out
        assert "denies" in answer
        assert not re.search(r"\bnie\b|au plus tard", answer)
    assert run("timeline", "--lang", "fr", "--format", "csv").out.count("asserts") > 50


def test_a_language_that_we_have_no_words_of_gets_the_english_ones() -> None:
    assert words("ko") == words("../../page/phrases/en") == {}
    assert "asserts" in run("claims", "--lang", "ko").out


def test_what_the_data_say_is_never_translated() -> None:
    table = [Section("note", ("note", "id"), [("denies", "kind"), ("says", "name")])]
    shown = render(table, words=FRENCH)
    assert "note" in shown.split("\n")[0]
    assert "nie" in shown  # a stance
    assert "says" in shown  # no word of ours stands alone in a cell
    assert "kind" in shown


def test_a_stance_has_its_colour_in_every_language() -> None:
    table = [Section("", ("stance",), [("denies",)])]
    english, french = render(table, colour=True), render(table, colour=True, words=FRENCH)
    assert "\x1b[31mdenies\x1b[0m" in english
    assert "\x1b[31mnie\x1b[0m" in french


def test_a_relation_has_its_label_in_the_language() -> None:
    chain = run("path", "Kim Jong Un", "dprk-deployment", "--lang", "fr").out
    assert "décidé par" in chain
    assert "decided by" not in chain
    (steps,) = run("path", "Kim Jong Un", "dprk-deployment", "--lang", "fr", "--format", "json").rows
    assert steps[0]["property"]["label"] == "décidé par"  # type: ignore[index]  # JSON
