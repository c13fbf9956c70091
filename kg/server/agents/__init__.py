"""The look-ups as tools for agents."""
