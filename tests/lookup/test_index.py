"""The index: what is saved is what is loaded, byte for byte the same, and what it resolves is never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotFoundError, UsageError
from kg.lookup.index import NameIndex
from kg.lookup.name import ALIAS, LABEL, WEAK, Name
from kg.rdf.vocabulary import ID, KG

PERSON, STATE, EVENT, ACTOR = KG + "Person", KG + "State", KG + "Event", KG + "Actor"
NAMES = [
    Name(ID + "kim-jong-un", LABEL, "en", "Kim Jong Un"),
    Name(ID + "kim-jong-un", LABEL, "ko", "김정은"),
    Name(ID + "kim-jong-un", WEAK, "en", "Kim"),
    Name(ID + "kim-jong-gyu", LABEL, "en", "Kim Jong Gyu"),
    Name(ID + "sergei-shoigu", LABEL, "en", "Sergei Shoigu"),
    Name(ID + "sergei-shoigu", WEAK, "en", "Shoigu"),
    Name(ID + "sergei-shoigu", ALIAS, "ru", "Сергей Шойгу"),
    Name(ID + "georgia", LABEL, "en", "Georgia"),
    Name(ID + "georgia-usa", ALIAS, "en", "Georgia"),
    Name(ID + "visit", LABEL, "en", "visit of Sergei Shoigu to Kim Jong Un"),
    Name(ID + "rok", LABEL, "en", "South Korea"),
]
TYPES = {
    ID + "kim-jong-un": (PERSON,),
    ID + "kim-jong-gyu": (PERSON,),
    ID + "sergei-shoigu": (PERSON,),
    ID + "georgia": (STATE,),
    ID + "georgia-usa": (KG + "Place",),
    ID + "visit": (EVENT,),
    ID + "rok": (STATE,),
}
ABOVE = {PERSON: (ACTOR,), STATE: (ACTOR,)}


@pytest.fixture
def index() -> NameIndex:
    return NameIndex.gather(NAMES, types=TYPES, above=ABOVE)


def test_what_is_saved_is_what_is_loaded(index: NameIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "names.index")
    again = NameIndex.load(tmp_path / "names.index")
    names = [again.names.name(number) for number in range(len(again.names))]
    assert sorted(names) == sorted(NAMES)
    assert {again.names.iri(thing): again.names.types(thing) for thing in range(len(TYPES))} == TYPES
    assert again.names.above == ABOVE
    again.save(tmp_path / "again.index")
    assert (tmp_path / "again.index").read_bytes() == (tmp_path / "names.index").read_bytes()


def test_the_order_of_the_names_does_not_matter(index: NameIndex, tmp_path: Path) -> None:
    other = NameIndex.gather(reversed(NAMES), types=TYPES, above=ABOVE)
    index.save(tmp_path / "one.index")
    other.save(tmp_path / "other.index")
    assert (tmp_path / "one.index").read_bytes() == (tmp_path / "other.index").read_bytes()


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    NameIndex.gather([], types={}, above={}).save(tmp_path / "names.index")
    index = NameIndex.load(tmp_path / "names.index")
    assert index.search("Kim") == []
    with pytest.raises(NotFoundError, match="nothing is named 'Kim'"):
        index.resolve("Kim")


def test_another_format_is_refused(tmp_path: Path) -> None:
    for text in ('{"format": 0}', ""):
        (tmp_path / "names.index").write_text(text, "utf-8")
        with pytest.raises(ValueError, match=r"not an index|empty file"):
            NameIndex.load(tmp_path / "names.index")


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Kim Jong Un", "kim-jong-un"),
        ("김정은", "kim-jong-un"),
        ("Shoigu", "sergei-shoigu"),
        ("Jong-gyu Kim", "kim-jong-gyu"),
        ("Сергей Шойгу", "sergei-shoigu"),
        ("the South Korea", "rok"),
        ("rok", "rok"),
    ],
)
def test_a_name_of_one_thing_resolves(index: NameIndex, text: str, thing: str) -> None:
    assert index.resolve(text) == ID + thing


@pytest.mark.parametrize("text", ["Kim", "Georgia", "Jong", "kim jong"])
def test_a_name_of_several_is_never_guessed(index: NameIndex, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        index.resolve(text)
    assert refused.value.rule == "ambiguous-name"


@pytest.mark.parametrize(
    "text", ["Shoigo", "Kim Jong Eun", "Gyu", "Sergei", "id:nobody", "Korea North", "S. Shoigu", ""]
)
def test_what_is_not_a_name_is_never_guessed(index: NameIndex, text: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        index.resolve(text)
    assert refused.value.rule == "unknown-name"


def test_a_type_parts_namesakes(index: NameIndex) -> None:
    assert index.resolve("Georgia", types=[ACTOR]) == ID + "georgia"


def test_an_event_is_not_a_bearer_of_the_names_in_its_label(index: NameIndex) -> None:
    assert index.search("Sergei")[-1].iri == ID + "visit"


def test_weak_names_rank_below_strong_ones(index: NameIndex) -> None:
    scores = {match.iri: match.score for match in index.search("Kim")}
    assert scores[ID + "kim-jong-un"] < 0.98
    assert index.search("Kim Jong Un")[0].score == 1.0
