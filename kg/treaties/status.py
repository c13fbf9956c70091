"""The status of a treaty on a day, of all and of each party: derived from its acts, never written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg.claims.model import Named
from kg.dates import parse_extent
from kg.rdf.terms import local_name
from kg.treaties.model import Act, PartyStatus

#: How far an act brings the party that does it.
_RUNGS = {
    "signature": 1,
    "submission": 1,
    "parliamentary-approval": 2,
    "ratification": 3,
    "instrument-exchange": 3,
    "entry-into-force": 4,
    "termination": 5,
}
_STATUSES = ("not signed", "signed", "approved", "ratified", "in force", "terminated")
_RATIFIED, _IN_FORCE, _TERMINATED = 3, 4, 5


def status(acts: Iterable[Act], parties: Sequence[Named], on: date | None) -> str:
    """What the acts make of the treaty by the end of a day, or at last.

    ``terminated`` and ``in force`` from the act of that kind; ``ratified`` when every party has ratified, or
    the instruments were exchanged; ``approved`` when every party has come so far, by the vote of a chamber
    at least; ``signed`` when somebody has signed; ``not signed`` before a signature whose day is known, and
    ``unknown`` where no act tells.

    Of an act that is dated in several ways the date that most claimants leave room for counts; of several,
    the exacter, and then the later. It counts from the last day on which it may have happened, and not at
    all where it is only planned or supposed.
    """
    dated = _as_most_say(acts)
    reached: dict[str, int] = defaultdict(int)
    for act in dated:
        if _is_done(act, on):
            party = act.party.iri if act.party else ""
            reached[party] = max(reached[party], rung(act))
    if not reached:
        return _before_all(dated, on)
    if _is_done_by_all(dated, on, "termination"):
        return _STATUSES[_TERMINATED]
    if _is_done_by_all(dated, on, "entry-into-force"):
        return _STATUSES[_IN_FORCE]
    if _is_done_by_all(dated, on, "instrument-exchange"):
        return _STATUSES[_RATIFIED]
    everyone = [party.iri for party in parties] or [party for party in reached if party]
    return _STATUSES[max(1, min((reached[party] for party in everyone), default=1))]


def party_statuses(acts: Iterable[Act], parties: Sequence[Named], on: date | None) -> tuple[PartyStatus, ...]:
    """The same of each party by its own acts, by label; what ends a treaty ends it for all."""
    told = [act for act in acts if _counts(act)]
    acting = {act.party for act in told if act.party}
    everyone = sorted({*parties, *acting}, key=lambda party: (party.label, party.iri))
    return tuple(_party_status(told, party, on) for party in everyone)


def rung(act: Act) -> int:
    """How far an act of its type brings a party: 0 where it does not, as a reaffirmation."""
    return _RUNGS.get(local_name(act.type.iri), 0)


def _party_status(told: Sequence[Act], party: Named, on: date | None) -> PartyStatus:
    own = [act for act in told if act.party == party or _is_of_all(act)]
    counting = {_key(act): act for act in _as_most_say(own)}
    done = [act for act in counting.values() if _is_done(act, on)]
    highest = max(map(rung, done), default=0)
    brought = [act for act in done if rung(act) == highest]
    first = min(brought, key=_order, default=None)
    done_keys = {_key(act) for act in done}
    return PartyStatus(
        party=party,
        status=_STATUSES[highest] if highest else _before_all(list(counting.values()), on),
        since=first.date if first else "",
        acts=_ordered(act for act in own if _key(act) in done_keys and _agrees(act, counting)),
        dated_otherwise=_ordered(act for act in own if act.date and not _agrees(act, counting)),
    )


def _before_all(acts: Sequence[Act], on: date | None) -> str:
    """Before the first act that is known: not signed if a signature is to come, else unknown.

    Where no signature is known, or not its day, the treaty may have been signed long ago.
    """
    for act in acts:
        if on is not None and local_name(act.type.iri) == "signature" and act.date:
            extent = parse_extent(act.date)
            first, last = extent.not_before, extent.not_after
            if first is not None and on < (last or first):
                return _STATUSES[0]
    return "unknown"


def _counts(act: Act) -> bool:
    return act.modality is None and rung(act) > 0


def _is_of_all(act: Act) -> bool:
    """Whether an act touches every party: a termination, and what comes into force without a name."""
    kind = local_name(act.type.iri)
    return kind == "termination" or (kind == "entry-into-force" and act.party is None)


def _is_done(act: Act, on: date | None) -> bool:
    return on is None or (bool(act.date) and parse_extent(act.date).is_by(on))


def _is_done_by_all(dated: Iterable[Act], on: date | None, kind: str) -> bool:
    return any(local_name(act.type.iri) == kind and _is_done(act, on) for act in dated)


def _key(act: Act) -> tuple[str, str]:
    return act.iri, act.party.iri if act.party else ""


def _as_most_say(acts: Iterable[Act]) -> list[Act]:
    """Each act of a party once, as most claimants date it; each of them supports every date it leaves room for."""
    told: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        if _counts(act):
            told[_key(act)].append(act)
    return [
        max(ways, key=lambda way: (_support(way, ways), _exactness(way.date), way.date, way.performed_by))
        for ways in told.values()
    ]


def _support(act: Act, ways: Iterable[Act]) -> int:
    """How many claimants allow the date: one who says it twice is still one."""
    return len({claim.claimant for way in ways if _allows(way.date, act.date) for claim in way.claims})


def _agrees(act: Act, counting: Mapping[tuple[str, str], Act]) -> bool:
    chosen = counting[_key(act)].date
    return act.date == chosen or _allows(act.date, chosen)


def _allows(told: str, day: str) -> bool:
    """Whether a date leaves room for all of another; one that is not known tells nothing."""
    if not (told and day):
        return False
    wide, narrow = parse_extent(told), parse_extent(day)
    begins = wide.not_before or date.min, narrow.not_before or date.min
    ends = wide.not_after or date.max, narrow.not_after or date.max
    return begins[0] <= begins[1] and ends[1] <= ends[0]


def _exactness(lexical: str) -> int:
    """More for a shorter stretch of time; least of all for a date that is not known."""
    if not lexical:
        return -(date.max - date.min).days - 1
    extent = parse_extent(lexical)
    return -((extent.not_after or date.max) - (extent.not_before or date.min)).days


def _order(act: Act) -> tuple[tuple[date, date], int, str]:
    key = parse_extent(act.date).sort_key() if act.date else (date.max, date.max)
    return key, rung(act), act.iri


def _ordered(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: (_order(act), act.performed_by)))
