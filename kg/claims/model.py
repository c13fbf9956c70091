"""A claim as a value: who says what, for whom, on what date, in which source, at which passage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing and its label in the language that was asked for."""

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Extent:
    """A date as it is known: ``lexical`` (``2025-03``), its precision, its first and last day (ISO, or None)."""

    lexical: str
    precision: str
    not_before: str | None
    not_after: str | None

    def __str__(self) -> str:
        return self.lexical


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a source: ``start`` and ``end`` count Unicode code points of the file, half-open."""

    iri: str
    source: Named
    url: str | None
    paragraph: int | None
    start: int | None
    end: int | None
    locator: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A public statement, and the chain of those that relayed it, nearest to the speaker first."""

    iri: str
    label: str
    stated_by: Named | None
    stated_on: Extent | None
    published_on: Extent | None
    date_resolved_from: str | None
    medium: Named | None
    addressees: tuple[Named, ...]
    relayed_by: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """The position that an actor takes on a claim, from a date on."""

    iri: str
    claim: str
    type: str  # the code's local name: asserts, confirms, does-not-deny ...
    stance_of: Named
    on_behalf_of: Named | None
    statement: Statement
    evidence: tuple[Evidence, ...]

    @property
    def public_on(self) -> Extent | None:
        """The day from which the public could know it."""
        return self.statement.published_on or self.statement.stated_on


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its record; ``stances`` are in order of public date and hold the claimant's own."""

    iri: str
    text: str
    claimant: Named
    on_behalf_of: Named | None
    statement: Statement
    epistemic_status: str | None
    evidence: tuple[Evidence, ...]
    stances: tuple[Stance, ...]
    issues: tuple[Named, ...]
    quotation: str | None
    contradicts: tuple[str, ...]
    supersedes: tuple[str, ...]

    @property
    def stated_on(self) -> Extent | None:
        """The day on which it was said; see ``statement.published_on`` for when it became public."""
        return self.statement.stated_on

    @property
    def source(self) -> Named | None:
        """The first source that carries it."""
        return self.evidence[0].source if self.evidence else None

    def _repr_html_(self) -> str:
        from kg.notebook import html_table

        said: list[tuple[object, ...]] = [("claimant", self.claimant), ("on behalf of", self.on_behalf_of)]
        said += [("stated on", self.stated_on), ("in", self.statement.label)]
        said += [(f"{s.type} on", f"{s.public_on or 'an unknown day'}: {s.stance_of}") for s in self.stances]
        said += [("source", _place(evidence)) for evidence in self.evidence]
        return html_table((), [row for row in said if row[1]], title=self.text)

    def taken_by(self, *types: str) -> tuple[Stance, ...]:
        """The stances of these types that others than the claimant took."""
        return tuple(s for s in self.stances if s.type in types and s.stance_of != self.claimant)


def _place(evidence: Evidence) -> str:
    place = evidence.locator if evidence.paragraph is None else f"¶{evidence.paragraph}"
    return f"{evidence.source}, {place}" if place else evidence.source.label
