"""From a perspective to what the page knows: reads names, camps, folds and claims; draws nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.claims.codec import read_claims
from kg.claims.model import Claim
from kg.networks.projection import relations
from kg.page.camps import Camps, camps
from kg.page.model import Knowledge, Relation, Thing
from kg.page.theme import theme
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import local_name
from kg.rdf.vocabulary import KG

Bonds = Mapping[str, Mapping[str, list[str]]]  # property's local name -> from -> to


@dataclass(frozen=True, slots=True)
class _Tenure:
    person: str
    office: str
    body: str
    since: str
    until: str


def gather(view: Perspective, *, lang: str, title: str, perspective: str = "") -> Knowledge:
    """All that a page can show of this perspective, in this language."""
    claims = tuple(claim for claim in read_claims(view.store, lang=lang) if view.admits(claim.iri))
    bonds = _bonds(view)
    tenures = _tenures(view)
    bodies: dict[str, list[str]] = defaultdict(list)
    for tenure in tenures:
        if tenure.body and tenure.body not in bodies[tenure.person]:
            bodies[tenure.person].append(tenure.body)
    standing = camps(bonds["subordinateTo"], bodies, claims)
    speaks = _speaks(view, claims, standing)
    said = Counter(spoken[0] for spoken in speaks.values())
    things = {thing.iri: thing for thing in _things(view, lang, bonds, tenures, standing)}
    return Knowledge(
        title=title,
        lang=lang,
        things=things,
        relations=tuple(_relations(view, lang, things, bonds)),
        claims=claims,
        parties=tuple(sorted(said, key=lambda party: (-said[party], party))),
        speaks=speaks,
        modality={claim: local_name(code) for claim, code in _rows(view, "page_modalities")},
        perspective=perspective,
    )


def _rows(view: Perspective, name: str) -> list[tuple[str, ...]]:
    return rows(view.store, named_query(name))


def _speaks(view: Perspective, claims: Iterable[Claim], standing: Camps) -> dict[str, tuple[str, ...]]:
    """For each stance the actors for whom it speaks, as the perspective decides; its party in front."""
    stances = [stance for claim in claims for stance in claim.stances]
    asked = {actor.iri for stance in stances for actor in (stance.stance_of, stance.on_behalf_of) if actor}
    asked |= {standing.party(actor) for actor in asked}
    speaks = {}
    for stance in stances:
        spoken = {actor for actor in asked if view.speaks_for(stance, actor)}
        first = standing.party((stance.on_behalf_of or stance.stance_of).iri)
        # who no longer holds the office speaks for nobody but for whom it says
        party = first if first in spoken else (stance.on_behalf_of or stance.stance_of).iri
        speaks[stance.iri] = (party, *sorted(spoken - {party}))
    return speaks


def _tenures(view: Perspective) -> list[_Tenure]:
    """The latest first."""
    tenures = [_Tenure(*row) for row in _rows(view, "page_tenures")]
    return sorted(tenures, key=lambda held: (held.since, held.office), reverse=True)


def _bonds(view: Perspective) -> Bonds:
    bonds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for start, name, end in _rows(view, "page_bonds"):
        bonds[local_name(name)][start].append(end)
    return bonds


def _things(
    view: Perspective, lang: str, bonds: Bonds, tenures: Sequence[_Tenure], standing: Camps
) -> Iterator[Thing]:
    """Each thing that is a card or the part of one, by IRI."""
    kinds, types = _kinds(view)
    names, texts, dates = _names(view), _texts(view, lang), _dates(view)
    labels = view.labels({*kinds, *types.values(), *(tenure.office for tenure in tenures)}, lang)
    hosts = _hosts(bonds, kinds)
    for iri in sorted(kinds):
        when, sort = dates.get(iri, ("", ""))
        held = [tenure for tenure in tenures if tenure.person == iri]
        yield Thing(
            iri=iri,
            label=labels[iri],
            kind=kinds[iri],
            type=labels[types[iri]],
            names=tuple(name for name in names.get(iri, ()) if name != labels[iri]),
            party=standing.party(iri) if kinds[iri] in theme().actors else None,
            body=next((tenure.body for tenure in held if tenure.body), None),
            host=hosts.get(iri),
            when=when,
            sort=sort,
            offices=tuple(dict.fromkeys(_office(labels[tenure.office], tenure) for tenure in held)),
            texts=tuple(texts.get(iri, ())),
        )


def _office(label: str, tenure: _Tenure) -> str:
    since = "" if tenure.since.startswith("until") else tenure.since.removeprefix("from-")
    span = f"{since} – {tenure.until.removeprefix('until-')}".strip(" –")
    return f"{label} ({span} –)" if span == since and since else f"{label} ({span})" if span else label


def _kinds(view: Perspective) -> tuple[dict[str, str], dict[str, str]]:
    """The kind of card and the class of each thing that the page knows how to draw."""
    classes = theme().classes
    ranked = list(classes)
    found: dict[str, str] = {}
    for thing, kind in _rows(view, "page_things"):
        name = kind.removeprefix(KG)
        # theme.toml lists a class before the narrower ones that may stand beside it
        if name in classes and (thing not in found or ranked.index(name) > ranked.index(found[thing])):
            found[thing] = name
    return {iri: classes[name] for iri, name in found.items()}, {
        iri: KG + name for iri, name in found.items()
    }


def _names(view: Perspective) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for thing, name in _rows(view, "page_names"):
        names[thing].append(name)
    return names


def _texts(view: Perspective, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Words and numbers about a thing, in the page's language where there is a choice."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, name, language, text in _rows(view, "page_texts"):
        found[thing, name][language].append(text)
    codes = {code for spoken in found.values() for code in spoken.get("code", ())}
    labels = view.labels({*codes, *(name for _, name in found)}, lang)
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (thing, name), spoken in sorted(found.items()):
        tag = next(tag for tag in (lang, "code", "", "en", *sorted(spoken)) if tag in spoken)
        texts[thing] += [(labels[name], labels.get(value, value)) for value in spoken[tag]]
    return texts


def _dates(view: Perspective) -> dict[str, tuple[str, str]]:
    """When each thing happened: the narrowest date that is told of it, and its first day."""
    dates: dict[str, tuple[str, str]] = {}
    for thing, lexical, first in sorted(_rows(view, "page_dates"), key=lambda row: (-len(row[1]), row)):
        dates.setdefault(thing, (lexical, first))
    return dates


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
