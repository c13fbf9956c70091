"""kg treaty: the treaties, or one: parties, life cycle, articles, obligations, invocations, status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from kg.claims.model import Claim, Named
from kg.commands import options, output
from kg.commands.claim_shape import LINE_COLUMNS, claim_json, claim_line, named, sources_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.treaties import Article, Obligation, Treaty

LIST_COLUMNS = ("treaty", "parties", "status", "articles", "id")
ACT_COLUMNS = ("date", "act", "party", "by", "claimed by")
OBLIGATION_COLUMNS = (
    "article",
    "obligation",
    "obligor",
    "obligee",
    "trigger",
    "action",
    "promptness",
    "limits",
    "claimed by",
)


@click.command(cls=options.ReadingVerb)
@click.argument("thing", nargs=-1)
@options.reading(limit_help="The most treaties to list.")
def command(thing: tuple[str, ...], reading: Reading) -> None:
    """Show the treaties, or THING: parties, life cycle, articles, obligations, invocations, status.

    The status (signed, ratified, in force, terminated) is derived from the acts by --on DATE, else by --as-of
    DATE, else from all. CSV has the treaties, or one treaty's obligations. Exit code 1 when there is none.

    \b
    kg treaty
    kg treaty "Comprehensive Strategic Partnership" --on 2024-11-10
    kg treaty csp-2024 --according-to Russia --format json
    """
    from kg.treaties import treaties

    day = reading.on or reading.as_of
    with options.open_view(reading) as (graph, view):
        asked = graph.resolve(" ".join(thing)) if thing else None
        found = treaties(view, treaty=asked, on=day, lang=reading.lang)
        label = view.label(asked) if asked else ""
    if asked and found:
        answer = _one(found[0], day)
    else:
        answer = _list(found[: reading.limit])
    output.write(answer, format=reading.format, file=reading.output)
    if not found:
        what = f"'{label}' is no treaty here" if asked else "there is no treaty here"
        raise NotFoundError(what, mend="ask with fewer options", rule="nothing-found")


def _list(found: Sequence[Treaty]) -> output.Answer:
    rows = [
        (treaty.label, _names(treaty.parties), treaty.status, str(len(treaty.articles)), curie(treaty.iri))
        for treaty in found
    ]
    return output.Answer([_treaty_json(treaty) for treaty in found], LIST_COLUMNS, rows)


def _one(treaty: Treaty, day: date | None) -> output.Answer:
    acts = [
        (
            act.date,
            act.type.label,
            act.party.label if act.party else "",
            _names(act.performed_by),
            sources_line(act.claims),
        )
        for act in treaty.lifecycle
    ]
    obligations = [
        (str(article.number or ""), *_obligation_cells(obligation))
        for article in treaty.articles
        for obligation in article.obligations
    ]
    bare = [
        (str(article.number or ""), article.label) for article in treaty.articles if not article.obligations
    ]
    head = [
        ("parties", _names(treaty.parties)),
        (f"status on {day}" if day else "status", treaty.status),
        ("replaces", _names(treaty.replaces)),
        ("id", curie(treaty.iri)),
    ]
    sections = (
        Section(treaty.label, (), [row for row in head if row[1]]),
        Section("life cycle", ACT_COLUMNS, acts),
        *(section for article in treaty.articles for section in _article_sections(article)),
        Section("articles without obligations", ("article", "label"), bare),
        Section("invocations", LINE_COLUMNS, [claim_line(claim) for claim in treaty.invocations]),
    )
    return output.Answer(_treaty_json(treaty), OBLIGATION_COLUMNS, obligations, sections)


def _article_sections(article: Article) -> list[Section]:
    """A section for each duty of an article; one that binds the parties in turn stands once."""
    duties: dict[tuple[str, ...], list[str]] = {}
    for obligation in article.obligations:
        kind, obligors, obligees, *rest = _obligation_cells(obligation)
        duties.setdefault((kind, *rest), []).append(f"{obligors} to {obligees}" if obligees else obligors)
    place = f"article {article.number}" if article.number else "treaty as a whole"
    sections = []
    for (kind, *rest), bound in duties.items():
        cells = zip(("who", *OBLIGATION_COLUMNS[4:]), ("; ".join(bound), *rest), strict=True)
        sections.append(Section(f"{place}: {kind}", (), [cell for cell in cells if cell[1]]))
    return sections


def _obligation_cells(obligation: Obligation) -> tuple[str, ...]:
    trigger = _names(obligation.triggers)
    if obligation.at_request:
        trigger = f"{trigger}, at request" if trigger else "at request"
    return (
        obligation.type.label if obligation.type else "",
        _names(obligation.obligors),
        _names(obligation.obligees),
        trigger,
        obligation.action,
        obligation.promptness.label if obligation.promptness else "",
        _names(obligation.limits),
        sources_line(obligation.claims),
    )


def _treaty_json(treaty: Treaty) -> dict[str, output.Json]:
    return {
        "iri": treaty.iri,
        "label": treaty.label,
        "parties": [named(party) for party in treaty.parties],
        "lifecycle": [
            {
                "act": named(act.type),
                "party": named(act.party),
                "date": act.date or None,
                "iri": act.iri,
                "performed_by": [named(person) for person in act.performed_by],
                "claims": _claims(act.claims),
            }
            for act in treaty.lifecycle
        ],
        "status": treaty.status,
        "status_on": treaty.status_on,
        "articles": [
            {
                "iri": article.iri,
                "number": article.number or None,
                "label": article.label,
                "obligations": [_obligation_json(obligation) for obligation in article.obligations],
                "claims": _claims(article.claims),
            }
            for article in treaty.articles
        ],
        "invocations": _claims(treaty.invocations),
        "replaces": [named(older) for older in treaty.replaces],
    }


def _obligation_json(obligation: Obligation) -> output.Json:
    return {
        "iri": obligation.iri,
        "type": named(obligation.type),
        "obligor": [named(party) for party in obligation.obligors],
        "obligee": [named(party) for party in obligation.obligees],
        "trigger": [named(trigger) for trigger in obligation.triggers],
        "at_request": obligation.at_request,
        "action": obligation.action or None,
        "promptness": named(obligation.promptness),
        "limits": [named(limit) for limit in obligation.limits],
        "claims": _claims(obligation.claims),
    }


def _claims(claims: Sequence[Claim]) -> list[output.Json]:
    return [claim_json(claim) for claim in claims]


def _names(things: Sequence[Named]) -> str:
    return ", ".join(thing.label for thing in things)
