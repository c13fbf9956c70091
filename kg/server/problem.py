"""A request that is refused or fails: the only place that knows which fault has which HTTP status.

Raise a :class:`Problem`, or any :class:`KgError`, in a handler or in a task: the client gets the status, and a
body of ``application/problem+json`` with ``type``, ``title``, ``status``, ``detail``, ``mend`` and ``rule``; and
with ``line`` and ``column`` where the fault lies in a text that was sent.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import ClassVar

from kg.errors import DataError, KgError, NotFoundError, Position, StoreError

MEDIA_TYPE = "application/problem+json"
_LONGEST = 1000  # characters
Headers = tuple[tuple[str, str], ...]
#: Where a fault does not go by its class.
_STATUS = {
    "store-locked": 503,
}


class Problem(KgError):  # noqa: N818 - RFC 9457 calls it so
    """A fault with the HTTP status that it means, and headers that go with it."""

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        what: str,
        *,
        mend: str,
        rule: str,
        status: int,
        headers: Headers = (),
        line: int = 0,
        column: int = 0,
        id: str = "",
    ) -> None:
        super().__init__(what, mend=mend, rule=rule)
        self.status = status
        self.headers = headers
        self.line, self.column = line, column  # in what was sent, from 1; 0 when not known
        self.id = id  # that of the line in the log that has the rest

    def body(self) -> bytes:
        """What the client reads, as RFC 9457 has it."""
        told: dict[str, str | int] = {
            "type": f"urn:foedus:error:{self.rule}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": _short(self.what),
            "mend": _short(self.mend),
            "rule": self.rule,
        }
        for name, value in (("line", self.line), ("column", self.column), ("id", self.id)):
            if value:
                told[name] = value
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _short(text: str) -> str:
    """As much of a text as a person reads: it may quote all that was sent."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def status_of(fault: KgError) -> int:
    """The status that a fault means.

    >>> status_of(NotFoundError("x", mend="y", rule="unknown-name"))
    404
    """
    if isinstance(fault, Problem):
        return fault.status
    if fault.rule in _STATUS:
        return _STATUS[fault.rule]
    if isinstance(fault, NotFoundError):
        return 404
    if isinstance(fault, DataError):
        return 422
    return 500 if isinstance(fault, StoreError) else 400


def problem_of(fault: KgError) -> Problem:
    """Any fault of ours as a problem."""
    if isinstance(fault, Problem):
        return fault
    status = status_of(fault)
    retry: Headers = (("retry-after", "1"),) if status == 503 else ()
    at = fault.position or Position("")
    where = f"{fault.position}: " if fault.position else ""
    return Problem(
        where + fault.what,
        mend=fault.mend,
        rule=fault.rule,
        status=status,
        headers=retry,
        line=at.line,
        column=at.column,
    )


def bad_parameter(name: str, mend: str) -> Problem:
    """The fault of a parameter that is missing, given twice, or not known."""
    return Problem(f"the parameter '{name}' is not right", mend=mend, rule="bad-parameter", status=400)


def memory_problem() -> Problem:
    """The fault of a task that needs more memory than it may have."""
    return Problem(
        "the answer needs more memory than a query may have",
        mend="ask for less: a smaller pattern, fewer groups, no ordering of everything",
        rule="memory-limit",
        status=503,
    )


def too_deep_problem() -> Problem:
    """The fault of a text that the engine cannot descend into."""
    return Problem(
        "what was sent is nested too deep, or strings too much together, for the engine",
        mend="write it flatter or shorter",
        rule="too-deep",
        status=400,
    )
