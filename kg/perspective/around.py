"""The claims around some things: enough for a page of what lies near them, however large the store is."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from kg.perspective.view import Perspective
from kg.rdf.vocabulary import CLAIM, EVIDENCE, ID, SOURCE, STANCE, STATEMENT

_IRI = re.compile(rb"<(%b[^>]*)>" % re.escape(ID.encode()))
_ON_RECORD = (CLAIM, STATEMENT, SOURCE, STANCE, EVIDENCE)


class Around(NamedTuple):
    """Claims, and of how many more that are as near there was no room."""

    claims: list[str]
    left_out: int


def claims_around(view: Perspective, things: Collection[str], *, depth: int, most: int) -> Around:
    """The claims that name the things or that these speak of, then those that name what those claims name ...

    ``depth``: how many relations from the things; what is told of the outermost belongs to it. Where there are
    more than ``most``, those that may be disputed come first. Whether anybody holds a claim is not asked.
    """
    ledger, snapshot = view.ledger, view._dataset.snapshot  # of the same room
    disputed = ledger.conflicts.claims()
    own = (number for number, voice in enumerate(ledger.voices) if not voice.exactly.isdisjoint(things))
    spoken = ledger.taken_by(own)
    seen, rim = set(things), set(things)
    kept: dict[int, None] = {}
    left_out = 0
    for step in range(depth + 1):
        found = (ledger.mentioning(rim) | (spoken if step == 0 else set())) - kept.keys()
        new = sorted(found, key=lambda number: (number not in disputed, number))[: most - len(kept)]
        kept |= dict.fromkeys(new)
        if step < depth:  # what is told of the outermost is not missed where it has no room
            left_out += len(found) - len(new)
        if len(kept) >= most or step == depth:
            break
        graphs = snapshot.slices(ledger.names(new))
        named = {iri.decode() for text in graphs.values() for iri in _IRI.findall(text)}
        rim = {iri for iri in named if not iri.startswith(_ON_RECORD)} - seen
        seen |= rim
    newer = (number for number, _, _ in ledger.supersessions(among=list(kept)))
    return Around(ledger.names(dict.fromkeys([*kept, *newer])), left_out)
