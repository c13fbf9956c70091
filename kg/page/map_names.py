"""What things, classes and the perspective of a map are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.page.map_texts import text
from kg.page.phrases import phrase, spoken_date
from kg.perspective.view import Perspective
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import expand

#: Up to so many things are found by every name they have in any language; beyond, by their labels.
NAMED = 5000


def class_labels(view: Perspective | None, classes: Sequence[str], lang: str) -> dict[str, str]:
    """What each class (a CURIE) is called; where nothing tells, its own name."""
    plain = {kind: kind.rpartition(":")[2] or text(lang, "thing") for kind in classes}
    if view is None:
        return plain
    iris = {kind: expand(kind) or kind for kind in classes if kind}
    labels = view.labels(iris.values(), lang)
    return plain | {kind: labels.get(iri, plain[kind]) for kind, iri in iris.items()}


def other_names(view: Perspective | None, things: Sequence[str]) -> list[str]:
    """Of each thing all its names, one after the other; none at all of crowds."""
    if view is None or len(things) > NAMED:
        return []
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for thing, _, name in rows(view.store, named_query("page_names")):
        names[thing][name] = None
    return [" | ".join(" ".join(name.split()) for name in names[thing]) for thing in things]


def asked(view: Perspective | None, lang: str) -> str:
    """The perspective in words; empty for that of everybody, today."""
    if view is None:
        return ""
    asked = view.definition
    parts = []
    if asked.according_to:
        labels = view.labels(asked.according_to, lang)
        parts.append(
            phrase(lang, "according_to", parties=", ".join(labels[one] for one in asked.according_to))
        )
    if asked.as_of:
        parts.append(phrase(lang, "as_of", date=spoken_date(asked.as_of.isoformat(), lang)))
    if asked.on:
        parts.append(phrase(lang, "holds_on", date=spoken_date(asked.on.isoformat(), lang)))
    parts += [
        phrase(lang, name) for name in ("undisputed", "disputed", "exactly", "infer") if getattr(asked, name)
    ]
    return text(lang, "perspective", perspective=", ".join(parts)) if parts else ""
