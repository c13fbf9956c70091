"""Dossiers made for comparisons: each claim has one rule to try."""

from __future__ import annotations

from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.perspective.view import Perspective
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import ID
from tests.tiny import HEAD, build_store

REFERENCE = """
GRAPH graph:reference {
  id:a a kg:State ; rdfs:label "Arland"@en . id:b a kg:State ; rdfs:label "Borland"@en .
  id:c a kg:State ; rdfs:label "Corland"@en . id:q a kg:Issue ; rdfs:label "What of it?"@en .
  id:b1 a kg:GovernmentBody ; rdfs:label "Staff of Borland"@en ; kg:subordinateTo id:b .
  id:g a kg:InformalGroup ; rdfs:label "bloggers of Borland"@en .
}
"""


def claim(name: str, by: str, says: str, *, on: str = "2023-05-01", more: str = "") -> str:
    """A claim of an actor, and what else the record says of it."""
    return f"""
GRAPH claim:{name} {{ {says} }}
GRAPH graph:record {{
  claim:{name} a kg:Claim ; rdfs:label "claim {name}"@en ; kg:claimant id:{by} ; kg:onBehalfOf id:{by} ;
    kg:statedIn statement:{name} ; kg:supportedBy evidence:{name} {more}.
  statement:{name} a kg:PublicStatement ; kg:statedBy id:{by} ; kg:statedOn date:{on} .
  evidence:{name} a kg:Evidence ; kg:inSource source:x ; kg:paragraph 1 . source:x rdfs:label "X"@en .
}}"""


def stance(claim: str, by: str, kind: str, on: str) -> str:
    """What an actor thinks of a claim."""
    name = f"{claim}-{by}-{on}"
    return f"""
GRAPH graph:record {{
  stance:{name} a kg:Stance ; kg:stanceOn claim:{claim} ; kg:stanceOf id:{by} ; kg:stanceType code:{kind} ;
    kg:statedIn statement:{name} ; kg:supportedBy evidence:{claim} .
  statement:{name} a kg:PublicStatement ; kg:statedBy id:{by} ; kg:statedOn date:{on} .
}}"""


SENDS = "id:x a kg:Deployment ; kg:sendingState id:a ; kg:hostState id:c ."
DOSSIER = [
    claim("agreed", "a", "id:agreed kg:place id:p .", more="; kg:addressesIssue id:q "),
    stance("agreed", "b1", "confirms", "2023-05-10"),
    claim("denied", "a", "id:denied kg:place id:p .", more="; kg:addressesIssue id:q "),
    stance("denied", "b1", "denies", "2023-05-10"),
    claim("moved", "a", "id:moved kg:place id:p ."),
    stance("moved", "b", "denies", "2023-05-10"),
    stance("moved", "b1", "does-not-deny", "2023-06-01"),
    claim("by-bloggers", "a", "id:blog kg:place id:p ."),
    stance("by-bloggers", "g", "denies", "2023-05-10"),
    claim("asked", "a", "id:asked kg:place id:p ."),
    stance("asked", "b", "declines-to-comment", "2023-05-10"),
    claim("short", "a", SENDS),
    claim("long", "b", SENDS + " id:x kg:underTreaty id:t ."),
    claim("yes", "a", "id:yes kg:place id:p ."),
    claim("no", "b", "id:no kg:place id:p .", more="; kg:contradicts claim:yes "),
    claim("foreign", "c", "id:foreign kg:place id:p ."),
    stance("foreign", "a", "denies", "2023-05-10"),
    stance("foreign", "b", "disputes", "2023-05-11"),
    claim("refused", "c", "id:refused kg:place id:p ."),
    stance("refused", "a", "denies", "2023-05-10"),
    claim("unsaid", "c", "id:unsaid kg:place id:p ."),
    claim("said-a", "a", "id:said-a kg:place id:p .", more="; kg:addressesIssue id:r "),
    claim("said-b", "b", "id:said-b kg:place id:p .", more="; kg:addressesIssue id:r "),
    claim("empty", "a", ""),
    claim("texts", "a", 'id:speech kg:content "yes"@en , "oui"@fr ; kg:paragraph 1 .'),
]

TIMES = [
    claim("kept", "a", "id:kept kg:place id:p ."),
    claim("admitted", "c", "id:admitted kg:place id:p .", more="; kg:addressesIssue id:q "),
    stance("admitted", "a", "denies", "2023-05-10"),
    stance("admitted", "b", "confirms", "2023-05-25"),
    stance("admitted", "a", "declines-to-comment", "2023-05-21"),
    stance("admitted", "a", "confirms", "2023-05-25"),
    claim("old", "a", "id:old kg:place id:p ; kg:description 'seen' .", more="; kg:addressesIssue id:q "),
    claim("new", "a", "id:old kg:place id:p .", on="2023-05-26", more="; kg:supersedes claim:old "),
    claim("taken-back", "a", "id:back kg:place id:p ."),
    stance("taken-back", "a", "retracts", "2023-05-27"),
    claim("revived", "a", "id:revived kg:place id:p ."),
    claim("hasty", "a", "id:hasty kg:place id:p .", more="; kg:supersedes claim:revived "),
    stance("hasty", "a", "retracts", "2023-05-29"),
    claim("doubted", "c", "id:doubted kg:place id:p ."),
    stance("doubted", "a", "confirms", "2023-05-02"),
    stance("doubted", "a", "disputes", "2023-05-28"),
    claim("state", "a", "id:state kg:holdsFrom date:2023-05-05 ; kg:holdsUntil date:2023-05-15 ."),
]


def build(folder: Path, parts: list[str]) -> KnowledgeGraph:
    text = "".join([HEAD, REFERENCE, *parts])
    return build_store(folder / "store", parse_trig(text.encode(), name="a.trig"))


def of(graph: KnowledgeGraph, *parties: str, as_of: str | None = None, on: str | None = None) -> Perspective:
    return graph.perspective(according_to=[ID + party for party in parties], as_of=as_of, on=on)
