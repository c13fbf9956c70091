"""RDF to networkx: ``kg.networks.relations(view)`` and the shortest chains in it."""

from __future__ import annotations

from kg.networks.path import Step, shortest_chains
from kg.networks.projection import relations

__all__ = ["Step", "relations", "shortest_chains"]
