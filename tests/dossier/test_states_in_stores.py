"""Every store knows all states by name, shows only those that are spoken of, and lets a dossier call them its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.door import kg

HEAD = (
    "PREFIX id: <https://w3id.org/foedus/id/>\nPREFIX kg: <https://w3id.org/foedus/ontology#>\n"
    "PREFIX graph: <https://w3id.org/foedus/graph/>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
)
OWN = """
  id:quai-d-orsay a kg:GovernmentBody ; rdfs:label "Quai d'Orsay"@en , "Quai d'Orsay"@fr ;
    kg:subordinateTo id:france .
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    return tmp_path


def load(here: Path, text: str, store: str = "store.kg") -> tuple[int, str]:
    (here / "own.trig").write_text(HEAD + f"GRAPH graph:reference {{ {text} }}\n", encoding="utf-8")
    done = kg("load", str(here / "own.trig"), "--store", store)
    return done.code, done.err


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("own")
    assert load(folder, OWN, str(folder / "store")) == (0, "")
    return str(folder / "store")


def ids(*words: str) -> list[str]:
    return [str(row["iri"]).rpartition("/")[2] for row in kg(*words, "--format", "json").rows]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("France", "france"),
        ("Frankreich", "france"),
        ("프랑스", "france"),
        ("法国", "france"),
        ("République démocratique du Congo", "congo-kinshasa"),
        ("Turkey", "turkiye"),
        ("Київ", "kyiv"),
        ("Oulan-Bator", "ulaanbaatar"),
    ],
)
def test_a_store_of_ones_own_knows_them(own: str, name: str, state: str) -> None:
    assert ids("find", name, "--store", own)[0] == state
    assert f"id:{state}\n" in kg("show", name, "--store", own).out


def test_only_what_is_spoken_of_is_listed(own: str) -> None:
    assert ids("list", "states", "--store", own) == ["france"]
    assert kg("list", "places", "--store", own).code == 1
    assert len(ids("list", "states", "--all", "--store", own)) == 195
    assert len(ids("list", "places", "--all", "--store", own)) >= 193
    assert set(ids("list", "states", "--store", ":shipped:")) == {
        *("north-korea", "russia", "south-korea", "ukraine", "united-states")
    }


def test_the_network_has_only_what_is_spoken_of_and_what_was_asked_for(own: str) -> None:
    graphml = kg("export", "--format", "graphml", "--store", own).out
    assert graphml.count("<node ") == 2
    assert "id/paris" not in graphml
    assert "located in" in kg("path", "Paris", "Quai d'Orsay", "--store", own).out


def test_an_export_has_what_is_spoken_of_and_a_backup_has_all(own: str, here: Path) -> None:
    told = kg("export", "--store", own).out
    assert "id:france" in told
    assert "id:germany" not in told
    assert kg("export", "--all", "-o", "backup.trig", "--store", own).code == 0
    assert "id:germany" in (here / "backup.trig").read_text(encoding="utf-8")
    assert kg("load", "backup.trig", "--store", "again").code == 0
    assert kg("export", "--all", "--store", "again").out == (here / "backup.trig").read_text(encoding="utf-8")


def test_a_state_that_nobody_speaks_of_says_so(here: Path) -> None:
    shown = kg("show", "Portugal", "--store", ":shipped:")
    assert shown.code == 0
    assert "no claim speaks of it" in shown.out
    assert "no claim speaks of it" not in kg("show", "Ukraine", "--store", ":shipped:").out
    assert kg("claims", "Portugal", "--store", ":shipped:").code == 1


def test_a_dossiers_own_label_goes_first(here: Path) -> None:
    own = 'id:france a kg:State ; rdfs:label "France (V)"@en , "France"@fr .'
    assert load(here, own) == (0, "")
    assert kg("show", "id:france", "--format", "json").object["label"] == "France (V)"
    assert ids("find", "France")[0] == "france"
    assert load(here, own) == (0, "")  # and once more, on a store that has the reference's names already
    query = 'SELECT ?name { id:france rdfs:label ?name FILTER (LANG(?name) = "en") }'
    assert kg("query", "-e", query, "--format", "csv").out.split() == ["name", "France", "(V)"]


def test_an_iri_of_the_reference_is_no_other_thing(here: Path) -> None:
    code, said = load(here, 'id:georgia a kg:Place ; rdfs:label "Georgia (US)"@en , "Géorgie (US)"@fr .')
    assert code == 3
    assert "'id:georgia' is a kg:Place here and a kg:State in the store" in said
    assert "[two-entities-one-iri]" in said
    checked = kg("check", "own.trig")
    assert checked.code == 1
    assert "'id:georgia' is a kg:Place here and a kg:State in the reference" in checked.out


def test_what_a_dossier_names_and_does_not_name_is_held_against_the_reference(here: Path) -> None:
    """Only what concerns a dossier is looked up: the things that it names, and who is called like its own."""
    twin = 'id:the-isle a kg:State ; rdfs:label "France"@en , "L\'Île"@fr .'
    (here / "own.trig").write_text(HEAD + f"GRAPH graph:reference {{ {twin} }}\n", encoding="utf-8")
    assert "warning: another thing has the same English label: 'id:the-isle'" in kg("check", "own.trig").out
    code, said = load(here, OWN.replace("id:france", "id:frence"))
    assert code == 3
    assert "nothing is known of 'id:frence'; did you mean 'id:france'?" in said
    code, said = load(here, OWN.replace("id:france", "id:paris"))
    assert code == 3
    assert "id:paris" in said
    assert "[value-outside-range]" in said


@pytest.mark.parametrize("name", ["Corée", "Korea", "Корея", "Congo", "Mexico"])
def test_a_name_of_two_is_refused_with_both(here: Path, name: str) -> None:
    refused = kg("show", name, "--store", ":shipped:")
    assert refused.code == 2
    assert "[ambiguous-name]" in refused.err


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Georgia", "georgia"),
        ("Guinea", "guinea"),
        ("Niger", "niger"),
        ("Nigeria", "nigeria"),
        ("Sudan", "sudan"),
        ("Dominica", "dominica"),
        ("Luxembourg", "luxembourg"),
        ("Singapore", "singapore"),
        ("Djibouti", "djibouti"),
        ("Tunis", "tunis"),
        ("Тунис", "tunisia"),
        ("Luxembourg City", "luxembourg-city"),
        ("Moscow", "moscow"),
    ],
)
def test_a_name_that_is_one_things_own_means_that_one(here: Path, name: str, thing: str) -> None:
    shown = kg("show", name, "--store", ":shipped:")
    assert f"id:{thing}\n" in shown.out, shown.err
