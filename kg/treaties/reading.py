"""Treaties out of a perspective: what claims say of one is put together, each in its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kg.claims.codec import claim_order, read_claims
from kg.claims.model import Claim, Named
from kg.dates import parse_extent
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import CODE, DATE, KG
from kg.treaties.casus import casus_foederis
from kg.treaties.model import Act, Article, Obligation, Treaty
from kg.treaties.status import party_statuses, rung, status

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

_ACTUAL = CODE + "actual"


def treaties(
    view: Perspective, *, treaty: str | None = None, on: date | None = None, lang: str | None = None
) -> list[Treaty]:
    """The treaties of a perspective, or the one of this IRI, by label.

    ``on`` is the day of the statuses, see :func:`kg.treaties.status.status`; ``lang`` that of the texts, by
    default the perspective's.
    """
    view = view.around([treaty], kin=True) if treaty else view
    asked = [iri(treaty)] if treaty else None
    nodes: dict[str, set[str]] = defaultdict(set)
    said: _Said = {}
    by_graph: dict[str, _Said] = defaultdict(dict)
    for found_treaty, node, relation, text, lang_of_text, graph in rows(
        view.store, named_query("treaty_parts", treaty=asked)
    ):
        nodes[found_treaty].add(node)
        saying = _Saying(text, lang_of_text, graph)
        for about in (said, by_graph[graph]):
            about.setdefault(node, {}).setdefault(relation, []).append(saying)
    invocations: dict[str, list[str]] = defaultdict(list)
    for found_treaty, claim in rows(view.store, named_query("treaty_invocations", treaty=asked)):
        invocations[found_treaty].append(claim)
    iris = {
        s.value for about in said.values() for sayings in about.values() for s in sayings if ":" in s.value
    }
    graphs = {graph for graph in by_graph if view.admits(graph)}
    chosen = graphs.union(*invocations.values())
    desk = _Desk(
        said=said,
        by_graph=by_graph,
        labels=view.labels(sorted(iris | set(said))),
        claims={claim.iri: claim for claim in read_claims(view.store, claims=chosen, lang=view.lang)},
        lang=lang or view.lang,
    )
    fallen_due = casus_foederis(view, treaty=treaty)
    found = [
        replace(desk.treaty(one, sorted(about), invocations[one], on), casus_foederis=fallen_due.get(one, ()))
        for one, about in nodes.items()
    ]
    return sorted(found, key=lambda one: (one.label, one.iri))


@dataclass(frozen=True, slots=True)
class _Saying:
    """A value that somebody gives, and the claim graph in which it stands."""

    value: str
    lang: str
    graph: str


_Said = dict[str, dict[str, list[_Saying]]]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where what is said of the nodes is put together."""

    said: Mapping[str, Mapping[str, Sequence[_Saying]]]
    by_graph: Mapping[str, _Said]
    labels: Mapping[str, str]
    claims: Mapping[str, Claim]
    lang: str

    def treaty(
        self, treaty: str, nodes: Sequence[str], invocations: Sequence[str], on: date | None
    ) -> Treaty:
        parties = self._things(treaty, "hasParty")
        acts = [act for node in nodes if treaty in self._values(node, "onTreaty") for act in self._acts(node)]
        acts.sort(key=_act_key)
        articles = [self._article(node) for node in self._values(treaty, "hasArticle")]
        if self._values(treaty, "imposes"):
            articles.append(self._article(treaty))
        return Treaty(
            iri=treaty,
            label=self.labels[treaty],
            parties=parties,
            lifecycle=tuple(acts),
            status=status(acts, parties, on),
            status_on=on.isoformat() if on else None,
            status_by_party=party_statuses(acts, parties, on),
            articles=tuple(sorted(articles, key=lambda a: (a.number, a.iri))),
            invocations=tuple(sorted((self.claims[claim] for claim in invocations), key=claim_order)),
            casus_foederis=(),
            replaces=self._things(treaty, "replaces"),
        )

    def _acts(self, node: str) -> Iterable[Act]:
        """The act once for each way in which claims tell it: what it is, of which party, when, and by whom.

        Where a claim is silent on what identifies the act, its type and its party, others may tell it.
        """
        told: dict[_Way, set[str]] = {}
        for graph in self._graphs(node):
            alone = self._only(graph)
            kind = alone._first(node, "actionType") or self._first(node, "actionType")
            parties = alone._things(node, "actingParty") or self._things(node, "actingParty") or [None]
            modality = alone._first(node, "modality")
            for day, party in product(alone._values(node, "occurredOn") or [""], parties):
                way = _Way(
                    day.removeprefix(DATE),
                    alone._things(node, "performedBy"),
                    kind,
                    party,
                    None if modality and modality.iri == _ACTUAL else modality,
                )
                told.setdefault(way, set()).add(graph)
        for way, graphs in told.items():
            # A claim that tells only how it was done stands beside those that tell when.
            if way.tells or not any(other.tells and other.is_of(way) for other in told):
                yield Act(
                    iri=node,
                    type=way.kind or Named(KG + "TreatyAction", "act"),
                    party=way.party,
                    performed_by=way.performed_by,
                    date=way.date,
                    claims=self._claims(graphs),
                    modality=way.modality,
                )

    def _article(self, node: str) -> Article:
        numbers = sorted(int(value) for value in self._values(node, "articleNumber"))
        told: dict[Obligation, set[str]] = {}
        for saying in self._sayings(node, "imposes"):
            told.setdefault(self._only(saying.graph)._obligation(saying.value), set()).add(saying.graph)
        obligations = [
            replace(obligation, claims=self._claims(graphs)) for obligation, graphs in told.items()
        ]
        return Article(
            iri=node,
            number=numbers[0] if numbers else 0,
            label=self.labels[node],
            obligations=tuple(sorted(obligations, key=_obligation_key)),
            claims=self._claims({s.graph for sayings in self.said.get(node, {}).values() for s in sayings}),
        )

    def _obligation(self, node: str) -> Obligation:
        """The obligation as the claims at hand tell it, without them."""
        conditions = self._values(node, "triggeredBy")
        triggers = [trigger for condition in conditions for trigger in self._things(condition, "triggerType")]
        at_request = {v for condition in conditions for v in self._values(condition, "atRequest")}
        return Obligation(
            iri=node,
            type=self._first(node, "obligationType"),
            obligors=self._things(node, "obligor"),
            obligees=self._things(node, "obligee"),
            triggers=tuple(triggers),
            at_request="true" in at_request if at_request else None,
            action=self._text(node, "requiredAction"),
            promptness=self._first(node, "promptness"),
            limits=self._things(node, "subjectTo"),
            claims=(),
        )

    def _only(self, graph: str) -> _Desk:
        """What one claim says: a treaty is told by several, and none may be made to say another's words."""
        return replace(self, said=self.by_graph[graph])

    def _graphs(self, node: str) -> list[str]:
        return sorted(
            {one.graph for sayings in self.said.get(node, {}).values() for one in sayings} & set(self.claims)
        )

    def _sayings(self, node: str, term: str) -> Sequence[_Saying]:
        return self.said.get(node, {}).get(KG + term, ())

    def _values(self, node: str, term: str) -> list[str]:
        return sorted({saying.value for saying in self._sayings(node, term)})

    def _things(self, node: str, term: str) -> tuple[Named, ...]:
        named = (Named(value, self.labels.get(value, value)) for value in self._values(node, term))
        return tuple(sorted(named, key=lambda thing: (thing.label, thing.iri)))

    def _first(self, node: str, term: str) -> Named | None:
        return next(iter(self._things(node, term)), None)

    def _text(self, node: str, term: str) -> str:
        texts = {saying.lang: saying.value for saying in self._sayings(node, term)}
        return texts.get(self.lang) or texts.get("en") or next(iter(texts.values()), "")

    def _claims(self, graphs: Iterable[str]) -> tuple[Claim, ...]:
        return tuple(self.claims[graph] for graph in sorted(graphs) if graph in self.claims)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a claim tells an act."""

    date: str
    performed_by: tuple[Named, ...]
    kind: Named | None
    party: Named | None
    modality: Named | None

    @property
    def tells(self) -> bool:
        """Whether it says more than that there was such an act."""
        return bool(self.date or self.performed_by)

    def is_of(self, other: _Way) -> bool:
        """Whether both tell of the same step of the same party."""
        return (self.kind, self.party) == (other.kind, other.party)


def _obligation_key(obligation: Obligation) -> tuple[str, str, list[str]]:
    kind = obligation.type.label if obligation.type else ""
    return kind, obligation.iri, [claim.iri for claim in obligation.claims]


def _act_key(act: Act) -> tuple[tuple[date, date], int, str, str, str, tuple[Named, ...]]:
    when = parse_extent(act.date).sort_key() if act.date else (date.max, date.max)
    return when, rung(act), act.type.iri, act.party.label if act.party else "", act.iri, act.performed_by
