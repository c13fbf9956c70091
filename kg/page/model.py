"""What the page knows: things, relations and claims as values, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.claims.model import Claim
from kg.page.status import LAST_DAY
from kg.page.treaties import TreatyTold
from kg.perspective.over_time import Held, public_day


@dataclass(frozen=True, slots=True)
class Told:
    """Something told of a thing in words, and the claims that tell it; none for what only identifies it."""

    text: str
    claims: tuple[str, ...]
    label: str = ""
    since: str = ""  # the first and the last day on which it may have been so, where that is known
    until: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the page. ``host``: in whose card it opens, None when it can have one itself."""

    iri: str
    label: str
    kind: str
    type: str
    names: tuple[str, ...] = ()  # its labels in other languages
    aliases: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()  # found by the search, not shown
    party: str | None = None  # for an actor: the party in whose camp it stands
    body: str | None = None  # for a person: the body in which the office is held
    host: str | None = None
    when: str = ""  # the date that most claims allow
    dated_by: tuple[str, ...] = ()  # the claims that allow it
    is_date_disputed: bool = False  # does another claim not allow it?
    sort: str = ""  # what orders it in time
    offices: tuple[Told, ...] = ()
    texts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, property, object; the claims that say so, none for what only identifies things."""

    subject: str
    property: str
    label: str
    object: str
    claims: tuple[str, ...]
    quiet: bool = False  # drawn only when one of its ends is chosen


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked at first: of which parties, as known on which day, and how contested."""

    parties: tuple[str, ...] = ()
    day: str = LAST_DAY
    mode: str = ""  # undisputed, disputed, or both


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that one page shows, in one language: every claim that anyone holds, as known on some day."""

    title: str
    lang: str
    things: Mapping[str, Thing]
    relations: tuple[Relation, ...]
    claims: tuple[Claim, ...]
    parties: tuple[str, ...]  # who can be asked for a position, those with most to say first
    speaks: Mapping[str, tuple[str, ...]]  # stance -> the actors for whom it speaks, its own party first
    modality: Mapping[str, str] = field(
        default_factory=dict
    )  # claim -> planned, hypothetical; actual when absent
    choices: tuple[str, ...] = ()  # who can be asked besides the parties
    held: Mapping[str, Held] = field(default_factory=dict)  # claim -> when, by whom
    asked: Asked = Asked()
    near: tuple[str, ...] = ()  # only what is told around these things is in it
    omitted: int = 0  # claims that are not in the page: there were too many
    drawable: tuple[str, ...] = ()  # if so: what might have a card, all of it
    words: Mapping[str, str] = field(
        default_factory=dict
    )  # evidence -> the passage, where the user has the text
    treaties: tuple[TreatyTold, ...] = ()
    on: str = ""  # the day for which it holds, if it cannot be asked of another
    perspective: str = ""  # in words what cannot be asked otherwise: the day for which it holds, say

    def label(self, iri: str) -> str:
        """The label of a thing, or its IRI when nothing is known of it."""
        thing = self.things.get(iri)
        return thing.label if thing else iri

    def held_of(self, claim: Claim) -> Held:
        """When a claim is held; where nobody looked that up, from the day on which it was public."""
        public = public_day(claim.statement.published_on or claim.statement.stated_on)
        return self.held.get(claim.iri) or Held(((public, None),))
