"""A treaty as a value: its acts, articles and obligations, where each party stands, and who says it fell due."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims.model import Claim, Named, Stance


@dataclass(frozen=True, slots=True)
class Act:
    """One act in the life of a treaty, as ``claims`` tell it; others may date the same act otherwise.

    ``modality`` is given where it is told as planned or hypothetical: such an act has not happened.
    """

    iri: str
    type: Named
    party: Named | None
    performed_by: tuple[Named, ...]
    date: str
    claims: tuple[Claim, ...]
    modality: Named | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What parties owe to others, as ``claims`` put it; others may word the same obligation otherwise."""

    iri: str
    type: Named | None
    obligors: tuple[Named, ...]
    obligees: tuple[Named, ...]
    triggers: tuple[Named, ...]
    at_request: bool | None
    action: str
    promptness: Named | None
    limits: tuple[Named, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the obligations that it imposes; number 0 is the treaty as a whole."""

    iri: str
    number: int
    label: str
    obligations: tuple[Obligation, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class PartyStatus:
    """How far one party had come: ``acts`` are those it had done, by those who date them so or more coarsely.

    ``since`` is the date of the act that brought the status; ``dated_otherwise`` are its acts as told by
    claims that leave no room for the date that counts.
    """

    party: Named
    status: str
    since: str
    acts: tuple[Act, ...]
    dated_otherwise: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands: ``stance`` is its latest on ``claim``.

    ``position`` is the type of that stance, or ``contradicts`` when the claim is one that it holds itself
    and that cannot be true together with what it is a position on.
    """

    party: Named
    position: str
    stance: Stance
    claim: Claim


@dataclass(frozen=True, slots=True)
class CasusFoederis:
    """Who claims that an obligation fell due, so that its trigger was met, and who rejects that.

    ``justification_rejected_by`` rejects other claims of those who invoke it, on the same issues, and not
    the invocation; ``under_treaty`` says that something was done under the treaty, and names no obligation.
    """

    obligation: Named
    type: Named | None
    obligors: tuple[Named, ...]
    obligees: tuple[Named, ...]
    triggers: tuple[Named, ...]
    claims: tuple[Claim, ...]
    claimed_by: tuple[Position, ...]
    rejected_by: tuple[Position, ...]
    declined_by: tuple[Position, ...]
    not_denied_by: tuple[Position, ...]
    justification_rejected_by: tuple[Position, ...]
    under_treaty: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty; the statuses are those on the day that was asked for, else after the last known act."""

    iri: str
    label: str
    parties: tuple[Named, ...]
    lifecycle: tuple[Act, ...]
    status: str
    status_on: str | None
    status_by_party: tuple[PartyStatus, ...]
    articles: tuple[Article, ...]
    invocations: tuple[Claim, ...]
    casus_foederis: tuple[CasusFoederis, ...]
    replaces: tuple[Named, ...]
