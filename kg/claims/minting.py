"""Where the IRIs come from that a load makes: always the same from the same."""

from __future__ import annotations

from kg.rdf.vocabulary import CLAIM, STANCE


def asserting_stance(claim: str) -> str:
    """The IRI of the stance by which a claimant asserts its own claim.

    >>> asserting_stance("https://w3id.org/foedus/id/claim/c1")
    'https://w3id.org/foedus/id/stance/c1-asserts'
    """
    if claim.startswith(CLAIM):
        return STANCE + claim.removeprefix(CLAIM) + "-asserts"
    return claim + "-asserts"
