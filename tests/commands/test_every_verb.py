"""Every verb that reads goes through the perspective, in every format; tests/test_view.py walks the methods.

The verbs, their options and formats are read from the program: who adds one must say here how it is walked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import pairwise

import click
import pytest

from kg.commands.list import CLASSES
from kg.commands.main import VERBS, cli
from kg.perspective.definition import Definition
from kg.rdf.vocabulary import CLAIM
from tests.commands.door import Done, kg
from tests.commands.walks import MADE, MADE_PAIRS, OPTIONS, PAIRS, WALKS, WITHOUT, Words
from tests.page.opened import shown_first


def command_of(verb: str) -> click.Command:
    group = cli
    assert isinstance(group, click.Group)
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    return command


def asked_of(verb: str) -> set[str]:
    """The options of a verb that say which perspective it reads."""
    return {str(param.name) for param in command_of(verb).params} & {f.name for f in fields(Definition)}


def formats_of(verb: str) -> list[str]:
    (kind,) = [param.type for param in command_of(verb).params if param.name == "format"]
    assert isinstance(kind, click.Choice)
    return list(kind.choices)


READING = [verb for verb in VERBS if asked_of(verb)]
WAYS = [(verb, format) for verb in READING for format in formats_of(verb)]


def test_every_verb_is_walked_or_says_why_not() -> None:
    assert set(READING) == set(WALKS)
    assert set(VERBS) - set(READING) == set(WITHOUT)
    assert len(WAYS) >= 40, "the formats were not found"


def test_every_option_of_a_perspective_is_walked_and_every_reading_verb_has_them_all() -> None:
    assert set(PAIRS) == {f.name for f in fields(Definition)}
    assert {verb: asked_of(verb) for verb in READING} == {verb: set(OPTIONS) for verb in READING}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The stores that words may name with an @."""
    from kg import graph
    from tests.tiny import HEAD, TINY

    folder = tmp_path_factory.mktemp("walk")
    more = folder / "more.trig"
    more.write_text(HEAD + MADE, encoding="utf-8")
    graph.load([TINY, more], location=folder / "made.kg")
    return {"@made": str(folder / "made.kg")}


@pytest.fixture(scope="module")
def ask(stores: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Done]:
    """Run a command line once, and know what it said; of a page what it shows when it is opened."""
    file = tmp_path_factory.mktemp("walk") / "page.html"

    @cache
    def run(*words: str) -> Done:
        words = tuple(stores.get(word, word) for word in words)
        if words[0] != "view" and "html" not in words:
            return kg(*words)
        done = kg(*words, "-o", str(file))
        return Done(done.code, shown_first(file), done.err)

    return run


def questions(verb: str, format: str) -> Iterator[tuple[str, Words, tuple[Words, Words]]]:
    """For each option: its name, the words before it, and the two ways to give it that must be told apart."""
    for option in OPTIONS:
        words = (verb, *WALKS[verb].words(option, format), "--format", format)
        yield option, words, (MADE_PAIRS if "@made" in words else PAIRS)[option]


@pytest.mark.parametrize(("verb", "format"), WAYS)
def test_two_perspectives_that_must_differ_do(ask: Callable[..., Done], verb: str, format: str) -> None:
    wrong = []
    for option, words, pair in questions(verb, format):
        one, other = (ask(*words, *asked) for asked in pair)
        assert {one.code, other.code} in ({0}, {0, 1}), one.err + other.err
        is_same = option in WALKS[verb].same
        if is_same and option == "infer" and format == "json":
            continue  # that one claim contradicts another follows from what the other says of it
        if (one.out == other.out) != is_same:
            wrong.append(option)
    assert not wrong


def held(ask: Callable[..., Done], asked: Words, store: Words = ()) -> set[str]:
    """The claims that a perspective holds."""
    done = ask("claims", *store, "--format", "json", *asked)
    assert done.code in (0, 1), done.err
    return {str(row["claim"]) for row in done.rows}


def public(ask: Callable[..., Done], asked: Words, store: Words = ()) -> set[str]:
    """The claims that were public by the last day that is asked for, counted from all that is stored."""
    told = json.loads(ask("query", *store, "--format", "json", "-e", WHEN).out)["results"]["bindings"]
    last = {row["claim"]["value"]: row["last"]["value"] if "last" in row else "never" for row in told}
    days = [value for name, value in pairwise(asked) if name.endswith("as-of")]
    return {claim for claim, day in last.items() if not days or day <= max(days)}


#: When each claim on record became public: rule 1, by the last day of a date.
WHEN = """SELECT ?claim (MAX(?day) AS ?last) {
  GRAPH graph:record { ?claim a kg:Claim ; kg:statedIn ?statement
    OPTIONAL { ?statement kg:publishedOn ?published } OPTIONAL { ?statement kg:statedOn ?stated } }
  BIND(COALESCE(?published, ?stated) AS ?date) OPTIONAL { ?date kg:notAfter ?day } } GROUP BY ?claim"""

NAMED = re.compile(rf"(?:{re.escape(CLAIM)}|\bclaim:)([\w-]+)")
ELSEWHERE = ("contradicts", "supersedes")  # of a CLAIM: what it says of others


def told_in(text: str, format: str) -> set[str]:
    """The claims that an answer names, but for those that a claim refers to."""
    if format == "json" and text:
        text = json.dumps(_without(json.loads(text)))
    return {CLAIM + name for name in NAMED.findall(text)}


def _without(data: object) -> object:
    if isinstance(data, Mapping):
        return {key: _without(value) for key, value in data.items() if key not in ELSEWHERE}
    return (
        [_without(item) for item in data]
        if isinstance(data, Sequence) and not isinstance(data, str)
        else data
    )


@pytest.mark.parametrize(("verb", "format"), WAYS)
def test_nothing_is_told_that_the_perspective_does_not_hold(
    ask: Callable[..., Done], verb: str, format: str
) -> None:
    tells_of_the_record = WALKS[verb].record and (verb, format) not in HELD_ONLY
    seen = 0
    for _, words, pair in questions(verb, format):
        store = ("--store", "@made") if "@made" in words else ()
        for asked in pair:
            told = told_in(ask(*words, *asked).out, format)
            assert told <= public(ask, (*words, *asked), store), f"{asked}: told before it was public"
            assert tells_of_the_record or told <= held(ask, asked, store), f"{asked}: told and not held"
            seen += len(told)
    assert bool(seen) != ((verb, format) in SILENT)


#: Of the verbs that tell of the record the formats that do not.
HELD_ONLY = {("export", format) for format in ("csv", "graphml", "gexf")}

#: Ways whose answers name no claim.
SILENT = {("verify", format) for format in ("table", "json", "csv")} | {
    *((verb, "table") for verb in ("show", "timeline", "path", "disputes", "network")),
    ("treaty", "csv"),
}


@pytest.mark.parametrize("kind", ["parties", "claims", "statements", "sources", "graphs", *CLASSES])
def test_every_list_keeps_to_the_perspective(ask: Callable[..., Done], kind: str) -> None:
    for asked in PAIRS["as_of"]:
        assert told_in(ask("list", kind, *asked).out, "table") <= held(ask, asked)
