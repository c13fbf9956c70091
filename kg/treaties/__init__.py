"""Treaties as a perspective has them: ``kg.treaties.treaties(view)``, and what its answers are made of."""

from __future__ import annotations

from kg.treaties.model import Act, Article, CasusFoederis, Obligation, PartyStatus, Position, Treaty
from kg.treaties.reading import treaties
from kg.treaties.status import party_statuses, status

__all__ = [
    "Act",
    "Article",
    "CasusFoederis",
    "Obligation",
    "PartyStatus",
    "Position",
    "Treaty",
    "party_statuses",
    "status",
    "treaties",
]
