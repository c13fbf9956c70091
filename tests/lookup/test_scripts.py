"""Every script that we spell: one name in many of them is one name, heard and found."""

from __future__ import annotations

import pytest

from kg.lookup.index import NameIndex
from kg.lookup.name import LABEL, Name
from kg.lookup.normalise import fold, latin, without_article
from kg.lookup.skeleton import skeletons, sound
from kg.rdf.vocabulary import ID, KG

#: A name in a script -> its Latin letters.
SPELLED = {
    "Шойгу": "shoygu",
    "Зеленський": "zelenskiy",
    "쇼이구": "syoigu",
    "Σόιγκου": "soigu",
    "Πούτιν": "putin",
    "שויגו": "shuigu",
    "ולדימיר": "vldimir",
    "بوتين": "butin",
    "شویگو": "shuigu",
    "შოიგუ": "shoigu",
    "Շոյգու": "shoygu",
    "शोइगु": "shoigu",
    "ज़ेलेंस्की": "zelenskii",
    "পুতিন": "putin",
    "పుతిన్": "putin",
    "ショイグ": "shoigu",
    "ゼレンスキー": "zerensuki",
    "เซเลนสกี": "selenskii",
    "ፑቲን": "putin",
    "ປູຕິນ": "puutin",
    "绍伊古": "shoigu",
    "格拉西莫夫": "gelasimov",
    "Šojgu": "shojgu",
    "Çavuşoğlu": "savushoglu",
    "★": "★",
    "北朝鮮": "北朝鮮",
}
#: What all find who look for one name, where only its English label is known: ten scripts and more.
OTHERS = (
    *(
        "Choïgou",
        "Schoigu",
        "Szojgu",
        "Šojgu",
        "Shoygu",
        "Şoygu",
        "Шойгу",
        "Шойґу",
        "쇼이구",
        "ショイグ",
        "绍伊古",
    ),
    *("शोइगु", "შოიგუ", "Շոյգու", "شويغو", "شویگو", "שויגו", "โชยกู"),
)


@pytest.mark.parametrize(("name", "letters"), SPELLED.items(), ids=range(len(SPELLED)))
def test_a_name_is_spelled_in_latin_letters(name: str, letters: str) -> None:
    assert latin(name) == letters


@pytest.mark.parametrize("name", OTHERS)
def test_one_name_is_found_by_other_scripts_and_romanisations(name: str) -> None:
    names = [Name(ID + "shoigu", LABEL, "en", "Shoigu"), Name(ID + "lavrov", LABEL, "en", "Lavrov")]
    index = NameIndex.gather(names, types={}, above={})
    assert [match.iri for match in index.search(name)] == [ID + "shoigu"]


def test_there_are_many_scripts() -> None:
    assert len(SPELLED) >= 20
    assert len(OTHERS) >= 15


@pytest.mark.parametrize(
    ("one", "other"),
    [("putin", "budin"), ("iran", "iraq"), ("niger", "nigeria"), ("austria", "australia"), ("kim", "gim")],
)
def test_what_differs_by_more_than_spelling_sounds_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_letter_of_several_sounds_has_several_skeletons() -> None:
    assert set(skeletons("choigou")) == {"SK", "K"}
    assert "KLSMP" in set(skeletons("herasymov")) & set(skeletons("gerasimov"))


@pytest.mark.parametrize(
    ("text", "bare"), [("the Kremlin", "Kremlin"), ("l'Ukraine", "Ukraine"), ("Laos", None), ("The", None)]
)
def test_an_article_is_left_out(text: str, bare: str | None) -> None:
    assert without_article(text) == bare


def test_numbers_are_never_mistyped() -> None:
    names = [Name(ID + "a", LABEL, "en", "Treaty 4940")]
    index = NameIndex.gather(names, types={ID + "a": (KG + "Treaty",)}, above={})
    assert index.search("Treaty 4941") == []
    assert index.search("Traety 4940")[0].score < 1


def test_digits_of_any_script_are_digits() -> None:
    assert latin("٤٩٤٠") == fold("4940")
