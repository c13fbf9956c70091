"""Small dossiers of two states and their speakers, written in a test as lists of claims and stances."""

from __future__ import annotations

from pathlib import Path

from kg.disputes.find import disputes
from kg.disputes.model import Dispute
from kg.graph import KnowledgeGraph
from kg.rdf.terms import curie
from kg.rdf.trig import parse_trig
from tests.tiny import HEAD, build_store

REFERENCE = """
GRAPH graph:reference {
  id:a a kg:State ; rdfs:label "A" . id:b a kg:State ; rdfs:label "B" . id:c a kg:State ; rdfs:label "C" .
  id:a-army a kg:ArmedForce ; rdfs:label "Army" ; kg:subordinateTo id:a .
  id:a-mfa a kg:GovernmentBody ; rdfs:label "Ministry" ; kg:subordinateTo id:a .
  id:b-news a kg:MediaOrganization ; rdfs:label "News" ; kg:mediaControl code:state ; kg:subordinateTo id:b .
  id:bloggers a kg:InformalGroup ; rdfs:label "bloggers" . id:league a kg:Organization ; rdfs:label "League" .
  id:chief a kg:Person ; rdfs:label "Chief" .
  id:o a kg:Office ; kg:officeOf id:a . id:o2 a kg:Office ; kg:officeOf id:league .
  id:town a kg:Place ; rdfs:label "Town" . id:battle rdfs:label "battle" . id:i a kg:Issue ; rdfs:label "Question?" .
}
GRAPH claim:tenure { id:t kg:holder id:chief ; kg:office id:o . id:t2 kg:holder id:chief ; kg:office id:o2 . }
GRAPH graph:record { claim:tenure a kg:Claim ; kg:claimant id:league ; kg:statedIn statement:t .
  statement:t a kg:PublicStatement ; kg:statedOn date:2019 . }
"""


def claim(name: str, by: str, on: str, *, says: str = "", behalf: str = "", more: str = "") -> str:
    """A claim of somebody on a day; ``says`` is its graph, ``more`` what else its record has."""
    graph = f"GRAPH claim:{name} {{ {says or 'id:x kg:decidedBy id:y .'} }}"
    head = f'claim:{name} a kg:Claim ; rdfs:label "{name}" ; kg:claimant id:{by} {more}'
    return f"{graph} GRAPH graph:record {{ {_said(head, name, by, on, behalf)} }}"


def stance(kind: str, name: str, by: str, on: str, *, behalf: str = "") -> str:
    """A stance of somebody on a claim, on a day."""
    own = f"{kind}-{name}-{by}-{on.replace('.', '')}"
    head = f"stance:{own} a kg:Stance ; kg:stanceOn claim:{name} ; kg:stanceType code:{kind} ; kg:stanceOf id:{by}"
    return f"GRAPH graph:record {{ {_said(head, own, by, on, behalf)} }}"


def _said(head: str, name: str, by: str, on: str, behalf: str) -> str:
    party = f" ; kg:onBehalfOf id:{behalf}" if behalf else ""
    return (
        f"{head}{party} ; kg:statedIn statement:{name} . "
        f"statement:{name} a kg:PublicStatement ; kg:statedBy id:{by} ; kg:statedOn date:{on} ."
    )


def control(name: str, by: str, holder: str, since: str = "", until: str = "", *, more: str = "") -> str:
    """A claim that somebody controls the town between two dates."""
    says = f"id:state-{name} a kg:TerritorialControl ; kg:place id:town ; kg:controlledBy {holder} "
    says += f"; kg:holdsFrom date:{since} " if since else ""
    says += f"; kg:holdsUntil date:{until} " if until else ""
    return claim(name, by, "2024-06-01", says=f"{says} .", more=more)


def count(
    name: str, by: str, on: str, figures: str, *, fate: str = "killed", of: str = "a-army", more: str = ""
) -> str:
    """A claim of how many of whose people met which fate in the battle."""
    says = (
        f"id:battle kg:estimate id:e-{name} . id:e-{name} a kg:Estimate ; kg:category code:{fate} ; {figures}"
    )
    return claim(name, by, on, says=f"{says} ; kg:ofActor id:{of} .", more=more)


def signed(name: str, by: str, on: str, *, kind: str = "signature", party: str = "a") -> str:
    """A claim of the day on which a party did its act."""
    says = f"id:act kg:actionType code:{kind} ; kg:actingParty id:{party} ; kg:occurredOn date:{on} ."
    return claim(name, by, "2024-06-01", says=says)


def store(folder: Path, *parts: str) -> KnowledgeGraph:
    """A store of these claims and stances."""
    text = "\n".join([HEAD, REFERENCE, *parts])
    return build_store(folder / "store", parse_trig(text.encode(), name="made.trig"))


def found(graph: KnowledgeGraph, **options: str) -> list[Dispute]:
    """The disputes as known on a day, or as the options say."""
    return disputes(graph.perspective(**options))  # type: ignore[arg-type]  # names of options come from tests


def shown(dispute: Dispute) -> dict[str, list[str]]:
    """Each party with its positions, as 'asserts c1'."""
    return {
        curie(side.party.iri).removeprefix("id:"): [
            f"{position.type} {curie(position.claim.iri).removeprefix('claim:')}"
            for position in side.positions
        ]
        for side in dispute.sides
    }


def conflicts(dispute: Dispute) -> list[tuple[str, ...]]:
    """Each conflict: how, and its claims."""
    return [(c.how, *(curie(iri).removeprefix("claim:") for iri in c.claims)) for c in dispute.conflicts]
