"""What every store knows beside its dossiers, such as the states: a dossier's own label of a thing goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from kg.rdf.vocabulary import RDFS_LABEL, SKOS_ALT_LABEL

_LABEL, _ALIAS = ox.NamedNode(RDFS_LABEL), ox.NamedNode(SKOS_ALT_LABEL)
#: The label that a thing has in a language.
Labels: TypeAlias = dict[tuple[ox.NamedNode | ox.BlankNode | ox.Triple, str | None], ox.Literal]


def with_reference(quads: Sequence[ox.Quad], reference: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads and the reference, in which no thing has two labels in one language.

    Where the quads label a thing their own way, the reference's label is one name more. So a store that was
    built with an older reference keeps its labels when it is built again with a newer one.
    """
    labels: Labels = {
        (quad.subject, quad.object.language): quad.object
        for quad in quads
        if quad.predicate == _LABEL and isinstance(quad.object, ox.Literal)
    }
    return [*quads, *(_after(quad, labels) for quad in reference)]


def _after(quad: ox.Quad, labels: Labels) -> ox.Quad:
    if quad.predicate != _LABEL or not isinstance(quad.object, ox.Literal):
        return quad
    if labels.get((quad.subject, quad.object.language), quad.object) == quad.object:
        return quad
    return ox.Quad(quad.subject, _ALIAS, quad.object, quad.graph_name)
