"""The networks of the shipped dossier, edge by edge, as its TriG files have them."""

from __future__ import annotations

from collections.abc import Iterator

import networkx
import pytest

import kg
from kg import networks
from kg.graph import KnowledgeGraph
from kg.networks.measures import MEASURES
from kg.rdf.vocabulary import CLAIM, ID

ARTICLE_3 = "kcna-2024-06-20-article-3 nhk-2024-06-20-article-3 satv-ma-article-3"
ARTICLE_4 = "interfax-107423-article-4 kyiv-independent-2024-10-25-article-4 nhk-2024-06-20-article-4"
ARTICLE_8 = "news-pravda-2024-11-13-article-8 nhk-2024-06-20-article-8"

#: What each of the two owes to the other: type, article (0: none is named), trigger, the claims that put it so.
OWED = {
    ("code:consultation", 3, "threat of aggression", ARTICLE_3),
    ("code:consultation", 4, "threat of aggression", "tass-1868051-consultation-in-article-4"),
    ("code:defense", 0, "armed attack", "euronews-p05-2"),
    ("code:defense", 4, "armed attack, state of war", ARTICLE_4),
    ("code:military-contact", 8, "", ARTICLE_8),
    ("code:no-other-alliance", 0, "", "tass-1882599-no-adverse-agreement"),
    ("code:territory-denial", 0, "", "tass-1882599-territory-denial"),
}

#: Day -> who is against whom: party, what it does, whom, by which claims.
AGAINST = {
    "2024-10-20": {("russia", "denies", "south-korea", "nis-2024-10-18-deployment")},
    "2024-10-31": {
        ("russia", "disputes", "south-korea", "nis-2024-10-18-deployment"),
        ("north-korea", "denies", "south-korea", "nis-2024-10-18-deployment"),
    },
    "2025-04-26": {
        ("north-korea", "denies", "south-korea", "nis-2024-10-18-deployment"),
        ("ukraine", "denies", "russia", "euronews-p14-1 gerasimov-2025-04-26-kursk-freed"),
    },
    None: {
        ("south-korea", "accuse", "north-korea", "jeon-2025-04-28-crime"),
        ("south-korea", "condemn", "north-korea", "koo-2025-04-28-mocks"),
        ("south-korea", "denies", "north-korea", "cmc-2025-04-27-un-charter"),
        ("ukraine", "denies", "russia", "euronews-p14-1 gerasimov-2025-04-26-kursk-freed"),
    },
}

#: Day -> two parties, on how many claims they take the same side, and on how many opposite ones.
AGREEMENT = {
    "2024-10-31": {
        ("nato", "north-korea", 0, 1),
        ("nato", "russia", 0, 1),
        ("nato", "south-korea", 1, 0),
        ("north-korea", "russia", 1, 0),
        ("north-korea", "south-korea", 0, 1),
        ("russia", "south-korea", 0, 1),
    },
    None: {("north-korea", "south-korea", 0, 1), ("russia", "ukraine", 0, 2)},
}


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with kg.open(":shipped:") as opened:
        yield opened


def name(iri: str) -> str:
    return iri.removeprefix(CLAIM).removeprefix(ID)


def claims(data: dict[str, object]) -> str:
    told = data["claims"]
    assert isinstance(told, tuple)
    return " ".join(map(name, told))


@pytest.mark.parametrize("obligor", ["north-korea", "russia"])
def test_what_each_owes_to_the_other(graph: KnowledgeGraph, obligor: str) -> None:
    obligee = {"north-korea": "russia", "russia": "north-korea"}[obligor]
    found = networks.obligations(graph.perspective(on="2025-01-01"))
    out = [(end, data) for start, end, data in found.edges(data=True) if name(start) == obligor]
    assert {name(end) for end, _ in out} == {obligee}
    told = {(d["property"], d["article"], d["trigger"], claims(d)) for _, d in out}
    assert told == OWED
    assert all(name(d["obligation"]).endswith(obligor) and name(d["treaty"]) == "csp-2024" for _, d in out)


@pytest.mark.parametrize("day", AGAINST)
def test_who_is_against_whom(graph: KnowledgeGraph, day: str | None) -> None:
    found = networks.opponents(graph.perspective(as_of=day))
    told = {(name(a), d["property"][5:], name(b), claims(d)) for a, b, d in found.edges(data=True)}
    assert told == AGAINST[day]
    assert {data["type"] for _, data in found.nodes(data=True)} == {"kg:State"}


@pytest.mark.parametrize("day", AGREEMENT)
def test_who_takes_whose_side(graph: KnowledgeGraph, day: str | None) -> None:
    found = networks.agreement(graph.perspective(as_of=day))
    told = {(name(a), name(b), d["same"], d["opposite"]) for a, b, d in found.edges(data=True)}
    assert told == AGREEMENT[day]


def test_who_met_whom(graph: KnowledgeGraph) -> None:
    """Kim's visits to Moscow are planned or supposed only, and name nobody whom he would meet."""
    found = networks.meetings(graph.perspective())
    ((start, end, data),) = found.edges(data=True)
    assert (name(start), name(end)) == ("kim-jong-un", "sergei-shoigu")
    assert claims(data) == "euronews-p21-1 kcna-2025-03-21-meeting tass-2025-03-21-meeting"
    assert data["date"] == "2025-03 2025-03-21"


def test_bloggers_media_and_analysts_are_never_states(graph: KnowledgeGraph) -> None:
    """A medium or a group speaks for itself alone, unless the claim says on whose behalf it was made (R2)."""
    view = graph.perspective()
    found = networks.statements(view)
    behind = {claim.iri: claim for claim in view.claims()}
    kinds = networkx.get_node_attributes(found, "type")
    media = {n for n, kind in kinds.items() if kind in ("kg:MediaOrganization", "kg:InformalGroup")}
    seen = set()
    for start, _, data in found.edges(data=True):
        for claim in data["claims"]:
            speaker, party = behind[claim].claimant, behind[claim].on_behalf_of
            if speaker.iri in media or start in media:
                assert start == (party or speaker).iri
                assert start == speaker.iri or party != speaker
                seen.add(start)
    assert {ID + "tass", ID + "euronews", ID + "observers"} <= seen
    assert len(seen) >= 10


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_of_the_dossier(graph: KnowledgeGraph, measure: str) -> None:
    found = networks.relations(graph.perspective())
    scores = MEASURES[measure](found)
    assert {score.thing for score in scores} == set(found)
    assert scores[0].rank == 1
    if measure != "communities":
        assert {name(score.thing) for score in scores[:5]} >= {"russia", "north-korea"}
