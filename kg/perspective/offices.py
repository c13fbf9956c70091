"""The offices that a person holds, or the holders of an office, from when and until when, by whose claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from kg.claims.codec import claim_order, read_claims
from kg.claims.model import Claim, Named
from kg.dates import parse_extent
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import DATE, KG

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

_Said = dict[str, dict[str, dict[str, set[str]]]]  # tenure -> graph -> relation -> values


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A tenure as ``claims`` tell it; others may date it otherwise.

    ``start`` and ``end`` are dates as our data write them (``2024-05-12``, ``until-2025-04-26``), or empty.
    """

    tenure: str
    holder: Named
    office: Named
    start: str
    end: str
    claims: tuple[Claim, ...]

    @property
    def held_from(self) -> str:
        """The start in words: of a day by which it had begun, ``by 2025-04-26``."""
        return _plain(self.start)

    @property
    def held_until(self) -> str:
        """The end in words: of a day on which it had not ended, ``2025-04-26 or later``."""
        return _plain(self.end)


def offices_held(
    view: Perspective, thing: str | None = None, *, known: Iterable[Claim] = ()
) -> list[OfficeHeld]:
    """The tenures of a person or of an office (an IRI), or all, by their beginning; of unknown beginning first.

    A tenure stands once for each start and end that a claim gives it: no claim ends what another begins.
    ``known``: claims that are at hand already and need not be read again.
    """
    asked = None if thing is None else [iri(thing)]
    view = view if thing is None else view.near(thing)
    said: _Said = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for tenure, relation, value, graph in rows(view.store, named_query("tenures_of", thing=asked)):
        said[tenure][graph][relation.removeprefix(KG)].add(value)
    graphs = {graph for told in said.values() for graph in told}
    claims = {claim.iri: claim for claim in known}
    missing = graphs.difference(claims)
    if missing:
        claims |= {claim.iri: claim for claim in read_claims(view.store, claims=missing, lang=view.lang)}
    ends = {end for told in said.values() for term in ("holder", "office") for end in _values(told, term)}
    labels = view.labels(sorted(ends))
    found = [
        OfficeHeld(
            tenure=tenure,
            holder=Named(holder, labels[holder]),
            office=Named(office, labels[office]),
            start=start,
            end=end,
            claims=tuple(sorted((claims[graph] for graph in tellers if graph in claims), key=claim_order)),
        )
        for tenure, told in said.items()
        for (start, end), tellers in _spans(told)
        for holder in _values(told, "holder")
        for office in _values(told, "office")
    ]
    return sorted(found, key=_order)


def _values(told: dict[str, dict[str, set[str]]], term: str) -> list[str]:
    """Who holds what identifies the tenure: any graph may tell it for all."""
    return sorted({value for about in told.values() for value in about.get(term, ())})


def _spans(told: dict[str, dict[str, set[str]]]) -> Iterator[tuple[tuple[str, str], set[str]]]:
    """Each start and end that one graph gives, with all graphs that give just these."""
    spans: dict[tuple[str, str], set[str]] = defaultdict(set)
    for graph, about in told.items():
        for start, end in product(about.get("holdsFrom") or {""}, about.get("holdsUntil") or {""}):
            spans[start.removeprefix(DATE), end.removeprefix(DATE)].add(graph)
    yield from spans.items()


def _order(held: OfficeHeld) -> tuple[tuple[date, date], tuple[date, date], str, str, str]:
    first, last = (
        parse_extent(text).sort_key() if text else (date.min, date.min) for text in (held.start, held.end)
    )
    return first, last, held.office.label, held.holder.label, held.tenure


def _plain(text: str) -> str:
    if text.startswith("until-"):
        return f"by {text.removeprefix('until-')}"
    return f"{text.removeprefix('from-')} or later" if text.startswith("from-") else text
