"""What the tools answer: the JSON of the command line; what is cited, empty or left out; and whose view it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

import pytest

from kg.server.agents.brief import CITED
from kg.server.agents.tools import TOOLS
from tests.agents.client import Agent, text_of
from tests.commands.door import kg

Words = tuple[str, ...]
Arguments = Mapping[str, object]

#: The keys of what stands for a claim in a brief answer.
REFERENCE = {"claim", "stance", "stance_of"}

#: The same question by the command line and by a tool.
PAIRS: list[tuple[Words, str, Arguments]] = [
    (("find", "Шойгу"), "find", {"name": "Шойгу", "limit": 20}),
    (
        ("find", "Kim", "--type", "Person", "--lang", "fr"),
        "find",
        {"name": "Kim", "types": ["Person"], "lang": "fr", "limit": 20},
    ),
    (("show", "Kim Jong Un"), "show", {"thing": "Kim Jong Un"}),
    (("show", "Choïgou", "--on", "2025-03-21"), "show", {"thing": "Choïgou", "on": "2025-03-21"}),
    (("show", "claim:euronews-p15-1"), "show", {"thing": "claim:euronews-p15-1"}),
    (
        ("show", "csp-2024", "--according-to", "Ukraine", "--limit", "3"),
        "show",
        {"thing": "csp-2024", "according_to": ["Ukraine"], "limit": 3},
    ),
    (("claims", "Kursk deployment"), "claims", {"about": "Kursk deployment", "limit": 500}),
    (
        ("claims", "--by", "Ukraine", "--stance", "denies"),
        "claims",
        {"by": "Ukraine", "stance": "denies"},
    ),
    (
        ("claims", "--according-to", "Russia", "--as-of", "2025-04", "--lang", "fr"),
        "claims",
        {"according_to": ["Russia"], "as_of": "2025-04", "lang": "fr", "limit": 500},
    ),
    (("claims", "--disputed", "--limit", "2"), "claims", {"disputed": True, "limit": 2}),
    (("claims", "--undisputed", "--infer"), "claims", {"undisputed": True, "infer": True, "limit": 500}),
    (("disputes", "--limit", "3"), "disputes", {"limit": 3}),
    (
        ("disputes", "--according-to", "Russia", "--as-of", "2024-10-31"),
        "disputes",
        {"according_to": ["Russia"], "as_of": "2024-10-31", "limit": 200},
    ),
    (
        ("timeline", "North Korea", "--from", "2025-04", "--to", "2025-04-28"),
        "timeline",
        {"about": "North Korea", "since": "2025-04", "until": "2025-04-28", "limit": 1000},
    ),
    (("treaty", "csp-2024", "--on", "2024-11-10"), "treaty", {"treaty": "csp-2024", "on": "2024-11-10"}),
    (("treaty",), "treaty", {}),
    (
        ("compare", "Russia", "Ukraine", "--as-of", "2025-04-30", "--limit", "5"),
        "compare",
        {"parties": ["Russia", "Ukraine"], "as_of": "2025-04-30", "limit": 5},
    ),
    (
        ("compare", "--according-to", "Russia", "--as-of", "2025-04-25", "--with-as-of", "2025-04-28"),
        "compare",
        {"parties": ["Russia"], "as_of": "2025-04-25", "with_as_of": "2025-04-28", "limit": 500},
    ),
    (
        ("query", "-e", "SELECT ?d ?f { ?d kg:deployedForce ?f } ORDER BY ?d"),
        "query",
        {"query": "SELECT ?d ?f { ?d kg:deployedForce ?f } ORDER BY ?d"},
    ),
    (
        ("query", "-e", "ASK { ?d a kg:Deployment }", "--according-to", "Russia", "--as-of", "2025-04-25"),
        "query",
        {"query": "ASK { ?d a kg:Deployment }", "according_to": ["Russia"], "as_of": "2025-04-25"},
    ),
    (
        ("query", "-e", "CONSTRUCT { ?d a ?c } WHERE { ?d a kg:Deployment, ?c }"),
        "query",
        {"query": "CONSTRUCT { ?d a ?c } WHERE { ?d a kg:Deployment, ?c }"},
    ),
    (
        ("query", "--question", "013"),
        "query",
        {"query": "SELECT ?x ?l ?n { BIND(<<( id:a id:b 'c'@fr )>> AS ?x) BIND(1.5 AS ?n) BIND('d' AS ?l) }"},
    ),
]
PAIRS[-1] = (("query", "-e", str(PAIRS[-1][2]["query"])), *PAIRS[-1][1:])


def test_every_tool_is_compared_with_its_verb() -> None:
    assert {tool for _, tool, _ in PAIRS} == {tool.name for tool in TOOLS}
    assert len(PAIRS) >= 20


@pytest.mark.parametrize(
    ("words", "tool", "arguments"), PAIRS, ids=[" ".join(words) for words, _, _ in PAIRS]
)
def test_a_tool_answers_as_the_command_line_does(
    agent: Agent, words: Words, tool: str, arguments: Arguments
) -> None:
    done = kg(*words, "--format", "json", "--store", ":shipped:")
    assert done.code == 0, done.err
    detail = {} if tool in ("find", "query") else {"detail": "full"}
    assert agent.ask(tool, **arguments, **detail)["answer"] == done.data


BRIEF = [pair[1:] for pair in PAIRS if pair[1] not in ("find", "query") and pair[0] != ("treaty",)]


@pytest.mark.parametrize(
    ("tool", "arguments"), BRIEF, ids=[f"{n}-{tool}" for n, (tool, _) in enumerate(BRIEF)]
)
def test_a_brief_answer_says_the_same_and_cites_every_claim(
    agent: Agent, tool: str, arguments: Arguments
) -> None:
    full, brief = agent.ask(tool, **arguments, detail="full"), agent.ask(tool, **arguments)
    claims, references = list(claims_in(full["answer"])), list(references_in(brief["answer"]))
    citations = cast(dict[str, dict[str, object]], brief["claims"])
    assert {str(claim["claim"]) for claim in claims} == set(citations)
    for claim, reference in zip(claims, references, strict=True):
        cited = {**citations[str(claim["claim"])], **reference}
        assert {key: claim[key] for key in cited} == cited
        assert not [key for key in CITED if claim[key] and key not in cited]
    assert without_claims(full["answer"]) == without_claims(brief["answer"])


def claims_in(data: object) -> Iterator[dict[str, object]]:
    """Every claim in an answer."""
    if isinstance(data, dict):
        if "claimant" in data and "claim" in data:
            yield data
        else:
            for value in data.values():
                yield from claims_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from claims_in(value)


def references_in(data: object) -> Iterator[dict[str, object]]:
    """Every reference to a claim in a brief answer."""
    if isinstance(data, dict):
        if set(data) >= REFERENCE:
            yield data
        else:
            for value in data.values():
                yield from references_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from references_in(value)


def without_claims(data: object) -> object:
    """The answer with only the IRI in the place of a claim, or of a reference to one."""
    if isinstance(data, dict):
        if set(data) >= REFERENCE:
            return data["claim"]
        return {key: without_claims(value) for key, value in data.items()}
    return [without_claims(value) for value in data] if isinstance(data, list) else data


def test_two_records_of_one_claim_are_not_mixed(agent: Agent) -> None:
    days = {"as_of": "2024-10-31", "with_as_of": "2025-04-28"}
    found = agent.ask("compare", **days, limit=500)
    other = [one for one in references_in(found["answer"]) if set(one) > REFERENCE]
    assert other, "no claim was confirmed or denied in between"


def test_a_line_has_all_that_a_citation_needs(agent: Agent) -> None:
    found = text_of(agent.call("claims", by="Valery Gerasimov"))
    line = next(line for line in found.splitlines() if "claim:euronews-p15-1" in line)
    for part in (
        "Valery Gerasimov for Russia",
        "2025-04-26",
        "source:euronews-2025-04-28",
        "¶15",
        "[3552:3783]",
    ):
        assert part in line
    admitted = text_of(agent.call("claims", about="Kursk deployment"))
    line = next(line for line in admitted.splitlines() if "claim:nis-2024-10-18-deployment" in line)
    assert "confirmed by NATO (2024-10-28), North Korea (2025-04-28), Russia (2025-04-28)" in line


def test_a_treaty_is_told_as_it_stood_on_a_day_and_not_since_that_day(agent: Agent) -> None:
    on = text_of(agent.call("treaty", treaty="csp-2024", on="2025-04-30"))
    assert "| in force (on 2025-04-30)" in on
    assert "| in force (after the last known act)" in text_of(agent.call("treaty", treaty="csp-2024"))


EMPTY: list[tuple[str, Arguments, str]] = [
    ("find", {"name": "Xq"}, "nothing is named"),
    ("show", {"thing": "csp-2024", "according_to": ["Belarus"], "as_of": "1990"}, ""),
    ("claims", {"as_of": "1990"}, "no claim fits"),
    ("disputes", {"as_of": "1990"}, "no parties contradict each other here"),
    ("timeline", {"since": "2090"}, "nothing fits"),
    ("treaty", {"treaty": "Kim Jong Un"}, "is no treaty here"),
    ("compare", {"parties": ["Belarus", "Ukraine"], "as_of": "1990"}, "there is nothing to compare"),
    ("query", {"query": "SELECT ?x { ?x a kg:Nothing }"}, "nothing fits the query"),
]


@pytest.mark.parametrize(("tool", "arguments", "note"), EMPTY, ids=[tool for tool, _, _ in EMPTY])
def test_nothing_is_an_answer_and_no_error(agent: Agent, tool: str, arguments: Arguments, note: str) -> None:
    found = agent.ask(tool, **arguments)
    assert note in str(found["note"])
    assert found["truncated"] is False
    if note:
        assert found["given"] == 0
        assert "; " in str(found["note"]), "it does not say what to do"


CUT: list[tuple[str, Arguments, int | None]] = [
    ("find", {"name": "Kim"}, None),
    ("show", {"thing": "csp-2024"}, 32),
    ("claims", {"about": "Kursk deployment"}, 35),
    ("claims", {}, 161),
    ("disputes", {}, None),
    ("timeline", {}, 123),
    ("treaty", {}, 3),
    ("compare", {"parties": ["Russia", "Ukraine"]}, 167),
    ("query", {"query": "SELECT * { ?s ?p ?o }"}, None),
]


@pytest.mark.parametrize(
    ("tool", "arguments", "total"), CUT, ids=[f"{n}-{tool}" for n, (tool, _, _) in enumerate(CUT)]
)
def test_an_answer_says_that_there_is_more(
    agent: Agent, tool: str, arguments: Arguments, total: int | None
) -> None:
    result = agent.call(tool, **arguments, limit=1)
    found = cast(dict[str, object], result.structured_content)
    assert found["truncated"] is True
    assert found["given"] == (3 if tool == "compare" else 1)
    assert (found["total"] is None) == (total is None)
    assert found["total"] is None or cast(int, found["total"]) >= 3
    assert re.search(r"TRUNCATED: \d+ of (?:\d+|more) are given", text_of(result))
