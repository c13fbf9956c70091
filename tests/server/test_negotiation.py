"""What an Accept header asks for, weighed as RFC 9110 has it."""

from __future__ import annotations

import pytest

from kg.server.negotiation import ROWS, choose


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("", "json"),
        (" ", "json"),
        ("nonsense", None),
        ("text/csv;q=x", None),
        ("text/csv;q=0", None),
        ("TEXT/CSV ; Q=0.5", "csv"),
        (
            "text/csv;q=1, application/xml;q=9",
            "csv",
        ),  # no weight is above 1, and the first of ours goes first
        ("text/csv;q=-1, application/xml;q=0.1", "xml"),
        ("text/csv;q=0.1, text/csv;q=0.9, application/json;q=0.5", "csv"),
        ("*/*;q=0.1, text/csv;q=0.9", "csv"),
        ("*/*, application/*;q=0.2, text/csv;q=0.9", "tsv"),
        ("text/*;q=0, text/tab-separated-values", "tsv"),
    ],
)
def test_the_most_exact_range_counts_and_the_best_of_them_wins(accept: str, format: str | None) -> None:
    chosen = choose(accept, ROWS)
    assert (chosen and chosen.format) == format
