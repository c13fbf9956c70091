"""Tests of the shipped dossier: who said what, for whom, when, and in what terms."""
