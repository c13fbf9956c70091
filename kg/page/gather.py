"""From a perspective to what the page knows: reads names, camps, folds and claims; draws nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.claims.codec import read_claims
from kg.claims.model import Claim
from kg.networks.projection import relations
from kg.page.camps import Camps, camps
from kg.page.model import Asked, Knowledge, Relation, Thing
from kg.page.status import LAST_DAY
from kg.page.theme import theme
from kg.page.told import days_as_facts, days_told, most_say, office_told, texts_told
from kg.page.treaties import treaties_told
from kg.perspective.idle import idle
from kg.perspective.offices import OfficeHeld, offices_held
from kg.perspective.over_time import TODAY, Held, OverTime, events
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import local_name
from kg.rdf.vocabulary import KG

#: How contested what is shown may be asked to be.
MODES = ("undisputed", "disputed")

Bonds = Mapping[str, Mapping[str, list[str]]]  # property's local name -> from -> to


def gather(
    view: Perspective,
    *,
    lang: str,
    title: str,
    perspective: str = "",
    among: Collection[str] | None = None,
    keep: Callable[[Knowledge], Knowledge] = lambda known: known,
) -> Knowledge:
    """All that a page can show, in this language: its parties, day and mode are only what it shows at first.

    ``among``: only these claims are read; ``keep`` takes away what there is no room for before it is asked who
    holds it and when. Both spare of a large store what takes long.
    """
    over_time, asked = OverTime(view), view.definition
    record = read_claims(over_time.record, claims=among, lang=lang)
    spoken = {stance.iri: over_time.parties_of(stance) for claim in record for stance in claim.stances}
    ever = over_time.ever(happened := events(record))
    held = {claim: Held(spans) for claim, spans in ever.items()}
    claims = tuple(claim for claim in record if claim.iri in held)
    whole = over_time.view(held, near=among is not None)
    bonds = _bonds(whole)
    tenures = offices_held(whole, known=claims)[::-1]  # the latest first
    standing = camps(bonds["subordinateTo"], _bodies(bonds, tenures), claims)
    speaks = _speaks(spoken, claims, standing, asked.according_to)
    said = Counter(parties[0] for parties in speaks.values())
    things = {thing.iri: thing for thing in _things(whole, lang, bonds, tenures, standing, claims, held)}
    known = Knowledge(
        title=title,
        lang=lang,
        things=things,
        relations=tuple(_relations(whole, lang, things, bonds)),
        claims=claims,
        parties=tuple(sorted(said, key=lambda party: (-said[party], party))),
        speaks=speaks,
        modality={claim: local_name(code) for claim, code in _rows(whole, "page_modalities")},
        choices=tuple(party for party in asked.according_to if party not in said),
        held=held,
        asked=Asked(
            asked.according_to,
            asked.as_of.isoformat() if asked.as_of else LAST_DAY,
            next((mode for mode in MODES if getattr(asked, mode)), ""),
        ),
        treaties=treaties_told(whole, {claim.iri: claim for claim in claims}, lang),
        on=asked.on.isoformat() if asked.on else "",
        perspective=perspective,
    )
    kept = keep(known)
    asking = {claim.iri: ever[claim.iri] for claim in kept.claims}
    return replace(kept, held=over_time.held(happened, _taken(record, spoken), asking))


def _taken(record: Iterable[Claim], spoken: Mapping[str, frozenset[str]]) -> Mapping[str, list[str]]:
    """Each party with the claims on which somebody speaks for it."""
    taken: dict[str, list[str]] = defaultdict(list)
    for claim in record:
        for party in sorted(frozenset[str]().union(*(spoken[stance.iri] for stance in claim.stances))):
            taken[party].append(claim.iri)
    return taken


def _bodies(bonds: Bonds, tenures: Iterable[OfficeHeld]) -> Mapping[str, list[str]]:
    """Each person with the bodies in which it holds an office."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for tenure in tenures:
        found = bodies[tenure.holder.iri]
        found += [body for body in bonds["officeOf"].get(tenure.office.iri, ()) if body not in found]
    return bodies


def _rows(view: Perspective, name: str) -> list[tuple[str, ...]]:
    return rows(view.store, named_query(name))


def _speaks(
    spoken: Mapping[str, frozenset[str]], claims: Iterable[Claim], standing: Camps, also: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """For each stance the actors for whom it speaks, of those on the page; its party in front."""
    stances = [stance for claim in claims for stance in claim.stances]
    known = {actor.iri for stance in stances for actor in (stance.stance_of, stance.on_behalf_of) if actor}
    known |= {standing.party(actor) for actor in known} | set(also)
    speaks = {}
    for stance in stances:
        parties = spoken[stance.iri] & known
        first = standing.party((stance.on_behalf_of or stance.stance_of).iri)
        # who no longer holds the office speaks for nobody but for whom it says
        party = first if first in parties else (stance.on_behalf_of or stance.stance_of).iri
        speaks[stance.iri] = (party, *sorted(parties - {party}))
    return speaks


def _bonds(view: Perspective) -> Bonds:
    bonds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for start, name, end in _rows(view, "page_bonds"):
        bonds[local_name(name)][start].append(end)
    return bonds


def _things(
    view: Perspective,
    lang: str,
    bonds: Bonds,
    tenures: Sequence[OfficeHeld],
    standing: Camps,
    claims: Iterable[Claim],
    held: Mapping[str, Held],
) -> Iterator[Thing]:
    """Each thing that is a card or the part of one, by IRI; its card has a date of what is held today."""
    kinds, types = _kinds(view)
    numbered = {claim.iri: claim for claim in claims}
    names, texts, days = _names(view), texts_told(view, lang, numbered), days_told(view)
    labels = view.labels({*kinds, *types.values(), *(tenure.office.iri for tenure in tenures)}, lang)
    hosts = _hosts(bonds, kinds)
    tenures_of: dict[str, list[OfficeHeld]] = defaultdict(list)
    for tenure in tenures:
        tenures_of[tenure.holder.iri].append(tenure)
    for iri in sorted(kinds):
        when = most_say(_of_today(days[iri], held)) if iri in days else None
        offices = tenures_of.get(iri, [])
        yield Thing(
            iri=iri,
            label=labels[iri],
            kind=kinds[iri],
            type=labels[types[iri]],
            names=tuple(name for name in names[iri, "label"] if name != labels[iri]),
            aliases=tuple(names[iri, "altLabel"]),
            weak_names=tuple(names[iri, "weakName"]),
            party=standing.party(iri) if kinds[iri] in theme().actors else None,
            body=next(
                (body for tenure in offices for body in bonds["officeOf"].get(tenure.office.iri, ())), None
            ),
            host=hosts.get(iri),
            when=when.lexical if when else "",
            dated_by=tuple(claim for claim in when.claims if claim in numbered) if when else (),
            is_date_disputed=bool(when and when.is_disputed),
            sort=when.sort if when else "",
            offices=tuple(
                office_told(tenure, labels[tenure.office.iri], numbered, lang) for tenure in offices
            ),
            texts=(*days_as_facts(days.get(iri, {}), numbered, lang), *texts.get(iri, ())),
        )


def _of_today(told: Mapping[str, set[str]], held: Mapping[str, Held]) -> Mapping[str, set[str]]:
    """The dates without those that nobody holds today, unless there are no others."""
    current = {
        lexical: {graph for graph in graphs if graph not in held or held[graph].is_held((), TODAY)}
        for lexical, graphs in told.items()
    }
    return {lexical: graphs for lexical, graphs in current.items() if graphs} or told


def _kinds(view: Perspective) -> tuple[dict[str, str], dict[str, str]]:
    """The kind of card and the class of each thing that the page knows how to draw."""
    classes = theme().classes
    ranked = list(classes)
    found: dict[str, str] = {}
    unspoken = idle(view)
    for thing, kind in _rows(view, "page_things"):
        if thing in unspoken:
            continue
        name = kind.removeprefix(KG)
        # theme.toml lists a class before the narrower ones that may stand beside it
        if name in classes and (thing not in found or ranked.index(name) > ranked.index(found[thing])):
            found[thing] = name
    return {iri: classes[name] for iri, name in found.items()}, {
        iri: KG + name for iri, name in found.items()
    }


def _names(view: Perspective) -> dict[tuple[str, str], list[str]]:
    """The texts of each thing's labels, aliases and weak names."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing, kind, name in _rows(view, "page_names"):
        names[thing, local_name(kind)].append(name)
    return names


def _hosts(bonds: Bonds, kinds: Mapping[str, str]) -> dict[str, str]:
    """What opens in whose card; only a part has a host."""
    hosts: dict[str, str] = {}
    for name, direction in theme().folds.items():
        for start, ends in bonds[name].items():
            for end in sorted(ends):
                part, host = (start, end) if direction == "forward" else (end, start)
                if kinds.get(part) == "part" and host in kinds:
                    hosts.setdefault(part, host)
    for name, most in theme().crowds.items():
        for host, crowd in bonds[name].items():
            if len(crowd) > most and host in kinds:
                hosts |= {member: host for member in crowd if member in kinds and member not in hosts}
    return hosts


def _relations(view: Perspective, lang: str, things: Mapping[str, Thing], bonds: Bonds) -> Iterator[Relation]:
    """The relations between things, as the projection of networks/projection.py has them, in its order."""
    network = relations(view)
    named = {*(key for _, _, key in network.edges(keys=True))}
    named |= {code for name in ("actType", "actionType") for codes in bonds[name].values() for code in codes}
    labels = view.labels(named, lang)
    for subject, end, key, data in network.edges(keys=True, data=True):
        if subject in things and end in things:
            acts = bonds["actType"].get(subject) or bonds["actionType"].get(subject)
            quiet = local_name(key) in theme().quiet or subject in bonds["actType"]
            yield Relation(subject, key, labels[acts[0] if acts else key], end, tuple(data["claims"]), quiet)
