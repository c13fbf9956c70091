"""The explorer: documents for people over the live store."""
