"""Labels of things in a reader's language, with the same fallback everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Store

from kg.rdf.queries import iri, named_query
from kg.rdf.rows import solutions
from kg.rdf.terms import readable_name
from kg.rdf.vocabulary import DATE

_FALLBACKS = ("en", "fr", "")


def read_labels(store: Store, things: Iterable[str], *, lang: str = "en") -> dict[str, str]:
    """The label of each thing: in ``lang``, else English, French, any; else one made of its IRI."""
    wanted = set(things)
    terms = [iri(thing) for thing in sorted(wanted) if not thing.startswith(DATE)]
    found: dict[str, list[Literal]] = defaultdict(list)
    if terms:
        for thing, label in solutions(store, named_query("labels", thing=terms)):
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found[thing.value].append(label)
    return {
        thing: choose_label(found[thing], lang) if thing in found else readable_name(thing)
        for thing in wanted
    }


def choose_label(labels: Sequence[Literal], lang: str) -> str:
    """The best of these labels for a reader of ``lang``; the same choice whatever their order.

    >>> choose_label([Literal("Russie", language="fr"), Literal("Russia", language="en")], "ko")
    'Russia'
    """
    return min(labels, key=lambda label: (distance(label.language or "", lang), label.value)).value


def distance(tag: str, lang: str) -> tuple[int, str]:
    """How far a language is from the one asked for: itself, its variants, the fallbacks, the rest by tag."""
    tag, lang = tag.lower(), lang.lower()
    for rank, wanted in enumerate((lang, *_FALLBACKS)):
        if tag == wanted:
            return 2 * rank, tag
        if wanted and tag.startswith(wanted + "-"):
            return 2 * rank + 1, tag
    return 2 * len(_FALLBACKS) + 2, tag
