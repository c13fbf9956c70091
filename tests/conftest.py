"""What holds for every test: no network, and nothing of the user's own settings, stores and caches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import chromium as chromium
from tests.conformance.summary import write_table
from tests.offline import sitecustomize as guard

#: What a user's shell may hold and a test must not see.
SETTINGS = (
    *("KG_STORE", "KG_CACHE", "KG_DEBUG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONPATH"),
    *("KG_AUTHORIZATION", "KG_TIMEOUT", "KG_UPDATE_ADDRESS", "KG_REMOTE_WRITE", "KG_MIRROR_QUADS"),
)


@pytest.fixture(autouse=True, scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No network here or in what a test starts; one cache for the run, so that the store is built once."""
    guard.install()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("KG_CACHE", str(shared / "kg-cache"))
        patch.setenv("PYTHONPATH", str(Path(guard.__file__).parent))
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Here and not in tests/conformance: when several processes share the tests, the first reads no other file."""
    write_table(terminalreporter)
