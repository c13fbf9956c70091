"""A perspective in other formats."""
