"""Prints the table of what passed of the suites at the end of a run that had any of them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.conformance.table import Line, suites

_ID = re.compile(r"tests/conformance/.*\[(.+)\]$")
_GOOD, _BAD = ("passed",), ("failed", "xfailed", "error")


def write_table(terminalreporter: pytest.TerminalReporter) -> None:
    """The lines of the table for what has run, in this process or in others."""
    names = suites()
    passed: Counter[str] = Counter()
    run: Counter[str] = Counter()
    for outcome in (*_GOOD, *_BAD):
        for report in terminalreporter.getreports(outcome):
            found = _ID.search(getattr(report, "nodeid", ""))
            if found and found[1] in names:
                run[names[found[1]]] += 1
                passed[names[found[1]]] += outcome in _GOOD
    if run:
        terminalreporter.section("W3C conformance (suite, tests, pass, fail)")
        for suite in dict.fromkeys(names.values()):
            if run[suite]:
                terminalreporter.write_line(str(Line(suite, run[suite], passed[suite])))
