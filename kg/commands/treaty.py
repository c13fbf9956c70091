"""kg treaty: the treaties, or one: status, life cycle, articles, obligations, and who says that one fell due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from kg.claims.model import Claim, Named
from kg.claims.standing import claimants_party
from kg.commands import options, output
from kg.commands.claim_cells import day, sources_line, who
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie
from kg.shapes.treaty import treaty_json

if TYPE_CHECKING:
    from kg.treaties.model import Act, Article, CasusFoederis, Obligation, Position, Treaty

LIST_COLUMNS = ("treaty", "parties", "status", "articles", "id")
ACT_COLUMNS = ("date", "act", "claimed by")
STATUS_COLUMNS = ("party", "status", "since", "claimed by")
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
    """Show the treaties, or THING: status, life cycle, articles, obligations, casus foederis, invocations.

    The status (signed, approved, ratified, in force, terminated), also of each party, is derived from the acts
    by --on DATE, else by --as-of DATE, else from all. Where an obligation is claimed to have fallen due, the
    casus foederis, those who claim, reject or decline it stand side by side. CSV has the treaties, or one
    treaty's obligations. Exit code 1 when there is none.

    \b
    kg treaty
    kg treaty "Comprehensive Strategic Partnership" --on 2024-11-10
    kg treaty csp-2024 --as-of 2025-04-28
    kg treaty csp-2024 --according-to Russia --format json
    """
    from kg.treaties.reading import treaties

    day = reading.on or reading.as_of
    with options.open_view(reading) as (graph, view):
        asked = graph.resolve(" ".join(thing)) if thing else None
        found = treaties(view, treaty=asked, on=day, lang=reading.lang)
        label = view.around([asked], kin=True).label(asked) if asked else ""
    if asked and found:
        answer = _one(found[0], day)
    else:
        answer = _list(found[: reading.limit])
    output.write(answer, format=reading.format, file=reading.output)
    if not found:
        what = f"'{label}' is no treaty here" if asked else "there is no treaty here"
        mend = "'kg treaty' lists the treaties" if asked else "ask with fewer options"
        raise NotFoundError(what, mend=mend, rule="nothing-found")


def _list(found: Sequence[Treaty]) -> output.Answer:
    rows = [
        (treaty.label, _names(treaty.parties), treaty.status, str(len(treaty.articles)), curie(treaty.iri))
        for treaty in found
    ]
    return output.Answer([treaty_json(treaty) for treaty in found], LIST_COLUMNS, rows)


def _one(treaty: Treaty, day: date | None) -> output.Answer:
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
    told = {act for one in treaty.status_by_party for act in one.dated_otherwise}
    otherwise = [act for act in treaty.lifecycle if act in told]
    sections = (
        Section(treaty.label, (), [row for row in head if row[1]]),
        Section(f"each party on {day}" if day else "each party", STATUS_COLUMNS, _status_rows(treaty)),
        Section("acts that others date otherwise", ACT_COLUMNS, _act_rows(otherwise)),
        Section("life cycle", ACT_COLUMNS, _act_rows(treaty.lifecycle)),
        *(section for article in treaty.articles for section in _article_sections(article)),
        Section("articles without obligations", ("article", "label"), bare),
        *_casus_sections(treaty),
        Section("called upon or acted under", (), list(map(_invocation_cells, treaty.invocations))),
    )
    return output.Answer(treaty_json(treaty), OBLIGATION_COLUMNS, obligations, sections)


def _status_rows(treaty: Treaty) -> list[tuple[str, ...]]:
    """How far each party had come, and by whose claim."""
    return [
        (
            one.party.label,
            one.status,
            _day_of(one.since),
            sources_line([claim for act in one.acts if act.date == one.since for claim in act.claims]),
        )
        for one in treaty.status_by_party
    ]


def _act_rows(acts: Sequence[Act]) -> list[tuple[str, ...]]:
    """A row for each step; what several parties did by the same claims on one date stands once."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for act in acts:
        kind = f"{act.type.label} ({act.modality.label})" if act.modality else act.type.label
        doers = [who(person, act.party) if act.party else person.label for person in act.performed_by]
        doer = "; ".join(doers) or (act.party.label if act.party else "")
        found = rows.setdefault((_day_of(act.date), kind, sources_line(act.claims)), [])
        if doer and doer not in found:
            found.append(doer)
    return [
        (when, f"{kind}: {'; '.join(doers)}" if doers else kind, said)
        for (when, kind, said), doers in rows.items()
    ]


def _day_of(lexical: str) -> str:
    from kg.claims.codec import extent_of
    from kg.rdf.vocabulary import DATE

    return day(extent_of(DATE + lexical)) if lexical else ""


def _invocation_cells(claim: Claim) -> tuple[str, str]:
    when = claim.statement.published_on or claim.stated_on
    speaker = who(claim.claimant, claimants_party(claim))
    return day(when), f"{speaker}: {claim.text} ({curie(claim.iri)})"


def _casus_sections(treaty: Treaty) -> list[Section]:
    """One for each obligation that is claimed to have fallen due; where others only acted under it, one says so."""
    if treaty.invocations and not treaty.casus_foederis:
        return [Section("casus foederis", (), [("claimed by", "nobody in this perspective")])]
    return list(map(_casus_section, treaty.casus_foederis))


def _casus_section(casus: CasusFoederis) -> Section:
    """Who claims that the trigger was met, and who rejects it; that nobody does is said."""
    trigger = _names(casus.triggers) or "not told in this perspective"
    rows = [("trigger", trigger)]
    for words, positions in (
        ("claimed by", casus.claimed_by),
        ("rejected by", casus.rejected_by),
        ("declined by", casus.declined_by),
        ("not denied by", casus.not_denied_by),
        ("justification rejected by", casus.justification_rejected_by),
        ("only 'under the treaty' by", casus.under_treaty),
    ):
        cells = [_position_cell(position) for position in positions]
        if not cells and words == "rejected by":
            cells = ["nobody on record"]
        rows += [("" if n else words, cell) for n, cell in enumerate(cells)]
    return Section(f"casus foederis: {casus.obligation.label}", (), rows)


def _position_cell(position: Position) -> str:
    stance = position.stance
    speaker = who(stance.stance_of, position.party)
    source = f" ({curie(stance.evidence[0].source.iri)})" if stance.evidence else ""
    says = "says instead" if position.position == "contradicts" else position.position
    return f"{speaker}, {day(stance.public_on)}{source}, {says}: {position.claim.text}"


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


def _names(things: Sequence[Named]) -> str:
    return ", ".join(thing.label for thing in things)
