"""Perspectives as networkx networks."""
