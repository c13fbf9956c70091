"""The record as verbs show it: a claim, a public statement or a source, and the claims that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.commands.claim_shape import LINE_COLUMNS, claim_json, claim_line, day, party_of, where
from kg.commands.output import Answer, Json
from kg.commands.tables import Section
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, KG, SOURCE, STATEMENT

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.perspective.view import Perspective

COLUMNS = ("subject", "property", "value", "value id")
PASSAGE_COLUMNS = ("source", "code points", "address", "note")
STANCE_COLUMNS = ("date", "party", "by", "stance", "source")

_SUPPORTED_BY = KG + "supportedBy"  # told by the passages


@dataclass(frozen=True, slots=True)
class _Said:
    subject: str
    property: str
    value: str
    is_literal: bool


def claims_of(view: Perspective, thing: str) -> list[Claim]:
    """The claims about a thing; those that a source carries; those made or answered in a statement.

    :raises NotFoundError: unknown-claim, for a claim that is not on record.
    """
    if thing.startswith(CLAIM):
        return [view.claim(thing)]
    if thing.startswith(SOURCE):
        return [c for c in view.claims() if thing in {evidence.source.iri for evidence in c.evidence}]
    if thing.startswith(STATEMENT):
        return [c for c in view.claims() if thing in {stance.statement.iri for stance in c.stances}]
    return view.claims(about=thing)


def record_answer(view: Perspective, thing: str, *, limit: int | None = None) -> Answer | None:
    """What there is on a claim, a statement or a source; None when it is not on record here.

    ``limit``: the most claims of a source or a statement to give.
    """
    parts = rows(view.store, named_query("record_facts", thing=[iri(thing)]))
    if not parts:
        return None
    facts = _chosen(view, [(thing, *part) for part in parts if part[0] != _SUPPORTED_BY])
    claims = claims_of(view, thing)[:limit]
    says = _chosen(view, rows(view.store, named_query("claim_says", claim=[iri(thing)]))) if claims else []
    types = view.types(thing)
    iris = {name for said in (*facts, *says) for name in (said.subject, said.property)}
    iris |= {said.value for said in (*facts, *says) if not said.is_literal}
    labels = view.labels(sorted({*iris, *types, thing}))
    data: dict[str, Json] = {
        "iri": thing,
        "label": labels[thing],
        "types": [{"iri": kind, "label": labels[kind]} for kind in types],
        "names": [{"text": name.text, "lang": name.lang, "kind": name.kind} for name in view.names(thing)],
        "offices": [],
        "facts": [_fact_json(said, labels) for said in facts],
        "claims": [claim_json(claim) for claim in claims],
        "says": [
            {"subject": {"iri": said.subject, "label": labels[said.subject]}, **_fact_json(said, labels)}
            for said in says
        ],
    }
    table = [_cells(said, labels) for said in (*facts, *says)]
    sections = (
        Section(labels[thing], (), [(", ".join(labels[kind] for kind in types), curie(thing))]),
        Section("record", (), [row[1:3] for row in table[: len(facts)]]),
        *(_claim_sections(claims[0], table[len(facts) :]) if thing.startswith(CLAIM) else _list(claims)),
    )
    return Answer(data, COLUMNS, table, sections)


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


def _chosen(view: Perspective, found: Sequence[Sequence[str]]) -> list[_Said]:
    """The facts, of a text in several languages only the one to show."""
    langs: dict[tuple[str, str], set[str]] = {}
    for subject, prop, _, lang, _ in found:
        langs.setdefault((subject, prop), set()).add(lang)

    def is_shown(subject: str, prop: str, lang: str) -> bool:
        given = langs[subject, prop]
        best = next((tag for tag in (view.lang, "en") if tag in given), min(given))
        return lang in ("", best)

    said = [
        _Said(subject, prop, value, is_literal == "true")
        for subject, prop, value, lang, is_literal in found
        if is_shown(subject, prop, lang)
    ]
    return sorted(said, key=lambda s: (s.subject, s.property, s.value))


def _cells(said: _Said, labels: dict[str, str]) -> tuple[str, ...]:
    shown = said.value if said.is_literal else labels[said.value]
    return labels[said.subject], labels[said.property], shown, "" if said.is_literal else curie(said.value)


def _fact_json(said: _Said, labels: dict[str, str]) -> dict[str, Json]:
    label = said.value if said.is_literal else labels[said.value]
    value: Json = said.value if said.is_literal else {"iri": said.value, "label": label}
    return {
        "property": {"iri": said.property, "label": labels[said.property]},
        "value": value,
        "label": label,
        "inverse": False,
        "claims": [],
    }
