"""Opponents, obligations, statements, meetings and agreement: every edge on made-up and shipped claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import networkx
import pytest

import kg
from kg import networks
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.loading import ontology_quads
from kg.networks.apart import distances, paces, public_days
from kg.networks.catalogue import NETWORKS, network
from kg.rdf.trig import read_trig
from kg.rdf.vocabulary import CLAIM, ID, STATEMENT
from kg.view import View
from tests.tiny import HEAD, build_store, tiny_quads

Edges = dict[tuple[str, str, str], tuple[str, ...]]

#: Beside the tiny dossier: condemnations, meetings, a treaty with obligations.
MORE = """
GRAPH graph:reference {
  id:act-1 rdfs:label "act 1"@en , "acte 1"@fr . id:act-2 rdfs:label "act 2"@en , "acte 2"@fr .
  id:act-3 rdfs:label "act 3"@en , "acte 3"@fr . id:act-4 rdfs:label "act 4"@en , "acte 4"@fr .
  id:talks rdfs:label "talks"@en , "entretiens"@fr . id:summit rdfs:label "summit"@en , "sommet"@fr .
  id:bo-ran a kg:Person ; rdfs:label "Bo Ran"@en , "Bo Ran"@fr .
}
GRAPH claim:more-1 {
  id:act-1 a kg:SpeechAct ; kg:actType code:condemn ; kg:performedBy id:nan-voss ; kg:target id:borland-staff .
  id:act-2 a kg:SpeechAct ; kg:actType code:accuse ; kg:performedBy id:nan-voss ;
    kg:target id:arland-mfa , id:brigade-deployment .
}
GRAPH claim:more-2 {
  id:act-3 a kg:SpeechAct ; kg:actType code:condemn ; kg:performedBy id:chorus ; kg:target id:nan-voss ;
    kg:occurredOn date:2024 .
  id:act-4 a kg:SpeechAct ; kg:actType code:accuse ; kg:performedBy id:chorus ; kg:target id:arland ;
    kg:modality code:planned .
}
GRAPH claim:more-3 {
  id:talks a kg:DiplomaticMeeting ; kg:participant id:nan-voss , id:bo-ran ; kg:occurredOn date:2023-04-02 .
}
GRAPH claim:more-4 { id:talks a kg:DiplomaticMeeting ; kg:participant id:chorus . }
GRAPH claim:more-5 {
  id:summit a kg:DiplomaticMeeting ; kg:participant id:arland , id:borland ; kg:modality code:planned .
}
GRAPH claim:more-6 { id:summit a kg:DiplomaticMeeting ; kg:participant id:arland , id:borland . }
GRAPH graph:record {
"""
_RECORD = """
  claim:more-{n} a kg:Claim ; rdfs:label "more {n}"@en , "plus {n}"@fr ; kg:claimant id:{who} ; kg:onBehalfOf id:{who} ;
    kg:statedIn statement:herald-2023-05-01 ; kg:epistemicStatus code:{status} ; kg:supportedBy evidence:herald-p1 .
"""
MORE += "".join(
    _RECORD.format(n=n, who="herald", status="false-certain" if n == 6 else "true-certain")
    for n in range(1, 7)
)
MORE += "}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("networks")
    more = folder / "more.trig"
    more.write_text(HEAD + MORE, encoding="utf-8")
    return build_store(folder / "store", [*ontology_quads(), *tiny_quads(), *read_trig(more)])


@pytest.fixture(scope="module")
def shipped() -> Iterator[KnowledgeGraph]:
    with kg.open(":shipped:") as graph:
        yield graph


def edges(found: networkx.MultiDiGraph[str]) -> Edges:
    """Start, label and end of each edge, with its claims; of all only what follows their prefix."""
    short: Edges = {}
    for start, end, data in found.edges(data=True):
        key = (start.removeprefix(ID), data["label"], end.removeprefix(ID))
        claims = tuple(claim.removeprefix(CLAIM) for claim in data["claims"])
        short[key] = tuple(sorted((*short.get(key, ()), *claims)))
    return short


def test_who_condemns_is_the_party_and_so_is_who_is_condemned(made: KnowledgeGraph) -> None:
    """Nan Voss spoke while in office, for Arland; by 2024 she was out of it. Arland does not accuse itself."""
    assert edges(networks.opponents(made.perspective())) == {
        ("arland", "condemn", "borland"): ("more-1",),
        ("chorus", "condemn", "nan-voss"): ("more-2",),
        ("arland", "disputes", "borland"): ("borland-count-2",),
    }


def test_who_denied_is_no_opponent_any_more_when_its_state_confirms(made: KnowledgeGraph) -> None:
    early = edges(networks.opponents(made.perspective(as_of="2023-06-01")))
    assert early["arland", "denies", "herald"] == ("herald-1",)
    assert ("arland", "denies", "herald") not in edges(networks.opponents(made.perspective()))


def test_a_meeting_is_what_one_claim_tells_as_true_and_done(made: KnowledgeGraph) -> None:
    found = networks.meetings(made.perspective())
    assert edges(found) == {("bo-ran", "talks", "nan-voss"): ("more-3",)}
    (data,) = (data for *_, data in found.edges(data=True))
    assert (data["meeting"], data["date"], data["weight"]) == (ID + "talks", "2023-04-02", 1)
    assert not found.graph["directed"]


def test_agreement_counts_sides_of_what_is_disputed(made: KnowledgeGraph) -> None:
    early = networks.agreement(made.perspective(as_of="2023-06-01"))
    told = {(a.removeprefix(ID), b.removeprefix(ID)): d for a, b, d in early.edges(data=True)}
    assert {pair: (d["same"], d["opposite"], d["weight"]) for pair, d in told.items()} == {
        ("arland", "herald"): (0, 1, -1)
    }


def test_a_medium_and_a_group_are_parties_of_their_own(made: KnowledgeGraph) -> None:
    """The Herald is below Borland, and nobody's voice but its own."""
    found = networks.statements(made.perspective())
    speakers = {start.removeprefix(ID) for start, _ in found.edges()}
    assert speakers == {"arland", "borland", "chorus", "herald", "nan-voss"}
    assert edges(found)["herald", "asserts", "arland"] == ("herald-1", "more-2", "more-5", "more-6")
    assert edges(found)["herald", "asserts", "arland-mfa"] == ("more-1",)
    assert not [edge for edge in found.edges() if edge[0] == edge[1]]
    assert edges(found)["chorus", "asserts", "brigade-deployment"] == ("chorus-1",)


def test_a_treaty_that_is_not_in_force_obliges_nobody(shipped: KnowledgeGraph) -> None:
    view = shipped.perspective()
    assert not networks.obligations(view, on="2024-12-03")
    assert len(networks.obligations(view, on=date(2024, 12, 4)).edges) == 14
    assert not networks.obligations(shipped.perspective(as_of="2024-10-31"))
    assert not networks.obligations(shipped.perspective(on="2024-07-01"))
    with pytest.raises(UsageError, match="bad-date"):
        networks.obligations(view, on="June")


def test_an_unknown_network_is_told(made: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="unknown-network"):
        network(made.perspective(), "alliances")


@pytest.mark.parametrize("name", NETWORKS)
def test_every_edge_has_its_claims_and_every_node_its_name(name: str, shipped: KnowledgeGraph) -> None:
    view = shipped.perspective()
    held = {claim.iri for claim in view.claims()}
    found = network(view, name)
    assert found.name == name
    assert found.number_of_edges() >= 1
    for _, _, data in found.edges(data=True):
        assert set(data["claims"]) <= held
        assert list(data["claims"]) == sorted(set(data["claims"]))
        assert data["claims"] or name == "relations"
        assert data["weight"] == len(data["claims"]) or name == "agreement"
        assert {"property", "label", "weight", "claims", *found.graph["more"]} == set(data)
    for node, data in found.nodes(data=True):
        assert set(data) == {"label", "type", "iri"}
        assert data["label"] != node == data["iri"]
        assert data["type"] or node.startswith(STATEMENT), "only what is named in the reference has its class"
    assert list(found) == sorted(found)
    assert list(found.edges(keys=True)) == list(network(view, name).edges(keys=True))
    assert not any(found.degree(node) == 0 for node in found)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("party", ["Russia", "Ukraine", "Euronews"])
def test_what_a_party_does_not_hold_makes_no_edge(name: str, party: str, shipped: KnowledgeGraph) -> None:
    """The record of a perspective tells also of claims that are not held, and of what they are about."""
    view = shipped.perspective(according_to=party)
    held = {claim.iri for claim in view.claims()}
    for _, _, data in network(view, name).edges(data=True):
        assert set(data["claims"]) <= held


@pytest.mark.parametrize("name", NETWORKS)
def test_two_perspectives_that_must_differ_do(name: str, shipped: KnowledgeGraph) -> None:
    pairs: dict[str, tuple[View, View]] = {
        "agreement": (shipped.perspective(as_of="2024-10-31"), shipped.perspective()),
        "meetings": (shipped.perspective(as_of="2025-03-20"), shipped.perspective(as_of="2025-03-21")),
        "obligations": (shipped.perspective(on="2024-07-01"), shipped.perspective(on="2025-01-01")),
    }
    default = (shipped.perspective(according_to="Ukraine"), shipped.perspective(according_to="Russia"))
    one, other = (edges(network(view, name)) for view in pairs.get(name, default))
    assert one != other


@pytest.mark.parametrize("name", ["relations", "statements", "meetings"])
def test_of_what_nobody_takes_back_a_later_day_tells_no_less(name: str, made: KnowledgeGraph) -> None:
    """Not so of opponents, obligations and agreement: parties change sides, treaties end."""
    before: set[str] = set()
    taken_back = {CLAIM + "herald-2", CLAIM + "borland-count-1"}
    for day in ("2020-03-04", "2023-05-01", "2023-05-31", "2023-07-31"):
        found = network(made.perspective(as_of=day), name)
        now = {claim for *_, data in found.edges(data=True) for claim in data["claims"]}
        assert before - taken_back <= now
        before |= now
    assert before or name == "meetings"


def test_agreement_is_symmetric_and_between_minus_one_and_one(shipped: KnowledgeGraph) -> None:
    for day in ("2024-10-25", "2024-10-31", "2025-04-27", None):
        found = networks.agreement(shipped.perspective(as_of=day))
        pairs = [frozenset(edge) for edge in found.edges()]
        assert len(pairs) == len(set(pairs))
        for start, end, data in found.edges(data=True):
            assert start < end
            assert data["same"] + data["opposite"] == len(data["claims"]) >= 1
            assert data["weight"] == (data["same"] - data["opposite"]) / len(data["claims"])


def test_a_distance_over_time_asks_once_between_two_changes(shipped: KnowledgeGraph) -> None:
    view = shipped.perspective(as_of="2024-11-30")
    asked: list[date] = []

    def known(day: date) -> networkx.MultiDiGraph[str]:
        asked.append(day)
        return networks.relations(shipped.perspective(as_of=day))

    ends = ID + "kim-jong-un", ID + "vladimir-putin"
    days = paces(date(2024, 10, 1), date(2024, 11, 30), "day")
    found = distances(known, *ends, days=days, changes=public_days(view))
    assert [one.day for one in found] == days
    assert 2 <= len({one.steps for one in found}) <= len(asked) < len(days) / 2
    for one in found[::6]:
        alone = networks.relations(shipped.perspective(as_of=one.day))
        assert one.steps == networks.distance(alone, *ends)


STEPS: dict[str, Callable[[date], bool]] = {
    "day": lambda day: True,
    "week": lambda day: day.isoweekday() == 7,
    "month": lambda day: (day.month, day.day) in ((1, 31), (2, 29), (3, 31), (12, 31)),
    "year": lambda day: (day.month, day.day) == (12, 31),
}


@pytest.mark.parametrize("every", STEPS)
def test_paces_end_on_the_last_day(every: str) -> None:
    *days, last = paces(date(2023, 12, 20), date(2024, 4, 2), every)
    assert last == date(2024, 4, 2)
    assert all(map(STEPS[every], days))
    assert days
    assert paces(date(2024, 1, 1), date(2024, 1, 1), every) == [date(2024, 1, 1)]
    assert paces(date(2024, 1, 2), date(2024, 1, 1), every) == []


def test_files_of_a_network_keep_weights_and_what_it_has_besides(
    shipped: KnowledgeGraph, tmp_path: Path
) -> None:
    from kg.exporters.network_files import write_network

    found = networks.agreement(shipped.perspective())
    for format, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        file = tmp_path / f"a.{format}"
        file.write_bytes(write_network(found, format=format))
        again = read(file)
        assert not again.is_directed()
        ((_, _, data),) = [edge for edge in again.edges(data=True) if ID + "ukraine" in edge[:2]]
        assert (data["weight"], data["same"], data["opposite"]) == (-1.0, "0", "2")
