"""Which cards and lines are drawn: parts fold into their hosts, and beyond a limit the strongest ties win."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.page.geometry import Item, Tie
from kg.page.model import Knowledge, Relation, Thing
from kg.page.phrases import phrase, short_date
from kg.page.status import status
from kg.page.theme import theme
from kg.rdf.terms import local_name

LIMIT = 40
#: So many lines have their names always written, the rest when they are hovered or chosen.
HEADLINES = 12
#: An actor that is in no drawn relation has a card when it made so many claims.
VOICE = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: all relations from one card to another."""

    key: str
    start: str
    end: str
    relations: tuple[Relation, ...]

    @property
    def quiet(self) -> bool:
        """Is every relation of it one that is drawn only on demand?"""
        return all(relation.quiet for relation in self.relations)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of the relations for which it is drawn, each once."""
        drawn = [relation for relation in self.relations if self.quiet or not relation.quiet]
        return tuple(sorted({claim for relation in drawn for claim in relation.claims}))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is drawn, and the things that were left out for want of room."""

    cards: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]


def host_of(known: Knowledge, iri: str) -> str:
    """The thing in whose card this one opens: itself, unless it is a part."""
    seen = {iri}
    thing = known.things[iri]
    while thing.host is not None and thing.host not in seen and thing.host in known.things:
        seen.add(thing.host)
        thing = known.things[thing.host]
    return thing.iri


def select(known: Knowledge, *, things: Sequence[str] = (), depth: int = 1, limit: int = LIMIT) -> Selection:
    """The cards and lines of the page; of ``things`` only what lies within ``depth`` relations."""
    lines = _lines(known)
    statuses = _statuses(known, lines)
    contested = {end for line in lines if statuses[line.key] == "contested" for end in (line.start, line.end)}
    said = Counter(stance.stance_of.iri for claim in known.claims for stance in claim.stances)
    tied: Counter[str] = Counter()
    for line in lines:
        if not line.quiet:
            tied.update({line.start: 1 + len(line.claims), line.end: 1 + len(line.claims)})
    drawable = [
        iri
        for iri, thing in known.things.items()
        if thing.kind in theme().order
        and thing.host is None
        and (tied[iri] or (thing.kind in theme().actors and said[iri] >= VOICE))
    ]
    if things:
        near = _near(lines, {host_of(known, iri) for iri in things if iri in known.things}, depth)
        # without its state a person would stand among strangers
        heads = {known.things[iri].party for iri in near}
        drawable = [iri for iri in drawable if iri in near or iri in heads]

    def worth(iri: str) -> int:
        """What was asked for before all, then states, what is contested, and the rest by relations and claims."""
        thing = known.things[iri]
        first = 10_000 * (iri in things) + 2_000 * (thing.kind == "state") + 1_000 * (iri in contested)
        return first + 2 * tied[iri] + said[iri]

    ranked = sorted(drawable, key=lambda iri: (-worth(iri), iri))
    kept = set(ranked[:limit])
    shown = tuple(line for line in lines if line.start in kept and line.end in kept)
    return Selection(tuple(sorted(kept)), shown, tuple(ranked[limit:]))


def _lines(known: Knowledge) -> tuple[Line, ...]:
    """Relations between different cards, those of one pair of cards in one line."""
    pairs: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in known.relations:
        start, end = host_of(known, relation.subject), host_of(known, relation.object)
        drawn = all(known.things[iri].kind in theme().order for iri in (start, end))
        name = local_name(relation.property)
        if start != relation.subject and name in theme().reversed:
            start, end = end, start  # who acts under a treaty stands before it
        if start != end and drawn and name not in theme().contained and relation.claims:
            pairs[start, end].append(relation)
    return tuple(
        Line(f"e{number}", start, end, tuple(found))
        for number, ((start, end), found) in enumerate(sorted(pairs.items()))
    )


def _near(lines: Iterable[Line], start: set[str], depth: int) -> set[str]:
    """The cards within so many lines of the first ones."""
    near = set(start)
    for _ in range(depth):
        near |= {end for line in lines for end in (line.start, line.end) if {line.start, line.end} & near}
    return near


def items(known: Knowledge, selection: Selection) -> tuple[list[Item], dict[str, str]]:
    """The cards to lay out, camp by camp, and the title of each camp; parties of one voice share a box."""
    members: dict[str, list[Thing]] = defaultdict(list)
    free: list[Item] = []
    weights = Counter(end for line in selection.lines for end in (line.start, line.end))
    crowds = Counter(thing.host for thing in known.things.values() if thing.host and thing.kind != "part")
    for iri in selection.cards:
        thing = known.things[iri]
        if thing.party is None:
            free.append(
                Item(
                    iri,
                    thing.kind,
                    thing.label,
                    _sub(known, thing, crowds),
                    None,
                    0,
                    thing.sort,
                    weights[iri],
                )
            )
        else:
            members[thing.party].append(thing)
    placed: list[Item] = []
    titles: dict[str, str] = {}
    for party, found in sorted(members.items()):
        alone = len(found) == 1 and found[0].kind != "state"
        headed = any(thing.iri == party for thing in found)
        camp = "voices" if alone else party
        titles[camp] = "voices" if alone else ("" if headed else known.label(party))
        for thing, depth in _ranks(found, party, weights):
            placed.append(
                Item(thing.iri, thing.kind, thing.label, "", camp, depth, "", weights[thing.iri] + 1)
            )
    return placed + free, titles


def _sub(known: Knowledge, thing: Thing, crowds: Mapping[str, int]) -> str:
    """The small line of a card: its date, and how many things fold into it."""
    count = crowds.get(thing.iri, 0)
    day = short_date(thing.when, known.lang)
    parts = [
        phrase(known.lang, "date_disputed", date=day) if thing.is_date_disputed else day,
        phrase(known.lang, "estimates", count=count) if count else "",
    ]
    return " · ".join(part for part in parts if part)


def _ranks(found: Sequence[Thing], party: str, weights: Mapping[str, int]) -> list[tuple[Thing, int]]:
    """The members of a camp, its head first, each body followed by the people who hold office in it."""
    order = theme().order
    ranked = sorted(
        found, key=lambda thing: (thing.iri != party, order.index(thing.kind), -weights[thing.iri], thing.iri)
    )
    present = {thing.iri for thing in found}
    rows: list[tuple[Thing, int]] = []
    for thing in ranked:
        if thing.kind == "person" and thing.body in present and thing.body != party:
            continue
        rows.append((thing, 0))
        rows += [
            (person, 1)
            for person in ranked
            if person.kind == "person" and person.body == thing.iri and thing.iri != party
        ]
    return rows


def ties(known: Knowledge, selection: Selection) -> list[Tie]:
    """The lines to route; contested ones weigh most, then those that many claims state."""
    statuses, more = _statuses(known, selection.lines), {"contested": 20, "evaded": 10}
    found = []
    for line in selection.lines:
        held = statuses[line.key]
        weight, bold = len(line.claims) + more.get(held, 0), held == "contested"
        count = len(line.claims)
        found.append(Tie(line.key, line.start, line.end, name(line), weight, line.quiet, count, bold))
    return found


def _statuses(known: Knowledge, lines: Iterable[Line]) -> dict[str, str]:
    """How the parties stand to each line, by its key."""
    claims, parties = {claim.iri: claim for claim in known.claims}, frozenset(known.parties)
    return {
        line.key: status(
            [claims[iri] for iri in line.claims if iri in claims], known.speaks, parties, known.modality
        )
        for line in lines
    }


def name(line: Line) -> str:
    """What stands on the line: a relation of the things themselves, then the one most claimed."""
    ends = {line.start, line.end}

    def rank(relation: Relation) -> tuple[bool, bool, int, str]:
        own = {relation.subject, relation.object} == ends
        return not relation.quiet, own, len(relation.claims), relation.property

    return max(line.relations, key=rank).label


def headlines(selection: Selection) -> frozenset[str]:
    """The lines whose names always stand, besides the contested ones: those with most claims."""
    ranked = sorted(
        (line for line in selection.lines if not line.quiet), key=lambda line: (-len(line.claims), line.key)
    )
    return frozenset(line.key for line in ranked[:HEADLINES] if len(line.claims) > 1)
