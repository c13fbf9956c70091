"""Who owes what to whom by treaty: the network of obligations on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kg.claims.model import Named
from kg.dates import last_day
from kg.networks.assembly import Edge, assemble
from kg.rdf.vocabulary import KG
from kg.treaties.model import Article, Obligation, Treaty
from kg.treaties.reading import treaties

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective

_IN_FORCE = "in force"
_BILATERAL = 2
_MORE = ("obligation", "treaty", "article", "trigger")


def obligations(view: Perspective, *, on: date | str | None = None) -> networkx.MultiDiGraph[str]:
    """Who owes what to whom by the treaties that are in force on a day: from the obligor to the obligee.

    The day is ``on``, else that for which, else that as of which the perspective was taken; without any it
    is that of the last known act. A treaty is in force by the rules of docs/model.md; one of more than two
    parties must be so for both of these. There is an edge for each way in which claims put an obligation:
    its type, the article that imposes it and its triggers. So claims that place one obligation in two
    articles make two edges, and the weight is the number of claims that put it so.

    Edges have the IRIs ``obligation`` and ``treaty``, the number of the ``article`` (0 where the claim names
    none) and the labels of the ``trigger``, all of which must be met; none where it is always due.

    :raises UsageError: bad-date.
    """
    day = last_day(on) or view.definition.on or view.definition.as_of
    told: dict[_Way, set[str]] = defaultdict(set)
    for treaty in treaties(view, on=day):
        for article in treaty.articles:
            for obligation in article.obligations:
                for way in _ways(treaty, article, obligation):
                    told[way] |= {claim.iri for claim in obligation.claims}
    edges = (way.edge(frozenset(claims)) for way, claims in told.items())
    return assemble(view, "obligations", edges, more=_MORE)


@dataclass(frozen=True, slots=True)
class _Way:
    """How some claims put an obligation between two parties."""

    obligor: Named
    obligee: Named
    obligation: str
    type: Named | None
    treaty: str
    article: str
    number: int
    triggers: tuple[Named, ...]

    def edge(self, claims: frozenset[str]) -> Edge:
        kind = self.type or Named(KG + "Obligation", "")
        parts = (self.obligation, self.article, kind.iri, *(trigger.iri for trigger in self.triggers))
        more: dict[str, str | int] = {
            "obligation": self.obligation,
            "treaty": self.treaty,
            "article": self.number,
            "trigger": ", ".join(trigger.label for trigger in self.triggers),
        }
        return Edge(self.obligor.iri, self.obligee.iri, " ".join(parts), claims, kind.iri, more=more)


def _ways(treaty: Treaty, article: Article, obligation: Obligation) -> Iterator[_Way]:
    for obligor, obligee in product(obligation.obligors, obligation.obligees):
        if obligor != obligee and _binds(treaty, obligor, obligee):
            yield _Way(
                obligor,
                obligee,
                obligation.iri,
                obligation.type,
                treaty.iri,
                article.iri,
                article.number,
                obligation.triggers,
            )


def _binds(treaty: Treaty, *parties: Named) -> bool:
    """Whether the treaty is in force between these; what puts one of two parties under it binds the other."""
    if treaty.status != _IN_FORCE:
        return False
    status = {one.party: one.status for one in treaty.status_by_party}
    return len(status) <= _BILATERAL or all(status.get(party) == _IN_FORCE for party in parties)
