"""The record: a claim, a public statement or a source, with the claims that belong to it, read and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import CLAIM, KG, SOURCE, STATEMENT
from kg.shapes.claim import claim_json
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.perspective.facts import ThingName
    from kg.perspective.view import Perspective

#: What the record is made of; of all else only claims tell.
RECORDED = (CLAIM, SOURCE, STATEMENT)

_SUPPORTED_BY = KG + "supportedBy"  # told by the passages


@dataclass(frozen=True, slots=True)
class Said:
    """One triple of the record, or of what a claim says."""

    subject: str
    property: str
    value: str
    is_literal: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """All there is on one thing of the record; ``says`` is what a claim says."""

    iri: str
    types: tuple[str, ...]
    names: tuple[ThingName, ...]
    facts: tuple[Said, ...]
    says: tuple[Said, ...]
    claims: tuple[Claim, ...]
    labels: Mapping[str, str]


def claims_of(view: Perspective, thing: str) -> list[Claim]:
    """The claims about a thing; those that a source carries; those made or answered in a statement.

    :raises NotFoundError: unknown-claim, for a claim that is not on record.
    """
    view = view.around([thing])
    if thing.startswith(CLAIM):
        return [view.claim(thing)]
    if thing.startswith(SOURCE):
        return [c for c in view.claims() if thing in {evidence.source.iri for evidence in c.evidence}]
    if thing.startswith(STATEMENT):
        return [c for c in view.claims() if thing in {stance.statement.iri for stance in c.stances}]
    return view.claims(about=thing)


def recorded(view: Perspective, thing: str, *, limit: int | None = None) -> Recorded | None:
    """What there is on a claim, a statement or a source; None when it is not on record here.

    ``limit``: the most claims of a source or a statement to give.
    """
    view = view.around([thing])
    parts = rows(view.store, named_query("record_facts", thing=[iri(thing)]))
    if not parts:
        return None
    facts = _chosen(view, [(thing, *part) for part in parts if part[0] != _SUPPORTED_BY])
    claims = claims_of(view, thing)[:limit]
    says = _chosen(view, rows(view.store, named_query("claim_says", claim=[iri(thing)]))) if claims else []
    types = view.types(thing)
    iris = {name for said in (*facts, *says) for name in (said.subject, said.property)}
    iris |= {said.value for said in (*facts, *says) if not said.is_literal}
    return Recorded(
        thing,
        tuple(types),
        tuple(view.names(thing)),
        tuple(facts),
        tuple(says),
        tuple(claims),
        view.labels(sorted({*iris, *types, thing})),
    )


def identity_json(
    iri: str, types: Sequence[str], names: Sequence[ThingName], labels: Mapping[str, str]
) -> dict[str, Json]:
    """How every answer of ``kg show`` begins: what it is about."""
    return {
        "iri": iri,
        "label": labels[iri],
        "types": [{"iri": kind, "label": labels[kind]} for kind in types],
        "names": [{"text": name.text, "lang": name.lang, "kind": name.kind} for name in names],
    }


def recorded_json(found: Recorded) -> dict[str, Json]:
    """The answer of ``kg show`` in docs/cli.md for a claim, a statement or a source."""
    labels = found.labels
    return {
        **identity_json(found.iri, found.types, found.names, labels),
        "offices": [],
        "facts": [_said_json(said, labels) for said in found.facts],
        "claims": [claim_json(claim) for claim in found.claims],
        "says": [
            {"subject": {"iri": said.subject, "label": labels[said.subject]}, **_said_json(said, labels)}
            for said in found.says
        ],
    }


def _chosen(view: Perspective, found: Sequence[Sequence[str]]) -> list[Said]:
    """The facts, of a text in several languages only the one to show."""
    langs: dict[tuple[str, str], set[str]] = {}
    for subject, prop, _, lang, _ in found:
        langs.setdefault((subject, prop), set()).add(lang)

    def is_shown(subject: str, prop: str, lang: str) -> bool:
        given = langs[subject, prop]
        best = next((tag for tag in (view.lang, "en") if tag in given), min(given))
        return lang in ("", best)

    said = [
        Said(subject, prop, value, is_literal == "true")
        for subject, prop, value, lang, is_literal in found
        if is_shown(subject, prop, lang)
    ]
    return sorted(said, key=lambda s: (s.subject, s.property, s.value))


def _said_json(said: Said, labels: Mapping[str, str]) -> dict[str, Json]:
    label = said.value if said.is_literal else labels[said.value]
    value: Json = said.value if said.is_literal else {"iri": said.value, "label": label}
    return {
        "property": {"iri": said.property, "label": labels[said.property]},
        "value": value,
        "label": label,
        "inverse": False,
        "claims": [],
    }
