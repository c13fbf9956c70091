"""The rules of docs/perspectives.md one by one, on the tiny dossier and on variations of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.dates import parse_extent
from kg.graph import KnowledgeGraph
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import CLAIM, ID
from kg.store.answers import Solutions
from tests.perspective.memory import InMemory
from tests.tiny import HEAD, build_store, local_names, tiny, tiny_quads

__all__ = ["tiny"]

EVERYTHING = {
    "pact-1",
    "herald-1",
    "voss-1",
    "borland-brief-1",
    "voss-2",
    "borland-count-2",
    "chorus-1",
}


def admitted(graph: KnowledgeGraph, **asked: str | tuple[str, ...] | bool) -> set[str]:
    view = graph.perspective(**asked)  # type: ignore[arg-type]  # each test gives what fits
    return local_names(claim.iri for claim in view.claims())


def varied(tmp_path: Path, text: str) -> KnowledgeGraph:
    """The tiny dossier and something more."""
    more = parse_trig((HEAD + text).encode(), name="more.trig")
    return build_store(tmp_path / "store", [*tiny_quads(), *more])


def test_anyone_by_default_but_what_is_retracted_or_superseded(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny) == EVERYTHING


def test_rule_1_public_by_the_last_day_of_a_date(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, as_of="2023-05-30") == {"pact-1", "herald-1", "herald-2", "voss-1"}
    of_may = {"borland-brief-1", "borland-count-1"}
    assert admitted(tiny, as_of="2023-05") - admitted(tiny, as_of="2023-05-30") == of_may
    assert admitted(tiny, as_of="2019") == set()


def test_rule_1_the_record_tells_of_nothing_later(tiny: KnowledgeGraph) -> None:
    view = tiny.perspective(as_of="2023-05-30")
    dump = b"".join(str(quad).encode() for quad in view.store)
    for later in ("herald-retracts", "arland-defence-confirms", "borland-2023-06-15", "borland-count-2"):
        assert later.encode() not in dump
    assert b"arland-mfa-denies" in dump
    (claim,) = [c for c in view.claims() if c.iri == CLAIM + "herald-1"]
    assert [stance.type for stance in claim.stances] == ["asserts", "denies"]


def test_rule_1_sources_stay_when_something_public_cites_them(tiny: KnowledgeGraph) -> None:
    query = "SELECT ?s { GRAPH graph:record { ?s a kg:SourceDocument } }"

    def sources(as_of: str) -> int:
        rows = tiny.perspective(as_of=as_of).query(query)
        assert isinstance(rows, Solutions)
        return len(list(rows))

    assert (sources("2019"), sources("2023")) == (0, 1)


def test_rule_2_organs_speak_for_their_state(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to="Borland") == {"borland-brief-1", "borland-count-2"}
    assert admitted(tiny, according_to="General Staff of Borland") == {"borland-brief-1", "borland-count-2"}


def test_rule_2_exactly_leaves_out_who_speaks_for_the_party(tmp_path: Path) -> None:
    graph = varied(
        tmp_path,
        """
        GRAPH claim:own { id:x kg:about id:y } GRAPH claim:behalf { id:x kg:about id:y }
        GRAPH graph:record {
          claim:own a kg:Claim ; kg:claimant id:nan-voss ; kg:statedIn statement:v .
          claim:behalf a kg:Claim ; kg:claimant id:nan-voss ; kg:onBehalfOf id:arland ; kg:statedIn statement:v .
          statement:v a kg:PublicStatement ; kg:statedOn date:2023-05-02 .
        }""",
    )
    said = {"own", "behalf"}
    assert admitted(graph, according_to="Arland") & said == said
    assert admitted(graph, according_to="Arland", exactly=True) & said == {"behalf"}
    assert admitted(graph, according_to=ID + "nan-voss", exactly=True) & said == said


def test_rule_2_a_private_outlet_speaks_for_itself_even_if_it_is_below_a_state(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to="The Herald") == {"herald-1", "voss-1"}
    assert "voss-1" not in admitted(tiny, according_to="Borland")


def test_rule_2_what_is_below_an_outlet_does_not_speak_for_the_state_above_it(tmp_path: Path) -> None:
    graph = varied(
        tmp_path,
        'GRAPH graph:reference { id:studio a kg:Organization ; rdfs:label "The Studio"@en .'
        " id:studio kg:subordinateTo id:herald . id:herald kg:subordinateTo id:borland . }"
        "GRAPH claim:studio-1 { id:x a kg:Event . }"
        "GRAPH graph:record { claim:studio-1 a kg:Claim ; kg:claimant id:studio ;"
        " kg:statedIn statement:borland-2023-05 . }",
    )
    assert "studio-1" in admitted(graph, according_to="The Studio")
    assert "studio-1" in admitted(graph, according_to="The Herald")
    assert "studio-1" not in admitted(graph, according_to="Borland")


def test_rule_2_a_person_speaks_for_its_body_while_in_office(tiny: KnowledgeGraph) -> None:
    voices = Dataset(tiny._snapshot, Definition()).speakers
    voss, arland = ID + "nan-voss", ID + "arland"
    for text, is_in_office in [
        ("2021", False),
        ("2022", True),
        ("2023-05-31", True),
        ("2023-06-01", False),
        ("2023-05..2023-06", True),
        ("from-2023-06-01", False),
        ("until-2021-12-31", False),
    ]:
        assert (arland in voices.parties(voss, "", parse_extent(text))) is is_in_office, text
    assert arland in voices.parties(voss)
    assert voices.principals(voss, "", parse_extent("2023")) == {arland}
    assert voices.principals(voss, "", parse_extent("2024")) == {voss}


def test_rule_2_what_is_said_out_of_office_is_said_for_nobody_else(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to="Nan Voss") == {"voss-2"}
    assert "voss-2" not in admitted(tiny, according_to="Arland")


def test_rule_3_a_denial_holds_until_another_organ_confirms(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to="Arland", as_of="2023-05-09") == {"pact-1"}
    assert admitted(tiny, according_to="Arland", as_of="2023-06-30") == {"pact-1"}
    assert admitted(tiny, according_to="Arland", as_of="2023-07-01") == {"pact-1", "herald-1"}
    assert admitted(tiny, according_to="Arland") == {"pact-1", "herald-1"}


def test_rule_3_the_organ_that_denied_and_said_no_more_still_denies(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to="Foreign Ministry of Arland") == set()


@pytest.mark.parametrize(
    ("kind", "is_held"), [("denies", False), ("retracts", False), ("declines-to-comment", True)]
)
def test_rule_4_on_one_day_a_denial_outweighs(tmp_path: Path, kind: str, is_held: bool) -> None:
    graph = varied(
        tmp_path,
        "GRAPH graph:record { stance:x a kg:Stance ; kg:stanceOn claim:herald-1 ; kg:stanceOf id:arland-mfa ;"
        f" kg:onBehalfOf id:arland ; kg:stanceType code:{kind} ; kg:statedIn statement:arland-2023-07-01 . }}",
    )
    assert ("herald-1" in admitted(graph, according_to="Arland")) is is_held


def test_rule_4_several_parties_are_a_union(tiny: KnowledgeGraph) -> None:
    both = admitted(tiny, according_to=("Arland", "Borland"))
    assert both == admitted(tiny, according_to="Arland") | admitted(tiny, according_to="Borland")


def test_rule_4_silence_after_an_assertion_changes_it(tmp_path: Path) -> None:
    graph = varied(
        tmp_path,
        "GRAPH graph:record { stance:x a kg:Stance ; kg:stanceOn claim:pact-1 ; kg:stanceOf id:arland ;"
        " kg:onBehalfOf id:arland ; kg:stanceType code:declines-to-comment ; kg:statedIn statement:later ."
        " statement:later a kg:PublicStatement ; kg:statedOn date:2024 . }",
    )
    assert "pact-1" not in admitted(graph, according_to="Arland")
    assert "pact-1" in admitted(graph, according_to="Arland", as_of="2023")


def test_rule_5_a_retracted_claim_is_nobodys(tmp_path: Path, tiny: KnowledgeGraph) -> None:
    assert "herald-2" in admitted(tiny, as_of="2023-06-19")
    assert "herald-2" not in admitted(tiny, as_of="2023-06-20")
    graph = varied(
        tmp_path,
        "GRAPH graph:record { stance:x a kg:Stance ; kg:stanceOn claim:herald-2 ; kg:stanceOf id:borland ;"
        " kg:stanceType code:confirms ; kg:statedIn statement:borland-2023-05 . }",
    )
    assert "herald-2" in admitted(graph, according_to="Borland", as_of="2023-05")
    assert "herald-2" not in admitted(graph, according_to="Borland")


def test_rule_6_a_superseded_claim_gives_way_from_that_day(tiny: KnowledgeGraph) -> None:
    counts = {"borland-count-1", "borland-count-2"}
    assert admitted(tiny, as_of="2023-06-14") & counts == {"borland-count-1"}
    assert admitted(tiny, as_of="2023-06-15") & counts == {"borland-count-2"}


def test_rule_7_undisputed_and_disputed_share_out_what_there_is(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, disputed=True) == {"borland-count-2"}
    assert admitted(tiny, undisputed=True) == EVERYTHING - {"borland-count-2"}
    assert admitted(tiny, disputed=True, as_of="2023-05") == {"herald-1"}


def test_rule_7_a_partys_own_doubt_is_no_dispute(tiny: KnowledgeGraph) -> None:
    by_borland = {"borland-brief-1", "borland-count-2"}
    assert admitted(tiny, according_to="Borland", disputed=True) == {"borland-count-2"}
    assert admitted(tiny, according_to=("Borland", "Arland"), disputed=True) == set()
    assert admitted(tiny, according_to=("Borland", "Arland"), undisputed=True) >= by_borland


def test_rule_8_states_of_affairs_hold_on_their_days(tiny: KnowledgeGraph) -> None:
    assert "voss-1" in admitted(tiny, on="2023-05-31")
    assert admitted(tiny, on="2023-06-01") == EVERYTHING - {"voss-1"}
    assert "voss-1" not in admitted(tiny, on="2021-12-31")


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2023-05", "2023-07", "2023-05-01", True),
        ("2023-05", "2023-07", "2023-04-30", False),
        ("2023-05", "2023-07", "2023-07-31", True),
        ("2023-05", "2023-07", "2023-08-01", False),
        ("until-2023-05", "", "2020-01-01", True),
        ("", "from-2023-05", "2030-01-01", True),
        ("2023", "2024", "1990-01-01", False),
    ],
)
def test_rule_8_what_is_not_known_is_open(since: str, until: str, day: str, holds: bool) -> None:
    dates = " ".join(
        f"; kg:{term} date:{date}" for term, date in (("holdsFrom", since), ("holdsUntil", until)) if date
    )
    assert _claim_holds(f"id:t kg:place id:p {dates} .", day) is holds
    assert _claim_holds(f"_:t kg:place id:p {dates} .", day) is holds


def test_rule_8_a_word_in_a_literal_is_no_state() -> None:
    assert _claim_holds('id:t kg:content "x <kg:holdsUntil> <date:1990> ." .', "2025")


def _claim_holds(said: str, day: str) -> bool:
    record = (
        "claim:c a kg:Claim ; kg:claimant id:a ; kg:statedIn statement:s ; kg:supportedBy evidence:e ."
        " statement:s a kg:PublicStatement ; kg:statedOn date:2023 ."
    )
    text = f"{HEAD} GRAPH claim:c {{ {said} }} GRAPH graph:record {{ {record} }}"
    made = InMemory(parse_trig(text.encode(), name="a.trig"))
    return bool(made.admitted(Definition(on=parse_extent(day).not_after)))


def test_what_says_nothing_that_terms_can_hold_is_admitted_too(tiny: KnowledgeGraph) -> None:
    assert admitted(tiny, according_to=ID + "chorus") == {"chorus-1"}
