"""Treaties as a perspective has them: life cycle, articles, obligations, invocations, status on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kg.claims.model import Claim, Named
from kg.dates import parse_extent
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.terms import local_name
from kg.rdf.vocabulary import DATE, KG

if TYPE_CHECKING:
    from kg.perspective.view import Perspective


@dataclass(frozen=True, slots=True)
class Act:
    """One act in the life of a treaty, as ``claims`` tell it; others may date the same act otherwise."""

    iri: str
    type: Named
    party: Named | None
    performed_by: tuple[Named, ...]
    date: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Obligation:
    """What parties owe to others, as ``claims`` put it; others may word the same obligation otherwise."""

    iri: str
    type: Named | None
    obligors: tuple[Named, ...]
    obligees: tuple[Named, ...]
    triggers: tuple[Named, ...]
    at_request: bool | None
    action: str
    promptness: Named | None
    limits: tuple[Named, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the obligations that it imposes; number 0 is the treaty as a whole."""

    iri: str
    number: int
    label: str
    obligations: tuple[Obligation, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty; ``status`` is that on the day that was asked for, else after the last known act."""

    iri: str
    label: str
    parties: tuple[Named, ...]
    lifecycle: tuple[Act, ...]
    status: str
    status_on: str | None
    articles: tuple[Article, ...]
    invocations: tuple[Claim, ...]
    replaces: tuple[Named, ...]


def treaties(
    view: Perspective, *, treaty: str | None = None, on: date | None = None, lang: str = "en"
) -> list[Treaty]:
    """The treaties of a perspective, or the one of this IRI, by label.

    ``on`` is the day of the status: ``signed`` when somebody had signed, ``ratified`` when every party had,
    ``in force`` from its entry into force, ``terminated`` from a termination, ``not signed`` before all that,
    ``unknown`` when no act is known. An act counts from the last day on which it may have happened.
    """
    asked = [iri(treaty)] if treaty else None
    nodes: dict[str, set[str]] = {}
    said: _Said = {}
    for found_treaty, node, relation, text, lang_of_text, graph in rows(
        view.store, named_query("treaty_parts", treaty=asked)
    ):
        nodes.setdefault(found_treaty, set()).add(node)
        said.setdefault(node, {}).setdefault(relation, []).append(_Saying(text, lang_of_text, graph))
    invocations: dict[str, list[str]] = {}
    for found_treaty, claim in rows(view.store, named_query("treaty_invocations", treaty=asked)):
        invocations.setdefault(found_treaty, []).append(claim)
    iris = {
        s.value for about in said.values() for sayings in about.values() for s in sayings if ":" in s.value
    }
    desk = _Desk(
        said=said,
        labels=view.labels(sorted(iris | set(said))),
        claims={claim.iri: claim for claim in view.claims()},
        lang=lang,
    )
    found = [desk.treaty(t, sorted(nodes[t]), invocations.get(t, []), on) for t in sorted(nodes)]
    return sorted(found, key=lambda t: (t.label, t.iri))


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

    said: _Said
    labels: Mapping[str, str]
    claims: Mapping[str, Claim]
    lang: str

    def treaty(
        self, treaty: str, nodes: Sequence[str], invocations: Sequence[str], on: date | None
    ) -> Treaty:
        parties = self._things(treaty, "hasParty")
        acts = [act for node in nodes if treaty in self._values(node, "onTreaty") for act in self._acts(node)]
        acts.sort(
            key=lambda act: (_sort_key(act.date), act.type.iri, act.party.label if act.party else "", act.iri)
        )
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
            articles=tuple(sorted(articles, key=lambda a: (a.number, a.iri))),
            invocations=tuple(self.claims[claim] for claim in invocations),
            replaces=self._things(treaty, "replaces"),
        )

    def _acts(self, node: str) -> Iterable[Act]:
        """The act once for each way in which claims tell it: what it is, of which party, when, and by whom.

        Where a claim is silent on what identifies the act, its type and its party, others may tell it.
        """
        told: dict[tuple[str, tuple[Named, ...], Named | None, Named | None], set[str]] = {}
        for graph in self._graphs(node):
            alone = self._only(graph)
            kind = alone._first(node, "actionType") or self._first(node, "actionType")
            parties = alone._things(node, "actingParty") or self._things(node, "actingParty") or [None]
            for day, party in product(alone._values(node, "occurredOn") or [""], parties):
                way = (day.removeprefix(DATE), alone._things(node, "performedBy"), kind, party)
                told.setdefault(way, set()).add(graph)
        for (when, performed_by, kind, party), graphs in told.items():
            # A claim that tells only how it was done stands beside those that tell when.
            if when or performed_by or not any(any(way[:2]) and way[2:] == (kind, party) for way in told):
                yield Act(
                    iri=node,
                    type=kind or Named(KG + "TreatyAction", "act"),
                    party=party,
                    performed_by=performed_by,
                    date=when,
                    claims=self._claims(graphs),
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
        said = {
            node: {term: [one for one in sayings if one.graph == graph] for term, sayings in about.items()}
            for node, about in self.said.items()
        }
        return replace(self, said=said)

    def _graphs(self, node: str) -> list[str]:
        return sorted(
            {one.graph for sayings in self.said.get(node, {}).values() for one in sayings} & set(self.claims)
        )

    def _sayings(self, node: str, term: str) -> list[_Saying]:
        return self.said.get(node, {}).get(KG + term, [])

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


def status(acts: Sequence[Act], parties: Sequence[Named], on: date | None) -> str:
    """What the acts make of the treaty by the end of a day, or at last; see :func:`treaties`.

    Of an act that is dated in several ways the date that most claims allow counts, the exacter, the later.
    """
    done: dict[str, set[str]] = {}
    for act in _as_most_say(acts):
        if on is None or (act.date and parse_extent(act.date).is_by(on)):
            done.setdefault(local_name(act.type.iri), set()).add(act.party.iri if act.party else "")
    ratified = done.get("ratification", set())
    if "termination" in done:
        return "terminated"
    if "entry-into-force" in done:
        return "in force"
    if "instrument-exchange" in done or (ratified and {party.iri for party in parties} <= ratified):
        return "ratified"
    if done.keys() & {"signature", "ratification", "submission", "parliamentary-approval"}:
        return "signed"
    return "not signed" if acts else "unknown"


def _as_most_say(acts: Sequence[Act]) -> list[Act]:
    """Each act of a party once, as most claims date it: a claim supports every date that it allows."""
    best: dict[tuple[str, str], Act] = {}
    for act in sorted(acts, key=lambda act: (_support(act, acts), _exactness(act.date), act.date)):
        best[act.iri, act.party.iri if act.party else ""] = act
    return list(best.values())


def _obligation_key(obligation: Obligation) -> tuple[str, str, list[str]]:
    kind = obligation.type.label if obligation.type else ""
    return kind, obligation.iri, [claim.iri for claim in obligation.claims]


def _support(act: Act, acts: Sequence[Act]) -> int:
    same = (other for other in acts if (other.iri, other.party) == (act.iri, act.party))
    return sum(len(other.claims) for other in same if _allows(other.date, act.date))


def _allows(told: str, day: str) -> bool:
    """Whether a date leaves room for all of another; one that is not known tells nothing."""
    if not (told and day):
        return False
    (first, last), (start, end) = _sort_key(told), _sort_key(day)
    return first <= start and end <= last


def _exactness(lexical: str) -> int:
    """More for a shorter stretch of time."""
    first, last = _sort_key(lexical)
    return -(last - first).days


def _sort_key(lexical: str) -> tuple[date, date]:
    return parse_extent(lexical).sort_key() if lexical else (date.max, date.max)
