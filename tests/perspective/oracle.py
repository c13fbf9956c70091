"""The norm of a perspective once more: slow, in plain rdflib, written from docs/perspectives.md and nothing of kg/.

It knows no store, no query and no code of kg/perspective; only IRIs and what a date means.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.dates import parse_extent
from kg.rdf import vocabulary as v

KG = Namespace(v.KG)
REFERENCE, RECORD, ONTOLOGY = map(URIRef, (v.REFERENCE_GRAPH, v.RECORD_GRAPH, v.ONTOLOGY_GRAPH))
COMMON = (REFERENCE, RECORD, ONTOLOGY)
HOLDS = {"asserts", "confirms", "revises"}
CONTESTS = {"denies", "disputes"}
Triples = set[tuple[Node, Node, Node]]
Heard = Callable[[Node], set[Node]]  # from a stance to all for whom it is taken


class Question(NamedTuple):
    """A perspective as it may be asked for; ``mode`` is empty, undisputed or disputed."""

    parties: tuple[str, ...] = ()
    as_of: date | None = None
    on: date | None = None
    mode: str = ""
    exactly: bool = False
    infer: bool = False


def read_dataset(nquads: bytes) -> Dataset:
    """The dataset as rdflib reads it; its parser still uses what it calls deprecated."""
    dataset = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=nquads, format="nquads")
    return dataset


class Norm:
    """All that was loaded, and what each perspective on it must be."""

    def __init__(self, nquads: bytes) -> None:
        self.data = read_dataset(nquads)
        self.record, self.reference = self.data.graph(RECORD), self.data.graph(REFERENCE)
        # Asked again for every perspective on the same data, and always the same.
        self.spoken_for, self.tops = cache(self._spoken_for), cache(self._tops)
        self.public_on = cache(self._public_on)
        self.names = {g.identifier for g in self.data.graphs()} - {self.data.default_graph.identifier}

    def dataset(self, asked: Question) -> dict[str, Triples]:
        """The graphs by name, the default graph under the empty name."""
        graphs = {str(ONTOLOGY): set(self.data.graph(ONTOLOGY)), str(REFERENCE): set(self.reference)}
        graphs[str(RECORD)] = self.public_record(asked.as_of)
        for claim in self.admitted(asked):
            graphs[claim] = set(self.data.graph(URIRef(claim)))
        if asked.infer:
            graphs = {name: self.closed(triples) for name, triples in graphs.items()}
        return graphs | {"": set().union(*graphs.values())}

    def admitted(self, asked: Question) -> set[str]:
        """The claims of a perspective."""
        return {str(claim) for claim in self.claims() if self.admits(claim, asked)}

    def claims(self) -> Iterator[Node]:
        """All that are on record."""
        return self.record.subjects(RDF.type, KG.Claim)

    def admits(self, claim: Node, asked: Question) -> bool:
        parties, as_of, on, mode, exactly, _ = asked
        wanted: set[Node] = {URIRef(party) for party in parties}
        if not self.is_public(claim, as_of) or self.is_retracted(claim, as_of):
            return False
        for newer in self.record.subjects(KG.supersedes, claim):
            if self.is_public(newer, as_of) and not self.is_retracted(newer, as_of):
                return False
        stances = [s for s in self.record.subjects(KG.stanceOn, claim) if self.is_public(s, as_of)]
        heard = self.named if exactly else self.spoken_for
        if not any(self.holds(stances, party, heard) for party in wanted or self.everybody(stances, heard)):
            return False
        if mode and self.is_contested(stances, wanted, heard) != (mode == "disputed"):
            return False
        return on is None or all(self.covers(graph_date, on) for graph_date in self.state_dates(claim))

    def closed(self, triples: Triples) -> Triples:
        """One graph and what follows from it and the ontology: one step after another until no more follows."""
        known = set(triples)
        while new := {made for triple in known for made in self.steps(*triple)} - known:
            known |= new
        return known

    def steps(self, subject: Node, predicate: Node, object: Node) -> Iterator[tuple[Node, Node, Node]]:
        says = self.data.graph(ONTOLOGY)
        if predicate == RDF.type:
            for above in says.objects(object, RDFS.subClassOf):
                if isinstance(above, URIRef):
                    yield subject, predicate, above
        for above in says.objects(predicate, RDFS.subPropertyOf):
            yield subject, above, object
        if not isinstance(object, Literal):
            for other in (*says.objects(predicate, OWL.inverseOf), *says.subjects(OWL.inverseOf, predicate)):
                yield object, other, subject
            if (predicate, RDF.type, OWL.SymmetricProperty) in says:
                yield object, predicate, subject

    def holds(self, stances: list[Node], party: Node, heard: Heard) -> bool:
        mine = [s for s in stances if party in heard(s)]
        if not mine:
            return False
        last = max(map(self.day, mine))
        types = {self.type(s) for s in mine if self.day(s) == last}
        return bool(types & HOLDS) and not types & (CONTESTS | {"retracts"})

    def is_retracted(self, claim: Node, as_of: date | None) -> bool:
        stances = [s for s in self.record.subjects(KG.stanceOn, claim) if self.is_public(s, as_of)]
        claimants = {*self.record.objects(claim, KG.claimant), *self.record.objects(claim, KG.onBehalfOf)}
        for claimant in claimants:
            mine = [s for s in stances if claimant in self.spoken_for(s)]
            last = max(map(self.day, mine), default=date.min)
            if any(self.type(s) == "retracts" for s in mine if self.day(s) == last):
                return True
        return False

    def is_contested(self, stances: list[Node], asked: set[Node], heard: Heard) -> bool:
        for denial in stances:
            if self.type(denial) not in CONTESTS or heard(denial) & asked:
                continue
            answered = [
                s for s in stances if self.day(s) > self.day(denial) and self.tops(s) & self.tops(denial)
            ]
            if not answered:
                return True
        return False

    def everybody(self, stances: list[Node], heard: Heard) -> set[Node]:
        return {party for stance in stances for party in heard(stance)}

    def named(self, stance: Node) -> set[Node]:
        """Who takes it, and on whose behalf it says that it is taken."""
        return {*self.record.objects(stance, KG.stanceOf), *self.record.objects(stance, KG.onBehalfOf)}

    def _spoken_for(self, stance: Node) -> set[Node]:
        (actor,) = self.record.objects(stance, KG.stanceOf)
        direct = {actor, *self.record.objects(stance, KG.onBehalfOf), *self.bodies(actor, stance)}
        return {above for party in direct for above in self.upwards(party)}

    def _tops(self, stance: Node) -> set[Node]:
        (actor,) = self.record.objects(stance, KG.stanceOf)
        direct = {actor, *self.record.objects(stance, KG.onBehalfOf), *self.bodies(actor, stance)}
        if len(direct) > 1:
            direct -= {actor}
        every = {above for party in direct for above in self.upwards(party)}
        return {party for party in every if not self.superiors(party)} or every

    def upwards(self, party: Node) -> set[Node]:
        """Itself, and all above it as far as one speaks for the next."""
        found, waiting = {party}, [party]
        while waiting:
            above = self.superiors(waiting.pop()) - found
            found |= above
            waiting += above
        return found

    def superiors(self, party: Node) -> set[Node]:
        return set() if self.is_alone(party) else set(self.reference.objects(party, KG.subordinateTo))

    def is_alone(self, actor: Node) -> bool:
        types = set(self.reference.objects(actor, RDF.type))
        return bool(types & {KG.InformalGroup, KG.MediaOrganization})

    def bodies(self, actor: Node, stance: Node) -> Iterator[Node]:
        (statement,) = self.record.objects(stance, KG.statedIn)
        said = next(self.record.objects(statement, KG.statedOn))
        when = parse_extent(str(said).removeprefix(v.DATE))
        for graph in map(self.data.graph, self.names):
            for tenure in graph.subjects(KG.holder, actor):
                first = min(self.bounds(graph, tenure, KG.holdsFrom, 0), default=date.min)
                last = max(self.bounds(graph, tenure, KG.holdsUntil, 1), default=date.max)
                too_late = when.not_before is not None and last < when.not_before
                too_early = when.not_after is not None and first > when.not_after
                if not too_late and not too_early:
                    for office in graph.objects(tenure, KG.office):
                        yield from self.reference.objects(office, KG.officeOf)

    def bounds(self, graph: Graph, node: Node, term: URIRef, end: int) -> Iterator[date]:
        for found in graph.objects(node, term):
            extent = parse_extent(str(found).removeprefix(v.DATE))
            yield (extent.not_before or date.min, extent.not_after or date.max)[end]

    def state_dates(self, claim: Node) -> Iterator[tuple[URIRef, Node]]:
        graph = self.data.graph(URIRef(str(claim)))
        for term in (KG.holdsFrom, KG.holdsUntil):
            for found in graph.objects(None, term):
                yield term, found

    def covers(self, bound: tuple[URIRef, Node], on: date) -> bool:
        extent = parse_extent(str(bound[1]).removeprefix(v.DATE))
        if bound[0] == KG.holdsFrom:
            return extent.not_before is None or extent.not_before <= on
        return extent.not_after is None or on <= extent.not_after

    def type(self, stance: Node) -> str:
        (found,) = self.record.objects(stance, KG.stanceType)
        return str(found).removeprefix(v.CODE)

    def _public_on(self, said: Node) -> date | None:
        """Of a claim, a stance or a statement: the last day of its statement's date."""
        statement = next(self.record.objects(said, KG.statedIn), said)
        for term in (KG.publishedOn, KG.statedOn):
            for found in self.record.objects(statement, term):
                return parse_extent(str(found).removeprefix(v.DATE)).not_after
        return None

    def day(self, stance: Node) -> date:
        return self.public_on(stance) or date.min

    def is_public(self, said: Node, as_of: date | None) -> bool:
        if as_of is None:
            return True
        public_on = self.public_on(said)
        return public_on is not None and public_on <= as_of

    def public_record(self, as_of: date | None) -> Triples:
        if as_of is None:
            return set(self.record)
        dated = [
            said
            for kind in (KG.Claim, KG.Stance, KG.PublicStatement)
            for said in self.record.subjects(RDF.type, kind)
        ]
        secret = {said for said in dated if not self.is_public(said, as_of)}
        kept: Triples = set()
        waiting = [said for said in dated if said not in secret]
        seen: set[Node] = set()
        while waiting:
            said = waiting.pop()
            if said not in seen:
                seen.add(said)
                about = {t for t in self.record.triples((said, None, None)) if t[2] not in secret}
                kept |= about
                waiting += [t[2] for t in about if not isinstance(t[2], Literal)]
        return kept
