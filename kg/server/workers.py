"""A worker process: it opens a generation and does one task after the other, for a front that may kill it.

Only here and below is the query engine used. The engine can neither be stopped nor kept from ending the process
when memory runs out; so the front watches the time, and the system the memory.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from kg.errors import KgError
from kg.server.asked import from_json
from kg.server.messages import FAULT, READY, STARTED, TASK, Json, encode, frame, split_head, with_head
from kg.server.naming import function_named
from kg.server.problem import memory_problem, problem_of
from kg.server.process import limit_memory, live_with, mapped
from kg.server.reply import Reply
from kg.server.served import OPENERS, Opened
from kg.server.tasks import KINDS
from kg.server.work import Work

#: A perspective that nobody asked for yet is bulk-loaded, and a generation is written, which takes more than queries
#: do: the memory of so many is allowed. A user's text is run meanwhile only if he may write.
_PREPARING = 4


class Worker:
    """The loop of a worker over its socket."""

    def __init__(self, connection: socket.socket, settings: dict[str, Json]) -> None:
        self._send = connection.sendall
        self._file = cast(BinaryIO, connection.makefile("rb"))
        self._settings = settings
        self._opened: Opened | None = None
        self._memory = int(str(settings["memory"]))
        self._base = 0  # bytes that are mapped before anything is asked
        self._most = sys.maxsize  # bytes above which perspectives are let go

    def run(self) -> None:
        """Open the store, say so, and work until the front has gone."""
        try:
            opened = self._open()
        except KgError as fault:
            self._fault(fault)
            return
        if self._memory:
            self._base = mapped() + opened.mapped()
            self._most = self._base + self._memory // 2
            self._allow(1)
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it again and again
        self._send(with_head(READY, encode({"generation": opened.generation})))
        while head := self._file.read(5):
            kind, length = head[0], int.from_bytes(head[1:], "big")
            payload = self._file.read(length)
            assert kind == TASK
            self._do(*split_head(payload))

    def _open(self) -> Opened:
        self._opened = None  # closes the generation before
        if self._base:
            limit_memory(sys.maxsize)  # the limit is for what users ask, not for what opening takes
        opener = cast(Callable[[Path, str], Opened], function_named(OPENERS[str(self._settings["kind"])]))
        self._opened = opener(Path(str(self._settings["folder"])), str(self._settings["lang"]))
        if self._base:
            self._allow(1)
        return self._opened

    def _do(self, task: dict[str, Json], body: bytes) -> None:
        kind = KINDS[str(task["name"])]
        try:
            opened = self._opened
            if opened is None or opened.generation != task["generation"]:
                opened = self._open()
            asked, arguments = task["asked"], task["arguments"]
            assert isinstance(asked, dict)
            assert isinstance(arguments, dict)
            reply = Reply(self._send, generation=opened.generation, most=int(str(self._settings["bytes"])))
            work = Work(
                opened,
                from_json(asked),
                arguments,
                body,
                rows=int(str(self._settings["rows"])),
                started=(lambda: None) if task["running"] else self._started,
            )
            if not kind.prepares:
                work.started()
            if kind.writes or (kind.prepares and not task["running"]):
                self._allow(_PREPARING)
            cast(Callable[[Work, Reply], None], function_named(kind.function))(work, reply)
            reply.finish()
        except KgError as fault:
            self._fault(fault)
        except MemoryError:
            self._fault(memory_problem())
        except (BrokenPipeError, ConnectionError):
            raise  # the front has gone
        except Exception as fault:
            self._fault(fault)
        if task["asked"] or kind.writes:
            self._allow(1)
        if task["asked"] and mapped() > self._most:
            self._opened = None  # the perspectives that are kept take too much: the next task opens all anew

    def _started(self) -> None:
        self._allow(1)
        self._send(frame(STARTED))

    def _allow(self, times: int) -> None:
        """Let the process grow by so many times the memory of a query; what is there already is its own."""
        if self._memory:
            limit_memory(max(self._base, mapped()) + times * self._memory)

    def _fault(self, fault: Exception) -> None:
        """Tell the front; what is no fault of the user's is told with its traceback, for the log alone."""
        if isinstance(fault, KgError):
            problem = problem_of(fault)
            told: dict[str, Json] = {
                "status": problem.status,
                "rule": problem.rule,
                "what": problem.what,
                "mend": problem.mend,
                "headers": [list(pair) for pair in problem.headers],
                "line": problem.line,
                "column": problem.column,
                "exit_code": fault.exit_code,
            }
        else:
            told = {"status": 500, "trace": "".join(traceback.format_exception(fault))}
        self._send(with_head(FAULT, encode(told)))


def main() -> NoReturn:
    """Be the worker that the front started: the number of its socket and the settings are the arguments."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    connection.setblocking(True)
    live_with(connection)
    with suppress(OSError):  # the front has gone
        Worker(connection, json.loads(sys.argv[2])).run()
    os._exit(0)


if __name__ == "__main__":
    main()
