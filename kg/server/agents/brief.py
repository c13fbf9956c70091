"""An answer made short for a model: each claim once, with what a citation needs, and its IRI where it occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.shapes.text import Json

#: The keys of CLAIM that stand in a citation.
CITED = (
    "text",
    "claimant",
    "on_behalf_of",
    "stated_on",
    "published_on",
    "source",
    "paragraph",
    "start",
    "end",
    "epistemic_status",
    "quotation",
    "relayed_by",
    "confirmed_by",
    "denied_by",
)

#: Those that are left out where there is nothing to say.
_IF_ANY = ("published_on", "epistemic_status", "quotation", "relayed_by", "confirmed_by", "denied_by")


def is_claim(data: Json) -> bool:
    """Whether this is a CLAIM of docs/cli.md."""
    return isinstance(data, Mapping) and "claim" in data and "claimant" in data


def shortened(data: Json) -> tuple[Json, dict[str, Json]]:
    """The answer with a reference in place of each claim; and the citations, by IRI.

    A reference keeps whose stance is meant there, for that is of the place and not of the claim; and what the
    record of another day, of which two are compared, tells otherwise: who had confirmed or denied it by then.
    """
    citations: dict[str, Json] = {}
    return _walk(data, citations), dict(sorted(citations.items()))


def _walk(data: Json, citations: dict[str, Json]) -> Json:
    if isinstance(data, Mapping):
        if is_claim(data):
            iri = str(data["claim"])
            known, told = citations.setdefault(iri, citation(data)), citation(data)
            assert isinstance(known, Mapping)
            otherwise = {key: told.get(key, []) for key in CITED if told.get(key) != known.get(key)}
            return {"claim": iri, "stance": data["stance"], "stance_of": data["stance_of"], **otherwise}
        return {key: _walk(value, citations) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_walk(value, citations) for value in data]
    return data


def citation(claim: Mapping[str, Json]) -> dict[str, Json]:
    """What of a claim a citation needs, its values as they are in CLAIM."""
    return {key: claim[key] for key in CITED if claim[key] or key not in _IF_ANY}
