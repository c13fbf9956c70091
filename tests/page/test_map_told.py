"""What a page of a network tells of the claims behind its edges."""

from __future__ import annotations

import json

import kg
from kg import networks
from kg.page.map_data import crowd
from kg.page.map_drawing import cards
from kg.page.map_told import said


def against(as_of: str, claim: str) -> list[tuple[str, str, str]]:
    """Who stands against a claim, as known on a day."""
    view = kg.open(":shipped:").perspective(as_of=as_of)
    network = networks.relations(view)
    told = said(view, network, crowd(network), "en")
    held = {one["i"]: one.get("x", []) for one in json.loads(json.dumps(told.claims))}
    return [(who, what, day) for who, what, day in held[claim]]


def test_a_denial_is_told_while_it_is_the_latest_of_its_party() -> None:
    deployment = "claim:nis-2024-10-18-deployment"
    assert against("2024-10-23", deployment) == [
        ("Kremlin (Russia)", "denies", "1 October 2024 to 20 October 2024"),
        ("Permanent Mission of North Korea to the United Nations (North Korea)", "denies", "21 October 2024"),
    ]
    assert [who for who, *_ in against("2025-04-27", deployment)] == [
        "Permanent Mission of North Korea to the United Nations (North Korea)"
    ]
    assert against("2025-04-30", deployment) == [], "both have confirmed it"


def test_the_label_of_an_agreement_counts_its_claims_once() -> None:
    view = kg.open(":shipped:").perspective()
    network = networks.agreement(view)
    made = crowd(network)
    told = said(view, network, made, "en")
    names = [line.name for line in cards(network, made, told.notes).lines]
    assert "≠ −1.00 · same side 0, opposite 2" in names
