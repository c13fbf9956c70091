"""kg path, timeline, list and terms."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import pytest

from kg.commands.json_shapes import VERB_SHAPES
from kg.commands.list import CLASSES
from tests.commands.door import kg

Rows = list[dict[str, object]]
ID = "https://w3id.org/foedus/id/"


def end(step: dict[str, object], key: str) -> str:
    return cast("dict[str, str]", step[key])["iri"]


def test_a_path_is_a_chain_whose_steps_have_claims() -> None:
    (first, *_) = cast("list[Rows]", kg("path", "Kim Jong Un", "Ukraine", "--format", "json").data)
    assert end(first[0], "from") == ID + "kim-jong-un"
    assert end(first[-1], "to") == ID + "ukraine"
    assert all(end(a, "to") == end(b, "from") for a, b in pairwise(first))
    assert all(set(step) == set(VERB_SHAPES["path"][1]) for step in first)
    assert any(step["claims"] for step in first)


def test_no_path_goes_through_a_class_a_code_or_a_date() -> None:
    chains = cast("list[Rows]", kg("path", "Kim Jong Un", "Pyongyang", "--format", "json").data)
    assert chains
    assert all(end(step, "to").startswith(ID) for chain in chains for step in chain)


def test_a_path_under_a_perspective_has_only_its_claims() -> None:
    words = ("path", "North Korea", "Russia", "--format", "json")
    kyiv, moscow = (kg(*words, "--according-to", party).out for party in ("Ukraine", "Russia"))
    assert kyiv != moscow


def test_a_path_from_a_thing_to_itself_is_refused() -> None:
    done = kg("path", "Ukraine", "UA")
    assert done.code in (1, 2)
    assert kg("path", "Ukraine", "id:ukraine").code == 2


def test_the_paths_are_at_most_as_many_as_asked() -> None:
    assert len(kg("path", "North Korea", "Russia", "--limit", "1", "--format", "json").rows) == 1
    assert len(kg("path", "North Korea", "Russia", "--limit", "4", "--format", "json").rows) > 1


def test_what_was_written_on_one_day_and_published_on_another_says_so() -> None:
    """The Commission wrote on 27 April 2025; nobody could read its admission before the 28th."""
    told = kg("timeline", "--from", "2025-04-27", "--to", "2025-04-27").out
    (line,) = [line for line in told.splitlines() if "statement:cmc-2025-04-27" in line]
    assert "confirms 1, public on 2025-04-28 (source:" in line
    (act,) = [line for line in told.splitlines() if "id:csp-2024-invocation-north-korea" in line]
    assert "for North Korea, 2025-04-28 (source:" in act


def test_a_timeline_is_in_order_and_has_its_keys() -> None:
    rows = kg("timeline", "csp-2024", "--format", "json").rows
    assert len(rows) >= 10
    assert all(set(row) == set(VERB_SHAPES["timeline"][1]) for row in rows)
    assert {"act", "statement"} <= {str(row["kind"]) for row in rows}
    plain = [str(row["date"]) for row in rows if row["precision"] == "day"]
    assert plain == sorted(plain)


def test_a_timeline_between_two_dates() -> None:
    rows = kg("timeline", "--from", "2024-12-04", "--to", "2024-12-04", "--format", "json").rows
    days = {str(row["date"]) for row in rows if row["precision"] == "day"}
    assert days == {"2024-12-04"}
    months = {
        str(row["date"])
        for row in kg("timeline", "--from", "2024-06", "--to", "2024-06", "--format", "json").rows
    }
    assert {"2024-06", "2024-06-19"} <= months
    assert not {day for day in months if day.startswith("2024-07")}


@pytest.mark.parametrize(
    "words", [(), ("North Korea",), ("--according-to", "Russia", "--as-of", "2025-04-26")]
)
def test_a_timeline_with_a_limit_is_the_first_of_all(words: tuple[str, ...]) -> None:
    every = kg("timeline", *words, "--format", "json").rows
    assert len(every) > 12
    assert kg("timeline", *words, "--format", "json", "--limit", "12").rows == every[:12]


def test_a_timeline_as_of_a_day_knows_nothing_later() -> None:
    early = kg("timeline", "--as-of", "2024-10-22", "--format", "json").rows
    assert early
    assert len(early) < len(kg("timeline", "--format", "json").rows)
    assert kg("timeline", "--according-to", "Ukraine").out != kg("timeline", "--according-to", "Russia").out


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_every_class_kind_lists_things_or_says_that_there_are_none(kind: str) -> None:
    done = kg("list", kind, "--format", "json")
    assert done.code in (0, 1)
    assert all({"iri", "label", "types"} == set(row) for row in done.rows)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("parties", "label", "North Korea"),
        ("sources", "label", "Euronews, article on the North Korean admission, 28 April 2025"),
        ("statements", "label", "communiqué of the Central Military Commission on the deployment"),
        ("people", "label", "Kim Jong Un"),
        ("events", "label", "North Korean deployment to Russia"),
        ("graphs", "label", "North Korea is sending troops to Russia"),
        ("dossiers", "name", "kursk"),
        ("questions", "number", "001"),
        ("formats", "format", "graphml"),
        ("treaties", "iri", ID + "csp-2024"),
        ("claims", "claim", ID + "claim/euronews-p04-1"),
    ],
)
def test_a_kind_lists_what_there_is(kind: str, key: str, value: str) -> None:
    assert value in {row[key] for row in kg("list", kind, "--format", "json").rows}
    assert kg("list", kind, "--limit", "1", "--format", "csv").out.count("\n") == 2


def test_a_list_under_a_perspective() -> None:
    kyiv, moscow = (kg("list", "events", "--according-to", party).out for party in ("Ukraine", "Russia"))
    assert kyiv
    assert kyiv != moscow


def test_an_unknown_kind_is_refused() -> None:
    assert (
        kg("list", "partys").err
        == "error: there is no kind 'partys'; did you mean 'parties'? [unknown-kind]\n"
    )


def test_terms_lists_every_class_property_and_code() -> None:
    rows = kg("terms", "--format", "json").rows
    kinds = [str(row["kind"]) for row in rows]
    assert {"class", "property", "code", "code list"} == set(kinds)
    assert kinds.count("class") >= 30
    assert kinds.count("property") >= 60
    assert all(row["label"] and row["definition"] for row in rows)


@pytest.mark.parametrize(
    "term", ["kg:Deployment", "Deployment", "deployment", "https://w3id.org/foedus/ontology#Deployment"]
)
def test_a_term_by_any_of_its_names(term: str) -> None:
    (row,) = kg("terms", term, "--format", "json").rows
    assert set(row) >= {*VERB_SHAPES["terms"][1], "example", "uses", "subclass_of"}
    assert row["iri"] == "https://w3id.org/foedus/ontology#Deployment"
    assert int(str(row["uses"])) >= 1


def test_a_term_in_french() -> None:
    (row,) = kg("terms", "Deployment", "--lang", "fr", "--format", "json").rows
    assert row["label"] == "déploiement"


def test_the_case_parts_a_class_from_a_property() -> None:
    assert kg("terms", "office", "--format", "json").rows[0]["kind"] == "property"
    assert kg("terms", "Office", "--format", "json").rows[0]["kind"] == "class"


def test_a_part_of_a_term_lists_those_that_hold_it() -> None:
    rows = kg("terms", "treaty", "--format", "json").rows
    assert rows
    assert all("treaty" in (str(row["iri"]) + str(row["label"])).casefold() for row in rows)


def test_a_statement_bears_its_own_stance_on_each_claim() -> None:
    rows = kg("timeline", "--from", "2025-04-26", "--to", "2025-04-26", "--format", "json").rows
    (said,) = [row for row in rows if str(row["iri"]).endswith("/statement/gerasimov-2025-04-26")]
    taken = {
        str(claim["claim"]).rpartition("/")[2]: (
            claim["stance"],
            cast("dict[str, str]", claim["stance_of"])["label"],
        )
        for claim in cast("list[dict[str, object]]", said["claims"])
    }
    assert taken["nis-2024-10-18-deployment"] == ("confirms", "Russia")
    assert taken["euronews-p15-1"] == ("asserts", "Russia")
    assert not [row for row in rows if str(row["date"]).startswith("from-2024")], (
        "known only to be later than 2024"
    )
