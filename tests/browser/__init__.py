"""Tests of the page in a real Chromium, with the network cut."""
