"""Short forms of IRIs, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.terms import curie, expand, local_name, readable_name
from kg.rdf.vocabulary import CODE, DATE, ID, KG, PREFIXES


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", fullmatch=True))
def test_a_short_form_leads_back(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    assert expand(curie(iri)) == iri
    assert expand(f"<{iri}>") == expand(iri) == iri


def test_the_longest_prefix_wins() -> None:
    assert curie(ID + "claim/a") == "claim:a"
    assert curie(ID + "a") == "id:a"
    assert curie(DATE + "2024-10-08..2024-10-13") == "date:2024-10-08..2024-10-13"


@pytest.mark.parametrize("iri", [ID + "a/b", ID, ID + "a.", ID + "é", "http://other.example/a"])
def test_what_needs_an_escape_stays_long(iri: str) -> None:
    assert curie(iri) == iri


@pytest.mark.parametrize(
    "text", ["", "Kim Jong Un", "id:", "zz:a", "<a>", "id:a b", "Treaty: 2024", "http://a b"]
)
def test_a_name_is_no_iri(text: str) -> None:
    assert expand(text) is None


def test_labels_of_last_resort() -> None:
    assert readable_name(KG + "sendingState") == "sending state"
    assert readable_name(CODE + "does-not-deny") == "does not deny"
    assert readable_name(DATE + "2024-10") == "2024-10"
    assert local_name(ID + "claim/a") == "a"
