"""Where parties contradict each other, side by side: rules D1 to D10 of docs/perspectives.md."""

from __future__ import annotations

from kg.disputes.find import disputes
from kg.disputes.model import Dispute, Position, Side

__all__ = ["Dispute", "Position", "Side", "disputes"]
