"""RDF to networkx: ``kg.networks.relations(view)`` and other networks, measures on them, the shortest chains."""

from __future__ import annotations

from kg.networks import measures
from kg.networks.apart import Distance, distance, distances
from kg.networks.catalogue import network
from kg.networks.owed import obligations
from kg.networks.path import Step, shortest_chains
from kg.networks.projection import relations
from kg.networks.sides import agreement, opponents
from kg.networks.spoken import meetings, statements

__all__ = [
    "Distance",
    "Step",
    "agreement",
    "distance",
    "distances",
    "measures",
    "meetings",
    "network",
    "obligations",
    "opponents",
    "relations",
    "shortest_chains",
    "statements",
]
