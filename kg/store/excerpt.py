"""An excerpt of a store around some things and parties: small, and enough to answer what is asked of these.

It has the claims that are told, and with them all that decides who holds these: whoever speaks of them, in what
office and for whom; what supersedes them; what else is said of the things that they name. docs/scaling.md has
the whole list. It does not matter where the store lies: it is read by the few questions of a source.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.rdf.vocabulary import CLAIM, CODE, DATE, EVIDENCE, KG, STANCE
from kg.store.excerpt_pile import HOLDER, OFFICE, TO_CLAIMS, Pile, Source, iri, iris, is_record

_UNNAMED = (STANCE, EVIDENCE, DATE, CODE, KG)  # what no claim gives a name to
_PARTS = frozenset(KG + name for name in ("hasArticle", "imposes", "triggeredBy"))
#: In these words a claim says what may conflict with another one, though nobody says so; or that a treaty applies.
_TELLING = frozenset(KG + name for name in ("controlledBy", "estimate", "actionType", "invokes"))
_REJECTING = frozenset(CODE + name for name in ("denies", "disputes"))
_ISSUE, _ON_TREATY, _PLACE, _CONTROL = (
    KG + name for name in ("addressesIssue", "onTreaty", "place", "controlledBy")
)
_STANCE_ON, _STANCE_TYPE = KG + "stanceOn", KG + "stanceType"


@dataclass(frozen=True, slots=True)
class Focus:
    """What an excerpt is around: claims that name ``things``, those on which ``speakers`` take a stance themselves,
    those on which anyone does who may speak for ``parties``; and some claims by name.

    ``kin``: also what conflicts with them, and what else is said on the same issues.
    """

    things: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    kin: bool = False


def excerpt(source: Source, focus: Focus, *, most: int, name: str) -> list[Quad]:
    """The quads of an excerpt, but those of the ontology.

    ``most``: how many there may be; ``name``: of the store, for an error.

    :raises StoreError: remote-too-large, and what the source raises.
    """
    desk = _Desk(Pile(source, most, name), source)
    told = desk.told(focus)
    desk.pile.settle(told | source.graphs("telling", desk.subjects_in(told)))
    if focus.kin:
        desk.read_kin(told if focus.parties else desk.in_conflict(told))
    desk.name_all(focus)
    desk.pile.hear()
    return list(desk.pile.all())


class _Desk:
    """Where it is found out which claims belong to an excerpt."""

    def __init__(self, pile: Pile, source: Source) -> None:
        self.pile = pile
        self._source = source
        self._parts: set[str] = set()  # the things, and of treaties the parts
        self._pointing: set[str] = set()  # what the reference relates to these

    def told(self, focus: Focus) -> set[str]:
        """The claims that the answer may show."""
        found = {*focus.claims, *(thing for thing in focus.things if thing.startswith(CLAIM))}
        things = set(focus.things)
        while things:
            self._parts |= things
            naming = self._source.graphs("naming", things)
            self.pile.read_graphs(naming)
            pointing = self._source.subjects("pointing", things)
            self.pile.read_blocks(things | pointing)
            self._pointing |= pointing
            found |= naming | self._source.subjects("filed", things)
            things = self._parts_of(self._parts) - self._parts
        found |= self._on_record({thing for thing in focus.things if not thing.startswith(CLAIM)})
        if actors := {*focus.speakers, *self._speaking_for(set(focus.parties))}:
            found |= self._answered(self._source.subjects("speaking", actors))
        return found | self._source.graphs("telling", self._tenures_of(focus.things, found))

    def subjects_in(self, claims: Collection[str]) -> set[str]:
        """What these claims tell of."""
        self.pile.read_graphs(set(claims))
        return {iri(quad.subject) for claim in claims for quad in self.pile.graphs[claim]} - {""}

    def _parts_of(self, things: Collection[str]) -> set[str]:
        """The articles, obligations, triggers and acts of treaties: they are told of as these are."""
        found = set[str]()
        for quad in self.pile.all():
            if quad.predicate.value in _PARTS and iri(quad.subject) in things:
                found.add(iri(quad.object))
            elif quad.predicate.value == _ON_TREATY and iri(quad.object) in things:
                found.add(iri(quad.subject))
        return found - {""}

    def _on_record(self, things: set[str]) -> set[str]:
        """The claims that are made or answered in a statement, or supported by a source or a passage."""
        found, seen = set[str](), set[str]()
        wanted = {thing for thing in things if any(map(is_record, self.pile.blocks[thing]))}
        while wanted:
            seen |= wanted
            citing = self._source.subjects("citing", wanted) - seen
            found |= self._answered({one for one in citing if one.startswith((CLAIM, STANCE))})
            wanted = {one for one in citing if not one.startswith((CLAIM, STANCE))}
        return found

    def _answered(self, stances: Collection[str]) -> set[str]:
        """The claims on which these stances are; a claim stands for itself."""
        self.pile.read_blocks({stance for stance in stances if not stance.startswith(CLAIM)})
        answered = {value for one in stances for value in self.pile.values(one, {_STANCE_ON})}
        return answered | {one for one in stances if one.startswith(CLAIM)}

    def _speaking_for(self, parties: set[str]) -> set[str]:
        """Parties, their organs, the offices of these, and whoever holds one at any time."""
        found, new = set(parties), parties
        while new:
            new = self._source.subjects("below", new) - found
            found |= new
        if not found:
            return found
        self.pile.read_blocks(self._source.subjects("office-tenures", found))
        self.pile.read_graphs(self._source.graphs("office-claims", found))
        tenures = {
            iri(q.subject) for q in self.pile.all() if q.predicate.value == OFFICE and iri(q.object) in found
        }
        return found | {
            iri(quad.object)
            for quad in self.pile.all()
            if quad.predicate.value == HOLDER and iri(quad.subject) in tenures
        } - {""}

    def _tenures_of(self, things: Collection[str], claims: Collection[str]) -> set[str]:
        """The terms of office of persons, or in offices: a claim may date one and not name its holder."""
        self.pile.read_graphs(claims)
        return {
            iri(quad.subject)
            for quad in self.pile.all()
            if quad.predicate.value in (HOLDER, OFFICE) and iri(quad.object) in things
        } - {""}

    def in_conflict(self, claims: set[str]) -> set[str]:
        """Those of the claims of which there may be a dispute."""
        rejecting = {
            one
            for one, quads in self.pile.blocks.items()
            if any(quad.predicate.value == _STANCE_TYPE and iri(quad.object) in _REJECTING for quad in quads)
        }
        telling = {
            claim
            for claim in claims
            if any(quad.predicate.value in _TELLING for quad in self.pile.graphs[claim])
        }
        against = self._source.subjects("contradicting", claims)
        self.pile.read_blocks(against)
        linked = {value for claim in against for value in self.pile.values(claim, TO_CLAIMS)}
        linked |= {claim for claim in claims if self.pile.values(claim, TO_CLAIMS)}
        return claims & (self._answered(rejecting) | telling | linked)

    def read_kin(self, claims: set[str]) -> None:
        """What may conflict with these claims, what is on the same issues, and what may conflict with that."""
        inside = claims | self._rivals(claims)
        issues = {value for claim in inside for value in self.pile.values(claim, {_ISSUE})}
        on_issues = inside | self._source.subjects("filed", issues)
        self.pile.settle(on_issues)
        self._rivals(on_issues)

    def _rivals(self, claims: set[str]) -> set[str]:
        """What contradicts these claims, or tells what can have one value only of the same thing."""
        linked = {value for claim in claims for value in self.pile.values(claim, TO_CLAIMS)}
        quads = [quad for claim in claims for quad in self.pile.graphs[claim]]
        about = {iri(quad.subject) for quad in quads if quad.predicate.value in _TELLING} - {""}
        held = {quad.subject for quad in quads if quad.predicate.value == _CONTROL}
        places = {iri(q.object) for q in quads if q.predicate.value == _PLACE and q.subject in held}
        found = linked | self._source.subjects("contradicting", claims)
        found |= self._source.graphs("telling", about) | self._source.graphs("controlling", places)
        self.pile.settle(found)
        return found

    def name_all(self, focus: Focus) -> None:
        """What the reference says of all that is named, and the claims that give it names."""
        pile = self.pile
        pile.read_blocks(iris(quad for quads in pile.graphs.values() for quad in quads))
        near = iris(quad for one in self._parts | self._pointing for quad in pile.blocks[one])
        pile.read_blocks({*near, *focus.parties, *focus.speakers})
        named = {one for one in iris(pile.all()) if not one.startswith(_UNNAMED)}
        pile.settle(self._source.graphs("labelling", named | {*focus.things, *focus.parties}))
        pile.tell_others()
