"""What each claim alone tells of a treaty, so that the page can put it together for whoever is asked, on any day.

``assets/treaty.js`` does with it what kg/treaties does with a perspective; a test compares both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.claims.model import Claim
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import DATE, KG
from kg.treaties.model import Article, Obligation, Treaty
from kg.treaties.reading import treaties

#: Stands among claims for the reference, which holds for everybody.
REFERENCE = ""


@dataclass(frozen=True, slots=True)
class ActTold:
    """An act as one claim or several tell it in the same way; what they are silent on is empty."""

    iri: str
    kind: str
    parties: tuple[str, ...]
    dates: tuple[str, ...]
    performed_by: tuple[str, ...]
    modality: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObligationTold:
    """An obligation as ``obligation.claims`` put it, and in which article."""

    article: Article
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class TreatyTold:
    """A treaty: what is told of it, each with the claims that tell it."""

    iri: str
    parties: Mapping[str, tuple[str, ...]]
    replaces: Mapping[str, tuple[str, ...]]
    acts: tuple[ActTold, ...]
    articles: Mapping[str, tuple[str, ...]]  # which have been told to be its articles
    obligations: tuple[ObligationTold, ...]
    numbers: Mapping[str, int]  # article -> its number, 0 for the treaty as a whole
    fallen_due: Mapping[str, tuple[str, ...]]  # obligation -> claims that invoke it
    practice: tuple[str, ...]  # claims that something was done under it
    principals: Mapping[
        str, tuple[str, ...]
    ]  # stance -> for whom it counts, of the claims that bear on these
    labels: Mapping[str, str]  # of the codes, in the language of the page


_Rows = dict[str, dict[str, dict[str, list[str]]]]  # node -> graph -> property -> values


def treaties_told(view: Perspective, claims: Mapping[str, Claim], lang: str) -> tuple[TreatyTold, ...]:
    """The treaties of a view in which all claims are held that a page has."""
    said: dict[str, _Rows] = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list))))
    for treaty, node, name, value, _, graph in rows(view.store, named_query("treaty_parts")):
        if name.startswith(KG):
            said[treaty][node][graph if graph in claims else REFERENCE][name.removeprefix(KG)].append(value)
    due, practice = _by_treaty(view, "treaty_casus"), _by_treaty(view, "treaty_practice")
    return tuple(
        _told(view, lang, treaty, said[treaty.iri], due[treaty.iri], practice[treaty.iri], claims)
        for treaty in treaties(view, lang=lang)
    )


def _by_treaty(view: Perspective, query: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for treaty, *rest in rows(view.store, named_query(query)):
        found[treaty].append(tuple(rest))
    return found


def _told(
    view: Perspective,
    lang: str,
    treaty: Treaty,
    said: _Rows,
    due: Iterable[tuple[str, ...]],
    practice: Iterable[tuple[str, ...]],
    claims: Mapping[str, Claim],
) -> TreatyTold:
    fallen_due: dict[str, list[str]] = defaultdict(list)
    for obligation, claim in due:
        if claim in claims:
            fallen_due[obligation].append(claim)
    done = tuple(sorted(claim for (claim,) in practice if claim in claims))
    invoking = {claim for found in fallen_due.values() for claim in found}
    bearing = _bearing(invoking, claims) | set(done) if invoking else set()
    own = said.get(treaty.iri, {})
    articles = _tellers(own, "hasArticle")
    if imposing := [claim for found in _tellers(own, "imposes").values() for claim in found]:
        articles[treaty.iri] = tuple(sorted(set(imposing)))
    acts = tuple(act for node in sorted(said) for act in _acts(treaty.iri, node, said[node]))
    obligations = tuple(
        ObligationTold(article, obligation)
        for article in treaty.articles
        for obligation in article.obligations
    )
    return TreatyTold(
        iri=treaty.iri,
        parties=_tellers(own, "hasParty"),
        replaces=_tellers(own, "replaces"),
        acts=acts,
        articles=articles,
        obligations=obligations,
        numbers={article.iri: article.number for article in treaty.articles},
        fallen_due={obligation: tuple(sorted(found)) for obligation, found in sorted(fallen_due.items())},
        practice=done,
        principals={
            stance.iri: tuple(sorted(view.principals(stance)))
            for claim in sorted(bearing)
            for stance in claims[claim].stances
        },
        labels=view.labels(_codes(acts, obligations), lang),
    )


def _codes(acts: Iterable[ActTold], obligations: Iterable[ObligationTold]) -> set[str]:
    """What is told in codes: kinds of acts, of duties and of triggers, how soon, within which limits."""
    found = {code for act in acts for code in (act.kind, act.modality)}
    for told in obligations:
        duty = told.obligation
        single = [code for code in (duty.type, duty.promptness) if code]
        found |= {code.iri for code in (*single, *duty.triggers, *duty.limits)}
    return found - {""}


def _tellers(told: Mapping[str, Mapping[str, list[str]]], name: str) -> dict[str, tuple[str, ...]]:
    """Each value of a property with the claims that give it."""
    found: dict[str, list[str]] = defaultdict(list)
    for graph in sorted(told):
        for value in told[graph].get(name, ()):
            found[value].append(graph)
    return {value: tuple(graphs) for value, graphs in sorted(found.items())}


def _acts(treaty: str, node: str, told: Mapping[str, Mapping[str, list[str]]]) -> Iterable[ActTold]:
    if not any(treaty in about.get("onTreaty", ()) for about in told.values()):
        return
    ways: dict[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str], list[str]] = {}
    for graph in sorted(told):
        about = told[graph]
        way = (
            min(about.get("actionType", ()), default=""),
            tuple(sorted(set(about.get("actingParty", ())))),
            tuple(sorted({day.removeprefix(DATE) for day in about.get("occurredOn", ())})),
            tuple(sorted(set(about.get("performedBy", ())))),
            min(about.get("modality", ()), default=""),
        )
        ways.setdefault(way, []).append(graph)
    for (kind, parties, dates, performers, modality), graphs in ways.items():
        yield ActTold(node, kind, parties, dates, performers, modality, tuple(graphs))


def _bearing(invoking: Iterable[str], claims: Mapping[str, Claim]) -> set[str]:
    """The claims on the issues of those that invoke an obligation, and what contradicts any of these."""
    issues = {issue.iri for claim in invoking for issue in claims[claim].issues}
    beside = {iri for iri, claim in claims.items() if issues & {issue.iri for issue in claim.issues}}
    found = beside | set(invoking)
    against = {other for claim in found for other in claims[claim].contradicts if other in claims}
    against |= {iri for iri, claim in claims.items() if found & set(claim.contradicts)}
    return found | against
