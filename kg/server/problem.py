"""A request that is refused or fails: the only place that knows which fault has which HTTP status.

Raise a :class:`Problem`, or any :class:`KgError`, in a handler or in a task: the client gets the status, and a
body of ``application/problem+json`` with ``type``, ``title``, ``status``, ``detail``, ``mend`` and ``rule``.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import ClassVar

from kg.errors import DataError, KgError, NotFoundError, StoreError

MEDIA_TYPE = "application/problem+json"
Headers = tuple[tuple[str, str], ...]
#: Where a fault does not go by its class.
_STATUS = {
    "store-locked": 503,
}


class Problem(KgError):  # noqa: N818 - RFC 9457 calls it so
    """A fault with the HTTP status that it means, and headers that go with it."""

    exit_code: ClassVar[int] = 2

    def __init__(
        self, what: str, *, mend: str, rule: str, status: int, headers: Headers = (), id: str = ""
    ) -> None:
        super().__init__(what, mend=mend, rule=rule)
        self.status = status
        self.headers = headers
        self.id = id  # that of the line in the log that has the rest

    def body(self) -> bytes:
        """What the client reads."""
        return problem_body(self.status, self.rule, self.what, self.mend, id=self.id)


def problem_body(status: int, rule: str, what: str, mend: str, *, position: str = "", id: str = "") -> bytes:
    """A fault as RFC 9457 has it."""
    told: dict[str, str | int] = {
        "type": f"urn:foedus:error:{rule}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": what,
        "mend": mend,
        "rule": rule,
    }
    if position:
        told["position"] = position
    if id:
        told["id"] = id
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


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
    where = f"{fault.position}: " if fault.position else ""
    return Problem(where + fault.what, mend=fault.mend, rule=fault.rule, status=status, headers=retry)


def memory_problem() -> Problem:
    """The fault of a task that needs more memory than it may have."""
    return Problem(
        "the answer needs more memory than a query may have",
        mend="ask for less: a smaller pattern, fewer groups, no ordering of everything",
        rule="memory-limit",
        status=503,
    )
