"""Help comes at once: the program loads its libraries only when a verb needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("rdflib", "networkx", "pyvis", "pyshacl", "rich", "rapidfuzz", "pyoxigraph", "IPython", "jinja2")


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after this code."""
    report = f"{code}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["kg", "kg.commands.main", "kg.commands.options", "kg.commands.output"])
def test_importing_the_program_loads_no_library_but_click(module: str) -> None:
    assert not loaded_by(f"import {module}").intersection(HEAVY)


def test_help_loads_no_library_but_click() -> None:
    code = "from kg.commands.main import run\nassert run(['--help']) == 0"
    loaded = loaded_by(code)
    assert "click" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("verb", ["find", "show", "claims", "query"])
def test_a_look_up_loads_no_library_for_networks_pages_or_checks(verb: str) -> None:
    code = f"import kg.commands.{verb}"
    assert not loaded_by(code).intersection({"networkx", "pyvis", "pyshacl", "rdflib", "IPython"})


def test_the_sentinel_sees_a_heavy_library() -> None:
    assert "networkx" in loaded_by("import networkx")
