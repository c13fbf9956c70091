"""Tests of the verbs, through the door that users take."""
