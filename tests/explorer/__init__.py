"""Tests of the explorer, against a real service and, where it is used by people, in a real browser."""
