"""What the browser is told of treaties: acts, duties and invocations by number, each with its claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.claims.model import Named
from kg.dates import parse_extent
from kg.page.model import Knowledge
from kg.page.phrases import phrase, spoken_date
from kg.page.treaties import REFERENCE, ObligationTold, TreatyTold
from kg.rdf.terms import local_name

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_ACTUAL = "actual"


class TreatyData:
    """Numbers codes and dates once for all treaties of a page."""

    def __init__(self, known: Knowledge, *, number: Callable[[str], int], claims: Mapping[str, int]) -> None:
        self._known = known
        self._number = number
        self._claims = claims
        self._codes: dict[str, tuple[int, str]] = {}
        self._dates: dict[str, int] = {}

    def json(self) -> dict[str, Json]:
        """All of it; empty where the page knows no treaty."""
        told = [self._treaty(treaty) for treaty in self._known.treaties]
        if not told:
            return {}
        return {
            "all": told,
            "codes": [[local_name(iri), label] for iri, (_, label) in self._codes.items()],
            "dates": [self._extent(lexical) for lexical in self._dates],
        }

    def _treaty(self, treaty: TreatyTold) -> Json:
        places = list(treaty.articles)
        return {
            "t": self._number(treaty.iri),
            "p": self._pairs(treaty.parties),
            "r": self._pairs(treaty.replaces),
            "a": [
                [
                    self._number(act.iri),
                    self._code(act.kind, treaty),
                    [self._number(party) for party in act.parties],
                    [self._date(day) for day in act.dates],
                    [self._number(actor) for actor in act.performed_by],
                    None if local_name(act.modality) == _ACTUAL else self._code(act.modality, treaty),
                    self._by(act.claims),
                ]
                for act in treaty.acts
            ],
            "h": [
                [self._number(article), treaty.numbers.get(article, 0), self._by(claims)]
                for article, claims in treaty.articles.items()
            ],
            "o": [self._duty(told, treaty, places) for told in treaty.obligations],
            "d": self._pairs(treaty.fallen_due),
            "v": self._by(treaty.practice),
        }

    def _duty(self, told: ObligationTold, treaty: TreatyTold, places: Sequence[str]) -> Json:
        """Article, type, who owes whom, trigger, what, how soon, within which limits, and who says so."""
        duty = told.obligation

        def words(codes: Sequence[Named | None]) -> str:
            return ", ".join(treaty.labels[code.iri] for code in codes if code)

        trigger = words(duty.triggers)
        if duty.at_request:
            request = phrase(self._known.lang, "at_request")
            trigger = f"{trigger}, {request}" if trigger else request
        return [
            places.index(told.article.iri) if told.article.iri in places else None,
            self._number(duty.iri),
            words([duty.type]),
            [self._number(party.iri) for party in duty.obligors],
            [self._number(party.iri) for party in duty.obligees],
            trigger,
            duty.action,
            words([duty.promptness]),
            words(duty.limits),
            self._by([claim.iri for claim in duty.claims]),
            [treaty.labels[code.iri] for code in duty.triggers],
        ]

    def _pairs(self, told: Mapping[str, Sequence[str]]) -> Json:
        return [[self._number(iri), self._by(claims)] for iri, claims in told.items()]

    def _by(self, claims: Sequence[str]) -> list[Json]:
        """The claims by number, -1 for the reference."""
        return [self._claims.get(iri, -1) for iri in claims if iri == REFERENCE or iri in self._claims]

    def _code(self, iri: str, treaty: TreatyTold) -> int | None:
        return self._codes.setdefault(iri, (len(self._codes), treaty.labels[iri]))[0] if iri else None

    def _date(self, lexical: str) -> int:
        return self._dates.setdefault(lexical, len(self._dates))

    def _extent(self, lexical: str) -> Json:
        """Its first and last day, and in words."""
        extent = parse_extent(lexical)
        return [
            extent.not_before.isoformat() if extent.not_before else "0001-01-01",
            extent.not_after.isoformat() if extent.not_after else "9999-12-31",
            spoken_date(lexical, self._known.lang),
            lexical,
        ]
