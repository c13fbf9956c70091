"""Whose account an answer is: another perspective is answered otherwise, and the answer tells which one it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from tests.agents.client import Agent, text_of

Arguments = Mapping[str, object]

#: Two perspectives that must be answered differently, for every tool that has one.
APART: list[tuple[str, Arguments, Arguments, Arguments]] = [
    (
        "show",
        {"thing": "North Korea", "limit": 1000},
        {"according_to": ["Russia"]},
        {"according_to": ["Ukraine"]},
    ),
    ("show", {"thing": "Choïgou"}, {"on": "2023-01-01"}, {"on": "2025-01-01"}),
    (
        "claims",
        {"about": "Kursk deployment", "according_to": ["Russia"]},
        {"as_of": "2025-04-25"},
        {"as_of": "2025-04-28"},
    ),
    ("claims", {"limit": 500}, {"disputed": True}, {"undisputed": True}),
    (
        "claims",
        {"according_to": ["workers-party-of-korea"], "as_of": "2025-04-28"},
        {},
        {"exactly": True},
    ),
    ("claims", {"about": "Kursk deployment"}, {"lang": "en"}, {"lang": "fr"}),
    ("disputes", {}, {"as_of": "2024-10-31"}, {"as_of": "2025-04-30"}),
    ("timeline", {"limit": 1000}, {"according_to": ["Russia"]}, {"according_to": ["Ukraine"]}),
    ("treaty", {"treaty": "csp-2024"}, {"on": "2024-11-10"}, {"on": "2025-01-01"}),
    ("compare", {"parties": ["Russia", "Ukraine"]}, {"as_of": "2025-04-25"}, {"as_of": "2025-04-30"}),
    (
        "query",
        {"query": "ASK { ?d a kg:Deployment ; kg:sendingState id:north-korea }", "according_to": ["Russia"]},
        {"as_of": "2025-04-25"},
        {"as_of": "2025-04-28"},
    ),
    ("query", {"query": "SELECT (COUNT(*) AS ?n) { ?x a kg:Actor }"}, {"infer": False}, {"infer": True}),
]


@pytest.mark.parametrize(
    ("tool", "arguments", "one", "other"), APART, ids=[f"{n}-{tool}" for n, (tool, *_) in enumerate(APART)]
)
def test_another_perspective_is_answered_otherwise(
    agent: Agent, tool: str, arguments: Arguments, one: Arguments, other: Arguments
) -> None:
    first, second = agent.ask(tool, **{**arguments, **one}), agent.ask(tool, **{**arguments, **other})
    assert first["answer"] != second["answer"]


def test_an_answer_tells_of_which_perspective_it_is(agent: Agent) -> None:
    result = agent.call(
        "claims",
        according_to=["la Russie", "DPRK"],
        as_of="2025-04",
        on="2025",
        undisputed=True,
        exactly=True,
    )
    found = cast(dict[str, dict[str, object]], result.structured_content)["perspective"]
    assert [one["label"] for one in cast(list[dict[str, str]], found["according_to"])] == [
        "North Korea",
        "Russia",
    ]
    assert (found["as_of"], found["on"], found["undisputed"]) == ("2025-04-30", "2025-12-31", True)
    first = text_of(result).splitlines()[0]
    assert first == (
        "Perspective: according to North Korea and Russia, in their own words, as said by 2025-04-30, "
        "holding on 2025-12-31, undisputed."
    )
