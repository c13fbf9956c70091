"""One verb per file, and what they share."""
