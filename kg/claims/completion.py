"""What follows from what an author wrote, so nobody has to write it: own stances, and the days of a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.claims.minting import asserting_stance
from kg.dates import parse_extent
from kg.rdf.vocabulary import CODE, DATE, KG, RDF_TYPE, RECORD_GRAPH, REFERENCE_GRAPH, XSD_DATE

_TYPE = NamedNode(RDF_TYPE)
_RECORD = NamedNode(RECORD_GRAPH)
_REFERENCE = NamedNode(REFERENCE_GRAPH)
# What the claimant's stance has in common with the claim: claim's property -> stance's property.
_COPIED = {
    KG + "claimant": NamedNode(KG + "stanceOf"),
    KG + "onBehalfOf": NamedNode(KG + "onBehalfOf"),
    KG + "statedIn": NamedNode(KG + "statedIn"),
    KG + "supportedBy": NamedNode(KG + "supportedBy"),
}


def complete(quads: Iterable[Quad]) -> list[Quad]:
    """The quads, then what is missing of each claimant's asserting stance and each date's description.

    Doing it twice adds nothing. A stance that has the minted IRI already is left as its author wrote it.

    :raises DataError: bad-date, for a ``date:`` IRI that is not a date.
    """
    given = list(quads)
    known = set(given)
    return given + [quad for quad in (*_stances(given), *_dates(given)) if quad not in known]


def _stances(quads: list[Quad]) -> list[Quad]:
    record: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.graph_name == _RECORD and isinstance(quad.subject, NamedNode):
            record[quad.subject].append(quad)
    claim_class = NamedNode(KG + "Claim")
    made: list[Quad] = []
    for claim, about in sorted(record.items(), key=lambda item: item[0].value):
        stance = NamedNode(asserting_stance(claim.value))
        is_claim = any(quad.predicate == _TYPE and quad.object == claim_class for quad in about)
        if is_claim and stance not in record:
            made.append(Quad(stance, _TYPE, NamedNode(KG + "Stance"), _RECORD))
            made.append(Quad(stance, NamedNode(KG + "stanceOn"), claim, _RECORD))
            made.append(Quad(stance, NamedNode(KG + "stanceType"), NamedNode(CODE + "asserts"), _RECORD))
            for quad in about:
                if copied := _COPIED.get(quad.predicate.value):
                    made.append(Quad(stance, copied, quad.object, _RECORD))
    return made


def _dates(quads: list[Quad]) -> list[Quad]:
    found = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(DATE)
    }
    made: list[Quad] = []
    for iri in sorted(found):
        extent = parse_extent(iri.removeprefix(DATE))
        node = NamedNode(iri)
        made.append(Quad(node, _TYPE, NamedNode(KG + "TimeExtent"), _REFERENCE))
        made.append(Quad(node, NamedNode(KG + "lexicalDate"), Literal(extent.lexical), _REFERENCE))
        made.append(Quad(node, NamedNode(KG + "precision"), NamedNode(CODE + extent.precision), _REFERENCE))
        for name, day in (("notBefore", extent.not_before), ("notAfter", extent.not_after)):
            if day:
                value = Literal(day.isoformat(), datatype=NamedNode(XSD_DATE))
                made.append(Quad(node, NamedNode(KG + name), value, _REFERENCE))
    return made
