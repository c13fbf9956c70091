"""Who stands against whom, and who with whom: networks of parties, by the rules of disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from kg.claims.codec import extent_of, read_claims
from kg.claims.model import Claim, Named, Stance
from kg.disputes.find import candidates
from kg.disputes.model import CONTESTING, HOLDING
from kg.disputes.positions import Stand, stands
from kg.networks.assembly import Edge, assemble
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import CODE

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective

#: What words do against an actor.
HOSTILE_ACTS = ("accuse", "condemn")


def opponents(view: Perspective) -> networkx.MultiDiGraph[str]:
    """Who denies or disputes whose claims, and who accuses or condemns whom, party by party.

    Nodes are parties by rule D1 of docs/perspectives.md: states, and bodies, persons, groups and media that
    stand alone. An edge goes from the one who is against to the one it is against, and its key is what it
    does:

    - ``denies``, ``disputes``: the party's latest stance (D2) rejects a claim whose claimant's party holds it;
    - ``accuse``, ``condemn``: a claim tells of such a speech act of the one, whose target is an actor that
      belongs to the other. Who condemns a deed condemns nobody here: whose deed it was, others say.

    The claims are those that are rejected, and those that tell of the act; only claims that the perspective
    holds. The weight is their number. Nobody is its own opponent, in any of the names in which it speaks.
    """
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for against, whom, code, claim in (*_rejections(view), *_attacks(view)):
        found[against, whom, code].add(claim)
    edges = (
        Edge(against, whom, code.removeprefix(CODE), frozenset(claims), code)
        for (against, whom, code), claims in found.items()
    )
    return assemble(view, "opponents", edges)


def agreement(view: Perspective) -> networkx.MultiDiGraph[str]:
    """How often two parties take the same side of a disputed claim, against how often opposite sides.

    A claim that the perspective holds is disputed if one party holds it and another rejects it (D4): each by
    its latest stance (D2), and without a principal in common. Every two parties that hold or reject such a
    claim have an edge, without direction; who evades takes no side. The weight is

        (same - opposite) / (same + opposite),

    from -1, always on opposite sides, to 1, always on the same; ``same`` and ``opposite`` are the numbers of
    claims, and ``claims`` are all of these. Two names in which one stance was taken do not count as two.
    """
    same: dict[tuple[str, str], set[str]] = defaultdict(set)
    opposite: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in _rejected(view):
        sided = {p: s for p, s in stands(claim, view.principals).items() if _side(s)}
        pairs = [pair for pair in combinations(sorted(sided), 2) if _apart(sided, *pair)]
        if any(_side(sided[one]) != _side(sided[other]) for one, other in pairs):
            for one, other in pairs:
                (same if _side(sided[one]) == _side(sided[other]) else opposite)[one, other].add(claim.iri)
    edges = (_agreement_edge(pair, same[pair], opposite[pair]) for pair in {*same, *opposite})
    return assemble(view, "agreement", edges, more=("same", "opposite"), directed=False, signed=True)


def _agreement_edge(pair: tuple[str, str], same: set[str], opposite: set[str]) -> Edge:
    together, against = len(same), len(opposite)
    weight = (together - against) / (together + against)
    more = {"same": together, "opposite": against}
    claims = frozenset(same | opposite)
    return Edge(*pair, "agreement", claims, label="agreement", weight=weight, more=more)


def _side(stand: Stand) -> int:
    """1 for who holds the claim, -1 for who rejects it, 0 for who does neither."""
    return (stand.position.type in HOLDING) - (stand.position.type in CONTESTING)


def _apart(sided: Mapping[str, Stand], one: str, other: str) -> bool:
    return sided[one].names.isdisjoint(sided[other].names)


def _rejected(view: Perspective) -> list[Claim]:
    """The claims that the perspective holds and somebody may reject."""
    found = read_claims(view.store, claims=candidates(view), lang=view.lang)
    return [claim for claim in found if view.admits(claim.iri)]


def _rejections(view: Perspective) -> Iterator[tuple[str, str, str, str]]:
    for claim in _rejected(view):
        standing = stands(claim, view.principals)
        makers = [p for p in view.principals(_own_stance(claim)) if p in standing]
        holders = [p for p in makers if _side(standing[p]) > 0]
        for against, stand in standing.items():
            for holder in holders:
                if _side(stand) < 0 and _apart(standing, against, holder):
                    yield against, holder, CODE + stand.position.type, claim.iri


def _attacks(view: Perspective) -> Iterator[tuple[str, str, str, str]]:
    asked = [iri(CODE + act) for act in HOSTILE_ACTS]
    told = rows(view.store, named_query("speech_acts", type=asked))
    read = read_claims(view.store, claims={row[0] for row in told}, lang=view.lang)
    claims = {claim.iri: claim for claim in read}
    for claim, _, code, speaker, target, day in told:
        speaking = _speaking(claims[claim], speaker, day)
        ours = view.principals(speaking)
        theirs = view.principals(replace(speaking, stance_of=Named(target, ""), on_behalf_of=None))
        if ours.isdisjoint(theirs):
            yield from ((one, other, code, claim) for one in ours for other in theirs)


def _own_stance(claim: Claim) -> Stance:
    """The claimant's own position, which it takes by making the claim."""
    return Stance(
        "", claim.iri, "asserts", claim.claimant, claim.on_behalf_of, claim.statement, claim.evidence
    )


def _speaking(claim: Claim, speaker: str, day: str) -> Stance:
    """The speech act as a stance, to ask in whose name it was done: on its own day, else on that of the claim."""
    own = _own_stance(claim)
    statement = replace(own.statement, stated_on=extent_of(day)) if day else own.statement
    if speaker == own.stance_of.iri:
        return replace(own, statement=statement)
    return replace(own, stance_of=Named(speaker, ""), on_behalf_of=None, statement=statement)
