"""Foedus: a provenance-first knowledge graph of actors, treaties and events."""
