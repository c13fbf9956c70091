"""A comparison for people: what they need first, first; columns that fit a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.commands.claim_cells import day
from kg.commands.tables import Section
from kg.compare.model import AGREE, APART, CHANGED, DIFFER, GAINED, KEPT, LOST, REJECTING, SILENT
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.claims.model import Claim, Stance
    from kg.compare.model import ClaimRow, Comparison, Standing

_FACT_COLUMNS = ("subject", "property", "value")
_BETWEEN_PARTIES, _BETWEEN_DAYS = (AGREE, DIFFER, SILENT), (GAINED, LOST, KEPT)
_ISSUES_FIRST = (DIFFER, CHANGED, GAINED, LOST, APART, SILENT, AGREE, KEPT)
_WORDS = {AGREE: "agreed"}
_SHOWN = 3  # claims and stances that one cell names; JSON has them all


def sections_of(comparison: Comparison) -> Iterator[Section]:
    """A summary, then what differs or changed, then where one is silent, then what is common."""
    left, right = _headings(comparison)
    yield Section(_title(comparison), (), _summary(comparison))
    yield Section("issues", ("issue", "verdict", left, right), _issue_lines(comparison))
    if comparison.is_change:
        yield from _changes(comparison)
    else:
        yield from _accounts(comparison)
    for verdict in (GAINED, LOST) if comparison.is_change else (DIFFER, AGREE):
        facts = [row for row in comparison.facts if row.verdict == verdict]
        lines = [(row.subject.label, row.property.label, row.label) for row in facts]
        yield Section(f"facts: {_words(verdict)}", _FACT_COLUMNS, lines)


def _headings(comparison: Comparison) -> tuple[str, str]:
    """What the two sides are called at the head of a column."""
    if not comparison.is_change:
        return str(comparison.left), str(comparison.right)
    return "before", "after"


def _accounts(comparison: Comparison) -> Iterator[Section]:
    """The claims of two parties: where they differ, what one says alone, where they agree."""
    left, right = _headings(comparison)
    columns = ("claim", left, right, "id")

    def lines(rows: Iterable[ClaimRow]) -> list[tuple[str, ...]]:
        return [(row.claim.text, _cell(row.left), _cell(row.right), curie(row.claim.iri)) for row in rows]

    claims = comparison.claims
    yield Section("they differ", columns, lines(row for row in claims if row.verdict == DIFFER))
    alone = [row for row in claims if row.verdict == SILENT]
    ours, theirs = (
        [row for row in alone if _speaks(row.left.position)],
        [row for row in alone if not _speaks(row.left.position)],
    )
    evasive = [silence for silence in comparison.counts.standings if silence[0] == SILENT]
    we_speak = {stood: _speaks(stood[1]) for stood in evasive}
    hears_theirs = any(stood[2] != SILENT for stood in evasive if we_speak[stood])
    hears_ours = any(stood[1] != SILENT for stood in evasive if not we_speak[stood])
    yield _with_both(Section(f"only {left}", columns, lines(ours)), 2, shown=hears_theirs)
    yield _with_both(Section(f"only {right}", columns, lines(theirs)), 1, shown=hears_ours)
    yield Section("they agree", columns, lines(row for row in claims if row.verdict == AGREE))


def _with_both(section: Section, column: int, *, shown: bool) -> Section:
    """Without the column of one who has nothing to say on any of all these claims."""
    if shown:
        return section
    columns = (*section.columns[:column], *section.columns[column + 1 :])
    return Section(section.title, columns, [(*row[:column], *row[column + 1 :]) for row in section.rows])


def _speaks(position: str) -> bool:
    return position == "holds" or position in REJECTING


def _changes(comparison: Comparison) -> Iterator[Section]:
    """The claims of one party at two days: what it says since, what no longer, what still."""
    for verdict in (GAINED, LOST):
        rows = [row for row in comparison.claims if row.verdict == verdict]
        lines = [
            (
                row.claim.text,
                _cell(row.left),
                changed_by(row, _SHOWN) or _cell(row.right),
                curie(row.claim.iri),
            )
            for row in rows
        ]
        yield Section(verdict, ("claim", "before", "since then", "id"), lines)
    kept = [row for row in comparison.claims if row.verdict == KEPT]
    still = [(row.claim.text, _cell(row.right), curie(row.claim.iri)) for row in kept]
    yield Section(KEPT, ("claim", "said by", "id"), still)


def _title(comparison: Comparison) -> str:
    left, right = comparison.left, comparison.right
    whose = str(left) if comparison.is_change else f"{left} and {right}"
    days = [
        f"{words} {' and '.join(dict.fromkeys(str(day) for day in found if day))}"
        for words, found in (("as of", (left.as_of, right.as_of)), ("on", (left.on, right.on)))
        if any(found)
    ]
    return ", ".join([whose, *days])


def _summary(comparison: Comparison) -> list[tuple[str, str]]:
    verdicts = _BETWEEN_DAYS if comparison.is_change else _BETWEEN_PARTIES

    def counts(found: Mapping[str, int]) -> str:
        return ", ".join(f"{found.get(verdict, 0)} {_words(verdict)}" for verdict in verdicts)

    hint = f"; those {KEPT if comparison.is_change else SILENT} are listed by --format csv"
    return [("claims", counts(comparison.counts.claims)), ("facts", counts(comparison.counts.facts) + hint)]


def _words(verdict: str) -> str:
    return _WORDS.get(verdict, verdict)


def _issue_lines(comparison: Comparison) -> list[tuple[str, ...]]:
    """The questions that have a name, those on which there is a quarrel or a change first."""
    rows = [row for row in comparison.issues if row.issue]
    rows.sort(key=lambda row: _ISSUES_FIRST.index(row.verdict))
    return [
        (
            row.text,
            row.verdict,
            _numbers(row.left, row.left_rejects, row.left_position),
            _numbers(row.right, row.right_rejects, row.right_position),
        )
        for row in rows
    ]


def _numbers(held: Sequence[Claim], rejected: Sequence[Claim], position: str) -> str:
    parts = [f"{word} {len(claims)}" for word, claims in (("holds", held), ("rejects", rejected)) if claims]
    return ", ".join(parts) or position


def _cell(standing: Standing) -> str:
    """Where a side stands, by whose words, when and where."""
    if standing.stance is None:
        return ": ".join([standing.position, *([_curies(standing.through)] if standing.through else [])])
    said = _said(standing.stance)
    return f"left out; {said}" if standing.position == "left-out" else said


def _said(stance: Stance) -> str:
    where = place(stance)
    said = f"{stance.type}: {stance.stance_of}, {day(stance.public_on)}"
    return f"{said} ({where})" if where else said


def place(stance: Stance) -> str:
    """The source of a stance and the paragraph in it: ``source:euronews-2025-04-28 ¶14``."""
    if not stance.evidence:
        return ""
    first = stance.evidence[0]
    source = curie(first.source.iri)
    return f"{source} ¶{first.paragraph}" if first.paragraph is not None else source


def changed_by(row: ClaimRow, most: int | None) -> str:
    """What was said between the two days: who, when, where."""
    said = [_said(stance) for stance in row.stances]
    if row.successors:
        said.append(f"superseded by {_curies([claim.iri for claim in row.successors])}")
    more = [f"and {len(said) - most} more"] if most and len(said) > most else []
    return "; ".join([*said[:most], *more])


def _curies(claims: Sequence[str]) -> str:
    more = [f"and {len(claims) - _SHOWN} more"] if len(claims) > _SHOWN else []
    return ", ".join([*map(curie, claims[:_SHOWN]), *more])
