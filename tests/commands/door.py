"""The door of the program: run a command line as a user would, and see what came of it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from kg.commands.main import run

#: Variables of test machines that change how a process writes or imports.
NOT_THE_USERS = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command line did: its exit code, the answer, and what was said beside it."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> object:
        """The answer as JSON."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, object]]:
        """The answer as a list of JSON objects."""
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found

    @property
    def object(self) -> dict[str, object]:
        """The answer as one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def kg(*words: str, stdin: bytes = b"") -> Done:
    """Run ``kg WORDS`` in this process: the same code from the first word to the exit code, without the start-up."""
    out, err = io.BytesIO(), io.BytesIO()
    texts = [io.TextIOWrapper(stream, encoding="ascii", write_through=True) for stream in (out, err)]
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with contextlib.redirect_stdout(texts[0]), contextlib.redirect_stderr(texts[1]):
            code = run(list(words))
    finally:
        sys.stdin = before
    return Done(code, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))


def kg_process(*words: str, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Done:
    """Run ``kg WORDS`` as a process of its own, for what only a process has: locale, pipes, start-up.

    A pipe is buffered as it is for users, whatever the variables of this process say.
    """
    plain = {name: value for name, value in os.environ.items() if name not in NOT_THE_USERS}
    done = subprocess.run(
        [sys.executable, "-m", "kg.commands.main", *words],
        input=stdin,
        capture_output=True,
        env={**plain, **(env or {})},
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
