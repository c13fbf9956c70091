"""The errors that a user can meet: each says where, what, how to mend it, and the name of its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Position:
    """A position in a file: line and column count from 1; 0 means not known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class KgError(Exception):
    """Any fault that is not ours: ``POSITION: error: WHAT; MEND [RULE]``, one line.

    >>> print(DataError("'2025-02-30' is not a date", mend="write YYYY-MM-DD", rule="bad-date",
    ...                 position=Position("a.trig", 3, 7)))
    a.trig:3:7: error: '2025-02-30' is not a date; write YYYY-MM-DD [bad-date]
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, *, mend: str, rule: str, position: Position | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.rule = rule
        self.position = position

    def __str__(self) -> str:
        where = f"{self.position}: " if self.position else ""
        text = f"{where}error: {self.what}; {self.mend} [{self.rule}]"
        return " ".join(text.split())  # a fault is one line, whatever the value in it holds


class NotFoundError(KgError):
    """The question was right and its answer is no: nothing is found."""

    exit_code = 1


class UsageError(KgError):
    """The question was asked wrongly: an option, a query, an unknown or ambiguous name."""

    exit_code = 2


class DataError(KgError):
    """The data break a rule: syntax, shape, code list, date."""

    exit_code = 3


class StoreError(KgError):
    """The store is locked, missing, damaged or cannot be written."""

    exit_code = 4
