"""The stores of the verbs' tests serve here too."""

from __future__ import annotations

from tests.commands.conftest import hostile, tiny

__all__ = ["hostile", "tiny"]
