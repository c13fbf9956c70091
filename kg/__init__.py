"""Foedus: a provenance-first knowledge graph of actors, treaties and events.

``kg.open()`` is the way in. Nothing is imported before it is used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from kg.version import VERSION

if TYPE_CHECKING:
    from kg import compare as compare
    from kg import disputes as disputes
    from kg import exporters as exporters
    from kg import networks as networks
    from kg import page as page
    from kg import timeline as timeline
    from kg import treaties as treaties
    from kg.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "__version__", "open"]

__version__ = VERSION
_ROOMS = ("compare", "disputes", "exporters", "networks", "page", "timeline", "treaties")


def open(location: str | os.PathLike[str] | None = None, *, lang: str = "en") -> KnowledgeGraph:
    """Open a store: a folder, ``":memory:"`` for an empty one, ``":shipped:"`` for the shipped dossier.

    Without a location: ``KG_STORE``, else ``./store.kg``, else the shipped dossier.

    :raises StoreError: no-such-store, store-damaged, store-version, store-write.
    :raises UsageError: remote-address, for an address of no endpoint.
    """
    from kg import graph

    return graph.open(location, lang=lang)


def __getattr__(name: str) -> object:
    if name == "KnowledgeGraph":
        from kg.graph import KnowledgeGraph

        return KnowledgeGraph
    if name in _ROOMS:
        return import_module(f"kg.{name}")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
