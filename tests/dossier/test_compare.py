"""Comparisons on the shipped dossier, pinned row by row: who agrees, who differs, and what each admitted when."""

from __future__ import annotations

import pytest

from kg.compare.model import ClaimRow, Comparison, Standing
from kg.compare.sides import compare
from kg.graph import KnowledgeGraph
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, KG

CORE = "nis-2024-10-18-deployment"
LONE = {KG + name for name in ("MediaOrganization", "InformalGroup")}


def parties(graph: KnowledgeGraph, left: str, right: str, day: str | None = None) -> Comparison:
    return compare(
        graph.perspective(according_to=left, as_of=day), graph.perspective(according_to=right, as_of=day)
    )


def days(graph: KnowledgeGraph, party: str, first: str, last: str) -> Comparison:
    return compare(*(graph.perspective(according_to=party, as_of=day) for day in (first, last)))


def told(standing: Standing) -> str:
    """``POSITION SPEAKER DAY``, or the claims through which it is said."""
    stance = standing.stance
    if stance is None:
        return " ".join([standing.position, *(claim.removeprefix(CLAIM) for claim in standing.through)])
    day = stance.public_on.lexical if stance.public_on else "-"
    return f"{standing.position} {curie(stance.stance_of.iri)} {day}"


def rows(comparison: Comparison, *verdicts: str) -> dict[str, tuple[str, str]]:
    return {
        row.claim.iri.removeprefix(CLAIM): (told(row.left), told(row.right))
        for row in comparison.claims
        if row.verdict in verdicts
    }


def issues(comparison: Comparison) -> dict[str, str]:
    return {curie(row.issue.iri): row.verdict for row in comparison.issues if row.issue}


def brought(row: ClaimRow) -> list[str]:
    return [
        f"{stance.type} {curie(stance.stance_of.iri)} {stance.public_on.lexical if stance.public_on else '-'}"
        for stance in row.stances
    ]


def test_russia_and_ukraine(graph: KnowledgeGraph) -> None:
    found = parties(graph, "Russia", "Ukraine", "2025-04-30")
    assert rows(found, "differ") == {
        "euronews-p14-1": ("holds id:russia 2025-04-26", "denies id:ukraine-general-staff 2025-04-26"),
        "gerasimov-2025-04-26-kursk-freed": (
            "holds id:valery-gerasimov 2025-04-26",
            "denies id:ukraine-general-staff 2025-04-26",
        ),
        "ukraine-general-staff-2025-04-26-kursk": (
            "holds-the-contrary gerasimov-2025-04-26-kursk-freed",
            "holds id:ukraine-general-staff 2025-04-26",
        ),
    }
    assert rows(found, "agree") == {
        CORE: ("holds id:vladimir-putin 2025-04-28", "says-the-same gur-2024-10-troops")
    }
    assert {name for name, sides in rows(found, "silent").items() if sides[0] == "silent"} == {
        *("gur-2024-10-officers", "gur-2024-10-troops", "zelensky-2024-12-losses", "euronews-p19-1"),
        *("euronews-p19-2", "ukraine-general-staff-2025-04-26-belgorod"),
    }
    assert issues(found) == {
        "id:issue-kursk-control": "differ",
        "id:issue-deployment": "agree",
        **{
            f"id:issue-{name}": "silent"
            for name in ("troop-numbers", "deployment-legality", "dprk-casualties", "cooperation-legality")
        },
    }
    agreed = {(f.property.label, f.label) for f in found.facts if f.verdict == "agree"}
    assert agreed == {("type", "deployment"), ("host state", "Russia"), ("sending state", "North Korea")}
    assert {f.subject.iri.split("/")[-1] for f in found.facts if f.verdict == "agree"} == {"dprk-deployment"}


def test_russia_and_north_korea(graph: KnowledgeGraph) -> None:
    found = parties(graph, "Russia", "North Korea")
    assert rows(found, "differ") == {}
    assert rows(found, "agree") == {
        CORE: ("holds id:vladimir-putin 2025-04-28", "holds id:cmc-wpk 2025-04-28"),
        "euronews-p03-1": ("holds id:valery-gerasimov 2025-04-26", "holds id:north-korea 2025-04-28"),
        "euronews-p03-2": ("holds id:valery-gerasimov 2025-04-26", "holds id:north-korea 2025-04-28"),
    }
    assert issues(found) == {
        "id:issue-deployment": "agree",
        "id:issue-deployment-legality": "apart",
        "id:issue-cooperation-legality": "apart",
        "id:issue-kursk-control": "silent",
    }


def test_north_and_south_korea(graph: KnowledgeGraph) -> None:
    found = parties(graph, "North Korea", "South Korea")
    assert rows(found, "differ") == {
        "cmc-2025-04-27-un-charter": ("holds id:cmc-wpk 2025-04-28", "denies id:jeon-ha-kyu 2025-04-28"),
        "jeon-2025-04-28-un-charter": (
            "holds-the-contrary cmc-2025-04-27-un-charter",
            "holds id:jeon-ha-kyu 2025-04-28",
        ),
    }
    agreed = rows(found, "agree")
    assert set(agreed) == {CORE, "euronews-p03-1", "euronews-p03-2"}
    assert agreed[CORE] == ("holds id:cmc-wpk 2025-04-28", "holds id:nis 2024-10-18")
    assert issues(found)["id:issue-deployment-legality"] == "differ"


def test_in_october_both_rejected_it(graph: KnowledgeGraph) -> None:
    found = parties(graph, "Russia", "North Korea", "2024-10-31")
    assert rows(found, "agree") == {
        CORE: ("disputes id:vasily-nebenzya 2024-10-30", "denies id:dprk-un-mission 2024-10-21")
    }
    assert not [row for row in found.facts if row.subject.label == "North Korean deployment to Russia"]


def test_what_russia_admitted_between_the_25th_and_the_28th(graph: KnowledgeGraph) -> None:
    found = days(graph, "Russia", "2025-04-25", "2025-04-28")
    gained = {row.claim.iri.removeprefix(CLAIM): row for row in found.claims if row.verdict == "gained"}
    assert len(gained) == 19
    assert told(gained[CORE].left) == "disputes id:vasily-nebenzya 2024-10-30"
    assert brought(gained[CORE]) == [
        "confirms id:valery-gerasimov 2025-04-26",
        "confirms id:vladimir-putin 2025-04-28",
    ]
    for name in ("euronews-p03-1", "euronews-p03-2"):
        assert told(gained[name].left) == "does-not-deny id:russia until-2025-04-25"
        assert brought(gained[name]) == ["confirms id:valery-gerasimov 2025-04-26"]
    assert set(rows(found, "kept")) == {
        *("putin-2024-10-24-article-4", "nebenzya-2024-10-30-cooperation", "rudenko-2025-03-27-visit"),
        "euronews-p03-3",
    }
    assert rows(found, "lost") == {}
    by_the_26th = rows(days(graph, "Russia", "2025-04-25", "2025-04-26"), "gained")
    assert by_the_26th[CORE][1] == "holds id:valery-gerasimov 2025-04-26"
    assert set(gained) - set(by_the_26th) == {
        *("euronews-p09-1", "euronews-p10-1", "euronews-p10-2", "euronews-p10-3", "euronews-p11-1"),
        *("euronews-p21-4", "putin-2025-04-28-letter-and-spirit"),
    }


def test_what_was_called_a_mere_assertion_was_not_called_lawful(graph: KnowledgeGraph) -> None:
    """Vasily Nebenzya spoke of the cooperation; that the deployment be lawful Russia says since its admission."""
    found = days(graph, "Russia", "2025-04-25", "2025-04-28")
    by_issue = {curie(row.issue.iri): row for row in found.issues if row.issue}
    lawful = by_issue["id:issue-deployment-legality"]
    assert (lawful.verdict, lawful.left, lawful.left_rejects) == ("gained", (), ())
    assert [claim.claimant.label for claim in lawful.right] == ["Vladimir Putin"]


def test_what_north_korea_admitted_between_the_25th_and_the_28th(graph: KnowledgeGraph) -> None:
    found = days(graph, "North Korea", "2025-04-25", "2025-04-28")
    gained = {row.claim.iri.removeprefix(CLAIM): row for row in found.claims if row.verdict == "gained"}
    assert len(gained) == 15
    assert told(gained[CORE].left) == "denies id:dprk-un-mission 2024-10-21"
    assert brought(gained[CORE]) == ["confirms id:cmc-wpk 2025-04-28"]
    assert brought(gained["euronews-p03-1"]) == [
        "does-not-deny id:north-korea until-2025-04-27",
        "confirms id:north-korea 2025-04-28",
    ]
    assert set(rows(found, "kept")) == {"euronews-p21-2"}
    before = rows(days(graph, "North Korea", "2025-04-25", "2025-04-27"), "gained")
    assert set(before) == {"euronews-p03-4"}, "what the Commission wrote on the 27th was read on the 28th"


def test_a_revised_figure_is_lost_and_says_what_replaced_it(graph: KnowledgeGraph) -> None:
    found = compare(graph.perspective(as_of="2025-04-28"), graph.perspective(as_of="2025-04-30"))
    lost = {row.claim.iri.removeprefix(CLAIM): row for row in found.claims if row.verdict == "lost"}
    assert set(lost) == {"nis-2025-01-killed", "nis-2025-01-wounded"}
    for name, row in lost.items():
        newer = name.replace("2025-01", "2025-04-30")
        assert [claim.iri.removeprefix(CLAIM) for claim in row.successors] == [newer]
        assert brought(row) == ["revises id:nis 2025-04-30"]


@pytest.mark.parametrize("day", [None, "2024-10-31", "2025-04-27"])
def test_nobody_is_credited_with_what_others_said(graph: KnowledgeGraph, day: str | None) -> None:
    """In this dossier whoever speaks for a state does so by name: no medium, group or analyst does."""
    seen = 0
    for left, right in (("Russia", "Ukraine"), ("North Korea", "South Korea"), ("United States", "NATO")):
        found = parties(graph, left, right, day)
        for row in found.claims:
            for side, standing in ((found.left, row.left), (found.right, row.right)):
                if standing.stance is None:
                    continue
                seen += 1
                (party,) = side.parties
                stance = standing.stance
                assert party in (stance.stance_of, stance.on_behalf_of), row.claim.text
                if LONE.intersection(graph.perspective().types(stance.stance_of.iri)):
                    assert stance.on_behalf_of == party
    assert seen >= 5
