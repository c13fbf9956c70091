"""What a worker can be asked to do: a closed registry of names, each with the function that does it.

To add a task, write a function in a file of kg/server/ and name it here. It is called in a worker, once for
each request, with :class:`kg.server.work.Work` (the open graph, the view of the perspective, the arguments) and
:class:`kg.server.reply.Reply` (a binary file to write the answer to, after saying its media type)::

    def find(work: Work, reply: Reply) -> None:
        found = work.graph.find(work.text("name"))
        reply.start("application/json")
        reply.write(json.dumps([match.iri for match in found]).encode())

Faults are raised: any ``KgError`` gets its status. In the front a handler answers with the task::

    async def find(request: Request) -> Response:
        return service.reply(Task("find", arguments={"name": "Kursk"}))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.server.asked import DEFAULT, Asked
from kg.server.messages import Json, encode


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task: the function that does it, and what the front must know of it.

    ``prepares``: it calls ``work.started()`` itself once what it needs is made; until then the longer limit for
    preparing holds. ``writes``: it builds a new generation, and has the limit for that; it is done by one
    worker at a time and never remembered. ``remembers``: the same arguments on the same generation give the
    same answer, so that the front may keep it.
    """

    function: str
    prepares: bool = False
    writes: bool = False
    remembers: bool = True


#: Every task that there is: name -> how it is done.
KINDS: dict[str, Kind] = {
    "open": Kind("kg.server.task_query:open_only", remembers=False),
    "query": Kind("kg.server.task_query:run", prepares=True),
    "update": Kind("kg.server.task_update:run", writes=True, remembers=False),
    "graph": Kind("kg.server.task_graph:read", prepares=True),
    "write-graph": Kind("kg.server.task_graph:write", writes=True, remembers=False),
    "description": Kind("kg.server.task_description:run", prepares=True),
    "explorer-graph": Kind("kg.server.explorer.pages:graph", prepares=True),
    "explorer-around": Kind("kg.server.explorer.pages:around", prepares=True),
    "explorer-about": Kind("kg.server.explorer.pages:about", prepares=True),
    "explorer-disputes": Kind("kg.server.explorer.disputes:disputes", prepares=True),
    "explorer-query": Kind("kg.server.explorer.query:editor", prepares=True),
    "explorer-names": Kind("kg.server.explorer.names:names"),
    "explorer-fault": Kind("kg.server.explorer.fault:fault"),
    "explorer-api": Kind("kg.server.explorer.api:answer", prepares=True),
    "store-identity": Kind("kg.server.whole:identity"),
    "store-excerpt": Kind("kg.server.whole:excerpt", prepares=True, remembers=False),
    "store-quads": Kind("kg.server.whole:quads", remembers=False),
    "agent": Kind("kg.server.agents.task:run", prepares=True, remembers=False),
    "agent-ontology": Kind("kg.server.agents.resources:ontology", remembers=False),
}


#: The functions of SPARQL that give another value each time. What comes before their bracket is not looked through:
#: the front does this, for any text that anyone sends, and must be done in one pass.
_CHANGES = re.compile(r"(?:now|rand|uuid)[\s#(]", re.IGNORECASE)


def changes(query: str) -> bool:
    """Whether a query may have another answer each time that it is asked."""
    folded = query.casefold()  # most hold none of the words, which is seen at once
    return any(word in folded for word in ("now", "rand", "uuid")) and _CHANGES.search(query) is not None


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its kind by name, the perspective, and arguments that JSON can hold.

    ``body``: bytes that go with it, for what is too large for an argument.
    """

    name: str
    asked: Asked = DEFAULT
    arguments: Mapping[str, Json] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> Kind:
        """How it is done."""
        return KINDS[self.name]

    @property
    def is_repeatable(self) -> bool:
        """Whether the same generation always gives the same answer, so that the front may remember it."""
        return (
            self.kind.remembers
            and not self.body
            and "hosts" not in self.arguments  # what another server says may change
            and not changes(str(self.arguments.get("query", "")))
        )

    def key(self) -> bytes:
        """What tells it from every other task, but for its body."""
        return encode({"name": self.name, "asked": self.asked.to_json(), "arguments": self.arguments})
