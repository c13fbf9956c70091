"""The reference of states: whole, coded, named in five languages, told apart, and in step with its tables and CLDR."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter, defaultdict
from importlib.metadata import version
from types import ModuleType

import pyoxigraph as ox
import pytest

from kg.checks.run import check_paths
from kg.paths import dossiers_folder, reference_folder
from kg.rdf.vocabulary import ID, KG, RDF_TYPE, RDFS_LABEL, REFERENCE_GRAPH, SKOS_ALT_LABEL

FOLDER = reference_folder()
LANGUAGES = {"en", "fr", "ko", "ru", "uk"}
#: The release of babel, and so of CLDR, from which the committed files were made.
BABEL = "2.18"


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return [quad for file in sorted(FOLDER.glob("*.trig")) for quad in ox.parse(path=str(file))]


def things(quads: list[ox.Quad], kind: str) -> set[str]:
    wanted = ox.NamedNode(KG + kind)
    return {
        str(q.subject).strip("<>").removeprefix(ID)
        for q in quads
        if q.predicate.value == RDF_TYPE and q.object == wanted
    }


def values(quads: list[ox.Quad], *properties: str) -> dict[str, dict[str, list[str]]]:
    """thing -> language (or nothing) -> values."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate.value in properties and isinstance(quad.object, ox.Literal):
            thing = str(quad.subject).strip("<>").removeprefix(ID)
            found[thing][quad.object.language or ""].append(quad.object.value)
    return found


def test_every_member_and_observer_of_the_united_nations_is_a_state(quads: list[ox.Quad]) -> None:
    states = things(quads, "State")
    assert len(states) == 193 + 2
    assert {"france", "north-korea", "russia", "south-sudan", "tuvalu", "palestine", "vatican-city"} <= states
    assert things(quads, "Actor") == {"kosovo", "taiwan"}  # whether these are states is for claims to say
    assert not {"western-sahara", "hong-kong", "greenland"} & (states | things(quads, "Actor"))


def test_every_state_but_three_that_are_cities_has_a_capital(quads: list[ox.Quad]) -> None:
    lies_in = {
        str(q.object).strip("<>").removeprefix(ID) for q in quads if q.predicate.value == KG + "locatedIn"
    }
    without = things(quads, "State") - lies_in
    assert without == {"monaco", "singapore", "vatican-city", "israel", "palestine"}
    assert len(things(quads, "Place")) >= 193


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("north-korea", ("KP", "PRK", "408", "731", "PRK", "731")),
        ("germany", ("DE", "DEU", "276", "255", "GMY", "260")),
        ("yemen", ("YE", "YEM", "887", "679", "YEM", "678")),
        ("serbia", ("RS", "SRB", "688", "345", "YUG", "340")),
        ("congo-kinshasa", ("CD", "COD", "180", "490", "DRC", "490")),
        ("myanmar", ("MM", "MMR", "104", "775", "MYA", "775")),
        ("sudan", ("SD", "SDN", "729", "625", "SUD", "625")),
        ("united-kingdom", ("GB", "GBR", "826", "200", "UKG", "200")),
        ("taiwan", ("TW", "TWN", "158", "713", "TAW", "713")),
        ("kosovo", (None, None, None, "347", "KOS", "347")),
        ("vatican-city", ("VA", "VAT", "336", None, None, None)),
        ("samoa", ("WS", "WSM", "882", "990", "WSM", None)),
    ],
)
def test_codes(quads: list[ox.Quad], state: str, codes: tuple[str | None, ...]) -> None:
    names = ("iso2", "iso3", "isoNumeric", "cowCode", "cowAbbreviation", "gwCode")
    found = {name: values(quads, KG + name).get(state, {}).get("", []) for name in names}
    assert tuple(found[name][0] if found[name] else None for name in names) == codes


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("iso2", 196),
        ("iso3", 196),
        ("isoNumeric", 196),
        ("cowCode", 195),
        ("cowAbbreviation", 195),
        ("gwCode", 174),
    ],
)
def test_a_code_is_of_one_state(quads: list[ox.Quad], name: str, least: int) -> None:
    codes = Counter(code for of in values(quads, KG + name).values() for code in of[""])
    assert len(codes) == least
    assert set(codes.values()) == {1}


def test_each_thing_has_one_label_in_each_language_and_shares_it_with_none(quads: list[ox.Quad]) -> None:
    labels = values(quads, RDFS_LABEL)
    assert len(labels) >= 390
    for thing, by_language in labels.items():
        assert set(by_language) >= LANGUAGES - {"ko"}, thing
        assert all(len(found) == 1 for found in by_language.values()), thing
    assert [thing for thing, of in labels.items() if "ko" not in of] == ["ciudad-de-la-paz"]
    shared = Counter((tag, name) for of in labels.values() for tag, found in of.items() for name in found)
    assert [name for name, count in shared.items() if count > 1] == []


def test_a_name_that_two_things_share_is_weak_for_one_of_them_at_least(quads: list[ox.Quad]) -> None:
    """One exception is known: the city is called in French as the state is in English."""
    strong: dict[str, set[str]] = defaultdict(set)
    for thing, by_language in values(quads, RDFS_LABEL, SKOS_ALT_LABEL).items():
        for name in (name for found in by_language.values() for name in found):
            strong[name.casefold()].add(thing)
    assert len(strong) >= 3000
    assert {n: t for n, t in strong.items() if len(t) > 1} == {"mexico": {"mexico", "mexico-city"}}
    weak = values(quads, KG + "weakName")
    for state in ("north-korea", "south-korea"):
        assert {"Korea", "Corée", "Корея"} <= {name for found in weak[state].values() for name in found}
    for state in ("congo-brazzaville", "congo-kinshasa"):
        assert {"Congo", "Конго", "콩고"} <= {name for found in weak[state].values() for name in found}


def test_the_dossier_and_the_reference_call_a_thing_the_same(quads: list[ox.Quad]) -> None:
    files = [dossiers_folder() / "kursk" / "actors" / f"{name}.trig" for name in ("states", "places")]
    own = values([quad for file in files for quad in ox.parse(path=str(file))], RDFS_LABEL)
    labels = values(quads, RDFS_LABEL)
    shared = set(own) & set(labels)
    assert shared >= {
        "north-korea",
        "south-korea",
        "russia",
        "ukraine",
        "united-states",
        "moscow",
        "pyongyang",
    }
    for thing in shared:
        assert own[thing] == labels[thing]


def test_it_identifies_and_asserts_nothing_else(quads: list[ox.Quad]) -> None:
    assert {q.graph_name for q in quads} == {ox.NamedNode(REFERENCE_GRAPH)}
    codes = {"iso2", "iso3", "isoNumeric", "cowCode", "cowAbbreviation", "gwCode"}
    known = {KG + name for name in (*codes, "weakName", "locatedIn")} | {RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL}
    assert {q.predicate.value for q in quads} <= known
    assert check_paths([FOLDER]) == []


def test_what_others_dispute_lies_in_nothing(quads: list[ox.Quad]) -> None:
    placed = {
        str(q.subject).strip("<>").removeprefix(ID) for q in quads if q.predicate.value == KG + "locatedIn"
    }
    assert len(placed) >= 190
    assert not {"jerusalem", "taipei", "pristina"} & placed
    assert {"jerusalem", "taipei", "pristina"} <= things(quads, "Place")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_states", FOLDER / "make_states.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_states"] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules["make_states"]
    return module


def test_the_files_are_what_the_tables_and_cldr_give() -> None:
    pytest.importorskip("babel")
    if not version("babel").startswith(BABEL + "."):
        pytest.skip(
            f"babel {version('babel')} carries another CLDR than {BABEL}, of which the files are made"
        )
    made = generator().made()
    assert set(made) == {file.name for file in FOLDER.glob("*.trig")}
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"run {FOLDER / 'make_states.py'}"
