"""A call of a tool, done in a worker: the answer as JSON for programs and as text for models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from kg.errors import UsageError
from kg.server.agents.answers import Found, answer
from kg.server.agents.brief import shortened
from kg.server.agents.desk import Desk
from kg.server.agents.parameters import Value
from kg.server.agents.query import MOST_BYTES
from kg.server.agents.schemas import TREATY
from kg.server.agents.text import as_text
from kg.server.reply import Reply
from kg.server.work import Work
from kg.shapes.text import Json


def run(work: Work, reply: Reply) -> None:
    """Answer a call; arguments: ``tool`` and, checked, ``arguments``.

    :raises KgError: what the tool raises; too-many-bytes, when its answer is larger than a model should read.
    """
    tool = work.text("tool")
    given = cast(Mapping[str, Json], work.arguments["arguments"])
    arguments = {name: _value(value) for name, value in given.items()}
    desk = Desk(work.graph, work.opened.view, work.started)
    found = answer(tool, desk, arguments)
    is_brief = arguments.get("detail", "full") == "brief"
    told = desk.perspective_json(arguments)
    found, structured = _fitted(found, is_brief=is_brief, perspective=told)
    text = as_text(tool, found, whose=_whose(told) if tool not in ("find", "compare") else "")
    reply.start("application/json")
    reply.write(json.dumps({"structured": structured, "text": text}).encode())


def _value(value: Json) -> Value:
    return tuple(map(str, value)) if isinstance(value, list) else cast(Value, value)


def _fitted(found: Found, *, is_brief: bool, perspective: Json) -> tuple[Found, dict[str, Json]]:
    """The answer in its frame; of a list as much as a model should read.

    :raises UsageError: too-many-bytes, for what is no list and too large.
    """
    while True:
        structured = _framed(found, is_brief=is_brief, perspective=perspective)
        size = len(json.dumps(structured))
        if size <= MOST_BYTES:
            return found, structured
        if not isinstance(found.data, list) or len(found.data) < 2:
            what = f"the answer has {size} bytes, and at most {MOST_BYTES} are given"
            raise UsageError(what, mend="lower 'limit', or ask for less", rule="too-many-bytes")
        kept = max(1, min(len(found.data) - 1, len(found.data) * MOST_BYTES // size))
        found = replace(found, data=found.data[:kept], given=kept, is_cut=True)


def _framed(found: Found, *, is_brief: bool, perspective: Json) -> dict[str, Json]:
    data, citations = found.data, dict[str, Json]()
    if is_brief:
        if isinstance(data, list) and data and "lifecycle" in data[0]:  # treaties: one by one they have more
            data = [{key: treaty[key] for key in TREATY} for treaty in data]
        data, citations = shortened(data)
    return {
        "perspective": perspective,
        "answer": data,
        "claims": citations,
        "given": found.given,
        "total": found.total,
        "truncated": found.is_cut,
        "note": found.note,
    }


def _whose(told: Mapping[str, Json]) -> str:
    """A perspective in words, so that no answer is taken for more than it is."""
    parties = cast(list[Mapping[str, Json]], told["according_to"])
    words = [
        "according to " + " and ".join(str(one["label"]) for one in parties)
        if parties
        else "what anyone says"
    ]
    words += ["in their own words"] if told["exactly"] else []
    words += [f"as said by {told['as_of']}"] if told["as_of"] else []
    words += [f"holding on {told['on']}"] if told["on"] else []
    words += [word for word in ("undisputed", "disputed") if told[word]]
    return ", ".join([*words, *(["with what follows"] if told["infer"] else [])])
