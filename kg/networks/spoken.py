"""Who speaks of what, and who met whom: networks of what single claims tell."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.claims.codec import extent_of
from kg.claims.model import Named, Stance, Statement
from kg.networks.assembly import Edge, assemble
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import CODE, DATE, KG

if TYPE_CHECKING:
    import networkx

    from kg.perspective.view import Perspective

_MEETING = KG + "DiplomaticMeeting"


def statements(view: Perspective) -> networkx.MultiDiGraph[str]:
    """Who says what about whom: from the party that makes a claim to each thing of which the claim speaks.

    The party is that of the claimant by rule D1 of docs/perspectives.md, as of the day of the statement. A
    claim speaks of what stands in its graph, as subject or as value, and of its topic (``kg:about``); codes,
    dates, classes and issues are no things. Things are taken as they are named: who speaks of a minister
    does not speak of the state. What a party says of itself is left out. Only claims that the perspective
    holds, whoever made them; the weight is their number.
    """
    parties = _parties(view)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, thing in rows(view.store, named_query("spoken_of")):
        for party in parties.get(claim, ()):
            if thing != party:
                found[party, thing].add(claim)
    edges = (
        Edge(party, thing, "asserts", frozenset(claims), CODE + "asserts")
        for (party, thing), claims in found.items()
    )
    return assemble(view, "statements", edges)


def _parties(view: Perspective) -> dict[str, frozenset[str]]:
    """Whose claim each claim of the perspective is, without reading all else that is on record of it."""
    days = {row[0]: row[1:] for row in rows(view.store, named_query("statement_dates"))}
    known: dict[tuple[str, str, str], frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for claim, speaker, behalf, statement in rows(view.store, named_query("claimants")):
        if view.admits(claim):
            said = speaker, behalf, statement
            if said not in known:
                on, published = map(extent_of, days.get(statement, ("", "")))
                told = Statement(statement, "", None, on, published, None, None, (), ())
                party = Named(behalf, "") if behalf else None
                known[said] = view.principals(
                    Stance("", claim, "asserts", Named(speaker, ""), party, told, ())
                )
            found[claim] = known[said]
    return found


def meetings(view: Perspective) -> networkx.MultiDiGraph[str]:
    """Who met whom: an edge for each two participants that one claim puts into one meeting, without direction.

    Participants are actors as they are named, mostly persons; a meeting that is planned, feared or denied is
    none. The key and ``meeting`` are the meeting's IRI, its label is the edge's, ``date`` has its dates as the
    claims give them. The weight is the number of claims that tell of both.
    """
    present: dict[tuple[str, str], set[str]] = defaultdict(set)
    days: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, meeting, participant, day in rows(view.store, named_query("meetings")):
        present[claim, meeting].add(participant)
        days[claim, meeting] |= {day.removeprefix(DATE)} - {""}
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for (claim, meeting), participants in present.items():
        for one, other in combinations(sorted(participants), 2):
            found[one, other, meeting].add(claim)
    labels = view.labels({meeting for _, _, meeting in found})
    edges = []
    for (one, other, meeting), claims in found.items():
        told = sorted({day for claim in claims for day in days[claim, meeting]})
        more = {"meeting": meeting, "date": " ".join(told)}
        edges.append(Edge(one, other, meeting, frozenset(claims), _MEETING, label=labels[meeting], more=more))
    return assemble(view, "meetings", edges, more=("meeting", "date"), directed=False)
