"""What was read of a store for an excerpt: claims, their record, and who speaks for whom in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.rdf.vocabulary import KG, RECORD_GRAPH

#: From one claim to another: the other is told of, but what is said about it is none of ours.
TO_CLAIMS = frozenset(KG + name for name in ("supersedes", "contradicts"))
HOLDER, OFFICE = KG + "holder", KG + "office"
_ACTORS = frozenset(KG + name for name in ("stanceOf", "onBehalfOf", "claimant"))
_ABOVE = frozenset(KG + name for name in ("subordinateTo", "officeOf", "office"))
_STATED_IN = KG + "statedIn"
_STATEMENT = NamedNode(KG + "PublicStatement")


class Source(Protocol):
    """Where a store is read from. ``how`` is the name of a query ``excerpt_*.rq``, which says what is meant."""

    def graphs(self, how: str, things: Collection[str]) -> set[str]:
        """The claims whose graphs say something of the things."""

    def subjects(self, how: str, things: Collection[str]) -> set[str]:
        """What points to the things in the record or in the reference."""

    def said_in(self, graphs: Collection[str]) -> Iterable[Quad]:
        """All that these graphs say."""

    def said_of(self, subjects: Collection[str]) -> Iterable[Quad]:
        """All that the record and the reference say of these subjects."""


class Pile:
    """What was read so far; nothing is read twice. ``most``: how many quads there may be."""

    def __init__(self, source: Source, most: int, name: str) -> None:
        self.source = source
        self._most = most
        self._name = name
        self._count = 0
        self.graphs: dict[str, list[Quad]] = {}
        self.blocks: dict[str, list[Quad]] = {}  # of the record and the reference, by subject
        self._settled: set[str] = set()
        self._followed: set[str] = set()  # of what is read some is only told of, and leads nowhere
        self._others: set[str] = set()  # claims that others refer to

    def settle(self, claims: Collection[str]) -> None:
        """Read claims, the record of them, and what supersedes them, with all that decides whether it counts."""
        new = set(claims) - self._settled
        while new:
            self._settled |= new
            self.read_graphs(new)
            self._follow(new)
            self._others |= self.source.subjects("contradicting", new)
            new = self.source.subjects("superseding", new) - self._settled

    def _follow(self, claims: set[str]) -> None:
        """The record of claims: the stances on them, the statements and passages, and what relays these."""
        wanted = claims | self.source.subjects("answering", claims)
        while wanted:
            self._followed |= wanted
            self.read_blocks(wanted)
            quads = [quad for one in wanted for quad in self.blocks[one] if is_record(quad)]
            self._others |= {iri(quad.object) for quad in quads if quad.predicate.value in TO_CLAIMS}
            values = {iri(quad.object) for quad in quads if quad.predicate.value not in TO_CLAIMS}
            spoken = {iri(quad.subject) for quad in quads if quad.object == _STATEMENT}
            relays = self.source.subjects("relaying", spoken)
            wanted = (values | relays) - self._followed - {""}

    def hear(self) -> None:
        """Who speaks for whom: the offices of all who take a stance, their bodies, and whose organs these are.

        A claim that gives somebody an office counts for that, whoever holds it.
        """
        new = {iri(quad.object) for quad in self.all() if quad.predicate.value in _ACTORS} - {""}
        self.read_blocks(self.source.subjects("tenures", new))
        self.read_graphs(self.source.graphs("holding", new))
        new |= {iri(quad.object) for quad in self.all() if quad.predicate.value == OFFICE} - {""}
        heard = set[str]()
        while new:
            heard |= new
            self.read_blocks(new)
            new = {value for one in new for value in self.values(one, _ABOVE)} - heard

    def tell_others(self) -> None:
        """Read what the record says of the claims that were referred to, and when they were made."""
        self.read_blocks(self._others)
        self.read_blocks({value for one in self._others for value in self.values(one, {_STATED_IN})})

    def all(self) -> Iterator[Quad]:
        """All that was read."""
        for found in (self.graphs, self.blocks):
            for quads in found.values():
                yield from quads

    def values(self, subject: str, properties: Collection[str]) -> set[str]:
        """What a subject has as these properties, by the record and the reference."""
        quads = self.blocks.get(subject, ())
        return {iri(quad.object) for quad in quads if quad.predicate.value in properties} - {""}

    def read_graphs(self, claims: Collection[str]) -> None:
        """Have what claims say."""
        if new := sorted(set(claims) - self.graphs.keys()):
            self._allow(self._count + len(new))
            self.graphs.update((claim, []) for claim in new)
            for quad in self.source.said_in(new):
                self.graphs[iri(quad.graph_name)].append(quad)
                self._count += 1
            self._allow(self._count)

    def read_blocks(self, subjects: Iterable[str]) -> None:
        """Have what the record and the reference say of subjects."""
        if new := sorted(set(subjects) - self.blocks.keys() - {""}):
            self._allow(self._count + len(new))
            self.blocks.update((subject, []) for subject in new)
            for quad in self.source.said_of(new):
                self.blocks[iri(quad.subject)].append(quad)
                self._count += 1
            self._allow(self._count)

    def _allow(self, count: int) -> None:
        if count > self._most:
            raise StoreError(
                f"what is asked of '{self._name}' lies in more than {self._most} quads",
                mend="ask of something of which less is said, or raise KG_EXCERPT_QUADS if there is room",
                rule="remote-too-large",
            )


def iri(term: object) -> str:
    """The IRI of a term; of any other none."""
    return term.value if isinstance(term, NamedNode) else ""


def iris(quads: Iterable[Quad]) -> set[str]:
    """All that is named in subject or value."""
    return {iri(term) for quad in quads for term in (quad.subject, quad.object)} - {""}


def is_record(quad: Quad) -> bool:
    """Whether the record says it."""
    return iri(quad.graph_name) == RECORD_GRAPH
