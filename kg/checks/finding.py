"""A finding: one breach of a rule, at a position, with what is wrong and how to mend it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError, Position


class Severity(enum.IntEnum):
    """How grave a finding is; ``ERROR`` keeps data out of a store. In order of gravity, gravest first."""

    ERROR = 0
    WARN = 1
    INFO = 2

    @property
    def word(self) -> str:
        """The word that stands in the printed line, as compilers write it."""
        return {"ERROR": "error", "WARN": "warning", "INFO": "info"}[self.name]


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule.

    >>> print(Finding(Severity.WARN, "short-passage", "the passage has 3 characters", "widen it",
    ...               position=Position("a.trig", 3, 7)))
    a.trig:3:7: warning: the passage has 3 characters; widen it [short-passage]
    """

    severity: Severity
    rule: str
    what: str
    mend: str
    position: Position | None = None
    value: str = ""

    def __str__(self) -> str:
        where = f"{self.position}: " if self.position else ""
        text = f"{where}{self.severity.word}: {self.what}; {self.mend} [{self.rule}]"
        return " ".join(text.split())  # one line, whatever the value in it holds

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """By file, line and column; then the gravest first, then by rule and text."""
        at = self.position or Position("")
        return at.file, at.line, at.column, self.severity, self.rule, self.what


def fault(what: str, *, mend: str, rule: str, position: Position | None = None, value: str = "") -> Finding:
    """A finding at ERROR, said as a ``KgError`` is said."""
    return Finding(Severity.ERROR, rule, what, mend, position=position, value=value)


def from_error(error: KgError) -> Finding:
    """The finding that says what an error says."""
    return fault(error.what, mend=error.mend, rule=error.rule, position=error.position)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by file, line and column."""
    return sorted(set(findings), key=lambda finding: finding.sort_key)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that keep data out of a store, in the order given."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
