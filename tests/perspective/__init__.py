"""Tests of kg/perspective."""
