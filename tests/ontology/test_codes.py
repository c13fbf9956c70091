"""Code lists: each code in one list, notations that tell codes apart, meanings that our code relies on."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.rdf.vocabulary import CODE, SKOS
from tests.ontology import terms as of

NEIGHBOURS = ("ATOP:", "COW:", "CAMEO:")


@pytest.mark.parametrize("code", of.CODES, ids=lambda iri: iri[len(CODE) :])
def test_a_code_is_in_one_list(code: str) -> None:
    (scheme,) = of.values(code, SKOS + "inScheme")
    assert scheme.value in of.SCHEMES


@pytest.mark.parametrize("scheme", of.SCHEMES, ids=lambda iri: iri[len(CODE) :])
def test_a_list_has_a_file_two_codes_at_least_and_notations_that_tell_them_apart(scheme: str) -> None:
    assert scheme[len(CODE) :] in [file.stem for file in of.CODE_LISTS]
    codes = [c for c in of.CODES if scheme in [s.value for s in of.values(c, SKOS + "inScheme")]]
    notations = Counter(n.value for code in codes for n in of.values(code, SKOS + "notation"))
    assert len(codes) >= 2
    assert [notation for notation, count in notations.items() if count > 1] == []
    assert all(notation.startswith(NEIGHBOURS) for notation in notations)


def test_every_list_is_held_to_by_a_shape() -> None:
    assert {s for s in of.SCHEMES if s not in of.spelt(of.SHAPES)} == set()


@pytest.mark.parametrize(
    ("code", "notation"),
    [
        ("defense", "ATOP:DEFENSE"),
        ("consultation", "ATOP:CONSUL"),
        ("consultation", "COW:ENTENTE"),
        ("no-other-alliance", "ATOP:NOOTHALL"),
        ("military-contact", "ATOP:MILCON"),
        ("praise", "CAMEO:051"),
        ("acknowledge", "CAMEO:015"),
        ("deny", "CAMEO:016"),
        ("accuse", "CAMEO:112"),
        ("declines-to-comment", "CAMEO:011"),
    ],
)
def test_the_codes_of_neighbours_are_theirs(code: str, notation: str) -> None:
    assert notation in [n.value for n in of.values(CODE + code, SKOS + "notation")]


@pytest.mark.parametrize("fate", ["killed", "wounded"])
def test_the_killed_and_the_wounded_are_among_the_killed_or_wounded(fate: str) -> None:
    assert [v.value for v in of.values(CODE + fate, SKOS + "broader")] == [CODE + "killed-or-wounded"]


@pytest.mark.parametrize(
    ("says", "codes"),
    [
        ("holds the claim", {"asserts", "confirms", "revises"}),
        ("rejects the claim", {"denies", "disputes"}),
        ("neither holds nor rejects the claim", {"does-not-deny", "declines-to-comment"}),
        ("no longer holds the claim", {"retracts"}),
    ],
)
def test_the_definition_of_a_stance_says_whether_it_holds_the_claim(says: str, codes: set[str]) -> None:
    stances = [c for c in of.CODES if of.values(c, SKOS + "inScheme")[0].value == CODE + "stance-types"]
    assert len(stances) == 8
    saying = set()
    for code in stances:
        (definition,) = of.in_language(code, SKOS + "definition", "en")
        told = definition.split("and so ")[1].replace("still holds", "holds")
        if told.startswith(says):
            saying.add(code[len(CODE) :])
    assert saying == codes
