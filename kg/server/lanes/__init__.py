"""Lanes: short queries are answered on the client's own connection, by a process that may be ended at any time."""
