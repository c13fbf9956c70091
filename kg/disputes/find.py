"""The disputes of a perspective: rules D1 to D12 of docs/perspectives.md, which is their norm.

The newest ones are found without a look at the others. A dispute is no newer than the last day on which one of
its claims was held or rejected, and the ledger has these days (kg/perspective/conflicts.py). So the claims are
gone through from the last day backwards, until enough disputes are newer than all that is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import islice

from kg.claims.codec import read_claims
from kg.claims.model import Claim
from kg.disputes.model import Dispute
from kg.disputes.positions import find_disputes, place
from kg.errors import UsageError
from kg.perspective.select import select
from kg.perspective.view import Perspective

_FEW = 10_000  # of so many claims all that belongs to them is looked up before any is read
_SMALL = 2_000  # so many are read apart from the rest before the whole perspective would be made
_AHEAD = 2  # so many are looked at first for each dispute that is wanted


def disputes(
    view: Perspective, *, about: str | None = None, of: Iterable[str] = (), limit: int | None = None
) -> list[Dispute]:
    """The issues on which parties conflict, the newest conflict first; with ``limit`` the first of them.

    ``about`` keeps those on a thing: it is the issue, or a conflicting claim, or such a claim speaks of it.
    ``of`` keeps those in which one of these parties stands on a side.

    Cost: with a limit that of the disputes which are given, however many there are; else that of all.

    :raises NotFoundError: unknown-name.
    :raises UsageError: ambiguous-name; one-sided-disputes, for a perspective of a party.
    """
    if view.definition.according_to:
        raise UsageError(
            "a party's own perspective has one side of a dispute only",
            mend="take a perspective without a party and name the party with 'of'",
            rule="one-sided-disputes",
        )
    thing = None if about is None else view.resolve(about)
    parties = [view.resolve(party) for party in of]
    view = view.around([thing], kin=True) if thing else view.around(parties=parties, kin=True)
    search = _Search(view, thing, parties)
    return search.all() if limit is None else list(islice(search.newest(limit), limit))


def candidates(view: Perspective) -> frozenset[str]:
    """The claims that may be in a dispute: somebody rejects them, or they contradict another."""
    return frozenset(view.ledger.names(view.ledger.conflicts.claims()))


class _Search:
    """What is asked for, and the claims of which each dispute that is asked for has one."""

    def __init__(self, view: Perspective, thing: str | None, parties: Sequence[str]) -> None:
        self._view = view.as_said()  # what cannot both hold was said, and by whom: nothing more follows
        self._ledger = view.ledger
        self._conflicts = view.ledger.conflicts
        self._thing = thing
        self._parties = parties
        self._known: dict[str, Claim] = {}

    def all(self) -> list[Dispute]:
        """Every dispute that is asked for."""
        claims = self._around
        if claims is None:
            claims = self._with_all(self._conflicts.claims())
        found = self._read(claims, in_part=bool(self._near) and len(claims) <= _SMALL)
        return [dispute for dispute in found if self._fits(dispute)]

    def newest(self, limit: int) -> Iterator[Dispute]:
        """The same, in order and read some at a time: ``limit`` are wanted, and all may be had."""
        day = self._view.definition.as_of
        walk = self._conflicts.newest(
            as_of=day.toordinal() if day else None,
            rivalled=self._view.definition.undisputed,
            among=self._around,
            size=_AHEAD * limit,
        )
        waiting: dict[tuple[str, str], Dispute] = {}
        given: set[tuple[str, str]] = set()
        for claims, rest in walk:
            admitted = self._admitted(claims)
            for dispute in self._read(admitted, self._conflicts.rivals(admitted)):
                known = waiting.get(_key(dispute))
                if _key(dispute) not in given and (known is None or known.day < dispute.day):
                    waiting[_key(dispute)] = dispute
            # Nothing that is left is of a later day, nor can it move these.
            settled = sorted(
                (dispute for dispute in waiting.values() if -place(dispute)[0] > rest), key=place
            )
            given.update(map(_key, settled))
            waiting = {key: dispute for key, dispute in waiting.items() if key not in given}
            yield from self._completed(settled, limit)

    def _completed(self, found: Iterable[Dispute], size: int) -> Iterator[Dispute]:
        """Those that fit, with all that belongs to them: so far only the newest of their claims were read."""
        likely = (dispute for dispute in found if self._may_fit(dispute))
        while some := list(islice(likely, size)):
            claims = self._conflicts.on(dispute.issue.iri for dispute in some)
            read = self._read(claims, self._conflicts.rivals(claims))
            whole = {_key(dispute): dispute for dispute in read}
            for dispute in some:
                if self._fits(whole[_key(dispute)]):
                    yield whole[_key(dispute)]

    def _read(
        self, claims: Set[int], rivals: Set[int] = frozenset(), *, in_part: bool = True
    ) -> list[Dispute]:
        """The disputes that these claims have with one another and with rivals, of what is admitted."""
        names = self._view.with_claims(claims | rivals).admitted
        new = self._ledger.numbers(name for name in names if name not in self._known)
        source = self._view.with_claims(new) if in_part else self._view

        def labels(things: Collection[str]) -> Mapping[str, str]:
            source.know(things)
            return source.labels(things)

        for claim in read_claims(
            source.store, claims=source.admitted if in_part else names, lang=source.lang
        ):
            self._known[claim.iri] = claim
        read = [self._known[name] for name in names]
        facts = self._conflicts.facts(claims | rivals)
        among = frozenset(self._ledger.names(claims)) if rivals else None
        return find_disputes(read, self._view.principals, labels, facts=facts, among=among)

    def _admitted(self, claims: Collection[int]) -> set[int]:
        return select(self._ledger, self._view.definition, among=claims)

    @cached_property
    def _near(self) -> list[set[int]]:
        """Of each condition the claims of which a dispute that fulfils it has one: in conflict, or with a side."""
        near = []
        if self._thing is not None:
            told = self._ledger.mentioning([self._thing]).union(self._ledger.numbers([self._thing]))
            near.append(self._admitted(self._conflicts.claims(among=told)))
        if self._parties:
            parties = frozenset(self._parties)
            voices = (n for n, voice in enumerate(self._ledger.voices) if voice.parties & parties)
            near.append(self._admitted(self._ledger.taken_by(voices)))
        return near

    @cached_property
    def _around(self) -> set[int] | None:
        """All claims of the disputes that are asked for and more; None when that would be too many."""
        fewest = min(self._near, key=len, default=None)
        return None if fewest is None or len(fewest) > _FEW else self._with_all(fewest)

    def _with_all(self, claims: set[int]) -> set[int]:
        """These claims, and all of every dispute in which one of them may be."""
        conflicts = self._conflicts
        inside = claims | conflicts.rivals(claims) | conflicts.kin(claims)
        on_issues = inside | conflicts.mates(inside)
        return on_issues | conflicts.rivals(on_issues)

    def _may_fit(self, dispute: Dispute) -> bool:
        """Whether there is any claim that the whole of a dispute must have."""
        if not self._near:
            return True
        claims = self._conflicts.on([dispute.issue.iri])
        claims |= self._conflicts.rivals(claims)
        return not any(claims.isdisjoint(near) for near in self._near)

    def _fits(self, dispute: Dispute) -> bool:
        return self._is_about_it(dispute) and self._is_of_one(dispute)

    def _is_about_it(self, dispute: Dispute) -> bool:
        if self._thing is None or self._thing == dispute.issue.iri:
            return True
        return not self._near[0].isdisjoint(self._ledger.numbers(dispute.claims))

    def _is_of_one(self, dispute: Dispute) -> bool:
        """Whether one of the parties, or who speaks for it, has a position in it."""
        stances = [position.stance for side in dispute.sides for position in side.positions]
        speaks_for = self._view.speaks_for
        return not self._parties or any(speaks_for(s, party) for party in self._parties for s in stances)


def _key(dispute: Dispute) -> tuple[str, str]:
    return dispute.kind, dispute.issue.iri
