"""kg show: one thing - its names, offices, relations - and who claims and who denies each fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.commands import options, output
from kg.commands.claim_cells import disputed_line, sources_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie
from kg.shapes.record import RECORDED, recorded
from kg.shapes.thing import told, told_json

if TYPE_CHECKING:
    from kg.perspective.facts import Fact
    from kg.perspective.offices import OfficeHeld
    from kg.perspective.view import Perspective
    from kg.shapes.thing import Told

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
        answer = _answer(view, iri, reading.limit)
        if answer is None:
            raise NotFoundError(
                f"nothing is said of {text!r} in this perspective",
                mend="ask with fewer options, or find its name with 'kg find'",
                rule="nothing-found",
            )
    output.write(answer, format=reading.format, file=reading.output)


def _answer(view: Perspective, iri: str, limit: int | None) -> output.Answer | None:
    if iri.startswith(RECORDED):
        from kg.commands.record import record_answer

        on_record = recorded(view, iri, limit=limit)
        return record_answer(on_record) if on_record else None
    found = told(view, iri, limit=limit)
    return _told(found, limit=limit) if found else None


def _told(found: Told, *, limit: int | None) -> output.Answer:
    labels, iri = found.labels, found.iri
    rows = [
        (
            _property(fact),
            fact.label,
            sources_line(fact.claims),
            disputed_line(fact.claims),
            "" if fact.is_literal else curie(fact.value),
            " ".join(curie(claim.iri) for claim in fact.claims),
        )
        for fact in found.facts
    ]
    by_language: dict[str, list[str]] = {}
    for name in found.names:
        text = f"{name.text} (weak)" if name.kind == "weak" else name.text
        by_language.setdefault(name.lang, []).append(text)
    head = [(", ".join(labels[kind] for kind in found.types), curie(iri))]
    is_all = limit is None or len(found.facts) < limit
    if is_all and not found.claims:  # such as a state that every store knows by name
        head.append(("no claim speaks of it", ""))
    sections = (
        Section(labels[iri], (), head),
        Section("names", (), [(lang, ", ".join(texts)) for lang, texts in sorted(by_language.items())]),
        Section("offices", OFFICE_COLUMNS, [_office_cells(office) for office in found.offices]),
        Section("facts", COLUMNS[:4], [(*row[:2], row[2] or "reference", row[3]) for row in rows]),
    )
    return output.Answer(told_json(found), COLUMNS, rows, sections)


def _property(fact: Fact) -> str:
    return f"<- {fact.property_label}" if fact.inverse else fact.property_label


def _office_cells(held: OfficeHeld) -> tuple[str, ...]:
    return held.holder.label, held.office.label, held.held_from, held.held_until, sources_line(held.claims)
