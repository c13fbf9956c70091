"""Tests of names and what they find."""
