"""Made-up dossiers in which every rule of a perspective has work to do, and perspectives to ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import TypeVar

from kg.perspective.definition import Definition
from kg.rdf.vocabulary import DATE, ID, KG, RDF_TYPE
from tests.tiny import HEAD

T = TypeVar("T")

ONTOLOGY = """
GRAPH graph:ontology {
  id:Raid rdfs:subClassOf kg:Event . kg:Event rdfs:subClassOf id:Happening . id:Happening rdfs:subClassOf kg:Event .
  kg:PublicStatement rdfs:subClassOf id:Happening . id:Raid rdfs:subClassOf [ a owl:Class ] .
  id:p rdfs:subPropertyOf id:q . id:q owl:inverseOf id:r . id:r rdfs:subPropertyOf id:meets .
  id:meets a owl:SymmetricProperty . kg:contradicts a owl:SymmetricProperty .
}
"""
REFERENCE = """
GRAPH graph:reference {
  id:a a kg:State . id:b a kg:State . id:c a kg:Person . id:d a kg:Person .
  id:a1 a kg:GovernmentBody ; kg:subordinateTo id:a . id:a2 a kg:GovernmentBody ; kg:subordinateTo id:a1 .
  id:b1 a kg:GovernmentBody ; kg:subordinateTo id:b . id:ab a kg:Organization ; kg:subordinateTo id:a , id:b .
  id:m a kg:MediaOrganization ; kg:mediaControl code:private ; kg:subordinateTo id:b .
  id:n a kg:MediaOrganization ; kg:mediaControl code:state ; kg:subordinateTo id:b .
  id:m1 a kg:Organization ; kg:subordinateTo id:m . id:g a kg:InformalGroup .
  id:o a kg:Office ; kg:officeOf id:a2 . id:q1 a kg:Office ; kg:officeOf id:b1 . id:m2 a kg:Office ; kg:officeOf id:m .
  id:i0 a kg:Issue . id:i1 a kg:Issue .
}
"""
ACTORS = ("a", "a1", "a2", "c", "b", "b1", "ab", "m", "n", "m1", "g", "d")
LABELS = "".join(f'id:{actor} rdfs:label "the actor {actor}"@en . ' for actor in ACTORS)
OFFICES = ("o", "q1", "m2")
DATES = ("2023", "2023-05", "2023-05-10", "2023-05-31", "2023-06-01", "2023-06", "2023-05-20..2023-06-10")
OPEN_DATES = ("from-2023-05", "until-2023-05-31")
DAYS = (date(2023, 5, 10), date(2023, 5, 31), date(2023, 6, 1), date(2023, 6, 30))
TYPES = (
    "asserts",
    "confirms",
    "denies",
    "disputes",
    "retracts",
    "revises",
    "declines-to-comment",
    "does-not-deny",
)
CONTENT = (
    "id:x a id:Raid .",
    "id:x a id:Own .",
    "id:Own rdfs:subClassOf id:Raid .",  # what a party says of terms is no axiom
    "id:x id:p id:y .",
    "id:y id:r id:x .",
    "id:y id:meets id:z , id:y .",
    'id:z id:q "no node" .',
    f'id:z kg:content "see <x> <{ID}p> <{ID}y>"@en .',
    "id:x kg:about id:y .",
)


def dossier(random: Random, *, is_settled: bool = False) -> str:
    """A dossier as TriG: up to five claims, each with up to six stances, tenures and states here and there.

    ``is_settled``: no claim tells who holds an office, and each claimant asserts its claim when it makes it.
    """
    return _Writer(random, is_settled=is_settled).text()


def perspective(random: Random) -> Definition:
    """What may be asked of it."""
    mode = random.choice(("", "", "undisputed", "disputed"))
    return Definition(
        tuple(sorted({ID + _actor(random) for _ in range(random.choice((0, 1, 1, 1, 2)))})),
        random.choice((None, None, None, *DAYS)),
        random.choice((None, None, None, None, *DAYS)),
        undisputed=mode == "undisputed",
        disputed=mode == "disputed",
        exactly=random.random() < 0.3,
        infer=random.random() < 0.3,
    )


def _actor(random: Random) -> str:
    """Those that share a state come often, so that they answer each other."""
    return random.choice(ACTORS[:4] if random.random() < 0.5 else ACTORS)


class _Writer:
    """One dossier in the making."""

    #: A label that looks like what it is not.
    LABEL = f"<x> <{RDF_TYPE}> <{KG}Claim> <{KG}statedOn> <{DATE}1990> <{KG}statedIn> <{ID}x>"

    def __init__(self, random: Random, *, is_settled: bool) -> None:
        self._random = random
        self._is_settled = is_settled
        self._statements: list[str] = []

    def text(self) -> str:
        claims = [f"c{n}" for n in range(self._random.randint(1, 5))]
        parts = [HEAD, ONTOLOGY, REFERENCE, f"GRAPH graph:reference {{ {LABELS} }}"]
        for n, claim in enumerate(claims):
            if self._is(0.9):
                parts.append(f"GRAPH claim:{claim} {{ {self._content(n)} }}")
            parts.append(f"GRAPH graph:record {{ {self._record(claim, claims[:n])} }}")
        if self._is(0.5 if self._is_settled else 0.1):
            parts.append(f"GRAPH graph:reference {{ {self._tenure('t9')} }}")
        return "\n".join(parts)

    def _content(self, n: int) -> str:
        said = self._random.sample(CONTENT, self._random.randint(1, 4))
        if self._is(0.5) and not self._is_settled:
            said.append(self._tenure(f"t{self._random.randint(0, n)}"))
        if self._is(0.3):
            said.append(f"id:e{n} kg:{self._one(('holdsFrom', 'holdsUntil'))} date:{self._date(0.2)} .")
        return " ".join(said)

    def _tenure(self, name: str) -> str:
        """Who held which office when, as far as this graph tells it; another may tell of the same."""
        said = ""
        if self._is(0.9):
            said += (
                f"id:{name} kg:holder id:{self._one(('c', 'c', 'd'))} ; kg:office id:{self._one(OFFICES)} . "
            )
        for bound in ("holdsFrom", "holdsUntil"):
            for _ in range(self._one((0, 1, 1, 1, 2))):
                said += f"id:{name} kg:{bound} date:{self._date(0.2)} . "
        return said

    def _record(self, claim: str, earlier: Sequence[str]) -> str:
        said = [self._said(f"claim:{claim} a kg:Claim ; kg:claimant", claim)]
        if self._is(0.3):
            said.append(f"claim:{claim} kg:addressesIssue id:{self._one(('i0', 'i1'))} .")
        for link, chance in (("supersedes", 0.4), ("contradicts", 0.3)):
            if earlier and self._is(chance):
                said.append(f"claim:{claim} kg:{link} claim:{self._one(earlier)} .")
        for m in range(self._one((0, 0, 1, 2, 3, 4, 5, 6))):
            # A claimant's own stance, where its author wrote it, is left as it is.
            is_own = self._is(0.05) and not m and not self._is_settled
            name = f"{claim}-asserts" if is_own else f"{claim}{m}"
            head = f"stance:{name} a kg:Stance ; kg:stanceOn claim:{claim} ;"
            said.append(self._said(f"{head} kg:stanceType code:{self._one(TYPES)} ; kg:stanceOf", name))
        return " ".join(said)

    def _said(self, head: str, name: str) -> str:
        """Something said by somebody, in a statement of its own or in one that says other things too."""
        behalf = f" ; kg:onBehalfOf id:{_actor(self._random)}" if self._is(0.5) else ""
        if self._statements and self._is(0.2):
            return f"{head} id:{_actor(self._random)}{behalf} ; kg:statedIn statement:{self._one(self._statements)} ."
        published = f" ; kg:publishedOn date:{self._date(0.1)}" if self._is(0.25) else ""
        relays = ""
        if self._statements and self._is(0.2):
            relays = f" ; kg:relays statement:{self._one(self._statements)}"
        label = f' ; rdfs:label "{self.LABEL}"' if self._is(0.1) else ""
        self._statements.append(name)
        source = f'kg:inSource source:{self._one("xyz")} . source:x rdfs:label "{self.LABEL}"'
        return (
            f"{head} id:{_actor(self._random)}{behalf} ; kg:statedIn statement:{name} ;"
            f" kg:supportedBy evidence:{name} . statement:{name} a kg:PublicStatement ;"
            f" kg:statedOn date:{self._date(0.2)}{published}{relays}{label} ."
            f" evidence:{name} a kg:Evidence ; {source} ; kg:publishedOn date:2023-05-10 ."
        )

    def _date(self, chance_of_open: float) -> str:
        return self._one(OPEN_DATES if self._is(chance_of_open) else DATES)

    def _is(self, chance: float) -> bool:
        return self._random.random() < chance

    def _one(self, several: Sequence[T]) -> T:
        return self._random.choice(several)
