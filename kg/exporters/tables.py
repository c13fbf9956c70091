"""A perspective as a table: one row per triple and claim, with who said it, when, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.claims.model import Claim

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


def claim_rows(
    store: Store, claims: Iterable[Claim], *, label: Callable[[str], str]
) -> Iterator[tuple[str, ...]]:
    """The rows under TABLE_COLUMNS: what each claim says, triple by triple, in the order of the claims."""
    for claim in claims:
        quads = store.quads_for_pattern(None, None, None, NamedNode(claim.iri))
        for quad in sorted(quads, key=str):
            yield (*_triple(quad, label), *_record(claim))


def _triple(quad: Quad, label: Callable[[str], str]) -> Sequence[str]:
    subject = str(getattr(quad.subject, "value", quad.subject))
    value = str(getattr(quad.object, "value", quad.object))
    shown = value if isinstance(quad.object, Literal) else label(value)
    return subject, label(subject), quad.predicate.value, value, shown


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
