"""Names in any script, and the things they name."""
