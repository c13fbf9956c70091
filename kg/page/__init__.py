"""The interactive page: one self-contained file; of a perspective, or of a network."""

from kg.page.document import write
from kg.page.map import write as write_network

__all__ = ["write", "write_network"]
