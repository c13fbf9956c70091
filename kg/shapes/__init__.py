"""Answers as JSON: the shapes that scripts rely on, whichever way they ask."""
