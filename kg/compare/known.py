"""One side of a comparison as the ledger has it: what it holds and where it stands; no claim is read for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.claims.codec import read_claims
from kg.claims.latest import order, public_day, weight
from kg.claims.model import Claim, Stance
from kg.compare.model import REJECTING
from kg.perspective.said import Said
from kg.perspective.select import Selection
from kg.perspective.view import Perspective

HOLDING = frozenset({"asserts", "confirms", "revises"})

_Taken = Sequence[tuple[int, str]]  # of stances the day and the type


@dataclass(frozen=True, slots=True)
class Known:
    """What a side holds, and where it stands on the other claims that are compared; claims go by their IRI.

    ``latest``: the stances that count now (rule R3) on what it does not hold. ``ties``: the type of the one that
    counts where the ledger does not tell. ``opposed``: what it holds that contradicts a claim. ``said``: what is
    said by what it holds, and perhaps by more; ``holders``: through which claims it holds a fact.
    """

    has_parties: bool
    held: frozenset[str]
    latest: Mapping[str, _Taken]
    ties: Mapping[str, str]
    opposed: Mapping[str, Sequence[str]]
    said: Mapping[str, Collection[Said]]
    holders: Mapping[Said, Sequence[str]]

    def position(self, claim: str, says: Collection[Said], *, is_change: bool) -> str:
        """Rule C2: where this side stands on a claim that says these facts."""
        if claim in self.held:
            return "holds"
        latest = self.latest.get(claim, ())
        if self.has_parties and (rejecting := _rejecting(latest)):
            return self._foremost(claim, rejecting)
        if not is_change:
            if self.opposed.get(claim):
                return "holds-the-contrary"
            if says and all(fact in self.holders for fact in says):
                return "says-the-same"
        if not latest:
            return "silent"
        foremost = self._foremost(claim, latest) if self.has_parties else "asserts"
        return "left-out" if foremost in HOLDING else foremost

    def _foremost(self, claim: str, stances: _Taken) -> str:
        types = _foremost(stances)
        return self.ties.get(claim, min(types)) if len(types) > 1 else min(types)


class Pair(NamedTuple):
    """Both sides, and the claims that are compared, in order."""

    left: Known
    right: Known
    claims: Sequence[str]


def read_pair(left: Perspective, right: Perspective, *, is_change: bool) -> Pair:
    """What the ledger knows of two perspectives on one store.

    Rules C1 and C6: a claim is compared that a side holds or, between parties, denies or disputes.
    """
    views = left, right
    selections = [Selection(view.ledger, view.definition) for view in views]
    held = [selection.of(None) for selection in selections]
    numbers = held[0] | held[1]
    if not is_change:
        numbers |= selections[0].rejected() | selections[1].rejected()
    names = left.ledger.in_place(numbers)
    iris = [frozenset(names[number] for number in found) for found in held]
    said = _said(left, right, iris)
    sides = [_known(views[n], selections[n], names, frozenset(held[n]), said[n]) for n in (0, 1)]
    return Pair(sides[0], sides[1], list(names.values()))


def _known(
    view: Perspective,
    selection: Selection,
    names: Mapping[int, str],
    held: frozenset[int],
    said: Mapping[str, Collection[Said]],
) -> Known:
    others = names.keys() - held
    latest = {names[claim]: taken for claim, taken in selection.latest(others).items()}
    holders: dict[Said, list[str]] = defaultdict(list)
    iris = sorted(names[number] for number in held)
    for claim in iris:
        for fact in said.get(claim, ()):
            holders[fact].append(claim)
    return Known(
        has_parties=bool(view.definition.according_to),
        held=frozenset(iris),
        latest=latest,
        ties=_ties(view, {names[number]: number for number in others}, latest),
        opposed=_opposed(view, names, held),
        said=said,
        holders=dict(holders),
    )


def _said(
    left: Perspective, right: Perspective, held: Sequence[frozenset[str]]
) -> tuple[Mapping[str, Collection[Said]], Mapping[str, Collection[Said]]]:
    """What is said by what each side holds; read once where that is the same."""
    if (left.definition.infer, left.lang) == (right.definition.infer, right.lang):
        both = _grouped(left.said(held[0] | held[1]))
        return both, both
    return _grouped(left.said(held[0])), _grouped(right.said(held[1]))


def _grouped(said: Iterable[tuple[str, Said]]) -> dict[str, set[Said]]:
    found: dict[str, set[Said]] = defaultdict(set)
    for claim, fact in said:
        found[claim].add(fact)
    return dict(found)


def _opposed(view: Perspective, names: Mapping[int, str], held: frozenset[int]) -> dict[str, list[str]]:
    """Of each claim those held that contradict it, by the record of this side."""
    found: dict[str, list[str]] = defaultdict(list)
    day = view.definition.as_of
    pairs = view.ledger.conflicts.contradictions(names)
    known = view.ledger.public(day.toordinal(), among={one for one, _ in pairs}) if day else names.keys()
    for one, against in pairs:
        if against in held and one in known:
            found[names[one]].append(names[against])
    return {claim: sorted(others) for claim, others in found.items()}


def _ties(view: Perspective, others: Mapping[str, int], latest: Mapping[str, _Taken]) -> dict[str, str]:
    """Where stances of one day weigh the same the last by IRI counts, and for that the claim must be read."""
    if not view.definition.according_to:
        return {}
    open_to = [claim for claim, taken in latest.items() if len(_foremost(_rejecting(taken) or taken)) > 1]
    found = {}
    for claim in read_recorded(view, [others[claim] for claim in open_to]).values():
        stances = Voiced(view).latest(claim)
        counting = [stance for stance in stances if stance.type in REJECTING] or stances
        if counting:
            found[claim.iri] = max(counting, key=order).type
    return found


def _rejecting(taken: _Taken) -> _Taken:
    return [stance for stance in taken if stance[1] in REJECTING]


def _foremost(stances: _Taken) -> set[str]:
    """The types of the stances that may count; of those by which one holds it does not matter which."""
    last = max((day, weight(kind)) for day, kind in stances)
    types = {kind for day, kind in stances if (day, weight(kind)) == last}
    return types if len(types) < 2 or not types <= HOLDING else {"asserts"}


class Voiced:
    """The stances on claims of those who speak for the parties of a perspective; of everybody without a party."""

    def __init__(self, view: Perspective) -> None:
        self._view = view
        self._parties = view.definition.according_to
        self._heard: dict[tuple[str, str, str, str], bool] = {}

    def taken(self, claim: Claim) -> tuple[Stance, ...]:
        """All of them, in order of day."""
        if not self._parties:
            return claim.stances
        return tuple(s for s in claim.stances if any(self._speaks(s, party) for party in self._parties))

    def latest(self, claim: Claim) -> tuple[Stance, ...]:
        """Rule R3, for each party by itself: the stances of its last public day."""
        if len(self._parties) < 2:
            return _of_last_day(self.taken(claim))
        each = [_of_last_day([s for s in claim.stances if self._speaks(s, party)]) for party in self._parties]
        return tuple({stance.iri: stance for found in each for stance in found}.values())

    def _speaks(self, stance: Stance, party: str) -> bool:
        extent = stance.statement.stated_on or stance.statement.published_on
        behalf = stance.on_behalf_of.iri if stance.on_behalf_of else ""
        key = (party, stance.stance_of.iri, behalf, extent.lexical if extent else "")
        if key not in self._heard:  # the same few speak again and again
            self._heard[key] = self._view.speaks_for(stance, party)
        return self._heard[key]


def read_recorded(view: Perspective, claims: Iterable[int]) -> dict[str, Claim]:
    """These claims as the record of a perspective has them, in order; what was not public is not there."""
    numbers = list(claims)
    names = view.ledger.names(numbers)
    found = read_claims(view.with_record(numbers).store, claims=names, lang=view.lang) if numbers else []
    return {claim.iri: claim for claim in found}


def _of_last_day(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    last = max(map(public_day, stances), default="")
    return tuple(stance for stance in stances if public_day(stance) == last)
