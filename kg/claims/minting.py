"""Where new IRIs come from: from few words, and always the same from the same words."""

from __future__ import annotations

import re
import unicodedata

from kg.rdf.vocabulary import CLAIM, DATE, EVIDENCE, ID, SOURCE, STANCE, STATEMENT

_KINDS = {
    "thing": ID,
    "claim": CLAIM,
    "stance": STANCE,
    "statement": STATEMENT,
    "evidence": EVIDENCE,
    "source": SOURCE,
}


def mint(kind: str, *words: str) -> str:
    """The IRI of a thing, claim, stance, statement, evidence or source that these words name.

    >>> mint("claim", "Euronews", "p04", "1")
    'https://w3id.org/foedus/id/claim/euronews-p04-1'

    :raises ValueError: for another kind, or for words without a letter or digit; that is a fault of ours.
    """
    if kind not in _KINDS:
        raise ValueError(f"no IRIs are minted for {kind!r}")
    return _KINDS[kind] + slug(*words)


def slug(*words: str) -> str:
    """Lower-case letters and digits of any script, joined by hyphens.

    >>> slug("Général Guérassimov", "26 April")
    'general-guerassimov-26-april'
    >>> slug("김정은")
    '김정은'
    """
    plain = unicodedata.normalize("NFKD", " ".join(words)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    made = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    if not made:
        raise ValueError(f"no IRI can be made of {' '.join(words)!r}")
    return made


def asserting_stance(claim: str) -> str:
    """The IRI of the stance by which a claimant asserts its own claim.

    >>> asserting_stance("https://w3id.org/foedus/id/claim/c1")
    'https://w3id.org/foedus/id/stance/c1-asserts'
    """
    if claim.startswith(CLAIM):
        return STANCE + claim.removeprefix(CLAIM) + "-asserts"
    return claim + "-asserts"


def date_iri(lexical: str) -> str:
    """The IRI of a date as it is written; see :func:`kg.dates.parse_extent` for the forms."""
    return DATE + lexical
