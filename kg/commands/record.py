"""The record as verbs show it: a claim, a public statement or a source, and the claims that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.claims.standing import party_of
from kg.commands.claim_cells import LINE_COLUMNS, claim_line, day, where
from kg.commands.output import Answer
from kg.commands.tables import Section
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM
from kg.shapes.record import recorded_json

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.shapes.record import Recorded, Said

COLUMNS = ("subject", "property", "value", "value id")
PASSAGE_COLUMNS = ("source", "code points", "address", "note")
STANCE_COLUMNS = ("date", "party", "by", "stance", "source")


def record_answer(found: Recorded) -> Answer:
    """What there is on a claim, a statement or a source."""
    thing, claims, labels = found.iri, found.claims, found.labels
    table = [_cells(said, labels) for said in (*found.facts, *found.says)]
    count = len(found.facts)
    sections = (
        Section(labels[thing], (), [(", ".join(labels[kind] for kind in found.types), curie(thing))]),
        Section("record", (), [row[1:3] for row in table[:count]]),
        *(_claim_sections(claims[0], table[count:]) if thing.startswith(CLAIM) else _list(claims)),
    )
    return Answer(recorded_json(found), COLUMNS, table, sections)


def _list(claims: Sequence[Claim]) -> tuple[Section, ...]:
    return (Section("claims", LINE_COLUMNS, [claim_line(claim) for claim in claims]),)


def _claim_sections(claim: Claim, says: Sequence[Sequence[str]]) -> tuple[Section, ...]:
    stances = [
        (day(s.public_on), party_of(s).label, s.stance_of.label, s.type, where(s.evidence))
        for s in claim.stances
    ]
    passages = [
        (where([e]), "" if e.start is None else f"{e.start} to {e.end}", e.url or "", e.note or "")
        for e in claim.evidence
    ]
    return (
        Section("says", (), [row[:3] for row in says]),
        Section("stances", STANCE_COLUMNS, stances),
        Section("passages", PASSAGE_COLUMNS, passages),
    )


def _cells(said: Said, labels: Mapping[str, str]) -> tuple[str, ...]:
    shown = said.value if said.is_literal else labels[said.value]
    return labels[said.subject], labels[said.property], shown, "" if said.is_literal else curie(said.value)
