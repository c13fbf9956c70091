"""The interactive page: one self-contained file."""

from kg.page.document import write

__all__ = ["write"]
