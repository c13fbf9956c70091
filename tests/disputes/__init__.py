"""Disputes: who contradicts whom, and what cannot both hold though nobody says so."""
