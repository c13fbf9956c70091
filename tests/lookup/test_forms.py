"""The table of name forms: each finds its thing first, and none means a wrong one.

The forms were written down before anyone looked at what is found, from the dossier, from CLDR, from tables of
romanisation and from other languages' spellings. The expected thing of a form is a CURIE, or ``-`` when the form
names nothing in the data, however near it comes to something. Names of several things are not in the table.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import kg
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.rdf.vocabulary import ID

FORMS = Path(__file__).parent / "forms"
NOTHING = "-"


class Form(NamedTuple):
    """A row of the table."""

    form: str
    lang: str
    expected: str
    note: str

    @property
    def thing(self) -> str | None:
        return None if self.expected == NOTHING else ID + self.expected.removeprefix("id:")


class Outcome(NamedTuple):
    """What a form finds, best first, and what it means as a THING."""

    form: Form
    found: list[str]
    meant: str | None


def table() -> list[Form]:
    forms: list[Form] = []
    for file in sorted(FORMS.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            assert next(reader) == ["form", "lang", "expected", "note"], file.name
            forms += [Form(*row) for row in reader]
    return forms


def test_the_table_is_large_and_sound() -> None:
    forms = table()
    assert len(forms) >= 400
    assert sum(form.thing is None for form in forms) >= 100
    assert len({form.lang for form in forms}) >= 30
    twice = [form for form, count in Counter(form.form for form in forms).items() if count > 1]
    assert twice == []
    for form in forms:
        assert all(form), form
        assert form.form == unicodedata.normalize("NFC", form.form.strip()), form
        assert form.thing is None or form.expected.startswith("id:"), form


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with kg.open(":shipped:") as shipped:
        yield shipped


@pytest.fixture(scope="module")
def outcomes(graph: KnowledgeGraph) -> list[Outcome]:
    return [Outcome(form, _found(graph, form.form), _meant(graph, form.form)) for form in table()]


def _found(graph: KnowledgeGraph, text: str) -> list[str]:
    return [match.iri for match in graph.find(text, limit=5)]


def _meant(graph: KnowledgeGraph, text: str) -> str | None:
    try:
        return graph.resolve(text)
    except KgError:
        return None


def test_what_is_expected_is_in_the_data(graph: KnowledgeGraph) -> None:
    known = graph.perspective().labels({form.thing for form in table() if form.thing})
    missing = [iri for iri, label in known.items() if label == iri.removeprefix(ID)]
    assert missing == []


def test_a_form_finds_its_thing_first(outcomes: list[Outcome]) -> None:
    """recall@1 >= 0.97, recall@5 >= 0.995."""
    named = [outcome for outcome in outcomes if outcome.form.thing]
    assert len(named) >= 300
    second = [outcome for outcome in named if outcome.found[:1] != [outcome.form.thing]]
    absent = [outcome for outcome in named if outcome.form.thing not in outcome.found]
    assert 1 - len(second) / len(named) >= 0.97, told(second)
    assert 1 - len(absent) / len(named) >= 0.995, told(absent)


def test_no_form_means_a_wrong_thing(outcomes: list[Outcome]) -> None:
    """As a THING a form means what it names, or is refused; it never means another thing in silence."""
    wrong = [outcome for outcome in outcomes if outcome.meant not in (None, outcome.form.thing)]
    assert wrong == [], told(wrong)


def test_most_forms_are_taken_at_their_word(outcomes: list[Outcome]) -> None:
    """A refusal is safe, and of use to nobody: typos, initials and beginnings may be refused, no more."""
    named = [outcome for outcome in outcomes if outcome.form.thing]
    meant = [outcome for outcome in named if outcome.meant]
    assert len(meant) / len(named) >= 0.85, told([outcome for outcome in named if not outcome.meant])


def test_a_name_of_nothing_finds_little(outcomes: list[Outcome]) -> None:
    """What is found is offered, not taken: at most a tenth of them comes near enough to be offered anything."""
    nameless = [outcome for outcome in outcomes if outcome.form.thing is None]
    near = [outcome for outcome in nameless if outcome.found]
    assert len(near) / len(nameless) <= 0.1, told(near)


def told(outcomes: list[Outcome]) -> str:
    return "\n".join(
        f"{form.form} ({form.lang}): {form.expected}, found {[iri.removeprefix(ID) for iri in found]}, meant {meant}"
        for form, found, meant in outcomes
    )
