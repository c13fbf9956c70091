"""From what a person typed to the one thing that is meant, or to a refusal that helps."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import NotFoundError, UsageError
from kg.lookup.names import WEAK, Names
from kg.lookup.normalise import fold
from kg.lookup.search import Hit, exact, nearest
from kg.rdf.terms import curie, expand
from kg.rdf.vocabulary import ID, KG

#: Things with names proper; the label of an event is a description, in which the names of others occur.
_NAMED_PROPERLY = (KG + "Actor", KG + "Place", KG + "Treaty")

_SHOWN = 5


def resolve(names: Names, text: str, *, types: Sequence[str] = ()) -> str:
    """The IRI of the one thing that the text means: an IRI, a CURIE, an identifier or a name.

    A name that several things share names none of them; a weak name or a part of a name counts only
    when no other person, body, place or treaty could be meant. ``types`` keeps things of these classes.

    :raises UsageError: ambiguous-name, when several things fit.
    :raises NotFoundError: unknown-name, when none does.
    """
    given = expand(text)
    if given is not None:
        return _known(names, given, text, types)
    hits = [hit for hit in exact(names, text) if _fits(names, hit, types)]
    strong = _things(names, [hit for hit in hits if names.names[hit.position].kind != WEAK])
    fitting = strong or _things(names, [*hits, *_by_part(names, text, types)])
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(
            f"{text!r} names {len(fitting)} things: {_listed(names, fitting)}",
            mend="give one of these identifiers",
            rule="ambiguous-name",
        )
    raise not_found(names, text, types=types)


def not_found(names: Names, text: str, *, types: Sequence[str] = ()) -> NotFoundError:
    """The refusal for a name that names nothing."""
    near = nearest(names, text, types=types)
    mend = f"did you mean {near!r}?" if near else "'kg find' looks for names that are near"
    return NotFoundError(f"nothing is named {text!r}", mend=mend, rule="unknown-name")


def _known(names: Names, iri: str, text: str, types: Sequence[str]) -> str:
    """The IRI, unless it is one of our identifiers and names nothing; of others only the store can tell."""
    local = iri.removeprefix(ID)
    is_of_ours = local != iri and "/" not in local
    if types and not names.has_type(iri, types):
        raise not_found(names, text, types=types)
    if iri in names.things or not is_of_ours:
        return iri
    raise not_found(names, local)


def _fits(names: Names, hit: Hit, types: Sequence[str]) -> bool:
    return not types or names.has_type(names.names[hit.position].iri, types)


def _by_part(names: Names, text: str, types: Sequence[str]) -> list[Hit]:
    """Things with a name proper that holds every word of the text."""
    words = set(fold(text).split())
    return [
        Hit(position, 0.0, "")
        for position, key in enumerate(names.folds)
        if words
        and words <= set(key.split())
        and names.has_type(names.names[position].iri, types or _NAMED_PROPERLY)
    ]


def _things(names: Names, hits: Sequence[Hit]) -> list[str]:
    return sorted({names.names[hit.position].iri for hit in hits})


def _listed(names: Names, iris: Sequence[str]) -> str:
    shown = ", ".join(f"{curie(iri)} ({names.label(iri)})" for iri in iris[:_SHOWN])
    return shown if len(iris) <= _SHOWN else f"{shown} and {len(iris) - _SHOWN} more"
