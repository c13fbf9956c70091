"""Two perspectives side by side: ``kg.compare.compare(left, right)`` and what it gives."""

from __future__ import annotations

from kg.compare.model import ClaimRow, Comparison, FactRow, IssueRow, Side, Standing
from kg.compare.sides import compare

__all__ = ["ClaimRow", "Comparison", "FactRow", "IssueRow", "Side", "Standing", "compare"]
