"""Where ontology/ and data/ lie, in a clone or in an installed wheel: the only place that knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped(name: str) -> Path:
    """The folder ``ontology`` or ``data`` that travels with this installation.

    :raises FileNotFoundError: when the installation is incomplete, which is a fault of ours.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "shipped" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}/ is neither in the package nor beside it")


def ontology_folder() -> Path:
    """The folder that holds the ontology, its code lists, shapes, rules and questions."""
    return shipped("ontology")


def dossiers_folder() -> Path:
    """The folder that holds the shipped dossiers, one folder each."""
    return shipped("data") / "dossiers"


def reference_folder() -> Path:
    """The folder that holds what every store knows: the states and their capitals, by name and code."""
    return shipped("data") / "reference"
