"""Who stands in whose camp: an actor's party is where the chain of offices and superiors ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.claims.model import Claim


@dataclass(frozen=True, slots=True)
class Camps:
    """For each actor its superiors, nearest first; an actor without any is a party itself."""

    above: Mapping[str, Sequence[str]]

    def party(self, actor: str) -> str:
        """Where the first superior of the first superior ... ends."""
        seen = [actor]
        while superiors := [up for up in self.above.get(seen[-1], ()) if up not in seen]:
            seen.append(superiors[0])
        return seen[-1]


def camps(
    superiors: Mapping[str, Sequence[str]], bodies: Mapping[str, Sequence[str]], claims: Iterable[Claim]
) -> Camps:
    """From superiors of bodies, the bodies in which people hold office, and for whom the rest have spoken."""
    above = {body: tuple(sorted(found)) for body, found in superiors.items()}
    above |= {person: tuple(found) for person, found in bodies.items() if found}
    for claim in claims:
        for stance in claim.stances:
            actor, party = stance.stance_of.iri, stance.on_behalf_of
            if party and party.iri != actor and actor not in above:
                above[actor] = (party.iri,)
    return Camps(above)
