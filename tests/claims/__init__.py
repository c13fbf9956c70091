"""Tests of kg/claims."""
