"""Tests of the service through a real process."""
