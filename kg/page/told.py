"""What a perspective tells of things in words, numbers and dates, each with the claims that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.claims.codec import claim_order
from kg.claims.model import Claim
from kg.dates import parse_extent
from kg.page.model import Told
from kg.page.phrases import phrase, spoken_date
from kg.perspective.offices import OfficeHeld
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows

_Days = Mapping[str, Iterable[str]]  # lexical date -> the claims that give it


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date, the claims that allow it, and whether another claim does not."""

    lexical: str
    claims: tuple[str, ...]
    is_disputed: bool

    @property
    def sort(self) -> str:
        """Its first day, empty when that is not known."""
        first = parse_extent(self.lexical).not_before
        return first.isoformat() if first else ""


def most_say(told: _Days) -> DatedBy:
    """The date that most claims allow: a claim of August allows each of its days; then the exacter, the later.

    >>> most_say({"2024": {"a"}, "2024-08-06": {"b"}, "2024-04-06": {"c"}})
    DatedBy(lexical='2024-08-06', claims=('a', 'b'), is_disputed=True)
    """

    def allowing(lexical: str) -> list[str]:
        first, last = _bounds(lexical)
        wider = [other for other in told if _bounds(other)[0] <= first and last <= _bounds(other)[1]]
        return sorted({claim for other in wider for claim in told[other]})

    def rank(lexical: str) -> tuple[int, int, str]:
        first, last = _bounds(lexical)
        return len(allowing(lexical)), -(last - first).days, lexical

    best = max(told, key=rank)
    first, last = _bounds(best)
    disputed = any(last < start or end < first for start, end in map(_bounds, told))
    return DatedBy(best, tuple(allowing(best)), disputed)


def _bounds(lexical: str) -> tuple[date, date]:
    extent = parse_extent(lexical)
    return extent.not_before or date.min, extent.not_after or date.max


def days_told(view: Perspective) -> dict[str, dict[str, set[str]]]:
    """When each thing happened or began: the dates that are given, each with the graphs that give it."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, lexical, graph in rows(view.store, named_query("page_dates")):
        told[thing][lexical].add(graph)
    return told


def days_as_facts(told: _Days, claims: Mapping[str, Claim], lang: str) -> list[Told]:
    """The dates of a thing when several are given, for its panel."""
    if len(list(told)) < 2:
        return []
    label = phrase(lang, "dated")
    ordered = sorted(told, key=lambda lexical: (*parse_extent(lexical).sort_key(), lexical))
    return [Told(spoken_date(lexical, lang), _only(told[lexical], claims), label) for lexical in ordered]


def texts_told(view: Perspective, lang: str, claims: Mapping[str, Claim]) -> dict[str, list[Told]]:
    """Words and numbers about each thing, of each claim in the page's language where it has a choice."""
    found: dict[tuple[str, str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, name, language, text, graph in rows(view.store, named_query("page_texts")):
        found[thing, name, graph][language].append(text)
    codes = {code for spoken in found.values() for code in spoken.get("code", ())}
    labels = view.labels({*codes, *(name for _, name, _ in found)}, lang)
    tellers: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (thing, name, graph), spoken in sorted(found.items()):
        tag = next(tag for tag in (lang, "code", "", "en", *sorted(spoken)) if tag in spoken)
        for value in sorted(spoken[tag]):
            tellers[thing, name, labels.get(value, value)].append(graph)
    texts: dict[str, list[Told]] = defaultdict(list)
    for (thing, name, text), graphs in tellers.items():
        texts[thing].append(Told(text, _only(graphs, claims), labels[name]))
    place = {iri: number for number, iri in enumerate(claims)}
    for facts in texts.values():
        facts.sort(key=lambda fact: (fact.label, [place[claim] for claim in fact.claims], fact.text))
    return texts


def office_told(held: OfficeHeld, label: str, claims: Mapping[str, Claim], lang: str) -> Told:
    """An office as claims tell it, from when until when in words."""
    since, until = (spoken_date(lexical, lang) for lexical in (held.start, held.end))
    dash = "\N{NO-BREAK SPACE}–" if since else "–"
    span = f"{since}{dash} {until}".rstrip() if since or until else ""
    first = parse_extent(held.start).not_before if held.start else None
    last = parse_extent(held.end).not_after if held.end else None
    return Told(
        f"{label} ({span})" if span else label,
        _only((claim.iri for claim in held.claims), claims),
        since=first.isoformat() if first else "",
        until=last.isoformat() if last else "",
    )


def _only(graphs: Iterable[str], claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The claims among these graphs, in the order of the claims; the reference is none."""
    return tuple(sorted({iri for iri in graphs if iri in claims}, key=lambda iri: claim_order(claims[iri])))
