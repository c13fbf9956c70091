"""Treaties: their status on a day, and who says that an obligation fell due."""
