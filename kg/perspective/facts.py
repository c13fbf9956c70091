"""What a perspective says of one thing: facts in both directions with their claims, and names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution, Store

from kg.claims.codec import read_claims
from kg.claims.labels import choose_label, read_labels
from kg.claims.model import Claim
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import reading, solutions
from kg.rdf.vocabulary import KG, RDF_TYPE, RDFS_LABEL, REFERENCE_GRAPH, SKOS_ALT_LABEL, SKOS_PREF_LABEL

_KINDS = {RDFS_LABEL: "label", SKOS_PREF_LABEL: "label", SKOS_ALT_LABEL: "alias", KG + "weakName": "weak"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a thing and one value; ``inverse`` when ``value`` has the property, of the thing.

    ``value`` is an IRI, or the text of a literal; ``label`` is for people. No claims: the reference says it.
    """

    property: str
    property_label: str
    value: str
    label: str
    is_literal: bool
    inverse: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ThingName:
    """One name of a thing; ``kind`` is label, alias or weak (too common to find it by alone)."""

    text: str
    lang: str
    kind: str


_Key = tuple[str, bool, str, bool]  # property, inverse, value, is literal


def read_facts(store: Store, thing: str, *, lang: str, limit: int | None = None) -> list[Fact]:
    """The facts about a thing but its names and classes, by property, direction and value's label.

    With ``limit`` the first of them; of the others no claim is read.
    """
    said: dict[_Key, set[str]] = defaultdict(set)
    for key, graph in _keys(store, thing, lang):
        said[key].add(graph)
    things = {name for prop, _, value, is_literal in said for name in (prop, "" if is_literal else value)}
    labels = read_labels(store, things - {""}, lang=lang)

    def order(key: _Key) -> tuple[bool, str, str, str, bool]:
        prop, inverse, value, is_literal = key
        return inverse, prop, value if is_literal else labels[value], value, is_literal

    first = sorted(said, key=order)[:limit]
    graphs = {graph for key in first for graph in said[key]} - {REFERENCE_GRAPH}
    claims = {claim.iri: claim for claim in read_claims(store, claims=graphs, lang=lang)}
    place = {claim: number for number, claim in enumerate(claims)}
    return [
        Fact(
            prop,
            labels[prop],
            value,
            value if is_literal else labels[value],
            is_literal,
            inverse,
            tuple(claims[name] for name in sorted(said[key] & claims.keys(), key=place.__getitem__)),
        )
        for key in first
        for prop, inverse, value, is_literal in [key]
    ]


def count_facts(store: Store, thing: str, *, lang: str) -> int:
    """How many facts there are about a thing; no claim is read for it."""
    return len({key for key, _ in _keys(store, thing, lang)})


def read_names(store: Store, thing: str) -> list[ThingName]:
    """Every name of a thing: labels, then aliases, then weak names; each by language and text."""
    subject = NamedNode(thing)
    with reading():
        found = [
            ThingName(quad.object.value, quad.object.language or "", kind)
            for prop, kind in _KINDS.items()
            for quad in store.quads_for_pattern(subject, NamedNode(prop), None, None)
            if isinstance(quad.object, Literal)
        ]
    ranks = ("label", "alias", "weak")
    return sorted(set(found), key=lambda name: (ranks.index(name.kind), name.lang, name.text))


def _keys(store: Store, thing: str, lang: str) -> list[tuple[_Key, str]]:
    """Each fact with the graph that says it; of a text in several languages only the one to show."""
    found: list[tuple[_Key, str]] = []
    texts: dict[tuple[str, str], list[Literal]] = defaultdict(list)
    for row in solutions(store, named_query("facts", thing=[iri(thing)])):
        prop, value, graph = row["property"], row["value"], row["graph"]
        assert isinstance(prop, NamedNode)
        assert isinstance(graph, NamedNode)
        if prop.value in _KINDS or prop.value == RDF_TYPE:
            continue
        if isinstance(value, Literal) and value.language:
            texts[prop.value, graph.value].append(value)
        elif isinstance(value, NamedNode | Literal):
            key = (prop.value, _is_true(row), value.value, isinstance(value, Literal))
            found.append((key, graph.value))
    for (prop_iri, graph_iri), values in texts.items():
        found.append(((prop_iri, False, choose_label(values, lang), True), graph_iri))
    return found


def _is_true(row: QuerySolution) -> bool:
    inverse = row["inverse"]
    return isinstance(inverse, Literal) and inverse.value == "true"
