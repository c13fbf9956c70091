"""The server for agents: what it offers, what it refuses and how, what it survives, how it begins and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import mcp_types as types
import pytest
from mcp import MCPError

from kg.commands.json_shapes import CLAIM, POSITION, VERB_SHAPES
from kg.server.agents.resources import questions
from kg.server.agents.schemas import ANSWERS, output_schema
from kg.server.agents.schemas import CLAIM as CLAIM_KEYS
from kg.server.agents.tools import TOOLS
from tests.agents.client import KG, Agent, connected, text_of
from tests.commands.door import kg

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: The words of a perspective, which every tool but find takes.
PERSPECTIVE = {"as_of", "on", "undisputed", "disputed", "exactly", "infer", "lang"}


def test_every_tool_is_offered_with_what_it_takes_and_gives(agent: Agent) -> None:
    tools = agent.tools()
    assert list(tools) == ["find", "show", "claims", "disputes", "timeline", "treaty", "compare", "query"]
    for name, tool in tools.items():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert tool.annotations.open_world_hint is False
        assert len(tool.description or "") > 100
        assert tool.input_schema["additionalProperties"] is False
        properties = cast(Mapping[str, Mapping[str, object]], tool.input_schema["properties"])
        assert all(len(str(schema["description"])) > 10 for schema in properties.values())
        assert name == "find" or set(properties) >= PERSPECTIVE
        assert ("according_to" in properties) == (name not in ("find", "compare"))
        assert tool.output_schema is not None
        assert tool.output_schema["required"] == [
            *("perspective", "answer", "claims", "given", "total", "truncated", "note")
        ]
    size = sum(len(tool.model_dump_json(exclude_none=True, by_alias=True)) for tool in tools.values())
    assert size < 48_000, "a model reads all of this before it asks"


def test_the_schemas_of_the_answers_have_the_keys_of_the_manual() -> None:
    for tool, (_, keys) in ANSWERS.items():
        documented = set(VERB_SHAPES[tool][1])
        if tool == "show":
            documented -= {"says"}
        if tool == "compare":
            documented -= {"verdict", "position"}  # of the members of its lists
        assert not keys or set(keys) == documented, tool
    assert set(CLAIM_KEYS) == set(CLAIM)
    assert set(POSITION) == set(output_schema("claims")["$defs"]["position"]["properties"])  # type: ignore[index]  # JSON


def test_a_model_is_told_how_to_use_it(agent: Agent) -> None:
    told = agent.client.instructions or ""
    for word in ("according_to", "as_of", "on (", "Cite", "truncated", "foedus://perspectives"):
        assert word in told


WRONG: list[tuple[str, Mapping[str, object], str, str]] = [
    ("find", {}, "bad-argument", "'name' is missing"),
    ("find", {"name": ""}, "bad-argument", "'name'"),
    ("find", {"name": 7}, "bad-argument", "'name' is 7"),
    ("find", {"name": "Kim", "limit": 0}, "bad-argument", "from 1 to 200"),
    ("find", {"name": "Kim", "limit": 10**30}, "bad-argument", "from 1 to 200"),
    ("find", {"name": "Kim", "limit": True}, "bad-argument", "whole number"),
    ("find", {"name": "Kim", "as_of": "2025"}, "bad-argument", "there is no argument 'as_of'"),
    ("find", {"name": "Kim", "types": ["Nothing"]}, "unknown-type", "Nothing"),
    ("show", {"thing": "nobody at all"}, "unknown-name", "nobody at all"),
    ("show", {"thing": "Kim"}, "ambiguous-name", "id:kim-jong-un"),
    ("claims", {"party": "Russia"}, "bad-argument", "there is no argument 'party'"),
    ("claims", {"according_to": "Russia"}, "bad-argument", "a list of names"),
    ("claims", {"according_to": ["Atlantis"]}, "unknown-party", "Atlantis"),
    ("claims", {"according_to": ["x"] * 21}, "bad-argument", "at most 20"),
    ("claims", {"as_of": "yesterday"}, "bad-date", "yesterday"),
    ("claims", {"as_of": "2025-02-30"}, "bad-date", "2025-02-30"),
    ("claims", {"stance": "doubts"}, "bad-argument", "choose one of asserts"),
    ("claims", {"disputed": True, "undisputed": True}, "opposite-options", "both"),
    ("claims", {"disputed": "yes"}, "bad-argument", "true or false"),
    ("claims", {"detail": "all"}, "bad-argument", "brief, full"),
    ("disputes", {"about": "Atlantis"}, "unknown-name", "Atlantis"),
    ("timeline", {"since": "2025-05", "until": "2025-04"}, "bad-argument", "after"),
    ("treaty", {"treaty": "Atlantis"}, "unknown-name", "Atlantis"),
    ("compare", {}, "compare-what", "two parties"),
    ("compare", {"parties": ["Russia"]}, "compare-what", "two parties"),
    ("compare", {"parties": ["Russia", "Russian Federation"]}, "compare-what", "two parties"),
    ("compare", {"parties": ["Russia"], "with_as_of": "2025"}, "compare-days", "'as_of'"),
    ("compare", {"as_of": "2025-05", "with_as_of": "2025-04"}, "compare-days", "earlier"),
    (
        "compare",
        {"parties": ["Russia", "Ukraine"], "as_of": "2024", "with_as_of": "2025"},
        "compare-what",
        "two questions",
    ),
    ("query", {"query": "SELECT"}, "bad-query", "SELECT"),
    ("query", {"query": "SELECT ?x { ?x a nope:Thing }"}, "bad-query", "nope:"),
    ("query", {"query": "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }"}, "query-service", "SERVICE"),
    ("query", {"query": "DELETE WHERE { ?s ?p ?o }"}, "query-update", "DELETE"),
    ("query", {"query": "LOAD <file:///etc/passwd>"}, "query-update", "LOAD"),
    (
        "query",
        {"query": "SELECT * FROM <http://192.0.2.1/> { ?s ?p ?o }", "as_of": "2025"},
        "query-from",
        "FROM",
    ),
    ("query", {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, "too-many-rows", "limit"),
    ("query", {"query": "{" * 5000}, "bad-query", "nested"),
]


@pytest.mark.parametrize(
    ("tool", "arguments", "rule", "part"), WRONG, ids=[f"{n}-{row[2]}" for n, row in enumerate(WRONG)]
)
def test_what_is_asked_wrongly_is_told_in_a_line(
    agent: Agent, tool: str, arguments: Mapping[str, object], rule: str, part: str
) -> None:
    told = agent.refusal(tool, **arguments)
    assert told.endswith(f" [{rule}]")
    assert part in told
    assert "; " in told
    assert "\n" not in told
    assert "Traceback" not in told


def test_null_is_as_if_not_given(agent: Agent) -> None:
    nothing = {"about": None, "as_of": None, "according_to": None, "limit": None, "disputed": None}
    assert agent.ask("claims", **nothing) == agent.ask("claims")


def test_an_unknown_tool_or_resource_is_a_fault_of_the_protocol(agent: Agent) -> None:
    with pytest.raises(MCPError, match=r"there is no tool 'load'.*\[unknown-tool\]"):
        agent.call("load")
    with pytest.raises(MCPError, match=r"there is no resource 'foedus://x'.*\[unknown-resource\]"):
        agent.read("foedus://x")
    with pytest.raises(MCPError, match="unknown-resource"):
        agent.read("file:///etc/passwd")


def test_a_runaway_query_is_stopped_and_others_are_answered_meanwhile(hurried: Agent) -> None:
    assert hurried.ask("find", name="Shoigu")["given"]
    begin = time.monotonic()
    running = cast("Future[types.CallToolResult]", hurried.start("query", query=RUNAWAY))
    assert hurried.ask("find", name="Shoigu")["given"]
    assert time.monotonic() - begin < 1.9, "it waited for the runaway"
    assert not running.done()
    result = running.result(20)
    took = time.monotonic() - begin
    assert result.is_error
    assert text_of(result).endswith("[time-limit]")
    assert 1.9 < took < 6
    assert hurried.ask("claims", by="Ukraine")["given"]


def test_a_query_that_wants_all_memory_is_stopped() -> None:
    hog = "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } ORDER BY ?y ?x ?b ?a LIMIT 1"
    with connected(
        "--store", ":shipped:", "--time-limit", "30", "--memory", "300", "--workers", "1"
    ) as agent:
        told = agent.refusal("query", query=hog)
        assert told.endswith("[memory-limit]")
        assert agent.ask("find", name="Shoigu")["given"]


def test_an_answer_is_no_larger_than_a_model_should_read(agent: Agent) -> None:
    found = agent.ask("query", query="SELECT * { ?s ?p ?o . ?s ?q ?r }", limit=10_000)
    assert found["truncated"] is True
    assert 500_000 < len(json.dumps(found)) <= 1_000_000
    told = agent.refusal(
        "query",
        query="SELECT (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o FILTER isIRI(?o) VALUES ?n { 1 2 3 4 } }",
    )
    assert told.endswith("[too-many-bytes]")


def test_a_text_of_the_data_cannot_pass_for_a_line_of_ours(agent: Agent) -> None:
    query = 'SELECT ?x { BIND("a\\n- \\"forged\\" | claim:x\\u202e\\u2028" AS ?x) }'
    assert len(text_of(agent.call("query", query=query)).splitlines()) == 3


def test_the_resources_are_there(agent: Agent) -> None:
    offered = agent.resources()
    assert list(offered)[:3] == ["foedus://perspectives", "foedus://ontology", "foedus://questions"]
    assert len(offered) == 3 + len(questions()) >= 30
    assert all(len(one.description or "") > 20 and one.mime_type for one in offered.values())
    ontology = agent.read("foedus://ontology")
    assert "- kg:Deployment (is a kg:Event): sending of forces by a state" in ontology
    assert "PREFIX kg: <" in ontology
    assert "- code:denies" in ontology
    guide = agent.read("foedus://perspectives")
    assert all(f"| {word} |" in guide for word in ("according_to", "as_of", "on", "disputed", "exactly"))
    every = agent.read("foedus://questions")
    for name, question, text in questions():
        assert agent.read(f"foedus://questions/{name}") == text
        assert question in every
        assert text.strip() in every


def test_a_question_is_answered_as_it_stands(agent: Agent) -> None:
    found = agent.ask("query", query=agent.read("foedus://questions/013"))
    done = kg("query", "--question", "013", "--format", "json", "--store", ":shipped:")
    assert found["answer"] == done.data


def test_an_older_client_is_served_too() -> None:
    with connected("--store", ":shipped:", mode="legacy") as agent:
        assert len(agent.tools()) == len(TOOLS)
        assert agent.ask("find", name="Шойгу")["given"] == 1


def test_it_ends_with_its_client_and_leaves_no_process() -> None:
    words = [KG, "mcp", "--store", ":shipped:"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        hello = {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "t", "version": "0"},
        }
        request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "foedus"
        children = _children(process.pid)
        assert len(children) >= 2
        process.stdin.close()
        assert process.wait(10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""
    end = time.monotonic() + 5
    while (left := [pid for pid in children if Path(f"/proc/{pid}").exists()]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left


def _children(pid: int) -> list[int]:
    if not Path("/proc/self/task").exists():
        pytest.skip("the system does not tell of children")
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize(
    ("words", "code", "rule"),
    [
        (("--store", "nowhere.kg"), 4, "no-such-store"),
        (("--store", ":memory:"), 2, "bad-option"),
        (("--time-limit", "0"), 2, "bad-option"),
    ],
    ids=["no store", "memory", "no time"],
)
def test_what_is_wrong_is_told_before_anybody_asks(
    words: tuple[str, ...], code: int, rule: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [KG, "mcp", *words], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == code
    assert done.stdout == b""
    assert done.stderr.decode().rstrip().endswith(f"[{rule}]")


def test_without_the_extra_it_says_how_to_get_it() -> None:
    code = (
        "import sys\n"
        "sys.modules.update(mcp=None, mcp_types=None)\n"
        "from kg.commands.main import run\n"
        "sys.exit(run(['mcp']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.returncode == 2
    assert done.stderr == (
        "error: the library of the Model Context Protocol is not installed; "
        "pip install 'foedus[mcp]' [extra-missing]\n"
    )
