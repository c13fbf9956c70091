"""A perspective to read from: every answer of the product is asked of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.claims.labels import read_labels
from kg.dates import DateExtent, parse_extent
from kg.errors import NotFoundError
from kg.rdf.rows import reading
from kg.rdf.terms import curie
from kg.rdf.vocabulary import RDF_TYPE
from kg.store.snapshot import COMMON_GRAPHS

if TYPE_CHECKING:
    import rdflib

    from kg.claims.model import Claim, Stance
    from kg.perspective.dataset import Dataset
    from kg.perspective.facts import Fact, ThingName
    from kg.perspective.ledger import Ledger
    from kg.perspective.said import Said
    from kg.store.answers import Boolean, Solutions, Triples

Resolve = Callable[[str], str]


class Perspective:
    """What some party, or anyone, holds true, as known on a date: an RDF dataset and the claims behind it.

    Where a method takes a thing or a party, it takes a name, a CURIE or an IRI.
    """

    def __init__(
        self,
        dataset: Dataset,
        *,
        resolve: Resolve,
        lang: str = "en",
    ) -> None:
        self.definition = dataset.definition
        self.lang = lang
        self.resolve = resolve  # from a name, CURIE or IRI to the IRI that is meant
        self._dataset = dataset

    @property
    def generation(self) -> Path:
        """The folder of what was loaded when the graph was opened: two perspectives of one share it."""
        return self._dataset.snapshot.generation

    @property
    def store(self) -> Store:
        """Its dataset, for queries of ours; made when it is first asked for."""
        return self._dataset.store

    def near(self, thing: str, *, spoken: bool = False) -> Self:
        """The same perspective, with as much of it as look-ups about a thing (an IRI) read.

        It is made quickly however large the store is. ``spoken``: also the claims on which the thing itself
        takes a stance.
        """
        dataset = self._dataset.near(thing, spoken=spoken)
        return type(self)(dataset, resolve=self.resolve, lang=self.lang)

    def around(
        self,
        things: Iterable[str] = (),
        *,
        speakers: Iterable[str] = (),
        parties: Iterable[str] = (),
        kin: bool = False,
    ) -> Self:
        """The same perspective; of a remote store too large to be copied, an excerpt around some things (IRIs).

        ``speakers``: also the claims on which these take a stance themselves; ``parties``: on which anyone does who
        may speak for these. ``kin``: also what may conflict with them, and what is said on the same issues.
        """
        dataset = self._dataset.around(things, speakers=speakers, parties=parties, kin=kin)
        if dataset is self._dataset:
            return self
        return type(self)(dataset, resolve=self.resolve, lang=self.lang)

    def in_language(self, lang: str) -> Self:
        """The same perspective with labels in another language."""
        return type(self)(self._dataset, resolve=self.resolve, lang=lang)

    def as_said(self) -> Self:
        """The same perspective without what follows from what was said (``infer``)."""
        return type(self)(self._dataset.as_said(), resolve=self.resolve, lang=self.lang)

    def with_claims(self, claims: Collection[int]) -> Self:
        """The same perspective, with as much of it as look-ups of some claims read; of these, what it admits.

        They go by their numbers in the ledger. It is made quickly however large the store is.
        """
        return type(self)(self._dataset.with_claims(claims), resolve=self.resolve, lang=self.lang)

    def with_record(self, claims: Collection[int]) -> Self:
        """The same as :meth:`with_claims`, with the record of those too that it does not admit."""
        return type(self)(self._dataset.with_record(claims), resolve=self.resolve, lang=self.lang)

    def said(self, claims: Iterable[str]) -> Iterator[tuple[str, Said]]:
        """What these claims say, triple by triple, each with its claim; see :func:`kg.perspective.said.said`."""
        from kg.perspective.said import said

        return said(self._dataset.snapshot, self.definition, claims, lang=self.lang)

    @property
    def ledger(self) -> Ledger:
        """Who holds what, as tables."""
        return self._dataset.ledger

    @property
    def admitted(self) -> Collection[str]:
        """The IRIs of the claims that are admitted; of a part, of those that were asked for."""
        return self._dataset.admitted

    def query(self, text: str, *, name: str = "query") -> Solutions | Boolean | Triples:
        """Run a SPARQL query; our prefixes are known. ``name``: the file that a position refers to.

        :raises UsageError: bad-query, query-update, query-service, query-failed; query-from, for a query that
            names its own graphs while a party or a date chooses them.
        """
        return self._dataset.answer(text, name=name)

    def store_for(self, text: str) -> Store:
        """As much of its dataset as a query of this text reads; made when it is first asked for."""
        # Only GRAPH reaches a named graph. Whatever may be read as that word counts, in a name or a text too.
        return self.store if "graph" in text.lower() else self._dataset.unnamed

    def claims(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        stance: str | None = None,
        limit: int | None = None,
    ) -> list[Claim]:
        """The claims that are admitted, by date and then IRI; with ``limit`` the first of them.

        ``about``: those that speak of this thing. ``by``: those of this party, or of who speaks for it.
        ``stance``: those on which somebody - with ``by``: that party - takes a stance of this type.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        from kg.claims.codec import read_claims  # a query needs no claims, and should not wait for them

        thing = None if about is None else self.resolve(about)
        party = None if by is None else self.resolve(by)
        parties = self.definition.according_to if party is None else [party]
        here = self.around([thing]) if thing else self.around(parties=parties)
        if here is not self:
            return Perspective.claims(here, about=thing, by=party, stance=stance, limit=limit)
        numbers, dataset, chosen = self._numbers(thing, party, stance), self._dataset, None
        found: list[Claim] = []
        for some in [] if limit is None else dataset.in_order(numbers, size=2 * limit):
            if not (party or stance):  # then all of them are taken
                some = some[: (limit or 0) - len(found)]
            part = dataset.with_claims(some)
            read = read_claims(part.store, claims=dataset.ledger.names(some), lang=self.lang)
            found += [claim for claim in read if self._is_taken(claim, party, stance)]
            if len(found) >= (limit or 0):
                break
        if limit is not None:
            return found[:limit]
        if numbers is not None:
            dataset = dataset.with_claims(numbers) if thing is None else dataset.near(thing)
            chosen = dataset.ledger.names(numbers)
        return [
            claim
            for claim in read_claims(dataset.store, claims=chosen, lang=self.lang)
            if _admits(dataset.store, claim.iri) and self._is_taken(claim, party, stance)
        ]

    def _numbers(self, thing: str | None, party: str | None, stance: str | None) -> Collection[int] | None:
        """Claims among which those that are asked for are; None for all."""
        ledger = self._dataset.ledger
        numbers = None if thing is None else ledger.mentioning([thing])
        if party or stance:
            voices = (n for n, voice in enumerate(ledger.voices) if party is None or party in voice.parties)
            taken = ledger.taken_by(voices, types=[stance or "asserts"])
            numbers = taken if numbers is None else numbers & taken
        return numbers

    def claim(self, name: str) -> Claim:
        """One claim, admitted or only on record.

        :raises NotFoundError: unknown-claim.
        """
        from kg.claims.codec import read_claims

        wanted = self.resolve(name)
        found = read_claims(self.store, claims=[wanted], lang=self.lang)
        if not found:
            raise NotFoundError(
                f"there is no claim '{curie(wanted)}' in this perspective",
                mend="'kg claims' lists those that there are",
                rule="unknown-claim",
            )
        return found[0]

    def admits(self, claim: str) -> bool:
        """Whether what a claim says is part of this perspective."""
        return _admits(self.store, claim)

    def label(self, thing: str, lang: str | None = None) -> str:
        """The label of an IRI in ``lang`` (by default this perspective's), else in English, French, any."""
        return self.labels([thing], lang)[thing]

    def labels(self, things: Iterable[str], lang: str | None = None) -> dict[str, str]:
        """The labels of many IRIs by one query."""
        return read_labels(self.store, things, lang=lang or self.lang)

    def know(self, things: Collection[str]) -> None:
        """Have the labels of these things too, if this is a part with some claims only."""
        self._dataset.know(things)

    def names(self, thing: str) -> list[ThingName]:
        """Every name of an IRI: labels, aliases, weak names."""
        from kg.perspective.facts import read_names

        return read_names(self.store, thing)

    def types(self, thing: str) -> tuple[str, ...]:
        """The classes of an IRI, in order of IRI."""
        with reading():
            found = self.store.quads_for_pattern(NamedNode(thing), NamedNode(RDF_TYPE), None, None)
            return tuple(sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode)}))

    def statements(self, thing: str, *, limit: int | None = None) -> list[Fact]:
        """The facts about a thing in both directions, each with the claims that say so; or the first of them.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        from kg.perspective.facts import read_facts

        asked = self.resolve(thing)
        return read_facts(self._dataset.near(asked).store, asked, lang=self.lang, limit=limit)

    def count_statements(self, thing: str) -> int:
        """How many facts there are about a thing (an IRI)."""
        from kg.perspective.facts import count_facts

        return count_facts(self._dataset.near(thing).store, thing, lang=self.lang)

    def speaks_for(self, stance: Stance, party: str) -> bool:
        """Whether a stance was taken in the name of a party (an IRI), by itself or by who spoke for it.

        In a perspective of what is said *exactly*, who speaks for it by office or rank does not count.
        """
        extent = stance.statement.stated_on or stance.statement.published_on
        when: DateExtent | None = parse_extent(extent.lexical) if extent else None
        behalf = stance.on_behalf_of.iri if stance.on_behalf_of else ""
        if self.definition.exactly:
            return party in (stance.stance_of.iri, behalf)
        return party in self._dataset.speakers.parties(stance.stance_of.iri, behalf, when)

    def principals(self, stance: Stance) -> frozenset[str]:
        """In whose name a stance was taken: the states, or the bodies, groups and media that stand alone.

        Where the stance names the party that is spoken for, the speaker's other offices do not count.
        """
        extent = stance.statement.stated_on or stance.statement.published_on
        when: DateExtent | None = parse_extent(extent.lexical) if extent else None
        named = stance.on_behalf_of or stance.stance_of
        return self._dataset.speakers.principals(named.iri, "", when)

    def quads(self) -> Iterator[Quad]:
        """The named graphs of this perspective, quad by quad; the default graph is their merge."""
        with reading():
            yield from (quad for quad in self.store if not isinstance(quad.graph_name, DefaultGraph))

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib Dataset: the merge as default graph, each claim's graph by its name."""
        from kg.perspective.bridge import to_rdflib

        return to_rdflib(self.store)

    def _is_taken(self, claim: Claim, party: str | None, stance: str | None) -> bool:
        """Whether somebody, or that party, takes such a stance on it."""
        if party is None and stance is None:
            return True
        kind = stance or "asserts"
        return any(
            taken.type == kind and (party is None or self.speaks_for(taken, party)) for taken in claim.stances
        )


def _admits(store: Store, claim: str) -> bool:
    with reading():
        return claim not in COMMON_GRAPHS and store.contains_named_graph(NamedNode(claim))
