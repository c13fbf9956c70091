"""The disputes of the shipped dossier, party by party, as known on the days on which they changed."""

from __future__ import annotations

import pytest

from kg.disputes.find import disputes
from kg.disputes.model import Dispute
from kg.graph import KnowledgeGraph
from kg.rdf.terms import curie

#: day -> issue and kind, in the order in which they are given.
ISSUES = {
    "2024-10-17": [],
    "2024-10-20": ["deployment"],
    "2024-10-31": ["deployment"],
    "2025-04-25": ["dprk-casualties", "treaty-ratification-date", "consultation-article", "deployment"],
    "2025-04-27": [
        "deployment",
        "kursk-control",
        "dprk-casualties",
        "treaty-ratification-date",
        "consultation-article",
    ],
    "2025-04-28": [
        "kursk-control",
        "deployment-legality",
        "dprk-casualties",
        "treaty-ratification-date",
        "consultation-article",
    ],
    "": [
        "dprk-casualties",
        "troop-numbers",
        "kursk-control",
        "deployment-legality",
        "treaty-signature-date incompatible",
        "treaty-ratification-date",
        "protocol-signatory",
        "consultation-article",
        "treaty-signature-date",
        "gerasimov-report-date",
        "incursion-date",
    ],
}

#: (day, issue, kind) -> party: what it says of the claims in conflict.
SIDES = {
    ("2024-10-20", "deployment", "declared"): {
        "south-korea": "asserts nis-2024-10-18-deployment",
        "russia": "denies nis-2024-10-18-deployment",
    },
    ("2024-10-24", "deployment", "declared"): {
        "south-korea": "asserts nis-2024-10-18-deployment",
        "north-korea": "denies nis-2024-10-18-deployment",
        "russia": "does-not-deny nis-2024-10-18-deployment",
    },
    ("2024-10-31", "deployment", "declared"): {
        "south-korea": "asserts nis-2024-10-18-deployment",
        "north-korea": "denies nis-2024-10-18-deployment",
        "nato": "confirms nis-2024-10-18-deployment",
        "russia": "disputes nis-2024-10-18-deployment",
    },
    ("2025-04-26", "deployment", "declared"): {
        "south-korea": "asserts nis-2024-10-18-deployment",
        "north-korea": "denies nis-2024-10-18-deployment",
        "nato": "confirms nis-2024-10-18-deployment",
        "russia": "confirms nis-2024-10-18-deployment",
    },
    ("2025-04-26", "kursk-control", "declared"): {
        "russia": "asserts euronews-p14-1, asserts gerasimov-2025-04-26-kursk-freed",
        "ukraine": "denies euronews-p14-1, denies gerasimov-2025-04-26-kursk-freed, "
        "asserts ukraine-general-staff-2025-04-26-kursk",
    },
    ("", "kursk-control", "declared"): {
        "russia": "asserts euronews-p14-1, asserts gerasimov-2025-04-26-kursk-freed",
        "ukraine": "denies euronews-p14-1, denies gerasimov-2025-04-26-kursk-freed, "
        "asserts ukraine-general-staff-2025-04-26-kursk",
        "russian-milbloggers": "asserts euronews-p14-3",
    },
    ("", "deployment-legality", "declared"): {
        "north-korea": "asserts cmc-2025-04-27-un-charter",
        "south-korea": "denies cmc-2025-04-27-un-charter, asserts jeon-2025-04-28-un-charter",
    },
    ("", "dprk-casualties", "declared"): {
        "ukraine": "asserts zelensky-2024-12-losses",
        "south-korea": "asserts jcs-2024-12-losses, asserts nis-2025-04-30-wounded",
        "indian-defense-news": "asserts indiandefensenews-wounded",
    },
    ("", "troop-numbers", "declared"): {
        "south-korea": "asserts nis-2025-04-30-troops",
        "indian-defense-news": "asserts indiandefensenews-troops",
    },
    ("", "treaty-signature-date", "declared"): {
        "kcna": "asserts kcna-2024-06-20-signature",
        "trt-global": "asserts trt-global-signature",
    },
    ("", "treaty-signature-date", "incompatible"): {
        "north-korea": "asserts euronews-p04-2",
        "trt-global": "asserts trt-global-signature",
    },
    ("", "treaty-ratification-date", "declared"): {
        "news-pravda": "asserts news-pravda-2024-11-13-putin-ratification",
        "tass": "asserts tass-1882445-putin-ratification",
        "masress": "asserts masress-putin-ratification",
    },
    ("", "protocol-signatory", "declared"): {
        "interfax": "asserts interfax-108291-instrument-exchange",
        "tass": "asserts tass-1882445-instrument-exchange",
        "iuvm-press": "asserts iuvmpress-protocol-signatory",
    },
    ("", "consultation-article", "declared"): {
        "kcna": "asserts kcna-2024-06-20-article-3",
        "nhk": "asserts nhk-2024-06-20-article-3",
        "tass": "asserts tass-1868051-consultation-in-article-4",
        "satv-ma": "asserts satv-ma-article-3",
    },
    ("", "gerasimov-report-date", "declared"): {
        "trt-world": "asserts trtworld-gerasimov-report-date",
        "inkl": "asserts inkl-gerasimov-report-date",
    },
    ("", "incursion-date", "declared"): {
        "devdiscourse": "asserts devdiscourse-incursion",
        "wikipedia-it": "asserts wikipedia-it-incursion",
        "forces-news": "asserts forces-news-incursion, asserts forces-news-incursion-caption",
        "rf-news": "asserts rf-news-incursion",
        "stirile-pro-tv": "asserts stirile-pro-tv-incursion",
    },
}


def as_of(graph: KnowledgeGraph, day: str) -> list[Dispute]:
    return disputes(graph.perspective(as_of=day or None))


def name(dispute: Dispute) -> str:
    issue = curie(dispute.issue.iri).removeprefix("id:issue-")
    return issue if dispute.kind == "declared" else f"{issue} {dispute.kind}"


@pytest.mark.parametrize("day", ISSUES)
def test_which_disputes_there_were(graph: KnowledgeGraph, day: str) -> None:
    assert [name(dispute) for dispute in as_of(graph, day)] == ISSUES[day]


@pytest.mark.parametrize(("day", "issue", "kind"), SIDES)
def test_who_stood_where(graph: KnowledgeGraph, day: str, issue: str, kind: str) -> None:
    (dispute,) = [d for d in as_of(graph, day) if (curie(d.issue.iri), d.kind) == (f"id:issue-{issue}", kind)]
    found = {
        curie(side.party.iri).removeprefix("id:"): ", ".join(
            f"{p.type} {curie(p.claim.iri).removeprefix('claim:')}"
            for p in side.positions
            if p.claim.iri in dispute.claims
        )
        for side in dispute.sides
    }
    assert {party: said for party, said in found.items() if said} == SIDES[day, issue, kind]


def test_the_bloggers_speak_for_nobody_but_themselves(graph: KnowledgeGraph) -> None:
    for day in ISSUES:
        for dispute in as_of(graph, day):
            for side in dispute.sides:
                speakers = {curie(s.stance_of.iri) for p in side.positions for s in p.history}
                if "id:russian-milbloggers" in speakers:
                    assert speakers == {"id:russian-milbloggers"} == {curie(side.party.iri)}


def test_russia_moved_from_denial_to_confirmation(graph: KnowledgeGraph) -> None:
    (dispute,) = [d for d in as_of(graph, "2025-04-27") if name(d) == "deployment"]
    (russia,) = [side for side in dispute.sides if curie(side.party.iri) == "id:russia"]
    moves = [(s.type, curie(s.stance_of.iri), str(s.public_on)) for s in russia.position.history]
    assert moves == [
        ("denies", "id:kremlin", "2024-10-01..2024-10-20"),
        ("does-not-deny", "id:vladimir-putin", "2024-10-24"),
        ("disputes", "id:vasily-nebenzya", "2024-10-30"),
        ("confirms", "id:valery-gerasimov", "2025-04-26"),
    ]
    assert (russia.position.type, str(russia.position.since)) == ("confirms", "2025-04-26")


def test_evasion_is_shown_as_evasion(graph: KnowledgeGraph) -> None:
    """On 24 October 2024 Vladimir Putin did not deny: Russia neither held nor rejected it that week."""
    (dispute,) = as_of(graph, "2024-10-24")
    (russia,) = [side for side in dispute.sides if curie(side.party.iri) == "id:russia"]
    assert (russia.position.type, russia.holds, russia.rejects) == ("does-not-deny", (), ())
    assert [stance.type for stance in russia.position.earlier] == ["denies"]


@pytest.mark.parametrize("day", ISSUES)
def test_what_is_contested_is_what_a_side_rejects(graph: KnowledgeGraph, day: str) -> None:
    """Rules R7 and D4 agree where no state denies its own word, as in the shipped dossier."""
    rejected = {
        claim.iri
        for d in as_of(graph, day)
        if d.kind == "declared"
        for side in d.sides
        for claim in side.rejects
    }
    contested = {claim.iri for claim in graph.perspective(as_of=day or None, disputed=True).claims()}
    assert contested == rejected
    assert bool(contested) == (day != "2024-10-17")
