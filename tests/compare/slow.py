"""Compares two perspectives slowly, by all that their datasets hold: what the quick way must give too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.claims.codec import read_claims
from kg.claims.labels import distance
from kg.claims.latest import public_day
from kg.claims.model import Claim, Named, Stance
from kg.compare.model import Comparison, Side
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from tests.compare.weighing import TEXT, Fact, Known, weigh


def compare_wholly(left: Perspective, right: Perspective) -> Comparison:
    """The comparison of two perspectives on one store."""
    one, other = left.definition, right.definition
    is_change = one != other and one.according_to == other.according_to
    return weigh(read_side(left), read_side(right), is_change=is_change)


def read_side(view: Perspective) -> Known:
    """All of a perspective that a comparison needs: the record, what is held, what that says, who thinks what."""
    definition = view.definition
    claims = {claim.iri: claim for claim in read_claims(view.store, lang=view.lang)}
    said = _read_facts(view)
    taken = _taken(view, claims.values())
    labels = view.labels(_names(said.values()).union(definition.according_to))
    return Known(
        side=Side(
            tuple(Named(party, labels[party]) for party in definition.according_to),
            definition.as_of,
            definition.on,
        ),
        claims=claims,
        held=frozenset(claim for claim in claims if view.admits(claim)),
        said=said,
        taken=taken,
        latest={claim: _latest(view, stances) for claim, stances in taken.items()},
        labels=labels,
        is_partial=definition.undisputed or definition.disputed,
    )


def _taken(view: Perspective, claims: Iterable[Claim]) -> dict[str, tuple[Stance, ...]]:
    """For each claim the stances of those who speak for the parties; of everybody when there are none."""
    parties = view.definition.according_to
    heard: dict[tuple[str, str, str], bool] = {}

    def counts(stance: Stance) -> bool:
        extent = stance.statement.stated_on or stance.statement.published_on
        behalf = stance.on_behalf_of.iri if stance.on_behalf_of else ""
        key = (stance.stance_of.iri, behalf, extent.lexical if extent else "")
        if key not in heard:  # the same few speak again and again
            heard[key] = any(view.speaks_for(stance, party) for party in parties)
        return heard[key]

    found = {
        claim.iri: tuple(filter(counts, claim.stances)) if parties else claim.stances for claim in claims
    }
    return {claim: stances for claim, stances in found.items() if stances}


def _latest(view: Perspective, stances: Sequence[Stance]) -> tuple[Stance, ...]:
    """Rule 3, for each party by itself: the stances of its last public day."""
    parties = view.definition.according_to
    if len(parties) < 2:
        return _of_last_day(stances)
    each = [_of_last_day([s for s in stances if view.speaks_for(s, party)]) for party in parties]
    return tuple({stance.iri: stance for found in each for stance in found}.values())


def _of_last_day(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    last = max(map(public_day, stances), default="")
    return tuple(stance for stance in stances if public_day(stance) == last)


def _read_facts(view: Perspective) -> dict[str, tuple[Fact, ...]]:
    """What each claim that is held says; of a text in several languages only the one to show."""
    said: dict[str, list[Fact]] = defaultdict(list)
    texts: dict[tuple[str, str, str], list[tuple[tuple[int, str], str]]] = defaultdict(list)
    for claim, subject, prop, value, kind, lang in rows(view.store, named_query("said_facts")):
        if lang:
            texts[claim, subject, prop].append((distance(lang, view.lang), value))
        else:
            said[claim].append(Fact(subject, prop, value, kind))
    for (claim, subject, prop), found in texts.items():
        said[claim].append(Fact(subject, prop, min(found)[1], TEXT))
    return {claim: tuple(sorted(facts)) for claim, facts in said.items()}


def _names(said: Iterable[Sequence[Fact]]) -> set[str]:
    """The IRIs that facts are made of."""
    facts = {fact for found in said for fact in found}
    return {name for fact in facts for name in fact.names}
