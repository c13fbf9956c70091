"""The timeline by all that a dataset holds, slowly: what the quick way must give too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kg.claims.model import Claim, Stance, Statement
from kg.dates import DateExtent, parse_extent
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import DATE
from kg.timeline import Entry


def slow_timeline(
    view: Perspective, *, about: str | None = None, since: date | None = None, until: date | None = None
) -> list[Entry]:
    """The entries that may fall between two days, by first day, last day and IRI.

    A date of which one bound only is known ("2024-10-18 or later") is taken to be near that bound.

    ``about`` keeps those that tell of a thing, and what it said itself or through others.

    :raises NotFoundError: unknown-name.
    :raises UsageError: ambiguous-name.
    """
    speaker = "" if about is None else view.resolve(about)
    everything = {claim.iri: claim for claim in view.claims()}
    chosen = {claim.iri: claim for claim in view.claims(about=speaker)} if speaker else everything
    entries = [*_events(view, chosen), *_statements(everything.values(), chosen, speaker)]
    kept = (entry for entry in entries if _may_fall_between(entry.extent, since, until))
    return sorted(kept, key=lambda entry: (*entry.extent.sort_key(), entry.iri))


def _events(view: Perspective, claims: Mapping[str, Claim]) -> Iterator[Entry]:
    told: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for event, day, kind, claim in rows(view.store, named_query("timeline_events")):
        if claim in claims:
            told[event, day, kind].append(claims[claim])
    labels = view.labels({event for event, _, _ in told})
    for (event, day, kind), tellers in told.items():
        yield Entry(parse_extent(day.removeprefix(DATE)), kind, event, labels[event], tuple(tellers))


def _statements(claims: Iterable[Claim], chosen: Mapping[str, Claim], speaker: str) -> Iterator[Entry]:
    """What was said of the chosen claims, or of any by the speaker."""
    said: dict[str, list[tuple[Claim, Stance]]] = defaultdict(list)
    statements: dict[str, Statement] = {}
    for claim in claims:
        for stance in claim.stances:
            voices = {stance.stance_of.iri, stance.on_behalf_of.iri if stance.on_behalf_of else ""}
            if claim.iri in chosen or (speaker and speaker in voices):
                statements[stance.statement.iri] = stance.statement
                said[stance.statement.iri].append((claim, stance))
    for iri, statement in statements.items():
        extent = statement.stated_on or statement.published_on
        if extent:
            dated = parse_extent(extent.lexical)
            told, stances = zip(*said[iri], strict=True)
            yield Entry(dated, "statement", iri, statement.label, told, stances)


def _may_fall_between(extent: DateExtent, since: date | None, until: date | None) -> bool:
    """Whether a date may lie in the span; where one bound is not known the other stands for both."""
    first, last = extent.not_before or extent.not_after, extent.not_after or extent.not_before
    is_over = since is not None and last is not None and last < since
    is_to_come = until is not None and first is not None and first > until
    return not is_over and not is_to_come
