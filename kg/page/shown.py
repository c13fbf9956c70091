"""Which claims a page shows when it is asked of parties, a day and a mode, and how its lines look then.

``assets/status.js`` does the same: both only look up what kg/perspective/over_time.py has found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kg.claims.model import Claim
from kg.page.model import Asked, Knowledge
from kg.page.select import Line
from kg.page.status import LAST_DAY, positions, status
from kg.perspective.over_time import public_day

EVERYBODY = Asked()


class Look(NamedTuple):
    """How a line looks: its status for everybody, the sign of the parties asked for, the claims it counts."""

    status: str
    sign: str  # empty when nobody is asked for, or silent
    claims: tuple[Claim, ...]


def is_shown(known: Knowledge, claim: Claim, asked: Asked) -> bool:
    """Whether the claim is admitted by what is asked: as ``kg claims`` would list it."""
    held, day = known.held_of(claim), date.fromisoformat(asked.day)
    if not held.is_held(asked.parties, day):
        return False
    return not asked.mode or held.is_contested(asked.parties, day) == (asked.mode == "disputed")


def shown(known: Knowledge, claims: Iterable[Claim], asked: Asked) -> list[Claim]:
    """Those of the claims that are shown."""
    return [claim for claim in claims if is_shown(known, claim, asked)]


def is_public(claim: Claim, day: str) -> bool:
    """Whether the record has the claim by a day, held or not."""
    return public_day(claim.statement.published_on or claim.statement.stated_on).isoformat() <= day


def sign(known: Knowledge, claims: Iterable[Claim], asked: Asked) -> str:
    """How the parties asked for stand to claims that they do not hold: they deny, evade, or are silent."""
    public = [claim for claim in claims if is_public(claim, asked.day)]
    # claim by claim, as in rule R3: what is evaded later is not what was denied
    each = [positions([claim], known.speaks, day=asked.day) for claim in public]
    signs = {found[party][0] for found in each for party in asked.parties if party in found}
    return next((sign for sign in "dre" if sign in signs), "")


def look(known: Knowledge, line: Line, claims: Mapping[str, Claim], asked: Asked) -> Look:
    """How a line looks."""
    stated = [claims[iri] for iri in line.claims if iri in claims]
    mine = shown(known, stated, asked)
    if not asked.parties:
        return Look(_status(known, mine, asked.day), "", tuple(mine))
    anyone = shown(known, stated, Asked(day=asked.day))
    held = _status(known, anyone, asked.day)
    if mine:
        return Look(held, "a", tuple(mine))
    return Look(held, "" if asked.mode else sign(known, stated, asked), tuple(anyone))


def _status(known: Knowledge, claims: Iterable[Claim], day: str) -> str:
    return status(claims, known.speaks, known.parties, known.modality, day=day)


def days(known: Knowledge) -> list[str]:
    """The days on which something new became public, in order; the last step of time, today, is not one."""
    found = {day for claim in known.claims for day in _days(known, claim)}
    return sorted(found - {LAST_DAY})


def _days(known: Knowledge, claim: Claim) -> set[str]:
    held = known.held_of(claim)
    spans = [*held.anyone, *held.contested, *(span for found in held.by.values() for span in found)]
    spans += [span for _, found in held.rivals for span in found]
    told = {stance.public_on.not_after or LAST_DAY for stance in claim.stances if stance.public_on}
    return told | {day.isoformat() for span in spans for day in span if day}
