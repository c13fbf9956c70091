"""How the parties stand to what is held, as known on a day: what status.js repeats (a test compares the two)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.claims.model import Claim, Stance

#: How a stance counts: for, against, neither.
SIGNS = {
    "asserts": "a",
    "confirms": "a",
    "revises": "a",
    "denies": "d",
    "disputes": "d",
    "does-not-deny": "e",
    "declines-to-comment": "e",
    "retracts": "r",
}
STATUSES = ("contested", "evaded", "several", "single", "possible", "denied", "unknown")
LAST_DAY = "9999-12-31"


def public_by(stance: Stance) -> str:
    """The first day on which it is surely public; the last of days when that is not known."""
    extent = stance.public_on
    return (extent.not_after if extent else None) or LAST_DAY


def order(stance: Stance) -> str:
    """What orders stances in time: their public day; one without a date is the latest of nothing."""
    day = public_by(stance)
    return "" if day == LAST_DAY else day


def positions(
    claims: Iterable[Claim], speaks: Mapping[str, Sequence[str]], *, day: str = LAST_DAY
) -> dict[str, tuple[str, tuple[Stance, ...]]]:
    """For each actor that somebody speaks for: the sign of its latest stance by the day, and these stances.

    Several claims that state one relation count as one. Of several stances on one day a retraction wins,
    then a denial, then what asserts, then what evades: rules 3 and 4 of docs/perspectives.md.
    """
    stances = [stance for claim in claims for stance in claim.stances if public_by(stance) <= day]
    latest: dict[str, list[Stance]] = {}
    for stance in sorted(stances, key=lambda stance: (order(stance), stance.iri)):
        for actor in speaks.get(stance.iri, ()):
            held = latest.setdefault(actor, [])
            if held and order(held[0]) < order(stance):
                held.clear()
            held.append(stance)
    return {actor: (_sign(held), tuple(held)) for actor, held in latest.items()}


def word(sign: str, stances: Iterable[Stance]) -> str:
    """The name of the word for a sign: who only disputes does not deny."""
    against = {stance.type for stance in stances if SIGNS[stance.type] == sign == "d"}
    return "disputes" if against == {"disputes"} else sign


def _sign(stances: Iterable[Stance]) -> str:
    signs = {SIGNS[stance.type] for stance in stances}
    return next(sign for sign in "rdae" if sign in signs)


def status(
    claims: Iterable[Claim],
    speaks: Mapping[str, Sequence[str]],
    parties: Collection[str],
    modality: Mapping[str, str],
    *,
    day: str = LAST_DAY,
) -> str:
    """The status of a relation that these claims state; one of :data:`STATUSES`.

    It is contested if one of them is: what a party says later of another claim takes no denial back.
    """
    stated = list(claims)
    if len(stated) > 1 and any(
        status([claim], speaks, parties, modality, day=day) == "contested" for claim in stated
    ):
        return "contested"
    found = positions(stated, speaks, day=day)
    # few speak of one relation, of however many parties
    signs = {
        sign: [party for party in found if found[party][0] == sign and party in parties] for sign in "ade"
    }
    if signs["a"] and signs["d"]:
        return "contested"
    if signs["d"]:
        return "denied"
    if not signs["a"]:
        return "unknown"
    if signs["e"]:
        return "evaded"
    known = [claim for claim in stated if any(public_by(stance) <= day for stance in claim.stances)]
    if all(modality.get(claim.iri, "actual") != "actual" for claim in known):
        return "possible"
    return "several" if len(signs["a"]) > 1 else "single"
