"""What the browser is told: things, lines, claims and stances as plain JSON, each named by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import urlsplit

from kg.claims.model import Evidence, Named, Stance
from kg.lookup.tables import tables
from kg.page import positions, shown
from kg.page.model import Knowledge, Relation, Thing
from kg.page.phrases import phrase, phrases, spoken_date
from kg.page.select import Line, Selection, headlines, host_of, name
from kg.page.status import LAST_DAY, SIGNS, public_by
from kg.page.treaty_data import TreatyData
from kg.perspective.over_time import Held, Spans, public_day
from kg.rdf.terms import curie

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


class Payload:
    """Collects what is told; empty values are left out, the browser reads them as none."""

    def __init__(self, known: Knowledge, selection: Selection) -> None:
        self._known = known
        self._selection = selection
        self._numbers: dict[str, int] = {}
        self._named: dict[str, Named] = {}
        self._sources: dict[str, tuple[int, str, str]] = {}
        self._claims = {claim.iri: number for number, claim in enumerate(known.claims)}
        self._labels: dict[str, int] = {}
        self._passages: dict[tuple[int | str | None, ...], int] = {}
        self._notes: dict[str, int] = {}
        self._issues: dict[str, tuple[int, str]] = {}
        self._days = shown.days(known)
        self._steps = {day: number for number, day in enumerate([*self._days, LAST_DAY])}
        self._headlines = headlines(selection)
        self._statements: dict[str, int] = {}
        self._asked_of = positions.choices(known)
        self._principals = {
            stance: parties for treaty in known.treaties for stance, parties in treaty.principals.items()
        }

    def json(self) -> dict[str, Json]:
        """The whole of it."""
        known = self._known
        for iri in self._selection.cards:  # first, so that the number of a card is its place among the cards
            self._number(iri)
        relations = {
            relation: number
            for number, relation in enumerate(dict.fromkeys(r for r in known.relations if r.claims))
        }
        told: dict[str, Json] = {
            "lang": known.lang,
            "cards": len(self._selection.cards),
            "days": self._days,
            "parties": [self._number(party) for party in known.parties],
            "choices": [self._number(party) for party in positions.choices(known)],
            "asked": self._asked(),
            "fixed": known.perspective,
            "relations": [
                _lean(
                    s=self._number(relation.subject),
                    o=self._number(relation.object),
                    l=self._labels.setdefault(relation.label, len(self._labels)),
                    q=1 if relation.quiet else None,
                    c=[self._claims[iri] for iri in relation.claims if iri in self._claims],
                )
                for relation in relations
            ],
            "lines": [self._line(line, relations) for line in self._selection.lines],
            "claims": [self._claim(number) for number in range(len(known.claims))],
        }
        told["on"] = known.on
        told["treaties"] = TreatyData(known, number=self._number, claims=self._claims).json()
        told["things"] = self._things()
        told["sources"] = [[label, url] for _, label, url in sorted(self._sources.values())]
        told["statements"] = [curie(iri) for iri in self._statements]
        told["labels"] = list(self._labels)
        told["passages"] = [list(passage) for passage in self._passages]
        told["notes"] = list(self._notes)
        told["issues"] = [[curie(iri), label] for iri, (_, label) in self._issues.items()]
        told["phrases"] = {key: text for key, text in phrases(known.lang).items() if key != "about"}
        return told

    def names(self) -> Json:
        """The tables of names, and by number of each thing its labels in other languages, aliases, weak names."""
        things = self._known.things
        named = [(number, things[iri]) for iri, number in self._numbers.items() if iri in things]
        told = {
            str(number): [list(thing.names), list(thing.aliases), list(thing.weak_names)]
            for number, thing in named
            if thing.names or thing.aliases or thing.weak_names
        }
        return [_names(), told]

    def number(self, iri: str) -> int:
        """The number under which the browser knows a thing."""
        return self._number(iri)

    def _number(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers))

    def _name(self, named: Named) -> int:
        self._named.setdefault(named.iri, named)
        return self._number(named.iri)

    def _asked(self) -> Json:
        """What the page shows at first."""
        asked = self._known.asked
        return _lean(p=[self._number(party) for party in asked.parties], d=asked.day, m=asked.mode)

    def _spans(self, spans: Spans) -> list[Json]:
        """The steps of time at which something begins, ends, begins again ..."""
        return [self._steps[day.isoformat()] for span in spans for day in span if day]

    def _held(self, held: Held) -> Json:
        """When anyone holds it (``a``), and each party that can be asked, by number."""
        by = {"a": self._spans(held.anyone)}
        for party in self._asked_of:
            if spans := held.by.get(party):
                by[str(self._number(party))] = self._spans(spans)
        return by

    def _rivals(self, held: Held) -> list[Json]:
        """Those who contest it, as the parties that can be asked and for whom they speak, and when."""
        return [
            [
                [self._number(party) for party in self._asked_of if party in spoken_for],
                self._spans(spans),
            ]
            for spoken_for, spans in held.rivals
        ]

    def _line(self, line: Line, relations: Mapping[Relation, int]) -> Json:
        return _lean(
            a=self._number(line.start),
            b=self._number(line.end),
            n=name(line),
            r=[relations[relation] for relation in line.relations],
            q=1 if line.quiet else None,
            t=1 if line.key in self._headlines else None,
        )

    def _claim(self, number: int) -> Json:
        claim = self._known.claims[number]
        held = self._known.held_of(claim)
        return _lean(
            i=curie(claim.iri),
            t=claim.text,
            b=self._name(claim.claimant),
            m=self._known.modality.get(claim.iri, ""),
            q=claim.quotation or "",
            d=public_day(claim.statement.published_on or claim.statement.stated_on).isoformat(),
            h=self._held(held),
            o=self._spans(held.contested),
            k=self._rivals(held),
            s=[self._stance(stance) for stance in claim.stances],
            u=[self._issue(issue) for issue in claim.issues],
            x=[self._claims[other] for other in claim.contradicts if other in self._claims],
            z=[self._claims[other] for other in claim.supersedes if other in self._claims],
        )

    def _issue(self, issue: Named) -> int:
        held = self._issues.setdefault(issue.iri, (len(self._issues), issue.label))
        return held[0]

    def _stance(self, stance: Stance) -> Json:
        statement = stance.statement
        extent = stance.public_on
        said = statement.stated_on
        late = said and extent and said.lexical != extent.lexical
        return _lean(
            t=self._statements.setdefault(statement.iri, len(self._statements)),
            y=stance.type,
            g=SIGNS[stance.type],
            b=self._name(stance.stance_of),
            h=self._name(stance.on_behalf_of) if stance.on_behalf_of else None,
            f=[self._number(actor) for actor in self._known.speaks.get(stance.iri, ())],
            p=self._principals_of(stance),
            d=public_by(stance),
            w=spoken_date(extent.lexical, self._known.lang) if extent else "",
            v=spoken_date(said.lexical, self._known.lang) if said and late else "",
            n=statement.date_resolved_from or "",
            m=statement.medium.label if statement.medium else "",
            r=[self._name(named) for named in statement.relayed_by],
            a=[self._name(named) for named in statement.addressees],
            e=[self._passage(evidence) for evidence in stance.evidence],
        )

    def _principals_of(self, stance: Stance) -> Json:
        """For whom it counts where it is asked whether a treaty fell due; nothing where that is who speaks."""
        parties = self._principals.get(stance.iri, ())
        return [] if parties == (stance.stance_of.iri,) else [self._number(party) for party in parties]

    def _passage(self, evidence: Evidence) -> Json:
        """The number of a passage; what is noted of many of them is told once."""
        source = self._sources.setdefault(
            evidence.source.iri, (len(self._sources), evidence.source.label, link(evidence.url))
        )
        where = evidence.locator or evidence.note or ""
        note = self._notes.setdefault(where, len(self._notes)) if where else None
        told: tuple[int | str | None, ...] = (
            source[0],
            evidence.paragraph,
            evidence.start,
            evidence.end,
            note,
        )
        if words := self._known.words.get(evidence.iri):
            told = (*told, words)
        return self._passages.setdefault(told, len(self._passages))

    def _things(self) -> list[Json]:
        known = self._known
        for relation in known.relations:
            for iri in (relation.subject, relation.object):
                self._number(iri)
        told: list[Json] = []
        at = 0
        while at < len(self._numbers):  # a host or a party met on the way gets its number and its turn
            told.append(self._thing(list(self._numbers)[at], known))
            at += 1
        return told

    def _thing(self, iri: str, known: Knowledge) -> Json:
        thing = known.things.get(iri)
        if thing is None:
            named = self._named.get(iri)
            return _lean(i=curie(iri), l=named.label if named else curie(iri))
        host = host_of(known, iri)
        return _lean(
            i=curie(iri),
            l=thing.label,
            k=thing.kind,
            t=thing.type,
            p=self._number(thing.party) if thing.party and thing.party != iri else None,
            h=self._number(host) if host != iri else None,
            w=self._when(thing),
            j=[
                [office.text, self._told_by(office.claims), office.since, office.until or LAST_DAY]
                for office in thing.offices
            ],
            x=[[fact.label, fact.text, self._told_by(fact.claims)] for fact in thing.texts],
        )

    def _when(self, thing: Thing) -> Json:
        day = spoken_date(thing.when, self._known.lang)
        if thing.is_date_disputed:
            day = phrase(self._known.lang, "date_disputed", date=day)
        return [day, self._told_by(thing.dated_by)] if day else None

    def _told_by(self, claims: Sequence[str]) -> list[Json]:
        return [self._claims[iri] for iri in claims if iri in self._claims]


def _names() -> Json:
    """The tables of names; the letters, of which there are very many, each before what it is spelled."""
    found = cast("dict[str, Json]", tables())
    letters = cast("dict[str, str]", found["letters"])
    return {**found, "letters": " ".join(letter + latin for letter, latin in letters.items())}


def link(url: str | None) -> str:
    """The address if a reader may follow it, else nothing.

    >>> [link(url) for url in ("https://example.org/a", "javascript://a.org/%0aalert(1)", "//a.org")]
    ['https://example.org/a', '', '']
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _lean(**values: Json) -> dict[str, Json]:
    """Only what says something; 0 is the number of a thing and stays."""
    return {
        name: value for name, value in values.items() if value is not None and value != "" and value != []
    }
