"""A perspective as a table: one row per triple and claim, with who said it, when, and where it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.claims.model import Claim

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

TABLE_COLUMNS = (
    "subject",
    "subject_label",
    "property",
    "object",
    "object_label",
    "claim",
    "claimant",
    "on_behalf_of",
    "stated_on",
    "source",
    "paragraph",
)


def write_table(view: Perspective, *, limit: int | None = None) -> bytes:
    """The table as CSV under TABLE_COLUMNS: what each claim says, triple by triple, in the order of the claims.

    ``limit``: the most rows.
    """
    said = list(islice(_said(view), limit))
    things = {thing for _, quad in said for thing in (_value(quad.subject), _thing(quad)) if thing}
    labels = view.labels(things)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(TABLE_COLUMNS)
    writer.writerows((*_triple(quad, labels), *_record(claim)) for claim, quad in said)
    return text.getvalue().encode()


def _said(view: Perspective) -> Iterator[tuple[Claim, Quad]]:
    for claim in view.claims():
        quads = view.store.quads_for_pattern(None, None, None, NamedNode(claim.iri))
        yield from ((claim, quad) for quad in sorted(quads, key=str))


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _thing(quad: Quad) -> str:
    """The object as an IRI or blank node; empty for a literal."""
    return "" if isinstance(quad.object, Literal) else _value(quad.object)


def _triple(quad: Quad, labels: Mapping[str, str]) -> Sequence[str]:
    subject, value = _value(quad.subject), _value(quad.object)
    shown = labels[value] if _thing(quad) else value
    return subject, labels[subject], quad.predicate.value, value, shown


def _record(claim: Claim) -> Sequence[str]:
    evidence = claim.evidence[0] if claim.evidence else None
    return (
        claim.iri,
        claim.claimant.iri,
        claim.on_behalf_of.iri if claim.on_behalf_of else "",
        claim.stated_on.lexical if claim.stated_on else "",
        evidence.source.iri if evidence else "",
        str(evidence.paragraph) if evidence and evidence.paragraph is not None else "",
    )
