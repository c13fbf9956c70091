"""kg find: names of every script lead to their things, best first, and each hit says why."""

from __future__ import annotations

import pytest

from tests.commands.door import kg

ID = "https://w3id.org/foedus/id/"
KEYS = {"iri", "label", "types", "score", "matched", "lang", "why"}

#: What a user types -> the identifier of what is meant, and a word of the reason.
MEANT = [
    ("Шойгу", "sergei-shoigu", "weak name"),
    ("Choïgou", "sergei-shoigu", "alias in fr"),
    ("shoigu", "sergei-shoigu", "weak name"),
    ("Choigou Sergueï", "sergei-shoigu", "word order"),
    ("Shoygu", "sergei-shoigu", "romanisation"),
    ("Schojgu", "sergei-shoigu", ""),
    ("김정은", "kim-jong-un", "exact name (ko)"),
    ("Kim Jong Eun", "kim-jong-un", "romanisation"),
    ("kimjongun", "kim-jong-un", "spacing"),
    ("RPDC", "north-korea", "alias in fr"),
    ("Corée du Nord", "north-korea", "exact name (fr)"),
    ("КНДР", "north-korea", ""),
    ("Guerasimov", "valery-gerasimov", ""),
    ("Герасимов", "valery-gerasimov", "weak name"),
    ("Putn", "vladimir-putin", ""),
    ("kursk-oblast", "kursk-oblast", ""),
]


@pytest.mark.parametrize(("name", "thing", "why"), MEANT, ids=[name for name, _, _ in MEANT])
def test_the_first_hit_is_what_is_meant(name: str, thing: str, why: str) -> None:
    first = kg("find", name, "--format", "json").rows[0]
    assert set(first) >= KEYS
    assert first["iri"] == ID + thing
    assert why in str(first["why"])


def test_several_hits_are_ranked() -> None:
    rows = kg("find", "Kim", "--format", "json").rows
    scores = [float(str(row["score"])) for row in rows]
    assert len(rows) >= 3
    assert scores == sorted(scores, reverse=True)
    assert [row["iri"] for row in rows[:2]] == [ID + "kim-jong-un", ID + "kim-jong-gyu"]


def test_a_strong_name_outranks_a_weak_one() -> None:
    weak = kg("find", "Kim", "--format", "json").rows[0]
    strong = kg("find", "Kim Jong Un", "--format", "json").rows[0]
    assert float(str(weak["score"])) < float(str(strong["score"])) == 1.0


@pytest.mark.parametrize("name", ["xyzzyplugh", "Angela Merkel", "zq", "77777", "--", "مرحبا بالعالم"])
def test_what_nothing_bears_finds_nothing(name: str) -> None:
    done = kg("find", "--format", "json", "--", name)
    assert (done.code, done.data) == (1, [])
    assert done.err.endswith("[unknown-name]\n")


def test_type_keeps_the_class_and_what_is_below_it() -> None:
    people = kg("find", "Kim", "--type", "Person", "--format", "json").rows
    actors = kg("find", "Kim", "--type", "kg:Actor", "--format", "json").rows
    assert {str(row["iri"]) for row in people} == {ID + "kim-jong-un", ID + "kim-jong-gyu"}
    assert {str(row["iri"]) for row in people} <= {str(row["iri"]) for row in actors}
    assert len(kg("find", "Kim", "--format", "json").rows) > len(people)


def test_an_unknown_type_is_refused() -> None:
    done = kg("find", "Kim", "--type", "Persn")
    assert (done.code, done.err) == (
        2,
        "error: there is no class 'Persn'; did you mean 'person'? [unknown-type]\n",
    )


def test_labels_come_in_the_language_asked_for() -> None:
    assert kg("find", "Shoigu", "--lang", "fr", "--format", "json").rows[0]["label"] == "Sergueï Choïgou"
    assert kg("find", "Shoigu", "--lang", "xx", "--format", "json").rows[0]["label"] == "Sergei Shoigu"


def test_limit_keeps_the_best() -> None:
    everything = kg("find", "Kim", "--format", "json").rows
    assert kg("find", "Kim", "--limit", "2", "--format", "json").rows == everything[:2]


def test_csv_and_table_show_the_same_hits() -> None:
    table = kg("find", "Шойгу").out.splitlines()
    csv = kg("find", "Шойгу", "--format", "csv").out.splitlines()
    assert table[0].split() == csv[0].split(",") == ["name", "type", "score", "matched", "why", "id"]
    assert len(csv) == 2
    assert csv[1].startswith("Sergei Shoigu,Person,")
