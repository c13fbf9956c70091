"""kg show: one thing - its names, offices, relations - and who claims and who denies each fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.claim_shape import claim_json, disputed_line, named, sources_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, SOURCE, STATEMENT

if TYPE_CHECKING:
    from kg.perspective.facts import Fact
    from kg.perspective.offices import OfficeHeld
    from kg.perspective.view import Perspective

#: What the record is made of; of all else only claims tell.
RECORDED = (CLAIM, SOURCE, STATEMENT)
OFFICE_COLUMNS = ("holder", "office", "from", "until", "claimed by")
COLUMNS = ("property", "value", "claimed by", "denied by", "value id", "claims")


@click.command(cls=options.ReadingVerb)
@click.argument("thing", nargs=-1, required=True)
@options.reading(limit_help="The most facts to give; of a source or statement, claims.")
def command(thing: tuple[str, ...], reading: Reading) -> None:
    """Show THING: its names by language, the offices it holds, its relations in both directions.

    Each fact stands with those who claim it, when and where, and those who deny it; a fact without a claim
    is a matter of reference. --on DATE shows the offices held on that day. CSV has the facts. A claim, a
    source or a statement is a THING too.

    \b
    kg show "Kim Jong Un"
    kg show Choïgou --on 2025-03-21
    kg show csp-2024 --according-to Ukraine --format json
    """
    text = " ".join(thing)
    with options.open_view(reading) as (graph, view):
        iri = graph.resolve(text)
        answer = (
            _recorded(view, iri, reading.limit)
            if iri.startswith(RECORDED)
            else _thing(view.near(iri), iri, reading.limit)
        )
        if answer is None:
            raise NotFoundError(
                f"nothing is said of {text!r} in this perspective",
                mend="ask with fewer options, or find its name with 'kg find'",
                rule="nothing-found",
            )
    output.write(answer, format=reading.format, file=reading.output)


def _recorded(view: Perspective, iri: str, limit: int | None) -> output.Answer | None:
    from kg.commands.record import record_answer

    return record_answer(view, iri, limit=limit)


def _thing(view: Perspective, iri: str, limit: int | None) -> output.Answer | None:
    from kg.perspective.offices import offices_held

    facts = view.statements(iri)[:limit]
    names = view.names(iri)
    if not facts and not names:
        return None
    types = view.types(iri)
    labels = view.labels([iri, *types])
    offices = offices_held(view, iri, known=[claim for fact in facts for claim in fact.claims])
    claims = list({claim.iri: claim for fact in facts for claim in fact.claims}.values())
    claims.sort(key=lambda claim: (claim.stated_on.not_before or "" if claim.stated_on else "", claim.iri))
    data: dict[str, output.Json] = {
        "iri": iri,
        "label": labels[iri],
        "types": [{"iri": kind, "label": labels[kind]} for kind in types],
        "names": [{"text": name.text, "lang": name.lang, "kind": name.kind} for name in names],
        "offices": [_office_json(office) for office in offices],
        "facts": [_fact_json(fact) for fact in facts],
        "claims": [claim_json(claim) for claim in claims],
    }
    rows = [
        (
            _property(fact),
            fact.label,
            sources_line(fact.claims),
            disputed_line(fact.claims),
            "" if fact.is_literal else curie(fact.value),
            " ".join(curie(claim.iri) for claim in fact.claims),
        )
        for fact in facts
    ]
    by_language: dict[str, list[str]] = {}
    for name in names:
        text = f"{name.text} (weak)" if name.kind == "weak" else name.text
        by_language.setdefault(name.lang, []).append(text)
    head = [(", ".join(labels[kind] for kind in types), curie(iri))]
    if not claims:  # such as a state that every store knows by name
        head.append(("no claim speaks of it", ""))
    sections = (
        Section(labels[iri], (), head),
        Section("names", (), [(lang, ", ".join(texts)) for lang, texts in sorted(by_language.items())]),
        Section("offices", OFFICE_COLUMNS, [_office_cells(office) for office in offices]),
        Section("facts", COLUMNS[:4], [(*row[:2], row[2] or "reference", row[3]) for row in rows]),
    )
    return output.Answer(data, COLUMNS, rows, sections)


def _property(fact: Fact) -> str:
    return f"<- {fact.property_label}" if fact.inverse else fact.property_label


def _fact_json(fact: Fact) -> output.Json:
    value: output.Json = fact.label if fact.is_literal else {"iri": fact.value, "label": fact.label}
    return {
        "property": {"iri": fact.property, "label": fact.property_label},
        "value": value,
        "label": fact.label,
        "inverse": fact.inverse,
        "claims": [claim_json(claim) for claim in fact.claims],
    }


def _office_cells(held: OfficeHeld) -> tuple[str, ...]:
    return held.holder.label, held.office.label, held.held_from, held.held_until, sources_line(held.claims)


def _office_json(held: OfficeHeld) -> output.Json:
    return {
        "tenure": held.tenure,
        "holder": named(held.holder),
        "office": named(held.office),
        "from": held.held_from or None,
        "until": held.held_until or None,
        "claims": [claim_json(claim) for claim in held.claims],
    }
